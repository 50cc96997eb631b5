package write

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
)

// Summary says what was written.
type Summary struct {
	Documents int
	Terms     int
	Chunks    int
	// Bytes has the size of the files by what is in them: the names of the kinds
	// of chunks, and "manifest".
	Bytes map[string]int64
	// Bundles is the size of the bundles, which have the chunks once more.
	Bundles int64
	// Manifest is what the manifest would be called if it were a chunk.
	Manifest chunk.ID
	Packed   bool
}

// Finish writes the index and returns what is in it. Nothing refers to the
// chunks until the manifest, which is written last.
func (w *Writer) Finish(ctx context.Context) (*Summary, error) {
	seg, err := w.Segment(ctx)
	if err != nil {
		return nil, err
	}
	var segments []Segment
	if seg != nil {
		segments = append(segments, *seg)
	}
	return Out(ctx, w.opt, segments)
}

// A Segment is a segment with its files, in the order of its table.
type Segment struct {
	*manifest.Segment
	// Files are nil where the Sink that they are written to has them. The table has
	// the size of these, and Read reads them if they are wanted after all.
	Files [][]byte
	Read  func(ctx context.Context, id chunk.ID) ([]byte, error)
	// Order says of each document which of the articles added it is, from 0; it is
	// nil for a segment that was there.
	Order []int
}

// file returns the file of a chunk.
func (s *Segment) file(ctx context.Context, i int) ([]byte, error) {
	if s.Files[i] == nil {
		return s.Read(ctx, s.Chunks[i].ID)
	}
	return s.Files[i], nil
}

// Segment makes one segment of the articles added, and writes nothing. It
// answers nil if there is no article.
func (w *Writer) Segment(ctx context.Context) (*Segment, error) {
	w.drain()
	defer w.acc.close()
	if err := w.acc.finish(); err != nil || len(w.acc.docs) == 0 {
		return nil, err
	}
	b := &builder{opt: w.opt, acc: w.acc, seg: &manifest.Segment{Docs: len(w.acc.docs), Lengths: w.acc.lengths, Bytes: make(map[format.Kind]int64)}}
	if err := b.build(ctx); err != nil {
		return nil, err
	}
	return &Segment{Segment: b.seg, Files: b.files, Order: b.order}, nil
}

// builder turns an accumulator into the chunks of one segment.
type builder struct {
	opt     Options
	acc     *accumulator
	order   []int    // documents in the order of their final numbers
	number  []uint32 // the final number of each document
	code    []uint32 // the alphabet's number of each letter
	bigrams map[uint64]*bigramLists
	seg     *manifest.Segment
	files   [][]byte // of the segment's chunks, in their order
}

func (b *builder) build(ctx context.Context) error {
	b.order = byDate(b.acc.docs)
	b.number = make([]uint32, len(b.order))
	for to, from := range b.order {
		b.number[from] = uint32(to)
	}
	b.seg.Alphabet = format.NewAlphabet(b.acc.runes)
	b.code = b.codes(b.acc.letters.runes...)
	var others map[rune]rune
	b.seg.Variants, others = b.variants()
	words, err := b.searched(ctx)
	if err != nil {
		return err
	}
	phrases := b.phrases()
	if err := b.stored(ctx, phrases); err != nil {
		return err
	}
	b.columns()
	if len(phrases) > 0 {
		b.add(manifest.Chunk{Kind: format.Phrases}, (&format.Chunk{Kind: format.Phrases, Body: phrases}).Append(nil, nil))
	}
	b.facets()
	b.vocabulary(words)
	if len(others) > 0 {
		body := format.AppendVariants(nil, others)
		b.add(manifest.Chunk{Kind: format.Variants}, (&format.Chunk{Kind: format.Variants, Body: body}).Append(nil, nil))
	}
	return nil
}

// searched writes the terms with their posting lists, and returns the vocabulary. It
// frees the posting lists in memory: b.bigrams is nil when it returns.
func (b *builder) searched(ctx context.Context) ([]vocabularyWord, error) {
	if err := b.bigramLists(); err != nil {
		return nil, err
	}
	b.acc.bigrams.spool.close()
	b.seg.Spaced = b.spaced()
	entities := b.entities()
	counts := b.vocabularyTrigrams(entities)
	listed, err := b.listedTrigrams(ctx, counts)
	if err != nil {
		return nil, err
	}
	b.acc.trigrams.spool.close()
	words := b.vocabularyWords(entities, counts)
	err = b.terms(ctx, listed)
	b.bigrams = nil
	return words, err
}

// add adds a finished file to the segment.
func (b *builder) add(c manifest.Chunk, file []byte) {
	c.ID, c.Size = chunk.Sum(file), len(file)
	b.seg.Bytes[c.Kind] += int64(len(file))
	b.seg.Chunks = append(b.seg.Chunks, c)
	b.files = append(b.files, file)
}

// each runs fn for every number below n on all processors and returns what it
// made, in order.
func each(ctx context.Context, n int, fn func(i int) ([]byte, error)) ([][]byte, error) {
	files := make([][]byte, n)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		g.Go(func() (err error) {
			if err = ctx.Err(); err == nil {
				files[i], err = fn(i)
			}
			return err
		})
	}
	return files, g.Wait()
}

// Out writes an index of the given segments: their chunks, or a pack of them
// if they are small, and then the manifest.
func Out(ctx context.Context, opt Options, segments []Segment) (*Summary, error) {
	if err := opt.setDefaults(); err != nil {
		return nil, err
	}
	segments = withSynonyms(&opt, segments)
	m := &manifest.Manifest{Settings: opt.Settings()}
	total := 0
	for _, s := range segments {
		m.Segments = append(m.Segments, s.Segment)
		for i, file := range s.Files {
			if file != nil {
				s.Chunks[i].Size = len(file)
			}
			total += s.Chunks[i].Size
		}
	}
	sum := &Summary{Bytes: make(map[string]int64)}
	pack, err := putChunks(ctx, opt.Sink, segments, sum, total > 0 && total <= opt.PackBelow)
	if err != nil {
		return nil, err
	}
	if len(pack) > 0 {
		m.Pack, sum.Packed = chunk.Sum(pack), true
		if err := opt.Sink.Put(m.Pack, pack); err != nil {
			return nil, err
		}
	}
	if err := putBundles(ctx, opt, segments, sum, len(pack) == 0 && total <= opt.BundleBelow); err != nil {
		return nil, err
	}
	file := m.Append(nil)
	sum.Bytes["manifest"], sum.Manifest = int64(len(file)), chunk.Sum(file)
	return sum, opt.Sink.PutManifest(file)
}

// putBundles writes a bundle of each segment, if there are to be any. A bundle leaves
// out the chunks of deleted documents and of synonyms: they can change while all other
// chunks of the segment stay, and the bundle is then the same as before.
func putBundles(ctx context.Context, opt Options, segments []Segment, sum *Summary, bundled bool) error {
	for _, s := range segments {
		if !bundled {
			s.Bundle = chunk.ID{}
			continue
		}
		// A segment that was there already has the same bundle as before.
		if size, ok := opt.Sink.Has(s.Bundle); ok {
			if err := opt.Sink.Keep(s.Bundle); err != nil {
				return err
			}
			sum.Bundles += int64(size)
			continue
		}
		file, err := s.bundle(ctx)
		if err != nil {
			return err
		}
		s.Bundle = chunk.Sum(file)
		sum.Bundles += int64(len(file))
		if err := opt.Sink.Put(s.Bundle, file); err != nil {
			return err
		}
	}
	return nil
}

func (s *Segment) bundle(ctx context.Context) ([]byte, error) {
	var files [][]byte
	for i, c := range s.Chunks {
		if c.Bundled() {
			file, err := s.file(ctx, i)
			if err != nil {
				return nil, err
			}
			files = append(files, file)
		}
	}
	return chunk.AppendBundle(nil, files), nil
}

// putChunks writes the chunks of the segments, or answers all of them in one
// pack, each chunk once.
func putChunks(ctx context.Context, sink chunk.Sink, segments []Segment, sum *Summary, packed bool) (pack []byte, err error) {
	put := make(map[chunk.ID]bool)
	for _, s := range segments {
		sum.Documents += s.Docs - s.Deleted
		sum.Terms += s.Terms
		for i, c := range s.Chunks {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if put[c.ID] {
				continue
			}
			put[c.ID] = true
			sum.Bytes[c.Kind.String()] += int64(c.Size)
			sum.Chunks++
			if packed {
				file, err := s.file(ctx, i)
				if err != nil {
					return nil, err
				}
				pack = append(pack, file...)
			} else if err := s.put(sink, i); err != nil {
				return nil, err
			}
		}
	}
	return pack, nil
}

// put writes a chunk, or keeps it where it is.
func (s *Segment) put(sink chunk.Sink, i int) error {
	if s.Files[i] == nil {
		return sink.Keep(s.Chunks[i].ID)
	}
	return sink.Put(s.Chunks[i].ID, s.Files[i])
}

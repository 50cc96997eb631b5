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
	// Bytes has the size of the files by what they hold: the names of the kinds
	// of chunks, and "manifest".
	Bytes map[string]int64
}

// Finish writes the index and returns what is in it. Nothing refers to the
// chunks until the manifest, which is written last.
func (w *Writer) Finish(ctx context.Context) (*Summary, error) {
	w.drain()
	b := &builder{opt: w.opt, acc: w.acc, seg: &manifest.Segment{Docs: len(w.acc.docs), Lengths: w.acc.lengths}}
	m := &manifest.Manifest{Settings: Settings}
	if len(w.acc.docs) > 0 {
		if err := b.build(ctx); err != nil {
			return nil, err
		}
		m.Segments = []*manifest.Segment{b.seg}
	}
	return writeOut(ctx, w.opt, m, b.files)
}

// builder turns an accumulator into the chunks of one segment.
type builder struct {
	opt    Options
	acc    *accumulator
	order  []int    // documents in the order of their final numbers
	number []uint32 // the final number of each document
	seg    *manifest.Segment
	files  [][]byte // of the segment's chunks, in their order
}

func (b *builder) build(ctx context.Context) error {
	b.order = byDate(b.acc.docs)
	b.number = make([]uint32, len(b.order))
	for to, from := range b.order {
		b.number[from] = uint32(to)
	}
	b.seg.Alphabet = format.NewAlphabet(b.acc.runes)
	if err := b.terms(ctx); err != nil {
		return err
	}
	b.acc.pairs, b.acc.trigrams = nil, nil // the rest needs the memory
	phrases := b.phrases()
	if err := b.stored(ctx, phrases); err != nil {
		return err
	}
	b.columns()
	if len(phrases) > 0 {
		b.add(manifest.Chunk{Kind: format.Phrases}, (&format.Chunk{Kind: format.Phrases, Body: phrases}).Append(nil, nil))
	}
	return nil
}

// add adds a finished file to the segment.
func (b *builder) add(c manifest.Chunk, file []byte) {
	c.ID, c.Size = chunk.Sum(file), len(file)
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

func writeOut(ctx context.Context, opt Options, m *manifest.Manifest, files [][]byte) (*Summary, error) {
	sum := &Summary{Bytes: make(map[string]int64)}
	total := 0
	for _, file := range files {
		total += len(file)
	}
	packed := total <= opt.PackBelow && len(files) > 0
	var pack []byte
	for _, s := range m.Segments {
		sum.Documents += s.Docs - s.Gone
		sum.Terms += s.Terms
		for i, c := range s.Chunks {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			sum.Bytes[c.Kind.String()] += int64(c.Size)
			sum.Chunks++
			if packed {
				pack = append(pack, files[i]...)
			} else if err := opt.Sink.Put(c.ID, files[i]); err != nil {
				return nil, err
			}
		}
		files = files[len(s.Chunks):]
	}
	if packed {
		m.Pack = chunk.Sum(pack)
		if err := opt.Sink.Put(m.Pack, pack); err != nil {
			return nil, err
		}
	}
	file := m.Append(nil)
	sum.Bytes["manifest"] = int64(len(file))
	return sum, opt.Sink.PutManifest(file)
}

package update

import (
	"context"
	"errors"
	"maps"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/read"
	"github.com/kanbao/kanbao/index/write"
)

// previous is the older index and what of it is still there.
type previous struct {
	ix       *read.Index
	source   chunk.Source
	sink     chunk.Sink // may have the older index's files
	notes    []note     // by document
	articles map[string]previousArticle
	editions map[string]int // articles of each edition
	seen     []bool         // by document: it was added again, unchanged
}

// previousArticle is an article of the older index.
type previousArticle struct {
	doc     uint32
	digest  Digest
	edition string
}

// openPrevious learns which articles an older index has: from the notes of the
// build that wrote it, or by reading them all. It answers nil if there is nothing
// to reuse: no index, a damaged one, one of another format or of other settings,
// or one so small that it is a pack and quicker written anew.
func openPrevious(ctx context.Context, opt *Options) (*previous, error) {
	ix, err := read.Open(ctx, opt.Previous, read.Options{})
	if err != nil || ix.Manifest.Settings != opt.Settings() || ix.Manifest.Pack != (chunk.ID{}) || ix.MaxDoc() == 0 {
		return nil, ctx.Err()
	}
	p := &previous{
		ix: ix, source: chunk.Verified(opt.Previous), sink: opt.Sink,
		articles: make(map[string]previousArticle, ix.MaxDoc()), editions: make(map[string]int), seen: make([]bool, ix.MaxDoc()),
	}
	if err := p.open(ctx, opt); err != nil {
		if ctx.Err() == nil && (errors.Is(err, format.ErrCorrupt) || errors.Is(err, chunk.ErrMissing)) {
			return nil, nil
		}
		return nil, err
	}
	return p, nil
}

func (p *previous) open(ctx context.Context, opt *Options) error {
	if err := p.check(ctx); err != nil {
		return err
	}
	file, err := p.source.Manifest(ctx)
	if err != nil {
		return err
	}
	if p.notes = readNotes(opt.Notes, chunk.Sum(file), int(p.ix.MaxDoc())); p.notes == nil {
		if err := p.readAll(ctx); err != nil {
			return err
		}
	}
	return p.learn(ctx)
}

// check reads each chunk of which the sink cannot tell that it is as it was written,
// so that one that is damaged is found before anything relies on it.
func (p *previous) check(ctx context.Context) error {
	for _, s := range p.ix.Segments() {
		for _, c := range s.Chunks {
			if _, ok := p.sink.Has(c.ID); ok {
				continue
			}
			if _, err := p.source.Get(ctx, c.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// readAll makes the notes, of a range of documents at a time on each processor.
func (p *previous) readAll(ctx context.Context) error {
	p.notes = make([]note, p.ix.MaxDoc())
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	const batch = 512
	for from := uint32(0); from < p.ix.MaxDoc(); from += batch {
		g.Go(func() error {
			for doc := from; doc < min(from+batch, p.ix.MaxDoc()); doc++ {
				a, err := p.ix.Article(gctx, doc)
				if err != nil {
					return err
				}
				p.notes[doc] = noteOf(a)
			}
			return nil
		})
	}
	return g.Wait()
}

// learn fills articles and editions with what is not deleted.
func (p *previous) learn(ctx context.Context) error {
	for _, s := range p.ix.Segments() {
		deleted, err := s.Deleted(ctx)
		if err != nil {
			return err
		}
		for doc := range uint32(s.Docs) {
			if deleted.Has(doc) {
				continue
			}
			n := p.notes[s.Base+doc]
			p.articles[n.id] = previousArticle{s.Base + doc, n.digest, n.edition}
			p.editions[n.edition]++
		}
	}
	return nil
}

// live returns how many articles of a segment are still there.
func (p *previous) live(s *read.Segment) int {
	n := 0
	for _, seen := range p.seen[s.Base : s.Base+uint32(s.Docs)] {
		if seen {
			n++
		}
	}
	return n
}

// segment returns a segment with its files as they were, but with what is deleted
// marked.
func (p *previous) segment(ctx context.Context, s *read.Segment) (*write.Segment, error) {
	table := *s.Segment
	out := &write.Segment{Segment: &table, Read: p.source.Get}
	table.Chunks = nil
	table.Bytes = maps.Clone(s.Bytes)
	delete(table.Bytes, format.Deleted)
	table.Deleted = s.Docs - p.live(s)
	for _, c := range s.Chunks {
		if c.Kind == format.Deleted {
			continue
		}
		file, err := p.file(ctx, &c)
		if err != nil {
			return nil, err
		}
		if table.Deleted > 0 && c.Kind > format.Deleted && len(table.Of(format.Deleted)) == 0 {
			out.Files = append(out.Files, p.deleted(s, &table))
		}
		table.Chunks, out.Files = append(table.Chunks, c), append(out.Files, file)
	}
	if table.Deleted > 0 && len(table.Of(format.Deleted)) == 0 {
		out.Files = append(out.Files, p.deleted(s, &table))
	}
	return out, nil
}

// file returns the file of a chunk, or nil and puts its size into the chunk if it
// need not be written again.
func (p *previous) file(ctx context.Context, c *manifest.Chunk) ([]byte, error) {
	if size, ok := p.sink.Has(c.ID); ok {
		c.Size = size
		return nil, nil
	}
	return p.source.Get(ctx, c.ID)
}

// deleted adds the chunk that says what is deleted to the table and returns its file.
func (p *previous) deleted(s *read.Segment, table *manifest.Segment) []byte {
	deleted := format.NewDocSet(s.Docs)
	for doc, seen := range p.seen[s.Base : s.Base+uint32(s.Docs)] {
		if !seen {
			deleted.Add(uint32(doc))
		}
	}
	file := (&format.Chunk{Kind: format.Deleted, Body: deleted}).Append(nil, nil)
	table.Chunks = append(table.Chunks, manifest.Chunk{ID: chunk.Sum(file), Kind: format.Deleted, Size: len(file)})
	table.Bytes[format.Deleted] = int64(len(file))
	return file
}

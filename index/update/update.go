package update

import (
	"context"
	"crypto/sha256"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/record"
	"github.com/kanbao/kanbao/index/write"
)

// Options say how to write an index over an older one.
type Options struct {
	write.Options
	// Previous is the older index, or nil. One that cannot be read, or that was
	// written with other settings, is left unused.
	Previous chunk.Source
}

// A Writer takes all articles of a site, in reading order, as a write.Writer
// does, and writes the index of them. Its methods are for one goroutine.
type Writer struct {
	ctx   context.Context // of New: all is read of the old index under it
	opt   Options
	fresh *write.Writer // of the segment with what is new
	old   *previous     // or nil
	// An edition stands in one segment, so that previous and next can be had from
	// document numbers: its articles wait here until the next one begins.
	edition []*waiting
	key     string
}

type waiting struct {
	a       *article.Article // nil if nobody but the old index has it
	doc     uint32           // in the old index
	present bool             // in the old index, unchanged
}

// A Digest is what tells whether an article has changed.
type Digest [16]byte

// DigestOf returns the digest of an article. Where it was read from is not in it.
func DigestOf(a *article.Article) Digest {
	h := sha256.Sum256(record.Append(nil, a, record.Plain{}))
	return Digest(h[:16])
}

// New returns a Writer. Finish or Abort ends it.
func New(ctx context.Context, opt Options) (*Writer, error) {
	fresh, err := write.New(opt.Options)
	if err != nil {
		return nil, err
	}
	w := &Writer{ctx: ctx, opt: opt, fresh: fresh}
	if opt.Previous != nil {
		if w.old, err = openPrevious(ctx, opt.Previous, opt.Settings()); err != nil {
			fresh.Abort()
			return nil, err
		}
	}
	return w, nil
}

// Has reports whether Previous has just this article, so that Keep can take the
// place of Add.
func (w *Writer) Has(id string, digest Digest) bool {
	if w.old == nil {
		return false
	}
	k, ok := w.old.known[id]
	return ok && k.digest == digest
}

// Article returns an article of Previous. It may be called from several
// goroutines.
func (w *Writer) Article(id string) (*article.Article, error) {
	return w.old.ix.Article(w.ctx, w.old.known[id].doc)
}

// Add adds an article, which must not be changed afterwards.
func (w *Writer) Add(a *article.Article) error {
	if w.old == nil {
		return w.fresh.Add(a)
	}
	entry := &waiting{a: a}
	if k, ok := w.old.known[a.ID]; ok && k.digest == DigestOf(a) {
		entry.doc, entry.present = k.doc, true
	}
	return w.add(entry, a.EditionKey())
}

// Keep adds an article as Previous has it.
func (w *Writer) Keep(id string) error {
	k := w.old.known[id]
	return w.add(&waiting{doc: k.doc, present: true}, k.edition)
}

func (w *Writer) add(entry *waiting, key string) error {
	if key != w.key || key == "" {
		if err := w.flush(); err != nil {
			return err
		}
		w.key = key
	}
	entry.present = entry.present && !w.old.seen[entry.doc]
	w.edition = append(w.edition, entry)
	return nil
}

// flush passes an edition on: into the fresh segment if anything in it is new,
// is gone or has another place, else it stays where it is.
func (w *Writer) flush() error {
	stays := w.stays()
	for _, e := range w.edition {
		if stays {
			w.old.seen[e.doc] = true
			continue
		}
		a := e.a
		if a == nil {
			var err error
			if a, err = w.old.ix.Article(w.ctx, e.doc); err != nil {
				return err
			}
		}
		if err := w.fresh.Add(a); err != nil {
			return err
		}
	}
	w.edition = w.edition[:0]
	return nil
}

func (w *Writer) stays() bool {
	for i, e := range w.edition {
		if !e.present || i > 0 && e.doc != w.edition[i-1].doc+1 {
			return false
		}
	}
	return w.key == "" || len(w.edition) == w.old.editions[w.key]
}

// Abort ends the workers without writing anything.
func (w *Writer) Abort() { w.fresh.Abort() }

// Finish writes the index and returns what is in it.
func (w *Writer) Finish(ctx context.Context) (*write.Summary, error) {
	if w.old == nil {
		return w.fresh.Finish(ctx)
	}
	defer w.fresh.Abort()
	if err := w.flush(); err != nil {
		return nil, err
	}
	kept, err := w.merge(ctx)
	if err != nil {
		return nil, err
	}
	var segments []write.Segment
	for _, s := range kept {
		seg, err := w.old.segment(ctx, s)
		if err != nil {
			return nil, err
		}
		segments = append(segments, *seg)
	}
	fresh, err := w.fresh.Segment(ctx)
	if err != nil {
		return nil, err
	}
	if fresh != nil {
		segments = append(segments, *fresh)
	}
	return write.Out(ctx, w.opt.Options, segments)
}

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
	opt   Options
	fresh *write.Writer // of the segment with what is new
	old   *previous     // or nil
	// An edition stands in one segment, so that previous and next can be had from
	// document numbers: its articles wait here until the next one begins.
	edition []*waiting
	key     string
}

type waiting struct {
	a       *article.Article
	doc     uint32 // in the old index
	present bool   // in the old index, unchanged
}

// digest is what tells whether an article has changed.
type digest [16]byte

func digestOf(a *article.Article) digest {
	h := sha256.Sum256(record.Append(nil, a, record.Plain{}))
	return digest(h[:16])
}

// New returns a Writer. Finish or Abort ends it.
func New(ctx context.Context, opt Options) (*Writer, error) {
	fresh, err := write.New(opt.Options)
	if err != nil {
		return nil, err
	}
	w := &Writer{opt: opt, fresh: fresh}
	if opt.Previous != nil {
		if w.old, err = openPrevious(ctx, opt.Previous, opt.Settings()); err != nil {
			fresh.Abort()
			return nil, err
		}
	}
	return w, nil
}

// Add adds an article, which must not be changed afterwards.
func (w *Writer) Add(a *article.Article) error {
	if w.old == nil {
		return w.fresh.Add(a)
	}
	if key := a.EditionKey(); key != w.key || key == "" {
		if err := w.flush(); err != nil {
			return err
		}
		w.key = key
	}
	entry := &waiting{a: a}
	if k, ok := w.old.known[a.ID]; ok && !w.old.seen[k.doc] && k.digest == digestOf(a) {
		entry.doc, entry.present = k.doc, true
	}
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
		} else if err := w.fresh.Add(e.a); err != nil {
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

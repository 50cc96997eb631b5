package update

import (
	"context"
	"crypto/sha256"
	"sync"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/read"
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
	notes []note        // of what was added to fresh
	// An edition stands in one segment, so that previous and next can be had from
	// document numbers: its articles wait here until the next one begins.
	edition []*waiting
	key     string
}

type waiting struct {
	a       *article.Article // nil if nobody but the old index has it
	note    note
	doc     uint32 // in the old index
	present bool   // in the old index, unchanged
}

// A Digest is what tells whether an article has changed.
type Digest [16]byte

// DigestOf returns the digest of an article. Where it was read from is not in it.
func DigestOf(a *article.Article) Digest {
	b := records.Get().(*[]byte)
	defer records.Put(b)
	*b = record.Append((*b)[:0], a, record.Plain{})
	h := sha256.Sum256(*b)
	return Digest(h[:16])
}

// records are for DigestOf, which is asked of every article of every build.
var records = sync.Pool{New: func() any { return new([]byte) }}

// New returns a Writer. Finish or Abort ends it.
func New(ctx context.Context, opt Options) (*Writer, error) {
	fresh, err := write.New(opt.Options)
	if err != nil {
		return nil, err
	}
	w := &Writer{ctx: ctx, opt: opt, fresh: fresh}
	if opt.Previous != nil {
		if w.old, err = openPrevious(ctx, &opt); err != nil {
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
	n := noteOf(a)
	if w.old == nil {
		return w.addFresh(a, n)
	}
	entry := &waiting{a: a, note: n}
	if k, ok := w.old.known[a.ID]; ok && k.digest == n.digest {
		entry.doc, entry.present = k.doc, true
	}
	return w.add(entry, n.edition)
}

// addFresh adds an article to the segment of what is new.
func (w *Writer) addFresh(a *article.Article, n note) error {
	w.notes = append(w.notes, n)
	return w.fresh.Add(a)
}

// Keep adds an article as Previous has it.
func (w *Writer) Keep(id string) error {
	k := w.old.known[id]
	return w.add(&waiting{note: w.old.notes[k.doc], doc: k.doc, present: true}, k.edition)
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
		if err := w.addFresh(a, e.note); err != nil {
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
	defer w.fresh.Abort()
	var segments []write.Segment
	var notes []note
	if w.old != nil {
		kept, err := w.kept(ctx)
		if err != nil {
			return nil, err
		}
		for _, s := range kept {
			seg, err := w.old.segment(ctx, s)
			if err != nil {
				return nil, err
			}
			segments = append(segments, *seg)
			notes = append(notes, w.old.notes[s.Base:s.Base+uint32(s.Docs)]...)
		}
	}
	fresh, err := w.fresh.Segment(ctx)
	if err != nil {
		return nil, err
	}
	if fresh != nil {
		segments = append(segments, *fresh)
		for _, i := range fresh.Order {
			notes = append(notes, w.notes[i])
		}
	}
	return w.out(ctx, segments, notes)
}

// kept adds all that is not yet in a segment to the fresh one, and returns the
// segments that stay.
func (w *Writer) kept(ctx context.Context) ([]*read.Segment, error) {
	if err := w.flush(); err != nil {
		return nil, err
	}
	return w.merge(ctx)
}

// out writes the index, and notes for the next build if that will use it.
func (w *Writer) out(ctx context.Context, segments []write.Segment, notes []note) (*write.Summary, error) {
	sum, err := write.Out(ctx, w.opt.Options, segments)
	if err != nil {
		return nil, err
	}
	if place, ok := w.opt.Sink.(Place); ok && !sum.Packed {
		err = place.PutNotes(appendNotes(nil, sum.Manifest, notes))
	}
	return sum, err
}

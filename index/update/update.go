package update

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"

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
	// Notes are those of the build that wrote Previous: its Summary.Notes. They save
	// reading all articles of Previous only to know which they are. Without them, or
	// with those of another index, the result is the same.
	Notes []byte
}

// A Summary says what was written.
type Summary struct {
	*write.Summary
	// Notes are for the next build over this index. They are nil if that build would
	// not use the index, because it is a pack.
	Notes []byte
}

// A Writer takes all articles of a site, in reading order and an edition at a time,
// and writes the index of them. Its methods are for one goroutine.
type Writer struct {
	ctx   context.Context // of New: all is read of the old index under it
	opt   Options
	fresh *write.Writer // of the segment with what is new
	old   *previous     // or nil
	notes []note        // of what was added to fresh
}

// An Entry is an article of the new index.
type Entry struct {
	ID     string
	Digest Digest // of Article
	// Article must not be changed once it is added. It may be nil if Has says that
	// Previous has it.
	Article *article.Article
}

// EntryOf returns the entry of an article.
func EntryOf(a *article.Article) Entry { return Entry{a.ID, DigestOf(a), a} }

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

// Has reports whether Previous has an article of that ID and digest: whether it is
// not new.
func (w *Writer) Has(id string, digest Digest) bool {
	_, ok := w.find(id, digest)
	return ok
}

// find returns the document of Previous that is an article of that ID and digest.
func (w *Writer) find(id string, digest Digest) (doc uint32, ok bool) {
	if w.old == nil {
		return 0, false
	}
	k, ok := w.old.articles[id]
	return k.doc, ok && k.digest == digest
}

// Article returns an article that Previous has. It may be called from several
// goroutines.
func (w *Writer) Article(id string, digest Digest) (*article.Article, error) {
	doc, ok := w.find(id, digest)
	if !ok {
		return nil, fmt.Errorf("update: the older index has no article %q as it is now; it has to be added whole", id)
	}
	return w.old.ix.Article(w.ctx, doc)
}

// Add adds the articles of one edition in reading order. key is their EditionKey;
// an article that has none is an edition by itself. All of an edition stands in one
// segment, so that previous and next can be had from document numbers: if it is in
// Previous as it is now it stays there, and otherwise all of it is written anew.
func (w *Writer) Add(key string, edition ...Entry) error {
	if key == "" && len(edition) > 1 {
		for _, e := range edition {
			if err := w.Add("", e); err != nil {
				return err
			}
		}
		return nil
	}
	if w.stays(key, edition) {
		for _, e := range edition {
			doc, _ := w.find(e.ID, e.Digest)
			w.old.seen[doc] = true
		}
		return nil
	}
	for _, e := range edition {
		a := e.Article
		if a == nil {
			var err error
			if a, err = w.Article(e.ID, e.Digest); err != nil {
				return err
			}
		}
		if err := w.addFresh(a, note{e.ID, key, e.Digest}); err != nil {
			return err
		}
	}
	return nil
}

// addFresh adds an article to the segment of what is new.
func (w *Writer) addFresh(a *article.Article, n note) error {
	w.notes = append(w.notes, n)
	return w.fresh.Add(a)
}

// stays reports whether Previous has just these articles as the edition, in this
// order.
func (w *Writer) stays(key string, edition []Entry) bool {
	if w.old == nil {
		return false
	}
	var last uint32
	for i, e := range edition {
		doc, ok := w.find(e.ID, e.Digest)
		if !ok || w.old.seen[doc] || i > 0 && doc != last+1 {
			return false
		}
		last = doc
	}
	return key == "" || len(edition) == w.old.editions[key]
}

// Abort ends the workers without writing anything.
func (w *Writer) Abort() { w.fresh.Abort() }

// Finish writes the index and returns what is in it.
func (w *Writer) Finish(ctx context.Context) (*Summary, error) {
	defer w.fresh.Abort()
	var segments []write.Segment
	var notes []note
	if w.old != nil {
		kept, err := w.merge(ctx)
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

// out writes the index.
func (w *Writer) out(ctx context.Context, segments []write.Segment, notes []note) (*Summary, error) {
	written, err := write.Out(ctx, w.opt.Options, segments)
	if err != nil {
		return nil, err
	}
	sum := &Summary{Summary: written}
	if !sum.Packed {
		sum.Notes = appendNotes(nil, sum.Manifest, notes)
	}
	return sum, nil
}

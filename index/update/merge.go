package update

import (
	"context"
	"slices"

	"github.com/kanbao/kanbao/index/read"
)

const (
	// A segment stays if it has at least this many times the articles of all that
	// come after it, so sizes fall geometrically and the number of segments is
	// logarithmic in that of articles.
	tier = 4
	// One part in so many of a segment may be deleted before it is written anew.
	deletedShare = 4
)

// merge adds the articles of the segments that should not stay to the fresh
// one, and returns the others, the oldest first.
func (w *Writer) merge(ctx context.Context) ([]*read.Segment, error) {
	segments := w.old.ix.Segments()
	var kept []*read.Segment
	tail := w.fresh.Len() > 0 // everything so far has gone into the fresh segment
	for i := len(segments) - 1; i >= 0; i-- {
		s := segments[i]
		live := w.old.live(s)
		if live > 0 && live*deletedShare >= s.Docs*(deletedShare-1) && !(tail && live < tier*w.fresh.Len()) {
			kept, tail = append(kept, s), false
			continue
		}
		for doc := s.Base; doc < s.Base+uint32(s.Docs); doc++ {
			if !w.old.seen[doc] {
				continue
			}
			a, err := w.old.ix.Article(ctx, doc)
			if err != nil {
				return nil, err
			}
			if err := w.addFresh(a, w.old.notes[doc]); err != nil {
				return nil, err
			}
		}
	}
	slices.Reverse(kept)
	return kept, nil
}

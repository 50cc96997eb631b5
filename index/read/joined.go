package read

import (
	"context"
	"errors"
	"sort"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
)

// Join returns an index that has the segments of several, one index after the other:
// what is counted, how long articles are and which words there are is then that of all
// together, and so scores can be compared. An index that is nil has no documents, but
// its number. Each fetches its chunks from its own source. Join of one index is that
// index.
func Join(indexes []*Index) *Index {
	if len(indexes) == 1 {
		return indexes[0]
	}
	all := &Index{first: make([]uint32, len(indexes))}
	variants := make(map[rune]rune)
	for i, ix := range indexes {
		all.first[i] = all.docs
		if ix == nil {
			continue
		}
		all.parts = append(all.parts, ix)
		for _, s := range ix.segments {
			seg := *s
			seg.Base, seg.all = all.docs, all
			all.segments = append(all.segments, &seg)
			all.docs += uint32(s.Docs)
		}
		for r, to := range ix.folder.Variants {
			variants[r] = to // the same in every index that knows
		}
	}
	all.folder = analyze.NewFolder(variants)
	all.ages = new(ages)
	return all
}

// Parts returns the indexes that were joined, or the index itself.
func (ix *Index) Parts() []*Index {
	if ix.parts == nil && ix.first == nil {
		return []*Index{ix}
	}
	return ix.parts
}

// Part returns which of the indexes that were joined has a document, by its place in
// what Join was given.
func (ix *Index) Part(doc uint32) int {
	if ix.first == nil {
		return 0
	}
	// Of those that begin at the same document only the last can have any.
	return sort.Search(len(ix.first), func(i int) bool { return ix.first[i] > doc }) - 1
}

// Index returns the index that the segment is of, which knows the addresses of its
// articles.
func (s *Segment) Index() *Index { return s.ix }

// Of returns the index that a document is of.
func (ix *Index) Of(doc uint32) *Index {
	s, _ := ix.Segment(doc)
	return s.ix
}

// Docs returns how many articles there are; those that are deleted are not.
func (ix *Index) Docs() int {
	n := 0
	for _, p := range ix.Parts() {
		n += p.Manifest.Docs()
	}
	return n
}

// Packed reports whether each index is one file, so that a chunk costs no request of
// its own.
func (ix *Index) Packed() bool {
	for _, p := range ix.Parts() {
		if p.Manifest.Pack == (chunk.ID{}) {
			return false
		}
	}
	return true
}

// Has reports whether an error is about a file of the index that was damaged.
func (ix *Index) Has(err error) bool {
	var corrupt *format.CorruptError
	if !errors.As(err, &corrupt) {
		return false
	}
	for id := range ix.of {
		if id.Name() == corrupt.File {
			return true
		}
	}
	return false
}

// ages are how new the documents of a joined index are.
type ages struct {
	mu   sync.Mutex
	rank []uint32
}

// Ages returns a function that says of a document how many are not newer, as a share
// of all. The numbers of one index go by date, so that nothing is fetched for them;
// those of several do not, and their days are fetched once.
func (ix *Index) Ages(ctx context.Context) (func(doc uint32) float64, error) {
	most := float64(ix.docs)
	if ix.ages == nil {
		return func(doc uint32) float64 { return float64(doc) / most }, nil
	}
	rank, err := ix.ages.get(ctx, ix)
	return func(doc uint32) float64 { return float64(rank[doc]) / most }, err
}

// get returns for each document of an index how many come before it by date.
func (a *ages) get(ctx context.Context, ix *Index) ([]uint32, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.rank != nil {
		return a.rank, nil
	}
	days := make([][]int32, len(ix.segments))
	g, ctx := errgroup.WithContext(ctx)
	for i, s := range ix.segments {
		g.Go(func() (err error) {
			days[i], err = s.Days(ctx)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	var day []int32
	for _, of := range days {
		day = append(day, of...)
	}
	byDate := make([]uint32, len(day))
	for i := range byDate {
		byDate[i] = uint32(i)
	}
	sort.SliceStable(byDate, func(i, j int) bool { return day[byDate[i]] < day[byDate[j]] })
	a.rank = make([]uint32, len(day))
	for n, doc := range byDate {
		a.rank[doc] = uint32(n)
	}
	return a.rank, nil
}

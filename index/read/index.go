package read

import (
	"context"
	"fmt"
	"sort"
	"sync/atomic"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
)

// Options bound the memory of an Index. Zero values are the defaults.
type Options struct {
	// TermsCache is how many bytes of dictionaries and posting lists are kept. 0 is
	// 4 MiB, or 24 MiB if the index has neither a pack nor bundles.
	TermsCache int
	// StoredCache is how many bytes of articles are kept. 0 is 3 MiB, or 16 MiB if the
	// index has neither a pack nor bundles.
	StoredCache int
}

// An Index is an open index, or several that are joined. Its methods may be called from several goroutines.
type Index struct {
	Manifest      *manifest.Manifest // nil of several, see Parts
	ManifestBytes int                // of its file

	store    chunk.Source
	segments []*Segment
	of       map[chunk.ID]tableEntry
	docs     uint32         // documents in all segments, deleted ones included
	folder   analyze.Folder // of the articles
	terms    *chunk.Cache[*format.TermsChunk]
	stored   *chunk.Cache[*storedChunk]
	columns  *chunk.Cache[[]byte]
	facets   *chunk.Cache[*facets]

	// Of several indexes that were joined, which have no manifest in common and whose
	// segments know the index that they are of; see Join.
	parts []*Index // those that there are
	first []uint32 // the first document of each, or what would be that; nil if none were joined
	ages  *ages
}

// tableEntry is the entry of a chunk in the table of a segment.
type tableEntry struct {
	seg   *Segment
	entry manifest.Chunk
}

// A Segment is one segment of an open index.
type Segment struct {
	*manifest.Segment
	Base uint32 // the index-wide number of its document 0

	ix         *Index // that fetches its chunks
	all        *Index // that is asked: ix, or several that are joined
	terms      []manifest.Chunk
	storeds    []manifest.Chunk
	vocabulary []manifest.Chunk
	// buckets is the segment's own, for chunks of two segments may have the same
	// bytes and mean other words by them.
	buckets *chunk.Cache[*bucket]
}

// Open reads the manifest of source and returns the index that it lists. Nothing else
// is fetched. The chunks of source are verified by their names.
func Open(ctx context.Context, source chunk.Source, opt Options) (*Index, error) {
	source = chunk.Verified(source)
	file, err := source.Manifest(ctx)
	if err != nil {
		return nil, fmt.Errorf("open the index: %w", err)
	}
	m, err := manifest.Open(file)
	if err != nil {
		return nil, fmt.Errorf("open the index: %w", err)
	}
	ix := &Index{Manifest: m, ManifestBytes: len(file), store: source, of: make(map[chunk.ID]tableEntry)}
	if m.Pack != (chunk.ID{}) {
		ix.store = chunk.Packed(source, m.Pack, m.Extents())
	}
	variants := make(map[rune]rune)
	for _, s := range m.Segments {
		seg := &Segment{Segment: s, Base: ix.docs, ix: ix, all: ix, terms: s.Of(format.Terms), storeds: s.Of(format.Stored), vocabulary: s.Of(format.Suggest)}
		seg.buckets = chunk.NewCache(8<<20, seg.loadBucket)
		ix.segments = append(ix.segments, seg)
		ix.docs += uint32(s.Docs)
		for r, to := range s.Variants {
			variants[r] = to
		}
		for _, c := range s.Chunks {
			ix.of[c.ID] = tableEntry{seg, c}
		}
	}
	ix.folder = analyze.NewFolder(variants)
	opt = opt.orDefault(m)
	ix.terms = chunk.NewCache(opt.TermsCache, ix.loadTerms)
	ix.stored = chunk.NewCache(opt.StoredCache, ix.loadStored)
	// Columns stay: a query needs them all, and they are a byte or two a document.
	ix.columns = chunk.NewCache(1<<30, ix.loadColumn)
	ix.facets = chunk.NewCache(opt.StoredCache, ix.loadFacets)
	return ix, nil
}

// orDefault fills in what is not said. What lies in a bundle or pack is at hand
// as a rule and soon unpacked again; a chunk of a larger index comes over the
// network, and posting lists are longer there.
func (opt Options) orDefault(m *manifest.Manifest) Options {
	terms, stored := 4<<20, 3<<20
	for _, s := range m.Segments {
		if m.Pack == (chunk.ID{}) && s.Bundle == (chunk.ID{}) {
			terms, stored = 24<<20, 16<<20
		}
	}
	if opt.TermsCache == 0 {
		opt.TermsCache = terms
	}
	if opt.StoredCache == 0 {
		opt.StoredCache = stored
	}
	return opt
}

// Segments returns the segments in the order of their documents.
func (ix *Index) Segments() []*Segment { return ix.segments }

// MaxDoc returns the number of documents, those that are deleted included; every
// document number is below it.
func (ix *Index) MaxDoc() uint32 { return ix.docs }

// Segment returns the segment of a document and the document's number in it.
func (ix *Index) Segment(doc uint32) (*Segment, uint32) {
	i := sort.Search(len(ix.segments), func(i int) bool { return ix.segments[i].Base > doc }) - 1
	return ix.segments[i], doc - ix.segments[i].Base
}

// Cost counts what answers fetch. It is carried by a context.
type Cost struct {
	Chunks, Bytes, Postings atomic.Int64
}

type costKey struct{}

// WithCost returns a context under which everything fetched is added to cost.
func WithCost(ctx context.Context, cost *Cost) context.Context {
	return context.WithValue(ctx, costKey{}, cost)
}

// fetch gets and opens one chunk.
func (ix *Index) fetch(ctx context.Context, id chunk.ID, kind format.Kind, dict []byte) (*format.Chunk, error) {
	file, err := ix.store.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	if cost, ok := ctx.Value(costKey{}).(*Cost); ok {
		cost.Chunks.Add(1)
		cost.Bytes.Add(int64(len(file)))
	}
	c, err := format.OpenChunk(file, kind, dict)
	return c, format.InFile(err, id.Name())
}

func (ix *Index) loadTerms(ctx context.Context, id chunk.ID) (*format.TermsChunk, int, error) {
	c, err := ix.fetch(ctx, id, format.Terms, nil)
	if err != nil {
		return nil, 0, err
	}
	seg := ix.of[id].seg
	t, err := format.OpenTerms(c, uint32(seg.Docs), seg.Alphabet.Len())
	if err != nil {
		return nil, 0, format.InFile(err, id.Name())
	}
	return t, t.Size(), nil
}

// loadColumn loads a chunk that is kept as its bytes.
func (ix *Index) loadColumn(ctx context.Context, id chunk.ID) ([]byte, int, error) {
	c, err := ix.fetch(ctx, id, ix.of[id].entry.Kind, nil)
	if err != nil {
		return nil, 0, err
	}
	return c.Body, len(c.Body), nil
}

// column returns the bytes of a segment's only chunk of a kind, or nil if it
// has none.
func (s *Segment) column(ctx context.Context, kind format.Kind) ([]byte, error) {
	of := s.Of(kind)
	if len(of) == 0 {
		return nil, nil
	}
	return s.ix.columns.Get(ctx, of[0].ID)
}

func (s *Segment) corrupt(kind format.Kind, reason string, args ...any) error {
	return &format.CorruptError{File: s.Of(kind)[0].ID.Name(), Section: kind.String(), Reason: fmt.Sprintf(reason, args...)}
}

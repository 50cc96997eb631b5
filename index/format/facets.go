package format

import "encoding/binary"

// FacetFields are the properties of articles that have a chunk of their values.
// In the manifest such a chunk has the field's number, counted from 0, for its key.
// The last two hold the properties that a site has under names of its own, to filter
// and to sort by: each value is a name, "=" and what it is.
var FacetFields = [...]string{"page", "author", "source", "tag", "person", "place", "org", "category", OwnFilters, OwnSorts}

// The names of the fields that hold properties. No field of a query is called so.
const (
	OwnFilters = "(filters)"
	OwnSorts   = "(sorts)"
)

// NumFacets is the number of fields with a chunk of values.
const NumFacets = len(FacetFields)

// A Facet is one value of a field with the documents that have it.
type Facet struct {
	Value string
	Docs  []uint32
}

// maxFacetDocs is the largest number of documents of all values together that
// a reader asks memory for: a set of all documents takes no bits at all.
const maxFacetDocs = MaxBody / 4

// FacetChunk returns the chunk of the values of a field, which are sorted by code
// point; universe is the number of documents of the segment.
func FacetChunk(values []Facet, universe uint32) *Chunk {
	// The number of documents is told so that segments of different sizes never
	// have a chunk, and thereby a file, in common.
	body := binary.AppendUvarint(nil, uint64(universe))
	body = binary.AppendUvarint(body, uint64(len(values)))
	prev := ""
	for _, v := range values {
		body = AppendShared(body, prev, v.Value)
		prev = v.Value
	}
	var w BitWriter
	for _, v := range values {
		body = binary.AppendUvarint(body, uint64(len(v.Docs)))
		w.WriteSet(v.Docs, universe)
	}
	return &Chunk{Kind: Facets, Body: body, Bits: w.Bytes()}
}

// OpenFacets reads what FacetChunk wrote.
func OpenFacets(chunk *Chunk, universe uint32) ([]Facet, error) {
	c := NewCursor("facets", chunk.Body)
	if n := c.Uvarint(); n != uint64(universe) {
		c.Fail("values of %d documents, want %d", n, universe)
	}
	names := ReadShared(c, c.Count(3))
	r := NewBitReader(chunk.Bits, 0)
	values := make([]Facet, 0, len(names))
	prev, total := "", 0
	for _, name := range names {
		n := c.Int(int(universe))
		if total += n; n == 0 || total > maxFacetDocs || name <= prev {
			c.Fail("value %q behind %q with %d documents, %d in all", name, prev, n, total)
		}
		if c.Err() != nil {
			break
		}
		docs := make([]uint32, n)
		r.ReadSet(docs, universe) // n is no more than universe
		values = append(values, Facet{Value: name, Docs: docs})
		prev = name
	}
	if err := c.Close(); err != nil {
		return nil, err
	}
	return values, r.Err("facets")
}

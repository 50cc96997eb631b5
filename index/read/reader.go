package read

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	index "github.com/blevesearch/bleve_index_api"

	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
)

// All is the field that stands for title, heading and body together: an
// occurrence in a heading counts for several in the body, one in a title for
// more.
const All = ""

// Or separates the forms of a term that has several, as 3日 and 三日. The postings of
// such a term are those of all its forms together.
const Or = "\x00"

// Weights say how much one occurrence of a term counts in each field, in the order of
// manifest.Fields.
type Weights [manifest.NumFields]int

// Reader returns bleve's view of the index for one query. Whatever it needs is fetched
// under ctx. A term may have any number of characters; its postings are made of those
// of its bigrams. With more than two characters some documents may have the bigrams
// and not the term: Postings.Exact says whether that can be.
func (ix *Index) Reader(ctx context.Context, weights Weights) *Reader {
	return &Reader{ix: ix, ctx: ctx, weights: weights, memo: make(map[[2]string]*Postings), bigrams: make(bigramLists)}
}

// A Reader is an index.IndexReader and an index.BM25Reader.
type Reader struct {
	ix      *Index
	ctx     context.Context
	weights Weights
	memo    map[[2]string]*Postings // by field and term
	bigrams bigramLists
}

// Postings are the documents of a term or phrase over all segments.
type Postings struct {
	Docs []uint32 // index-wide numbers, increasing
	// Freqs are the weighted occurrences, and Fields has a bit for each field
	// that the term is in.
	Freqs  []uint16
	Fields []uint8
	// Exact has a bit for each field in which Fields is certain in every document.
	Exact   uint8
	lengths []float32
}

// Postings returns the documents that have a term in a field, which is one of
// manifest.Fields or All.
func (r *Reader) Postings(field, term string) (*Postings, error) {
	key := [2]string{field, term}
	if p, ok := r.memo[key]; ok {
		return p, nil
	}
	p, err := r.postings(field, term)
	if err == nil {
		r.memo[key] = p
	}
	return p, err
}

func (r *Reader) postings(field, term string) (*Postings, error) {
	if form, rest, several := strings.Cut(term, Or); several {
		a, err := r.Postings(field, form)
		if err != nil {
			return nil, err
		}
		b, err := r.Postings(field, rest)
		if err != nil {
			return nil, err
		}
		return union(a, b), nil
	}
	if field == All {
		p := &Postings{Exact: 1<<manifest.NumFields - 1}
		err := r.each(term, func(s *Segment, c *Candidates, norms []byte, deleted format.DocSet) {
			p.merge(s, c, r.weights, norms, deleted)
		})
		return p, err
	}
	f := slices.Index(manifest.Fields[:], field)
	if f < 0 {
		return nil, fmt.Errorf("read: no field %q", field)
	}
	return r.one(term, f)
}

// union returns the documents that are in either.
func union(a, b *Postings) *Postings {
	p := &Postings{Exact: a.Exact & b.Exact}
	p.grow(len(a.Docs) + len(b.Docs))
	i, j := 0, 0
	for i < len(a.Docs) || j < len(b.Docs) {
		switch {
		case j == len(b.Docs) || i < len(a.Docs) && a.Docs[i] < b.Docs[j]:
			p.take(a, i)
			i++
		case i == len(a.Docs) || b.Docs[j] < a.Docs[i]:
			p.take(b, j)
			j++
		default:
			p.take(a, i)
			last := len(p.Docs) - 1
			p.Freqs[last] = uint16(min(int(a.Freqs[i])+int(b.Freqs[j]), math.MaxUint16))
			p.Fields[last] |= b.Fields[j]
			i++
			j++
		}
	}
	return p
}

func (p *Postings) take(from *Postings, i int) {
	p.Docs = append(p.Docs, from.Docs[i])
	p.Freqs = append(p.Freqs, from.Freqs[i])
	p.Fields = append(p.Fields, from.Fields[i])
	p.lengths = append(p.lengths, from.lengths[i])
}

func (p *Postings) grow(n int) {
	p.Docs = slices.Grow(p.Docs, n)
	p.Freqs = slices.Grow(p.Freqs, n)
	p.Fields = slices.Grow(p.Fields, n)
	p.lengths = slices.Grow(p.lengths, n)
}

// merge appends the documents of a segment: the union of its fields' lists.
func (p *Postings) merge(s *Segment, c *Candidates, weights Weights, norms []byte, deleted format.DocSet) {
	p.grow(len(c.Lists[manifest.Body].Docs))
	for f := range c.Exact {
		if !c.Exact[f] {
			p.Exact &^= 1 << f
		}
	}
	lists := c.Lists
	for {
		doc := uint32(math.MaxUint32)
		for f := range lists {
			if len(lists[f].Docs) > 0 {
				doc = min(doc, lists[f].Docs[0])
			}
		}
		if doc == math.MaxUint32 {
			return
		}
		freq, fields := 0, uint8(0)
		for f := range lists {
			if len(lists[f].Docs) > 0 && lists[f].Docs[0] == doc {
				freq += int(lists[f].Freqs[0]) * weights[f]
				fields |= 1 << f
				lists[f].Docs, lists[f].Freqs = lists[f].Docs[1:], lists[f].Freqs[1:]
			}
		}
		if deleted.Has(doc) {
			continue
		}
		p.Docs = append(p.Docs, s.Base+doc)
		p.Freqs = append(p.Freqs, uint16(min(freq, math.MaxUint16)))
		p.Fields = append(p.Fields, fields)
		p.lengths = append(p.lengths, float32(format.LengthOf(norms[doc])))
	}
}

// each calls merge with the documents that each segment has of a term.
func (r *Reader) each(term string, merge func(s *Segment, c *Candidates, norms []byte, deleted format.DocSet)) error {
	for _, s := range r.ix.segments {
		c, err := s.phrase(r.ctx, []rune(term), r.bigrams)
		if err != nil {
			return err
		}
		norms, err := s.norms(r.ctx)
		if err != nil {
			return err
		}
		deleted, err := s.Deleted(r.ctx)
		if err != nil {
			return err
		}
		merge(s, c, norms, deleted)
	}
	return nil
}

// one returns what of the postings is in one field, with that field's own
// frequencies. Lengths are those of whole articles.
func (r *Reader) one(term string, field int) (*Postings, error) {
	p := &Postings{Exact: 1<<manifest.NumFields - 1}
	err := r.each(term, func(s *Segment, c *Candidates, norms []byte, deleted format.DocSet) {
		only := &Candidates{Exact: [format.NumFields]bool{true, true, true}}
		only.Lists[field], only.Exact[field] = c.Lists[field], c.Exact[field]
		p.merge(s, only, Weights{1, 1, 1}, norms, deleted)
	})
	return p, err
}

// TermFieldReader implements index.IndexReader.
func (r *Reader) TermFieldReader(_ context.Context, term []byte, field string, _, _, includeTermVectors bool) (index.TermFieldReader, error) {
	if includeTermVectors {
		return nil, errors.New("read: an index of bigrams has no term vectors")
	}
	p, err := r.Postings(field, string(term))
	if err != nil {
		return nil, err
	}
	return &termReader{term: string(term), p: p}, nil
}

// FieldCardinality implements index.BM25Reader: the number of bigrams in a field.
func (r *Reader) FieldCardinality(field string) (int, error) {
	total := uint64(0)
	for _, s := range r.ix.segments {
		for f, n := range s.Lengths {
			if field == All || field == manifest.Fields[f] {
				total += n
			}
		}
	}
	return int(total), nil
}

// DocCount implements index.IndexReader.
func (r *Reader) DocCount() (uint64, error) { return uint64(r.ix.Docs()), nil }

// Fields implements index.IndexReader.
func (r *Reader) Fields() ([]string, error) { return manifest.Fields[:], nil }

// ExternalID implements index.IndexReader: the document's number in decimal,
// for the article's own ID would have to be fetched.
func (r *Reader) ExternalID(id index.IndexInternalID) (string, error) {
	return strconv.FormatUint(uint64(Doc(id)), 10), nil
}

// InternalID implements index.IndexReader.
func (r *Reader) InternalID(id string) (index.IndexInternalID, error) {
	doc, err := strconv.ParseUint(id, 10, 32)
	if err != nil {
		return nil, err
	}
	return internalID(nil, uint32(doc)), nil
}

// Close implements index.IndexReader.
func (r *Reader) Close() error { return nil }

// errNotKept is the answer to what this index does not have and no searcher of ours
// asks for. bleve's interface has these methods all the same.
var errNotKept = errors.New("read: not kept in this index")

// DocIDReaderAll implements index.IndexReader.
func (r *Reader) DocIDReaderAll() (index.DocIDReader, error) { return nil, errNotKept }

// DocIDReaderOnly implements index.IndexReader.
func (r *Reader) DocIDReaderOnly([]string) (index.DocIDReader, error) { return nil, errNotKept }

// FieldDict implements index.IndexReader.
func (r *Reader) FieldDict(string) (index.FieldDict, error) { return nil, errNotKept }

// FieldDictRange implements index.IndexReader.
func (r *Reader) FieldDictRange(string, []byte, []byte) (index.FieldDict, error) {
	return nil, errNotKept
}

// FieldDictPrefix implements index.IndexReader.
func (r *Reader) FieldDictPrefix(string, []byte) (index.FieldDict, error) { return nil, errNotKept }

// Document implements index.IndexReader.
func (r *Reader) Document(string) (index.Document, error) { return nil, errNotKept }

// GetInternal implements index.IndexReader.
func (r *Reader) GetInternal([]byte) ([]byte, error) { return nil, errNotKept }

// DocValueReader implements index.IndexReader. Sorting goes by score and
// document number, so that none is ever visited.
func (r *Reader) DocValueReader([]string) (index.DocValueReader, error) { return noDocValues{}, nil }

type noDocValues struct{}

func (noDocValues) VisitDocValues(index.IndexInternalID, index.DocValueVisitor) error { return nil }
func (noDocValues) BytesRead() uint64                                                 { return 0 }

// Doc returns the number of the document that bleve knows by id.
func Doc(id index.IndexInternalID) uint32 { return binary.BigEndian.Uint32(id) }

func internalID(b []byte, doc uint32) index.IndexInternalID {
	return binary.BigEndian.AppendUint32(b[:0], doc)
}

// termReader is an index.TermFieldReader over postings.
type termReader struct {
	term string
	p    *Postings
	next int
}

// Next implements index.TermFieldReader.
func (t *termReader) Next(pre *index.TermFieldDoc) (*index.TermFieldDoc, error) {
	if t.next >= len(t.p.Docs) {
		return nil, nil
	}
	if pre == nil {
		pre = new(index.TermFieldDoc)
	}
	pre.Term = t.term
	pre.ID = internalID(pre.ID, t.p.Docs[t.next])
	pre.Freq = uint64(t.p.Freqs[t.next])
	// bleve wants one over the root of the length, and squares it again.
	pre.Norm = 1 / math.Sqrt(float64(t.p.lengths[t.next]))
	t.next++
	return pre, nil
}

// Advance implements index.TermFieldReader.
func (t *termReader) Advance(id index.IndexInternalID, pre *index.TermFieldDoc) (*index.TermFieldDoc, error) {
	doc := Doc(id)
	rest := t.p.Docs[t.next:]
	if len(rest) > 0 && rest[0] < doc {
		t.next += gallop(rest, doc)
	}
	return t.Next(pre)
}

// Count implements index.TermFieldReader.
func (t *termReader) Count() uint64 { return uint64(len(t.p.Docs)) }

// Close implements index.TermFieldReader.
func (t *termReader) Close() error { return nil }

// Size implements index.TermFieldReader.
func (t *termReader) Size() int { return len(t.p.Docs) * 12 }

// Contains returns the fields in which the postings have a document, as bits,
// or 0.
func (p *Postings) Contains(doc uint32) uint8 {
	i := sort.Search(len(p.Docs), func(i int) bool { return p.Docs[i] >= doc })
	if i < len(p.Docs) && p.Docs[i] == doc {
		return p.Fields[i]
	}
	return 0
}

package format

import (
	"errors"
	"slices"
	"testing"
)

func TestFacetsComeBack(t *testing.T) {
	want := []Facet{{"A01 要闻", []uint32{0, 3}}, {"A02", []uint32{0, 1, 2, 3, 4}}, {"A02 江海", []uint32{4}}, {"𠮷野家", []uint32{1, 2, 4}}}
	for _, values := range [][]Facet{nil, want[:1], want} {
		c, err := OpenChunk(FacetChunk(values, 5).Append(nil, nil), Facets, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := OpenFacets(c, 5)
		if err != nil || !slices.EqualFunc(got, values, func(a, b Facet) bool { return a.Value == b.Value && slices.Equal(a.Docs, b.Docs) }) {
			t.Errorf("wrote %v, read %v, %v", values, got, err)
		}
		if _, err := OpenFacets(c, 6); !errors.Is(err, ErrCorrupt) {
			t.Errorf("values of 5 documents taken for those of 6: %v", err)
		}
	}
}

func FuzzOpenFacets(f *testing.F) {
	c := FacetChunk([]Facet{{"张三", []uint32{1, 2, 7}}, {"张三丰", []uint32{0, 1, 2, 3, 4, 5, 6, 7, 8}}, {"李四", []uint32{8}}}, 9)
	f.Add(c.Body, c.Bits)
	f.Fuzz(func(t *testing.T, body, sets []byte) {
		values, err := OpenFacets(&Chunk{Kind: Facets, Body: body, Bits: sets}, 9)
		if err != nil && !errors.Is(err, ErrCorrupt) {
			t.Fatalf("%v is no CorruptError", err)
		}
		for i, v := range values {
			if i > 0 && v.Value <= values[i-1].Value || len(v.Docs) == 0 || !slices.IsSorted(v.Docs) || v.Docs[len(v.Docs)-1] >= 9 {
				t.Fatalf("value %d of %v", i, values)
			}
		}
	})
}

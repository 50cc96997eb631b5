package manifest

import (
	"errors"
	"reflect"
	"testing"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
)

func sample() *Manifest {
	return &Manifest{
		Settings: "test",
		Pack:     chunk.ID{9, 9},
		Segments: []*Segment{{
			Docs: 40, Deleted: 3, Terms: 7, Lengths: [NumFields]uint64{100, 20, 3000},
			Spaced:   [2][]uint32{{1, 3}, nil},
			Bytes:    map[format.Kind]int64{format.Terms: 190, format.Stored: 150, format.Norms: 60, format.Dates: 50, format.IDs: 40},
			Alphabet: format.NewAlphabet(map[rune]int{'江': 9, '海': 5, 'a': 1, '區': 1, '区': 0}),
			Variants: map[rune]rune{'區': '区'},
			Chunks: []Chunk{
				{ID: chunk.ID{1}, Kind: format.Terms, Size: 100, Key: []uint32{1, 2}},
				{ID: chunk.ID{2}, Kind: format.Terms, Size: 90, Key: []uint32{1, 3}},
				{ID: chunk.ID{3}, Kind: format.Stored, Size: 80},
				{ID: chunk.ID{4}, Kind: format.Stored, Size: 70, From: 20},
				{ID: chunk.ID{5}, Kind: format.Norms, Size: 60},
				{ID: chunk.ID{6}, Kind: format.Dates, Size: 50},
				{ID: chunk.ID{7}, Kind: format.IDs, Size: 40},
			},
		}},
	}
}

func TestManifestComesBack(t *testing.T) {
	want := sample()
	got, err := Open(want.Append(nil))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read %+v, want %+v", got.Segments[0], want.Segments[0])
	}
	if n := got.Docs(); n != 37 {
		t.Errorf("%d documents, want 37", n)
	}
	if e := got.Extents()[chunk.ID{3}]; e != (chunk.Extent{Offset: 190, Size: 80}) {
		t.Errorf("extent %+v, want 190, 80", e)
	}
}

func TestSizesAreKeptInAPackOnly(t *testing.T) {
	want := sample()
	want.Pack = chunk.ID{}
	got, err := Open(want.Append(nil))
	if err != nil {
		t.Fatal(err)
	}
	for i := range want.Segments[0].Chunks {
		want.Segments[0].Chunks[i].Size = 0
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read %+v, want %+v", got.Segments[0], want.Segments[0])
	}
}

func TestDamagedManifestIsAnError(t *testing.T) {
	file := sample().Append(nil)
	for i := range file {
		bad := append([]byte(nil), file...)
		bad[i] ^= 0x10
		checkError(t, bad)
		checkError(t, file[:i:i])
	}
}

func checkError(t *testing.T, file []byte) {
	t.Helper()
	_, err := Open(file)
	var version *format.VersionError
	if !errors.Is(err, format.ErrCorrupt) && !errors.As(err, &version) {
		t.Fatalf("%d bytes: %v, want damage", len(file), err)
	}
}

// The checksum keeps damage away from the decoder, which must bear it all the same.
func FuzzReadManifest(f *testing.F) {
	file := sample().Append(nil)
	f.Add(file[len(magic)+1+chunk.IDSize+2:])
	f.Fuzz(func(t *testing.T, body []byte) {
		m, err := read(format.NewCursor("manifest body", body))
		if err != nil {
			if !errors.Is(err, format.ErrCorrupt) {
				t.Fatalf("%v is no CorruptError", err)
			}
			return
		}
		m.Docs()
		m.Extents()
	})
}

func FuzzOpenManifest(f *testing.F) {
	f.Add(sample().Append(nil))
	f.Fuzz(func(t *testing.T, file []byte) {
		_, err := Open(file)
		var version *format.VersionError
		if err != nil && !errors.Is(err, format.ErrCorrupt) && !errors.As(err, &version) {
			t.Fatalf("%v is neither damage nor a version", err)
		}
	})
}

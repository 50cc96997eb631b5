package update

import (
	"slices"
	"testing"

	"github.com/kanbao/kanbao/index/chunk"
)

// Notes come back as they were, and not for another index, another number of
// documents or with a byte too few. Whatever the bytes, there are notes of all
// documents or none.
func FuzzReadNotes(f *testing.F) {
	index := chunk.Sum([]byte("index"))
	two := []note{{id: "2024-09-05-A01-1", edition: "看报 2024-09-05", digest: Digest{1, 2}}, {id: "", edition: ""}}
	f.Add(appendNotes(nil, index, two), 2, "a", "b", "看报 2024-09-05")
	f.Add([]byte{}, 1<<40, "", "", "")
	f.Add(append([]byte(notesHead+index.String()+"\n"), 0, 1, 2), -1, "甲", "\n", "\x00")
	f.Fuzz(func(t *testing.T, data []byte, docs int, first, second, edition string) {
		for _, whole := range [][]byte{data, append([]byte(notesHead+index.String()+"\n"), data...)} {
			got := readNotes(whole, index, docs)
			if got != nil && len(got) != docs {
				t.Fatalf("%d notes of %d documents", len(got), docs)
			}
			if got != nil && !slices.Equal(readNotes(appendNotes(nil, index, got), index, docs), got) {
				t.Fatalf("%q are the notes %+v, which do not come back", whole, got)
			}
		}
		notes := []note{{id: first, edition: edition}, {id: second, edition: edition}, {id: first, edition: second}}
		copy(notes[1].digest[:], data)
		written := appendNotes(nil, index, notes)
		if got := readNotes(written, index, len(notes)); !slices.Equal(got, notes) {
			t.Fatalf("wrote %+v, read %+v", notes, got)
		}
		if got := readNotes(written, chunk.Sum(data), len(notes)); got != nil && chunk.Sum(data) != index {
			t.Fatalf("notes of another index are taken: %+v", got)
		}
		for _, n := range []int{len(notes) - 1, len(notes) + 1} {
			if got := readNotes(written, index, n); got != nil {
				t.Fatalf("notes of %d documents are taken for those of %d", len(notes), n)
			}
		}
		if got := readNotes(written[:len(written)-1], index, len(notes)); got != nil {
			t.Fatalf("notes that end early are taken: %+v", got)
		}
	})
}

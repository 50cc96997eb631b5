package update

import (
	"encoding/hex"
	"reflect"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
)

// The notes of a build are read by the next one, which may be of another version of
// the program: whoever changes the bytes gives them another head.
func TestNotesAreWrittenAsEver(t *testing.T) {
	index := chunk.Sum([]byte("manifest"))
	notes := []note{
		{"a", "潮音报 2024-09-05", Digest{1, 2, 15: 3}},
		{"b", "潮音报 2024-09-05", Digest{15: 4}},
		{"c", "", Digest{}},
	}
	want := "kanbao articles 1 " + index.String() + "\n" +
		"\x01\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x01a\x01\x14潮音报 2024-09-05" +
		"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x04\x01b\x00" +
		"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01c\x01\x00"
	got := appendNotes(nil, index, notes)
	if string(got) != want {
		t.Errorf("the notes are\n%q, want\n%q", got, want)
	}
	if back := readNotes([]byte(want), index, len(notes)); !reflect.DeepEqual(back, notes) {
		t.Errorf("they are read as %v", back)
	}
}

// A digest that changes means that every article is taken for new.
func TestDigestIsAsEver(t *testing.T) {
	a := &article.Article{ID: "a", Title: "潮水", Date: "2024-09-05", File: "x.md", Line: 3,
		Sections: []article.Section{{Blocks: []article.Block{{Text: "一天两回。"}}}}}
	const want = "d8e91092abe30aefbcf44fdbf71bbd20"
	if got := DigestOf(a); hex.EncodeToString(got[:]) != want {
		t.Errorf("the digest is %x, want %s", got, want)
	}
	moved := *a
	moved.File, moved.Line = "y.md", 9
	if DigestOf(&moved) != DigestOf(a) {
		t.Error("where an article was read from changes its digest")
	}
}

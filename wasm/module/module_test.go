package module

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// A file with one imported function, two of its own, memory at address 8, and names.
const small = header +
	"\x02\x07\x01\x01e\x01f\x00\x00" + // import "e" "f", a function
	"\x0a\x07\x02\x02\x00\x0b\x02\x00\x0b" + // two bodies of two bytes
	"\x0b\x09\x01\x00\x41\x08\x0b\x03abc" + // memory
	"\x00\x10\x04name\x01\x09\x02\x01\x02aa\x02\x02bb" // names of functions 1 and 2

func TestFunctionsHaveNamesAndSizes(t *testing.T) {
	m, err := Parse([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	got, err := m.Functions()
	if want := []Function{{"aa", 2}, {"bb", 2}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("functions %v, %v; want %v", got, err, want)
	}
	if got := m.DataSize(); got != 9 {
		t.Errorf("%d bytes of data, want 9", got)
	}
	if !bytes.Equal(m.Bytes(), []byte(small)) {
		t.Errorf("put together it is %q", m.Bytes())
	}
}

func TestFilesThatEndEarlyAreErrors(t *testing.T) {
	for n := range len(small) {
		m, err := Parse([]byte(small[:n]))
		if err != nil {
			continue
		}
		// What was cut between two sections is whole, but for the names, the last.
		if _, err := m.Functions(); err == nil {
			t.Errorf("the first %d bytes of %d are taken for a whole file", n, len(small))
		}
	}
	noNames, _, _ := strings.Cut(small, "\x00\x10")
	m, err := Parse([]byte(noNames))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Functions(); err == nil || !strings.Contains(err.Error(), "without -s") {
		t.Errorf("without names the error is %v", err)
	}
}

// What stands between two spans is another's, and may have changed by the time that they
// are filled.
func TestDataWritesNothingBesideItsSpans(t *testing.T) {
	memory := bytes.Repeat([]byte("abcdefgh"), 100)
	clear(memory[300:500])
	for name, test := range map[string]struct {
		spans []Span
		want  []Span // that are written
	}{
		"all":             {nil, []Span{{0, 300}, {500, 800}}},
		"two near":        {[]Span{{20, 30}, {10, 15}}, []Span{{10, 15}, {20, 30}}},
		"two that touch":  {[]Span{{20, 30}, {10, 20}}, []Span{{10, 30}}},
		"one in another":  {[]Span{{10, 40}, {20, 30}}, []Span{{10, 40}}},
		"with long zeros": {[]Span{{290, 510}}, []Span{{290, 300}, {500, 510}}},
		"of zeros":        {[]Span{{310, 320}}, nil},
	} {
		m := Module{{ID: DataSection, Body: Data(memory, test.spans...)}}
		var got []Span
		r := NewReader(m[0].Body)
		for n := r.Number(); n > 0; n-- {
			r.Take(2)
			at := int(r.Signed())
			r.Byte()
			piece := r.Take(r.Number())
			if !bytes.Equal(piece, memory[at:at+len(piece)]) {
				t.Errorf("%s: at %d it writes %q", name, at, piece)
			}
			got = append(got, Span{at, at + len(piece)})
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: it writes %v, want %v", name, got, test.want)
		}
	}
}

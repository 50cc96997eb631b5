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

package format

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// The specification and the code say the same.
func TestSpecification(t *testing.T) {
	b, err := os.ReadFile("../../docs/index-format.md")
	if err != nil {
		t.Fatal(err)
	}
	spec := string(b)
	want := []string{
		fmt.Sprintf("# The index format, version %d\n", Version),
		fmt.Sprintf("`%s`, the version (one byte), the kind", chunkMagic),
		fmt.Sprintf("three to %d codes", MaxTerm),
		fmt.Sprintf("for every %dth term", skipEvery),
		fmt.Sprintf("each from 1 to %d:", MaxFreq),
		fmt.Sprintf("2024-09-05 is %d", Day("2024-09-05")),
		fmt.Sprintf("| %d | the first |", 1),
		fmt.Sprintf("bits 0 to %d the fields", NumFields-1),
		fmt.Sprintf("bits %d to 7 a word's weight", weightShift),
		fmt.Sprintf("and at most %d. Queries", maxWeight),
		fmt.Sprintf("number to base %d, a as %d", bucketBase, Bucket("a")/(bucketBase*bucketBase)),
	}
	for i, field := range FacetFields {
		want = append(want, fmt.Sprintf("%d %s", i, field))
	}
	for _, kind := range Kinds() {
		want = append(want, fmt.Sprintf("| %d | %v | ", kind, kind))
	}
	for _, s := range want {
		if !strings.Contains(spec, s) {
			t.Errorf("docs/index-format.md does not say %q", s)
		}
	}
}

package command

import (
	"bytes"
	"path/filepath"
	"slices"
	"testing"

	"github.com/kanbao/kanbao/e2e/cases"
)

// TestCases runs the table of cases natively; e2e runs it in the browser.
func TestCases(t *testing.T) {
	site := filepath.Join(t.TempDir(), "site")
	if said, err := command("build", "../../testdata/sample", "-o", site).CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, said)
	}
	engine, err := openSite(t.Context(), site)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases.All() {
		result, err := engine.Search(t.Context(), c.Query)
		if err != nil {
			t.Errorf("%s: %v", c.About, err)
			continue
		}
		var b bytes.Buffer
		if err := printJSON(&b, result); err != nil {
			t.Fatal(err)
		}
		for _, fault := range c.Faults(b.Bytes()) {
			t.Errorf("%s: %q: %s", c.About, c.Query.Text, fault)
		}
	}
	for _, o := range cases.Offers() {
		list, err := engine.Suggest(t.Context(), o.Typed, 8)
		if err != nil {
			t.Errorf("%q: %v", o.Typed, err)
			continue
		}
		var got []string
		for _, s := range list {
			got = append(got, s.Text)
		}
		for _, want := range o.Want {
			if !slices.Contains(got, want) {
				t.Errorf("%q is completed by %q, want %q among them", o.Typed, got, want)
			}
		}
		if len(o.Want) == 0 && len(got) > 0 {
			t.Errorf("%q is completed by %q, want nothing", o.Typed, got)
		}
	}
}

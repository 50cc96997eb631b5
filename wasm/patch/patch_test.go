package patch

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// All rules match the versions that go.mod names, and what they leave is what is
// looked for.
func TestRulesMatchWhatIsPinned(t *testing.T) {
	dir := t.TempDir()
	w := workspace(t, dir)
	if err := w.Write(Changes()); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"modules/github.com/blevesearch/bleve/v2/size/sizes.go":                  "unsafe.Sizeof(b)",
		"modules/github.com/blevesearch/bleve/v2/search/searcher/search_term.go": "bleve has no synonyms here",
		"modules/github.com/maxence-charriere/go-app/v10/pkg/app/http.go":        "type Handler struct{}",
		"modules/github.com/maxence-charriere/go-app/v10/pkg/app/route.go":       "type router struct{ component",
		"modules/github.com/blevesearch/bleve_index_api/document.go":             "[]byte, error)",
		"std/engine/fmt/fmt.go":    "package fmt",
		"std/page/runtime/proc.go": "if 0 > 0",
		"go.work":                  "replace github.com/google/uuid => ",
	} {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s has no %q: %v", file, want, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "std/page/fmt")); err == nil {
		t.Error("the page has the engine's fmt")
	}
}

// Each change can be left out: what the others are does not depend on it.
func TestChangesStandAlone(t *testing.T) {
	names := make(map[string]bool)
	for _, c := range Changes() {
		if names[c.Name] {
			t.Errorf("two changes are named %q", c.Name)
		}
		names[c.Name] = true
		if c.Why == "" || c.Measure != "app" && c.Measure != "engine" && c.Only != "test" || c.Only != "" && !c.Std {
			t.Errorf("%q: why %q, measured on %q, only in %q", c.Name, c.Why, c.Measure, c.Only)
		}
		if len(c.Rules)+len(c.Modules) == 0 {
			t.Errorf("%q has no rules", c.Name)
		}
		for _, r := range c.Rules {
			if ours := moduleOf(r.place()) != ""; ours == c.Std {
				t.Errorf("%q: %s: is it of Go's library or of a module?", c.Name, r)
			}
		}
	}
}

// A rule that matches nothing is an error that names the change, the package and the
// rule, and all of them are in it.
func TestRulesThatDoNotMatchAreNamed(t *testing.T) {
	changes := []Change{
		{Name: "a line of another Go", Std: true, Rules: []Rule{edit{pkg: "runtime", old: "^var noSuchThing$", new: ""}}},
		{Name: "a function that went", Std: true, Rules: returnAtOnce("runtime", "noSuchFunction")},
		{Name: "a file that was renamed", Std: true, Rules: []Rule{remove{"runtime", []string{"nosuchfile.go"}}}},
		{Name: "a package that moved", Std: true, Rules: []Rule{replacePackage{"no/such/package", "std/fmt/fmt.go"}}},
		{Name: "a file that is not there", Std: true, Rules: []Rule{replaceFile{"runtime", "std/fmt/fmt.go"}}},
	}
	err := workspace(t, t.TempDir()).Write(changes)
	if err == nil {
		t.Fatal("no rule fails")
	}
	for _, want := range []string{
		"a line of another Go", "^var noSuchThing$", "a function that went", "noSuchFunction",
		"a file that was renamed", "nosuchfile.go", "a package that moved", "no/such/package", "a file that is not there",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not name %q:\n%v", want, err)
		}
	}
}

func TestEdits(t *testing.T) {
	for name, test := range map[string]struct {
		rule       edit
		text, want string
	}{
		"an import of its own": {
			edit{old: `reflect\.TypeOf\((\w*)\)\.Size\(\)`, new: "unsafe.Sizeof($1)", drops: "reflect", adds: "unsafe"},
			"package a\n\nimport \"reflect\"\n\nvar n = reflect.TypeOf(b).Size()\n",
			"package a\n\nimport \"unsafe\"\n\nvar n = unsafe.Sizeof(b)\n",
		},
		"an import still used": {
			edit{old: `reflect\.TypeOf\((\w*)\)\.Size\(\)`, new: "unsafe.Sizeof($1)", drops: "reflect", adds: "unsafe"},
			"import (\n\t\"reflect\"\n)\nvar n, m = reflect.TypeOf(b).Size(), reflect.ValueOf(b)\n",
			"import (\n\t\"reflect\"\n\t\"unsafe\"\n)\nvar n, m = unsafe.Sizeof(b), reflect.ValueOf(b)\n",
		},
		"an import that goes": {
			edit{old: `\bnet\.IP\b`, new: "[]byte", drops: "net"},
			"import (\n\t\"net\"\n\t\"time\"\n)\nvar ip net.IP\n",
			"import (\n\t\"time\"\n)\nvar ip []byte\n",
		},
		"a method": {
			returnAtOnce("", "report")[0].(edit),
			"func (s *span) report(n int) {\n\tprint(n)\n}\nfunc reportAll() {\n}\n",
			"func (s *span) report(n int) {\n\treturn\n\tprint(n)\n}\nfunc reportAll() {\n}\n",
		},
	} {
		files := map[string]string{"a.go": test.text, "other.go": "package a\n"}
		if err := test.rule.apply(files, ""); err != nil || !maps.Equal(files, map[string]string{"a.go": test.want, "other.go": "package a\n"}) {
			t.Errorf("%s: %v\n%q, want\n%q", name, err, files["a.go"], test.want)
		}
	}
}

// Writing again leaves what is right as it is, and takes out what no change wants.
func TestWritingAgain(t *testing.T) {
	dir := t.TempDir()
	keep, change, drop, other := filepath.Join(dir, "a/keep.go"), filepath.Join(dir, "a/change.go"), filepath.Join(dir, "b/drop.go"), filepath.Join(dir, "built.wasm")
	first := newFolder(dir)
	for _, name := range []string{keep, change, drop} {
		first.put(name, "package a\n")
	}
	if err := first.write(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(other, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(keep)
	if err != nil {
		t.Fatal(err)
	}
	second := newFolder(dir)
	second.put(keep, "package a\n")
	second.put(change, "package b\n")
	if err := second.write(); err != nil {
		t.Fatal(err)
	}
	if after, err := os.Stat(keep); err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("what was right is written anew: %v", err)
	}
	if text, err := os.ReadFile(change); err != nil || string(text) != "package b\n" {
		t.Errorf("what has changed is %q, %v", text, err)
	}
	if _, err := os.Stat(drop); !os.IsNotExist(err) {
		t.Errorf("what is not wanted any more is still there: %v", err)
	}
	if _, err := os.Stat(other); err != nil {
		t.Errorf("what go has built there is gone: %v", err)
	}
}

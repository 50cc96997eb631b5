package importgraph

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"strings"
	"testing"
)

const module = "github.com/kanbao/kanbao"

// A listed package is what go list tells of one.
type listed struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func list(t *testing.T, env []string, patterns ...string) []listed {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Imports,Deps"}, patterns...)...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %s", exit.Stderr)
		}
		t.Fatal(err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) == 0 {
		t.Fatalf("go list knows no package of %q", patterns)
	}
	return all
}

// within reports whether the package is one of ours in that folder or below.
func within(pkg, dir string) bool {
	rel, ours := strings.CutPrefix(pkg, module+"/")
	return ours && (rel == dir || strings.HasPrefix(rel, dir+"/"))
}

// TestImportGraph keeps imports pointing one way.
func TestImportGraph(t *testing.T) {
	rules := []struct {
		from string
		not  []string
		why  string
	}{
		{"index", []string{"app", "web", "wasm", "e2e"}, "index knows nothing of the browser or of pages"},
		{"index/article", []string{"index"}, "article is a leaf"},
		{"index/format", []string{"index"}, "format is bytes and nothing else"},
		{"index/query", []string{"index/search", "index/read", "index/write", "index/analyze", "index/chunk", "index/format"}, "query is plain types"},
		{"index/parse/layout", []string{"index/parse/pdf"}, "the analysis is geometry and knows no file"},
		{"index/parse", []string{"index/write", "index/search", "index/read", "index/analyze"}, "parsers know the document model alone"},
		{"index/read", []string{"index/write"}, "reader and writer share only the format"},
		{"index/write", []string{"index/read", "index/search"}, "reader and writer share only the format"},
		{"index/search/term", []string{"index/search"}, "terms are what all others look for"},
		{"index/search/filter", []string{"index/search"}, "filters know documents by their numbers"},
		{"index/search/plan", []string{"index/search/match", "index/search/rank", "index/search/filter", "index/search/suggest"}, "to understand a query takes no article and no score"},
		{"index/search/rank", []string{"index/search/match", "index/search/plan", "index/search/filter", "index/search/suggest"}, "the formula does not know what was typed"},
		{"index/search/match", []string{"index/search/suggest"}, "suggestions are made beside the answer"},
		{"index", []string{"tools"}, "tools are for developers"},
		{"app", []string{"wasm", "e2e", "tools"}, "programs of the browser and tests import app, never the reverse"},
		{"app/reader", []string{"index/search", "index/read", "index/write", "index/analyze", "app/site", "app/serve", "app/command"}, "the main thread links no searcher"},
		{"app/site", []string{"app/reader", "app/serve", "app/command"}, "the generator makes pages, it knows no program"},
		{"app/serve", []string{"index", "app/site", "app/reader", "app/command"}, "serve is told how to build"},
		{"app/text", []string{"index", "app"}, "text is words and nothing else"},
	}
	packages := list(t, nil, module, module+"/app/...", module+"/index/...", module+"/web/...", module+"/e2e/...", module+"/tools/...")
	for _, p := range packages {
		switch path.Base(p.ImportPath) {
		case "util", "utils", "common", "helpers", "misc":
			t.Errorf("%s: the name does not say what the package is for", p.ImportPath)
		}
		for _, dep := range p.Imports {
			if within(dep, "wasm") {
				t.Errorf("%s imports %s: nothing imports what is under wasm", p.ImportPath, dep)
			}
			for _, r := range rules {
				if !within(p.ImportPath, r.from) || within(dep, r.from) {
					continue
				}
				for _, not := range r.not {
					if within(dep, not) {
						t.Errorf("%s imports %s: %s", p.ImportPath, dep, r.why)
					}
				}
			}
		}
	}
}

// TestWasmLinksNothingForServers keeps databases, processes and dictionaries out
// of what every visitor downloads.
func TestWasmLinksNothingForServers(t *testing.T) {
	forbidden := map[string]string{
		"go.etcd.io/bbolt":       "a database",
		"os/exec":                "no process can be started in a browser",
		"github.com/go-ego/gse":  "its dictionaries are 15 MB",
		module + "/index/pinyin": "the readings of all characters, of which an index brings its own",
		module + "/index/write":  "the writer of the index",

		module + "/index/analyze/variants": "its tables, of which an index has what it needs",

		module + "/index/parse":    "the parsers",
		module + "/index/entity":   "its lists of words and places",
		module + "/app/site":       "the site generator",
		"github.com/yuin/goldmark": "a Markdown parser",

		module + "/index/parse/layout":    "the analysis of printed pages",
		module + "/index/parse/pdf":       "the reader of PDF files",
		"github.com/klippa-app/go-pdfium": "PDFium, 9 MB",
		"github.com/tetratelabs/wazero":   "a runtime for WebAssembly within WebAssembly",
	}
	for _, p := range list(t, []string{"GOOS=js", "GOARCH=wasm"}, module+"/wasm/page", module+"/wasm/engine") {
		for _, dep := range p.Deps {
			if p.ImportPath == module+"/wasm/page" && within(dep, "index/search") {
				t.Errorf("%s links %s: the engine is a program of its own, for which the reader does not wait", p.ImportPath, dep)
			}
			if why := forbidden[dep]; why != "" {
				t.Errorf("%s links %s: %s", p.ImportPath, dep, why)
			}
		}
	}
}

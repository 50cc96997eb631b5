package newspaper

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/markdown"
)

var update = flag.Bool("update", false, "rewrite the golden files; read the difference before you commit it")

const pages = "../../../testdata/parse/newspaper"

func parseAll(t testing.TB, name, text string) []*article.Article {
	t.Helper()
	var out []*article.Article
	for a, err := range New(article.Edition{}, markdown.New()).Parse(name, strings.NewReader(text)) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, a)
	}
	return out
}

// print writes articles so that a person can check them against the page.
func print(articles []*article.Article) []byte {
	var b bytes.Buffer
	for _, a := range articles {
		fmt.Fprintf(&b, "id %s, line %d\ntitle %s\n", a.ID, a.Line, a.Title)
		if a.Subtitle != "" {
			fmt.Fprintf(&b, "subtitle %s\n", a.Subtitle)
		}
		fmt.Fprintf(&b, "date %s, source %s, edition %s\n", a.Date, a.Source, strings.Join([]string{a.Edition.Paper, a.Edition.Date, a.Edition.Page, a.Edition.Name}, "/"))
		for _, author := range a.Authors {
			fmt.Fprintf(&b, "author %s, %s\n", author.Name, author.Role)
		}
		for _, s := range a.Sections {
			if s.Heading != "" {
				fmt.Fprintf(&b, "h%d %s\n", s.Level, s.Heading)
			}
			for _, block := range s.Blocks {
				kind := []string{"p", "caption", "rich"}[block.Kind]
				text, _ := json.Marshal(block.Text)
				fmt.Fprintf(&b, "  %s %s\n", kind, text)
				if block.HTML != "" {
					fmt.Fprintf(&b, "    html %q\n", block.HTML)
				}
			}
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

func goldenPages(t testing.TB) []string {
	names, err := filepath.Glob(filepath.Join(pages, "*.md"))
	if err != nil || len(names) < 3 {
		t.Fatalf("%d pages in %s, want at least 3 (%v)", len(names), pages, err)
	}
	return names
}

func TestGolden(t *testing.T) {
	var claimed []string
	for _, file := range goldenPages(t) {
		golden := strings.TrimSuffix(file, ".md") + ".golden"
		claimed = append(claimed, golden)
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := print(parseAll(t, filepath.Base(file), string(text)))
			if *update {
				if err := os.WriteFile(golden, got, 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatalf("no golden file; write it with -update, then read it: %v", err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("differs from %s; got:\n%s", golden, got)
			}
		})
	}
	found, _ := filepath.Glob(filepath.Join(pages, "*.golden"))
	for _, g := range found {
		if !slices.Contains(claimed, g) {
			t.Errorf("%s belongs to no page: delete it", g)
		}
	}
}

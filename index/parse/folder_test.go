package parse

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
)

// read returns what Folder yields, faults as their messages.
func read(t testing.TB, root string) (articles []*article.Article, faults []string) {
	t.Helper()
	cfg, err := LoadConfig(root)
	if err != nil {
		t.Fatal(err)
	}
	for a, err := range Folder(context.Background(), root, cfg) {
		if err == nil {
			articles = append(articles, a)
			continue
		}
		var fault *Error
		if !errors.As(err, &fault) {
			t.Errorf("%v is a %T, want an *Error", err, err)
		}
		faults = append(faults, err.Error())
	}
	return articles, faults
}

func list(articles []*article.Article) string {
	var out []string
	for _, a := range articles {
		out = append(out, a.ID+"="+a.Title)
	}
	return strings.Join(out, " ")
}

func TestFolderPicksAParserForEachFile(t *testing.T) {
	root := folder(t, map[string]string{
		"b/page.md":     "## 甲事 副题\n\n本报讯 昨日,甲。\n\n## 乙事\n\n乙。\n",
		"a.md":          "# 丙\n\n丁\n",
		"c.HTML":        "<title>戊</title><p>己",
		"d.jsonl":       `{"id":"x","kicker":"","title":"庚","text":"辛"}`,
		".hidden/e.md":  "# 不",
		".e.md":         "# 不",
		"notes.txt":     "不",
		"images/a.jpg":  "不",
		"b/kanbao.toml": "paper = \"海港晚报\"\ndate = \"2025-03-20\"\n",
	})
	got, faults := read(t, root)
	if want := "a=丙 b/page-1=甲事 b/page-2=乙事 c=戊 x=庚"; list(got) != want || len(faults) > 0 {
		t.Errorf("got %s, faults %q; want %s", list(got), faults, want)
	}
	page := got[1]
	if page.Date != "2025-03-20" || page.Source != "海港晚报" || page.Edition.Paper != "海港晚报" || page.File != "b/page.md" || page.Line != 1 || page.Subtitle != "副题" {
		t.Errorf("the settings beside the page are not used: %+v", page)
	}
	if got[0].Date != "" || !got[0].Edition.IsZero() {
		t.Errorf("settings of one folder reach another: %+v", got[0])
	}
}

func TestFolderReadsOneFile(t *testing.T) {
	root := folder(t, map[string]string{"a.md": "# 甲\n", "b.md": "# 乙\n", "c.docx": "丙"})
	got, faults := read(t, filepath.Join(root, "b.md"))
	if list(got) != "b=乙" || len(faults) > 0 || got[0].File != "b.md" {
		t.Errorf("got %s, faults %q", list(got), faults)
	}
	if _, faults := read(t, filepath.Join(root, "c.docx")); len(faults) != 1 || !strings.HasPrefix(faults[0], "c.docx: no parser for this kind of file") {
		t.Errorf("faults %q", faults)
	}
}

func TestKindIsSaidByFrontMatterOrSettings(t *testing.T) {
	text := "## 甲\n\n乙。\n\n## 丙\n\n丁。\n"
	for _, c := range []struct{ about, settings, front, want string }{
		{"nobody says", "", "", "p=甲"},
		{"settings", "kind = \"newspaper\"", "", "p-1=甲 p-2=丙"},
		{"front matter", "", "---\nkind: newspaper\n---\n", "p-1=甲 p-2=丙"},
		{"front matter against settings", "kind = \"newspaper\"", "---\nkind: article\n---\n", "p=甲"},
		{"a title", "kind = \"newspaper\"", "---\ntitle: 戊\n---\n", "p=戊"},
	} {
		got, faults := read(t, folder(t, map[string]string{"kanbao.toml": c.settings, "p.md": c.front + text}))
		if list(got) != c.want || len(faults) > 0 {
			t.Errorf("%s: got %s, faults %q; want %s", c.about, list(got), faults, c.want)
		}
	}
}

func TestIDsAreUniqueAsAddresses(t *testing.T) {
	got, faults := read(t, folder(t, map[string]string{
		"a b.md": "甲", "a-b.md": "乙", "a/b.md": "丙",
		"x.md": "---\nid: t1\n---\n", "y.jsonl": `{"id":"t1","title":"丁","text":""}` + "\n" + `{"id":"t 1","title":"戊","text":""}`,
		strings.Repeat("长", 80) + ".md": "己", strings.Repeat("长", 80) + "了.md": "庚",
		"z.jsonl": `{"id":"` + strings.Repeat("长", 70) + `","title":"辛","text":""}`,
	}))
	seen := map[string]bool{}
	for _, a := range got {
		slug := article.Slug(a.ID)
		if seen[slug] || len(slug) > longestSlug {
			t.Errorf("%s: address %q is taken or too long", a.File, slug)
		}
		seen[slug] = true
	}
	want := []string{
		`y.jsonl:1: id "t1" is also that of the article at x.md:1; give one of them another id`,
		fmt.Sprintf(`z.jsonl:1: id %q is 210 bytes long as an address, at most 200 can be used; shorten it`, strings.Repeat("长", 70)),
	}
	if strings.Join(faults, "\n") != strings.Join(want, "\n") {
		t.Errorf("faults\n%s\nwant\n%s", strings.Join(faults, "\n"), strings.Join(want, "\n"))
	}
	for _, slug := range []string{"a-b", "a-b-2", "a-b-3", "t1", "t-1"} {
		if !seen[slug] {
			t.Errorf("no article at %q", slug)
		}
	}
	if len(got) != 7 {
		t.Errorf("%d articles, want 7", len(got))
	}
}

func TestOneBadFileDoesNotStopTheOthers(t *testing.T) {
	got, faults := read(t, folder(t, map[string]string{
		"a.md":          "---\ndate: 2024-13-01\n---\n",
		"b.md":          "甲\xff乙甲乙甲乙甲乙",
		"c.jsonl":       "{}\n" + `{"title":"甲","text":"乙"}`,
		"d/kanbao.toml": "papre = 1\n",
		"d/e.md":        "丙",
		"f.md":          "# 丁\r\n\r\n戊\r\n",
		"g.md":          "",
		"h.md":          "甲\n\x00",
		"i.md":          "\xEF\xBB\xBF---\ntitle: 己\n---\n" + strings.Repeat("潮", 1<<20),
	}))
	if want := "a=a c-2=甲 f=丁 g=g i=己"; list(got) != want {
		t.Errorf("got %s, want %s", list(got), want)
	}
	for i, start := range []string{"a.md:2: date", "b.md:1: byte 0xFF", "c.jsonl:1: no title", "d/kanbao.toml:1: unknown key", "h.md:2: NUL"} {
		if i >= len(faults) || !strings.HasPrefix(faults[i], start) {
			t.Errorf("faults %q, want the %dth to begin %q", faults, i+1, start)
		}
	}
}

func TestFolderStops(t *testing.T) {
	root := folder(t, map[string]string{"a.md": "甲", "b.md": "乙"})
	cfg, err := LoadConfig(root)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for range Folder(context.Background(), root, cfg) {
		n++
		break
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var last error
	for _, err := range Folder(ctx, root, cfg) {
		last = err
	}
	if n != 1 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d articles before the break, want 1; error %v, want that of the context", n, last)
	}
}

// TestOtherSitesStayOneArticleAFile guards the detection of newspaper pages.
func TestOtherSitesStayOneArticleAFile(t *testing.T) {
	root := "../../../shared/corpora/sites"
	if _, err := os.Stat(root); err != nil {
		t.Skipf("the sites are not here: %v", err)
	}
	least := 1000
	if testing.Short() {
		root, least = filepath.Join(root, "vue-docs"), 100
	}
	got, faults := read(t, root)
	for _, f := range faults {
		if !strings.Contains(f, "control characters are left out") {
			t.Errorf("fault %q", f)
		}
	}
	files := map[string]bool{}
	for _, a := range got {
		if files[a.File] {
			t.Errorf("%s was read as several articles", a.File)
		}
		files[a.File] = true
	}
	if len(files) < least {
		t.Errorf("%d files, want at least %d", len(files), least)
	}
}

func TestDescribe(t *testing.T) {
	a := &article.Article{ID: "x", Title: "甲", Edition: article.Edition{Page: "A05"}, Authors: []article.Author{{Name: "林晓", Role: "记者"}},
		Sections: []article.Section{{Blocks: []article.Block{{Text: "乙"}, {Kind: article.Rich, HTML: "<hr/>"}, {Kind: article.Caption, Text: "丙"}}}, {Heading: "丁"}}, File: "f.md", Line: 3}
	got, err := json.Marshal(Describe(a))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"x","kicker":"","title":"甲","subtitle":"","date":"","source":"","edition":{"paper":"","date":"","page":"A05","name":""},` +
		`"authors":[{"name":"林晓","role":"记者"}],"tags":[],"sections":[{"heading":"","paragraphs":["乙"],"captions":["丙"]},` +
		`{"heading":"丁","paragraphs":[],"captions":[]}],"file":"f.md","line":3}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

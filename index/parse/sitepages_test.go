package parse

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestPageAddress(t *testing.T) {
	for name, want := range map[string]string{
		"index.html": "./", "a/index.html": "a/", "a/index.htm": "a/index.htm", "a/b.html": "a/b.html", "文章/一 二.html": "文章/一%20二.html",
		"100%?#.html": "100%25%3F%23.html", "a:b/c.html": "./a:b/c.html", "a/b:c.html": "a/b:c.html", "myindex.html": "myindex.html",
	} {
		if got := PageAddress(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// skip in kanbao.toml stands in the place of the built-in names of HTML pages that are
// no articles, below the folder that it lies in.
func TestSkipInTheSettings(t *testing.T) {
	const page = "<article><h1>题目</h1><p>潮水一天来两次，这是人人都知道的道理。</p></article>"
	for _, c := range []struct{ settings, below, want string }{
		{"", "", "a/Draft.html a/b.html"},
		{`skip = ["draft.html"]`, "", "a/b.html print.html tags/t.html"},
		{`skip = ["DRAFT.html", "tags"]`, "", "a/b.html print.html"},
		{`skip = []`, "", "a/Draft.html a/b.html print.html tags/t.html"},
		{"", `skip = ["b.html"]`, "a/Draft.html"},
		{`skip = ["tags"]`, `paper = "甲报"`, "a/Draft.html a/b.html print.html"},
	} {
		dir := t.TempDir()
		for name, text := range map[string]string{"a/b.html": page, "a/Draft.html": page, "print.html": page, "tags/t.html": page, "kanbao.toml": c.settings, "a/kanbao.toml": c.below} {
			if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		cfg, err := LoadConfig(dir)
		if err != nil {
			t.Fatal(err)
		}
		var files []string
		for a, err := range Folder(t.Context(), dir, cfg) {
			if err == nil {
				files = append(files, a.File)
			}
		}
		slices.Sort(files)
		if got := strings.Join(files, " "); got != c.want {
			t.Errorf("%s, %s: read %s, want %s", c.settings, c.below, got, c.want)
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "kanbao.toml"), []byte("title = \"a\"\nskip = [\"[\"]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadConfig(dir); err == nil || !strings.Contains(err.Error(), "kanbao.toml:2: skip") {
		t.Errorf("a pattern that is none: %v", err)
	}
}

// A page of HTML that has expired is held back, whatever its front matter says besides.
func TestExpiredPage(t *testing.T) {
	dir := t.TempDir()
	page := `<meta property="article:expiration_time" content="2020-05-01T08:00:00+08:00"><article><h1>题</h1><p>潮水一天来两次，这是人人都知道的道理。</p></article>`
	for name, text := range map[string]string{"a.html": page, "b.html": "---\ntitle: 甲\n---\n" + page, "c.html": "---\ntitle: 甲\nexpirydate: 2999-01-01\n---\n" + page} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var read, held []string
	for a, err := range Folder(t.Context(), dir, &Config{}) {
		if err == nil {
			read = append(read, a.File)
		} else {
			held = append(held, err.Error())
		}
	}
	if strings.Join(read, " ") != "c.html" || len(held) != 2 || !strings.Contains(held[0], "expired 2020-05-01") {
		t.Errorf("read %v; %v", read, held)
	}
}

package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is held back is not on the site, and the build says how much it is.
func TestBuildHoldsBack(t *testing.T) {
	content := writeContent(t, map[string]string{
		"a.md": tides, "b.md": "---\ntitle: 密稿\ndraft: true\n---\n密语在此。\n", "_drafts/c.md": "密语又在此。\n", "d.md": "---\ntitle: 明天\ndate: 2999-01-01\n---\n密语还在此。\n",
		"404.md": "找不到。", "x.docx": "x", "static/robots.txt": "User-agent: *\n",
	})
	out := filepath.Join(t.TempDir(), "out")
	build := func(flags ...string) string {
		t.Helper()
		stdout, stderr, code := kanbao(t, append([]string{"build", content, "-o", out}, flags...)...)
		if code != 0 {
			t.Fatal(stderr)
		}
		return stdout
	}
	for _, c := range []struct {
		flags    []string
		articles string
		said     []string
	}{
		{nil, "1 articles", []string{"held back: 3 (", "draft", "in _drafts/", "not before a date", "--drafts and --future", "passed over, being no articles: .docx × 1, 404.md", "published as they are: 1 files"}},
		{[]string{"--drafts"}, "3 articles", []string{"held back: 1 (not before a date)"}},
		{[]string{"--drafts", "--future"}, "4 articles", nil},
		{nil, "1 articles", nil},
	} {
		said := build(c.flags...)
		for _, want := range append(c.said, c.articles) {
			if !strings.Contains(said, want) {
				t.Errorf("%q says %s; want %q", c.flags, said, want)
			}
		}
	}
	err := filepath.WalkDir(out, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if strings.Contains(string(data), "密语") {
			t.Errorf("%s has what is held back", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if found, _, code := kanbao(t, "query", out, "密语"); code != 0 || !strings.Contains(found, ": 0 articles") {
		t.Errorf("a search finds %s", found)
	}
}

// Nothing to publish is an error, and the site that is there stays.
func TestEmptyContentLeavesTheSite(t *testing.T) {
	out := builtSite(t)
	for about, files := range map[string]map[string]string{
		"nothing": {}, "unreadable": {"a.md": bad}, "a draft": {"a.md": "---\ndraft: true\n---\n文"}, "pictures": {"a.png": "PNG"}, "other files": {"a.docx": "x"},
	} {
		content := writeContent(t, files)
		if _, stderr, code := kanbao(t, "build", content, "-o", out); code != exitFailed || !strings.Contains(stderr, "no article") {
			t.Errorf("%s: exit code %d, %s", about, code, stderr)
		}
		if _, stderr, code := kanbao(t, "check", out); code != 0 {
			t.Errorf("%s: the site has changed: %s", about, stderr)
		}
	}
	if _, stderr, code := kanbao(t, "build", t.TempDir(), "-o", out, "--allow-empty"); code != 0 {
		t.Error(stderr)
	}
}

func TestBaseIsChecked(t *testing.T) {
	dir := t.TempDir()
	for _, base := range []string{"/a b/", "//host/", "news", "/a/../b/", "/a?b", "/{x}/", "https://example.org/"} {
		for _, args := range [][]string{{"build", dir, "-o", filepath.Join(dir, "o")}, {"serve", dir}} {
			if _, stderr, code := kanbao(t, append(args, "--base", base)...); code != exitUsage || !strings.Contains(stderr, "--base") {
				t.Errorf("%s --base %q: exit code %d, %s", args[0], base, code, stderr)
			}
		}
	}
}

package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// damage changes a file of a site and leaves its size and its date as they were.
func damage(t *testing.T, name, old, new string) {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(data), old, new, 1)
	if old == "" {
		data := []byte(changed)
		data[len(data)/2] ^= 1
		changed = string(data)
	}
	if len(changed) != len(data) || changed == string(data) {
		t.Fatalf("%s has no %q", name, old)
	}
	if err := os.WriteFile(name, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(name, time.Time{}, info.ModTime()); err != nil {
		t.Fatal(err)
	}
}

// one returns the only file that a pattern means.
func one(t *testing.T, pattern string) string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) != 1 {
		t.Fatalf("%s is %q, %v", pattern, names, err)
	}
	return names[0]
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	page := "a/a/index.html"
	for about, c := range map[string]struct {
		harm func(t *testing.T, out string)
		want []string
	}{
		"nothing":           {func(*testing.T, string) {}, nil},
		"a stranger's file": {func(t *testing.T, out string) { write(t, filepath.Join(out, "CNAME"), "x") }, nil},
		"a page":            {func(t *testing.T, out string) { damage(t, filepath.Join(out, page), "月亮", "日亮") }, []string{page + ": has other bytes"}},
		"a script": {func(t *testing.T, out string) {
			const was, script = `<meta name="color-scheme" content="light dark">`, `<script>x()</script><style></style>`
			damage(t, filepath.Join(out, page), was, script+strings.Repeat(" ", len(was)-len(script)))
		}, []string{page + ": has other bytes", page + ": has a script", page + ": has an element <style>"}},
		"a foreign picture": {func(t *testing.T, out string) {
			const was, img = `<meta name="theme-color" content="#fbf9f4" media="(prefers-color-scheme: light)">`, `<img src="https://evil.example/x" onerror="x()">`
			damage(t, filepath.Join(out, page), was, img+strings.Repeat(" ", len(was)-len(img)))
		}, []string{page + ": <img> fetches", page + ": has an attribute onerror"}},
		"a chunk":    {func(t *testing.T, out string) { damage(t, chunkOf(t, out), "", "") }, []string{"has other bytes", "index/manifest.kb: "}},
		"no chunk":   {func(t *testing.T, out string) { remove(t, chunkOf(t, out)) }, []string{": is missing", "index/manifest.kb: "}},
		"a manifest": {func(t *testing.T, out string) { damage(t, filepath.Join(out, "index/manifest.kb"), "", "") }, []string{"index/manifest.kb: has other bytes"}},
		"no page": {func(t *testing.T, out string) { remove(t, filepath.Join(out, page)) },
			[]string{page + ": is missing", `index.html: href="./a/a/" leads to nothing`}},
		"no style":  {func(t *testing.T, out string) { remove(t, one(t, filepath.Join(out, "kanbao/style-*.css"))) }, []string{": is missing", "leads to nothing"}},
		"no engine": {func(t *testing.T, out string) { remove(t, one(t, filepath.Join(out, "kanbao/engine-????????.wasm"))) }, []string{": is missing"}},
		"a link for a page": {func(t *testing.T, out string) {
			remove(t, filepath.Join(out, page))
			if err := os.Symlink("../b/index.html", filepath.Join(out, page)); err != nil {
				t.Fatal(err)
			}
		}, []string{page + ": is no file"}},
	} {
		t.Run(about, func(t *testing.T) {
			out := builtSite(t)
			c.harm(t, out)
			_, stderr, code := kanbao(t, "check", out)
			if (code != 0) != (c.want != nil) {
				t.Errorf("exit code %d: %s", code, stderr)
			}
			for _, want := range c.want {
				if !strings.Contains(stderr, want) {
					t.Errorf("it says %s; want %q", stderr, want)
				}
			}
		})
	}
	if _, stderr, code := kanbao(t, "check", t.TempDir()); code == 0 || !strings.Contains(stderr, "is no site") {
		t.Errorf("an empty folder: exit code %d, %s", code, stderr)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, name string) {
	t.Helper()
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
}

func chunkOf(t *testing.T, out string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(out, "index/*.kb"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if filepath.Base(name) != "manifest.kb" {
			return name
		}
	}
	t.Fatal("there is no chunk")
	return ""
}

// What is damaged without a trace in size and date is found by bytes, and mended.
func TestVerifyMends(t *testing.T) {
	content := writeContent(t, map[string]string{"a.md": tides, "b.md": lamp})
	out := filepath.Join(t.TempDir(), "out")
	for _, harm := range []func(){
		func() { damage(t, filepath.Join(out, "a/a/index.html"), "月亮", "日亮") },
		func() { damage(t, chunkOf(t, out), "", "") },
	} {
		if _, stderr, code := kanbao(t, "build", content, "-o", out); code != 0 {
			t.Fatal(stderr)
		}
		harm()
		if _, stderr, code := kanbao(t, "build", content, "-o", out, "--verify"); code != 0 {
			t.Fatal(stderr)
		}
		if _, stderr, code := kanbao(t, "check", out); code != 0 {
			t.Error(stderr)
		}
	}
}

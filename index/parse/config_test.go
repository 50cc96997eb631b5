package parse

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/kanbao/kanbao/index/article"
)

// folder writes files, by their paths, into a new folder.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "content")
	for name, text := range files {
		full := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestLoadConfig(t *testing.T) {
	root := folder(t, map[string]string{
		"kanbao.toml": "paper = \"海港晚报\"\nlang = \"zh-Hant\"\nurl = \"https://example.org/p/\"\ndate = \"2025-03-20\"\n",
		"a.md":        "甲",
	})
	for _, at := range []string{root, filepath.Join(root, "a.md")} {
		cfg, err := LoadConfig(at)
		if err != nil {
			t.Fatal(err)
		}
		if cfg.Title != "海港晚报" || cfg.Lang != "zh-Hant" || cfg.Edition() != (article.Edition{Paper: "海港晚报", Date: "2025-03-20"}) {
			t.Errorf("%s: got %+v", at, cfg)
		}
	}
	bare, err := LoadConfig(folder(t, map[string]string{"a.md": "甲"}))
	if err != nil || bare.Title != "content" || bare.Lang != "zh-Hans" {
		t.Errorf("without a file: %+v, %v", bare, err)
	}
	if _, err := LoadConfig(filepath.Join(root, "nowhere")); err == nil {
		t.Error("a folder that is not there has settings")
	}
}

func TestConfigFaultsNameTheLine(t *testing.T) {
	for in, want := range map[string]string{
		"title = \"a\"\npapre = \"b\"\n": `kanbao.toml:2: unknown key "papre"; the keys are title, paper, description, lang, url, base, ahead, offline, recent, static, pictures, punctuation, exclude, include, skip, timezone, largest_text, largest_file, csv, logo, icon, accent, accent_dark, theme, masthead, footer, kind, date, page, name`,
		"\n\ntitle = 7\n":                `kanbao.toml:3: title is not a string; write it in quotation marks: title = "…"`,
		"title = \"a\n":                  "kanbao.toml:1: basic strings cannot have new lines",
		"# x\nlang = \"fr\"\n":           `kanbao.toml:2: lang "fr": want "zh-Hans", "zh-Hant" or "en"`,
		"date = 2025-03-20\n":            `kanbao.toml:1: date is not a string; write it in quotation marks: date = "…"`,
		"kind = \"page\"\n":              `kanbao.toml:1: kind "page": want "newspaper" or "article"`,
		"date = \"gestern\"\n":           `kanbao.toml:1: date "gestern": not a date; write dates as YYYY-MM-DD`,
		"\nbase = \"//host/\"\n":         `kanbao.toml:2: base "//host/": expected a path alone, as /news/, without a host, spaces or signs such as ? # { }`,
		"base = \"/a b/\"\n":             `kanbao.toml:1: base "/a b/": expected a path alone, as /news/, without a host, spaces or signs such as ? # { }`,
		"base = \"/a/../b/\"\n":          `kanbao.toml:1: base "/a/../b/": expected a path without empty parts and dots, as /news/`,
		"base = \"news\"\n":              `kanbao.toml:1: base "news": expected a path that begins with a slash, as /news/`,
		"static = \"../x\"\n":            `kanbao.toml:1: static "../x": want the name of a folder beside or in the content`,
		"punctuation = \"wide\"\n":       `kanbao.toml:1: punctuation "wide": want "full" or "keep"`,
		"pictures = \"all\"\n":           `kanbao.toml:1: pictures "all": want "local" or "remote"`,
		"exclude = [\"[\"]\n":            `kanbao.toml:1: exclude "[": want a pattern such as drafts/**, *.tmp.md or 附录`,
		"timezone = \"Asia/Haimen\"\n":   `kanbao.toml:1: timezone "Asia/Haimen": want a name such as Asia/Shanghai`,
		"largest_text = -1\n":            `kanbao.toml:1: largest_text -1: want a number of MB, at most 1048576`,
		"url = \"example.org\"\n":        `kanbao.toml:1: url "example.org": want an absolute address such as https://example.org/paper/`,
	} {
		_, err := LoadConfig(folder(t, map[string]string{"kanbao.toml": in}))
		if err == nil || err.Error() != want {
			t.Errorf("%q: error %v, want %s", in, err, want)
		}
	}
}

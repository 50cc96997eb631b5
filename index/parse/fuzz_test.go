package parse

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// fuzzFolder returns a function that puts a file into an otherwise empty folder
// and returns the folder.
func fuzzFolder(f *testing.F, name string) func(*testing.T, []byte) string {
	dir := f.TempDir()
	return func(t *testing.T, data []byte) string {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
		return dir
	}
}

// blamesFile fails the test unless err is an error of the file that names one of its
// lines, or none.
func blamesFile(t *testing.T, err error, name string, data []byte) {
	t.Helper()
	var fault *Error
	if !errors.As(err, &fault) {
		t.Fatalf("%v is no *Error", err)
	}
	// A file of UTF-16 or with other line ends has at most a line a byte.
	if fault.File != name || fault.Line < 0 || fault.Line > len(data)+1 || fault.Msg == "" || !utf8.ValidString(fault.Msg) {
		t.Fatalf("%q: %#v", data, fault)
	}
}

func FuzzConfig(f *testing.F) {
	for _, s := range []string{
		"title = \"看报\"\nlang = \"en\"\nurl = \"https://example.org/x/\"\nbase = \"/a b/\"\nahead = false\n",
		"date = 2024-09-05\n", "date = \"2024年9月5日\"\nkind = \"newspaper\"\n", "url = \"//example.org\"", "lang = 3", "nothing = 1",
		"[paper]\nx = 1", "title = \"\"\"\n", "\xff", "kind = \"x\"", "\"\\u0000\" = 1", "a.b.\"c\nd\" = 1",
	} {
		f.Add([]byte(s))
	}
	folder := fuzzFolder(f, ConfigName)
	f.Fuzz(func(t *testing.T, data []byte) {
		cfg, err := LoadConfig(folder(t, data))
		if err != nil {
			blamesFile(t, err, ConfigName, data)
			return
		}
		if cfg.Title == "" || !slices.Contains([]string{"zh-Hans", "zh-Hant", "en"}, cfg.Lang) ||
			!slices.Contains([]string{"", "newspaper", "article"}, cfg.Kind) || cfg.URL != "" && !strings.Contains(cfg.URL, "://") {
			t.Fatalf("%q is read as %+v", data, cfg)
		}
		if cfg.Date != "" && len(cfg.Date) != len("2006-01-02") {
			t.Fatalf("%q: date %q", data, cfg.Date)
		}
		for _, s := range []string{cfg.Title, cfg.Paper, cfg.Description, cfg.URL, cfg.Base, cfg.Page, cfg.Name} {
			if !utf8.ValidString(s) {
				t.Fatalf("%q: %q is not UTF-8", data, s)
			}
		}
	})
}

// A name stands in one group, as it is written in the file, and every line is a
// group, a fault or nothing.
func FuzzSynonyms(f *testing.F) {
	for _, s := range []string{
		"百千万工程 = 百县千镇万村高质量发展工程\n", "\uFEFF# 名称\r\n\r\nAI＝人工智能= artificial intelligence # 三个\r\n区委=中共江海区委",
		"甲\n乙 = 丙\n丁 =\n乙 = 戊\n己 = 己\n= 庚", "=", "甲=乙\n丙=甲", "\x00", "\xff\xfe=\x00",
	} {
		f.Add([]byte(s))
	}
	folder := fuzzFolder(f, SynonymsName)
	f.Fuzz(func(t *testing.T, data []byte) {
		groups, faults := LoadSynonyms(folder(t, data))
		for _, err := range faults {
			blamesFile(t, err, SynonymsName, data)
		}
		if utf8.Valid(data) {
			text := strings.TrimPrefix(strings.ReplaceAll(strings.ReplaceAll(string(data), "\r\n", "\n"), "\r", "\n"), "\uFEFF")
			if lines := 1 + strings.Count(text, "\n"); len(groups)+len(faults) > lines {
				t.Fatalf("%q: %d groups and %d faults in %d lines", data, len(groups), len(faults), lines)
			}
			for _, group := range groups {
				for _, n := range group {
					if !strings.Contains(text, n) {
						t.Fatalf("%q is not written in %q", n, text)
					}
				}
			}
		}
		seen := make(map[string]bool)
		for _, group := range groups {
			if len(group) < 2 {
				t.Fatalf("%q: a group of %q", data, group)
			}
			for _, n := range group {
				if n == "" || n != strings.TrimSpace(n) || strings.ContainsAny(n, "=＝#\n") || seen[n] {
					t.Fatalf("%q: name %q in %q", data, n, groups)
				}
				seen[n] = true
			}
		}
	})
}

package source

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// blames fails the test unless err is an error of the file that names one of the
// lines that a text has, or none.
func blames(t *testing.T, err error, file, text string) {
	t.Helper()
	var fault *Error
	if !errors.As(err, &fault) {
		t.Fatalf("%v is no *Error", err)
	}
	if lines := 1 + strings.Count(text, "\n"); fault.File != file || fault.Line < 0 || fault.Line > lines || fault.Msg == "" {
		t.Fatalf("%v, of %d lines of %s", err, lines, file)
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2024-09-05", "2024/9/5 08:30", "20240905", "2024年9月5日（星期四）", " 2024.2.30", "0000-01-01", "20240905123456"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		date, err := Date(s)
		if err != nil {
			if date != "" || !strings.Contains(err.Error(), "YYYY-MM-DD") {
				t.Fatalf("%q: %q, %v", s, date, err)
			}
			return
		}
		if (date == "") != (strings.TrimSpace(s) == "") {
			t.Fatalf("%q is %q", s, date)
		}
		if date == "" {
			return
		}
		if _, err := time.Parse(time.DateOnly, date); err != nil {
			t.Fatalf("%q is %q: %v", s, date, err)
		}
		if again, err := Date(date); again != date || err != nil {
			t.Fatalf("%q is %q, which is %q, %v", s, date, again, err)
		}
	})
}

// Text that is UTF-8 stays as it is, and nothing is text that is not UTF-8 in the
// end.
func FuzzText(f *testing.F) {
	for _, s := range []string{"看报\r\n第二行\r", "\xEF\xBB\xBF看报", "\xBF\xB4\xB1\xA8", "\xFF\xFE\x0B\x77", "\xFE\xFF\x77", "看\x00报", "看报\xFF看报看报"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, err := Text("a.md", bytes.NewReader(raw))
		if err != nil {
			// Lines are those of the text, and a file of UTF-16 has one for two bytes.
			blames(t, err, "a.md", strings.Repeat("\n", len(raw)))
			return
		}
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00") {
			t.Fatalf("%q is read as %q", raw, text)
		}
		plain := strings.TrimPrefix(string(raw), "\uFEFF")
		plain = strings.ReplaceAll(strings.ReplaceAll(plain, "\r\n", "\n"), "\r", "\n")
		if utf8.Valid(raw) && text != plain {
			t.Fatalf("%q is read as %q", raw, text)
		}
	})
}

// What follows the front matter is a part of the text, from the line on that is
// returned, and its end, if there is no front matter at the end.
func FuzzSplit(f *testing.F) {
	for _, s := range []string{
		"---\ntitle: 潮\ndate: 2024-09-05\nauthor: 张三, 李四\ntags: [海, 潮]\n---\n正文\n",
		"---\nauthors:\n  - {name: 张三, role: 记者}\n  - 李四\nkind: newspaper\n---\n",
		"正文\n---\n没有\n---\n", "---\ntitle: [\n---\n", "---\ndate: 二月\n---\nx", "---\nkind: x\n---\n", "\n\n---\na: &a [*a]\n---\nx", "---\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00") {
			return // Text lets no such text through
		}
		meta, body, line, err := Split("a.md", text)
		if err != nil {
			blames(t, err, "a.md", text)
			return
		}
		at := strings.LastIndex(text, body)
		if behind := text[max(at, 0)+len(body):]; strings.TrimSpace(behind) != "" {
			at = strings.Index(text, body) // front matter at the end may say the same
		}
		if at < 0 || line > 1+strings.Count(text[:at], "\n") || strings.HasSuffix(text, body) && line != 1+strings.Count(strings.TrimSuffix(text, body), "\n") {
			t.Fatalf("%q: line %d, text %q", text, line, body)
		}
		if again, err := Date(meta.Date); again != meta.Date || err != nil {
			t.Fatalf("%q: date %q", text, meta.Date)
		}
		for _, w := range append(meta.Tags, authorNames(meta)...) {
			if w != strings.TrimSpace(w) {
				t.Fatalf("%q: %q has white space around it", text, w)
			}
		}
	})
}

func authorNames(m Meta) []string {
	var names []string
	for _, a := range append(m.Author, m.Authors...) {
		names = append(names, a.Name)
	}
	return names
}

func FuzzFromName(f *testing.F) {
	for _, s := range []string{"2024-09-05-A05-江海新闻.md", "江门日报-20240905-03版.md", "2024年9月5日/第3版要闻.md", "a/b/c.md", "2024-13-45.md", "..", "/", "20240905/20240906/x.md", "2024-09-05日日.md"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		e := FromName(name)
		for _, date := range []string{e.Date, DateFromName(name)} {
			if date == "" {
				continue
			}
			if _, err := time.Parse(time.DateOnly, date); err != nil {
				t.Fatalf("%q: date %q", name, date)
			}
		}
		if e.Date == "" && e.Page == "" && !e.IsZero() {
			t.Fatalf("%q: %+v, neither a date nor a page", name, e)
		}
		if stem := Stem(name); (TitleFromName(name) == "") != (stem == "") {
			t.Fatalf("%q: title %q of the stem %q", name, TitleFromName(name), stem)
		}
	})
}

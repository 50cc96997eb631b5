package reader

import (
	"encoding/binary"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/query"
	"golang.org/x/net/html"
)

// marksFrom makes marks of bytes, three for each: how far from the last one, how
// long, and which block. They are as a damaged index may have them.
func marksFrom(b []byte) []query.Mark {
	var marks []query.Mark
	at := 0
	for ; len(b) >= 4; b = b[4:] {
		at += int(int8(b[0]))
		marks = append(marks, query.Mark{Block: int(b[3] % 4), Start: at, End: at + int(int8(b[1])) + int(int8(b[2]))})
	}
	return marks
}

// textOf returns the text of a fragment, read as a browser does.
func textOf(t *testing.T, fragment string) (text string, elements int) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader("<!doctype html><body><div>" + fragment + "</div></body>"))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		switch n.Type {
		case html.TextNode:
			b.WriteString(n.Data)
		case html.ElementNode:
			if n.Data != "mark" {
				elements++
			}
		}
	}
	return b.String(), elements
}

// rendered returns a fragment as the site renders it: what the reader gets has been
// through a parser and a cleaner.
func rendered(t *testing.T, fragment string) (string, bool) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader("<!doctype html><body><div>" + fragment + "</div></body>"))
	if err != nil {
		t.Fatal(err)
	}
	raw := map[string]bool{"script": true, "style": true, "textarea": true, "title": true, "iframe": true, "noscript": true, "noembed": true,
		"noframes": true, "xmp": true, "plaintext": true, "template": true, "svg": true, "math": true, "select": true, "mark": true, "frameset": true}
	var div *html.Node
	for n := range doc.Descendants() {
		if n.Type == html.CommentNode || n.Type == html.ElementNode && raw[n.Data] || n.Type == html.DoctypeNode && n.Data != "html" {
			return "", false // the cleaner lets none through
		}
		if div == nil && n.Data == "div" {
			div = n
		}
	}
	if div == nil {
		return "", false
	}
	var b strings.Builder
	for c := range div.ChildNodes() {
		if err := html.Render(&b, c); err != nil {
			return "", false
		}
	}
	return b.String(), true
}

// Marks change nothing of a fragment but that <mark> stands in it, each closed
// before the next tag, whatever the marks are.
func FuzzMarkHTML(f *testing.F) {
	f.Add(`<p>潮水<b>每天</b>推迟&amp;<i a="<&gt;">一点</i></p><ul><li>初三潮`, []byte{3, 9, 0, 0, 20, 5, 0, 1})
	f.Add(`<a title="a>b" href='x?潮'>潮</a> & &notit; &#0; &nonsense`, []byte{0, 1, 0, 0, 255, 9, 9, 2})
	f.Add("<pre>\n潮</pre><table><td>汐", binary.BigEndian.AppendUint64(nil, 0x0003_0000_0601_0001))
	f.Fuzz(func(t *testing.T, fragment string, numbers []byte) {
		marks := marksFrom(numbers)
		got := markHTML(fragment, marks)
		if plain := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(got); !strings.Contains(fragment, "mark>") && plain != fragment {
			t.Fatalf("%q: without marks it is %q", fragment, plain)
		}
		clean, ok := rendered(t, fragment)
		if !ok {
			return
		}
		got = markHTML(clean, marks)
		text, elements := textOf(t, clean)
		markedText, markedElements := textOf(t, got)
		if text != markedText || elements != markedElements {
			t.Fatalf("%q\nis marked as %q:\n%q, %d elements, is\n%q, %d elements", clean, got, text, elements, markedText, markedElements)
		}
		for _, piece := range regexp.MustCompile(`(?s)<mark>(.*?)</mark>`).FindAllStringSubmatch(got, -1) {
			if piece[1] == "" || strings.Contains(piece[1], "<") {
				t.Fatalf("%q is marked in %q", piece[1], got)
			}
		}
	})
}

// Marks that do not fit a text change nothing of it.
func FuzzMarkText(f *testing.F) {
	f.Add("潮汐", []byte{0, 3, 0, 0, 2, 4, 0, 0, 1, 96, 3, 0})
	f.Fuzz(func(t *testing.T, text string, numbers []byte) {
		marks := marksFrom(numbers)
		if got := markText(text, marks).String(); got != text {
			t.Fatalf("%q with %v is %q", text, marks, got)
		}
		slices.SortStableFunc(marks, func(a, b query.Mark) int { return a.Block - b.Block })
		var parted []query.Mark
		rest := marks
		for n := range 4 {
			var own []query.Mark
			own, rest = marksOf(n, rest)
			for _, m := range own {
				if m.Block != n {
					t.Fatalf("block %d has %v of %v", n, own, marks)
				}
			}
			parted = append(parted, own...)
		}
		if !slices.Equal(parted, marks) {
			t.Fatalf("%v are parted as %v", marks, parted)
		}
	})
}

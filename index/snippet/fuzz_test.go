package snippet

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
)

// fuzzFolder folds as the sites do: width, case, and some variants.
func fuzzFolder() analyze.Folder { return analyze.NewFolder(map[rune]rune{'黨': '党', '燈': '灯'}) }

// fuzzMatcher marks the words, which are parted by |, and the phrase.
func fuzzMatcher(folder analyze.Folder, phrase, words string) *Matcher {
	var terms []Term
	for i, w := range strings.Split(words, "|") {
		terms = append(terms, Term{Forms: [][]rune{folder.Runes(w)}, Weight: float64(1 + i%3)})
	}
	return New(folder, [][]rune{folder.Runes(phrase)}, terms)
}

// tooMuch reports whether a query or text is longer than is worth trying: what is
// fast with few words is not tried faster with many.
func tooMuch(text, query string) bool { return len(text) > 4000 || len(query) > 200 }

// isForm reports whether text folds to a row of forms of the matcher.
func isForm(m *Matcher, text string) bool {
	rest := m.folder.Runes(text)
	reached := make([]bool, len(rest)+1)
	reached[0] = true
	for at := range rest {
		for _, f := range m.forms {
			if reached[at] && at+len(f.runes) <= len(rest) && slices.Equal(rest[at:at+len(f.runes)], f.runes) {
				reached[at+len(f.runes)] = true
			}
		}
	}
	return reached[len(rest)]
}

// Marking keeps the text to the byte, and marks what the query has and no more.
func FuzzMark(f *testing.F) {
	f.Add("守燈塔的人，灯塔", "灯塔的人", "灯塔|人")
	f.Add("ＷｉＦｉ  热\u200B点\xff<b>&", "wifi 热点", "wi|fi")
	f.Add(" 哈哈哈哈哈 ", "", "哈哈|哈||")
	f.Fuzz(func(t *testing.T, text, phrase, words string) {
		if tooMuch(text, phrase+words) {
			return
		}
		m := fuzzMatcher(fuzzFolder(), phrase, words)
		marked := m.Mark(text)
		if got := marked.String(); got != text {
			t.Fatalf("%q has become %q", text, got)
		}
		for i, s := range marked {
			if s.Text == "" || i > 0 && marked[i-1].Mark == s.Mark {
				t.Fatalf("span %d of %q", i, marked)
			}
			if s.Mark && !isForm(m, s.Text) {
				t.Fatalf("%q is marked in %q", s.Text, text)
			}
		}
		if plain := m.folder.Runes(text); !slices.ContainsFunc(marked, func(s query.Span) bool { return s.Mark }) {
			for _, form := range m.forms {
				if strings.Contains(string(plain), string(form.runes)) && len(form.runes) > 0 {
					t.Fatalf("%q has %q, which is not marked", text, string(form.runes))
				}
			}
		}
	})
}

// The passages of an article are pieces of its blocks; its marks lie in its blocks,
// one after another, at whole characters.
func FuzzPassages(f *testing.F) {
	f.Add([]byte("第一段。潮水每天推迟约五十分钟，守灯塔的人知道。\n#潮\n第二段，灯塔。\n\n第三段"), "灯塔", "潮水|人")
	f.Add([]byte("#\n \n#\u200b\n"+strings.Repeat("长", 300)+"灯"+strings.Repeat("长", 300)), "灯", "长长")
	f.Fuzz(func(t *testing.T, lines []byte, phrase, words string) {
		if tooMuch(string(lines), phrase+words) {
			return
		}
		folder := fuzzFolder()
		a := &article.Article{Sections: []article.Section{{}}}
		for line := range bytes.SplitSeq(lines, []byte("\n")) {
			if heading, ok := bytes.CutPrefix(line, []byte("#")); ok {
				a.Sections = append(a.Sections, article.Section{Heading: string(heading), Level: 2})
				continue
			}
			s := &a.Sections[len(a.Sections)-1]
			s.Blocks = append(s.Blocks, article.Block{Kind: article.Kind(len(line) % 2), Text: string(line)})
		}
		var texts []string
		var blocks [][]rune
		var headings []string
		for i := range a.Sections {
			for _, b := range a.Sections[i].Blocks {
				texts, blocks = append(texts, b.Text), append(blocks, folder.Runes(b.Text))
				headings = append(headings, a.Sections[i].Heading)
			}
		}
		m := fuzzMatcher(folder, phrase, words)
		passages := m.Passages(a, blocks)
		if len(passages) > 1+mostMore {
			t.Fatalf("%d passages", len(passages))
		}
		for i, p := range passages {
			if p.Block < 1 || p.Block > len(texts) || p.Heading != headings[p.Block-1] {
				t.Fatalf("passage %+v of %q", p, texts)
			}
			if i > 1 && p.Block <= passages[i-1].Block {
				t.Fatalf("passages %+v do not follow each other", passages)
			}
			text, piece := texts[p.Block-1], p.Snippet.String()
			if !strings.Contains(text, piece) {
				piece = strings.TrimPrefix(piece, "…")
			}
			if !strings.Contains(text, piece) {
				piece = strings.TrimSuffix(piece, "…")
			}
			if !strings.Contains(text, piece) || piece == "" {
				t.Fatalf("passage %q is not in %q", p.Snippet.String(), text)
			}
			if n := len(folder.Runes(piece)); n > passageSize {
				t.Fatalf("a passage of %d characters: %q", n, piece)
			}
			for _, s := range p.Snippet {
				// What a passage ends within is marked as far as it is shown.
				if s.Mark && !strings.Contains(text, s.Text) {
					t.Fatalf("%q is marked in %q", s.Text, text)
				}
			}
		}
		at := query.Mark{}
		for _, mark := range m.Marks(a) {
			if mark.Block < 1 || mark.Block > len(texts) || mark.Start < 0 || mark.Start >= mark.End || mark.End > len(texts[mark.Block-1]) {
				t.Fatalf("mark %+v of %q", mark, texts)
			}
			if mark.Block < at.Block || mark.Block == at.Block && mark.Start < at.End {
				t.Fatalf("mark %+v stands behind %+v", mark, at)
			}
			text := texts[mark.Block-1]
			if utf8.ValidString(text) && (!utf8.RuneStart(text[mark.Start]) || mark.End < len(text) && !utf8.RuneStart(text[mark.End])) {
				t.Fatalf("mark %+v is within a character of %q", mark, text)
			}
			at = mark
		}
	})
}

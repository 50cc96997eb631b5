package snippet

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
)

func matcher(phrase string, terms ...string) *Matcher {
	var list []Term
	for _, t := range terms {
		term := Term{Weight: float64(len([]rune(t)))}
		for form := range strings.SplitSeq(t, "|") {
			term.Forms = append(term.Forms, []rune(form))
		}
		list = append(list, term)
	}
	return New(analyze.Folder{}, [][]rune{[]rune(phrase)}, list)
}

func TestMark(t *testing.T) {
	for _, c := range []struct {
		name string
		m    *Matcher
		text string
		want string
	}{
		{"a word", matcher("", "灯塔"), "守灯塔的人", "守<mark>灯塔</mark>的人"},
		{"the phrase before its words", matcher("灯塔的人", "灯塔", "人"), "守灯塔的人，灯塔", "守<mark>灯塔的人</mark>，<mark>灯塔</mark>"},
		{"the longer word", matcher("", "江海", "江海区"), "江海区与江海", "<mark>江海区</mark>与<mark>江海</mark>"},
		{"a phrase within a longer term", matcher("灯塔", "守灯塔人", "灯", "塔"), "守灯 塔人", "守<mark>灯 塔</mark>人"},
		{"two that overlap", matcher("", "守灯塔", "塔的", "灯"), "守灯塔的灯", "<mark>守灯塔</mark>的<mark>灯</mark>"},
		{"forms of one term", matcher("", "九月三日|9月3日"), "9月3日与九月三日", "<mark>9月3日</mark>与<mark>九月三日</mark>"},
		{"full width", matcher("", "wifi"), "ＷｉＦｉ热点", "<mark>ＷｉＦｉ</mark>热点"},
		{"beyond the first plane", matcher("", "𠮷野"), "在𠮷野家", "在<mark>𠮷野</mark>家"},
		{"repeated characters", matcher("", "哈哈"), "哈哈哈哈哈", "<mark>哈哈哈哈</mark>哈"},
		{"hostile", matcher("", "b"), "<b>&", "&lt;<mark>b</mark>&gt;&amp;"},
		{"nothing", matcher("", "无"), "有", "有"},
		{"empty", matcher("", "无"), "", ""},
	} {
		if got := c.m.Mark(c.text).HTML(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if got := c.m.Mark(c.text).String(); got != c.text {
			t.Errorf("%s: the text has become %q", c.name, got)
		}
	}
}

func text(blocks ...string) *article.Article {
	a := &article.Article{Sections: []article.Section{{}}}
	for _, b := range blocks {
		a.Sections[0].Blocks = append(a.Sections[0].Blocks, article.Block{Text: b})
	}
	return a
}

func passages(m *Matcher, a *article.Article) []query.Passage {
	var blocks [][]rune
	for _, b := range a.Blocks {
		blocks = append(blocks, m.folder.Runes(b.Text))
	}
	return m.Passages(a, blocks)
}

// passage returns the best alone.
func passage(m *Matcher, a *article.Article) query.Passage {
	if p := passages(m, a); len(p) > 0 {
		return p[0]
	}
	return query.Passage{}
}

func TestPassageHasTheMostOfTheQuery(t *testing.T) {
	a := text("开头说到灯塔。", "", "后来灯塔和潮水都在一处。", "潮水。")
	p := passage(matcher("", "灯塔", "潮水"), a)
	if p.Block != 3 || p.Snippet.HTML() != "后来<mark>灯塔</mark>和<mark>潮水</mark>都在一处。" {
		t.Errorf("block %d: %s", p.Block, p.Snippet.HTML())
	}
	if p = passage(matcher("灯塔。", "灯塔", "潮水"), a); p.Block != 1 {
		t.Errorf("the phrase stands in block 1, not in %d", p.Block)
	}
}

func TestPassageBeginsAndEndsAtAClause(t *testing.T) {
	long := strings.Repeat("前面还有很多别的话，", 12) + "到了这里。灯塔就在眼前，" + strings.Repeat("后面也还有很多话，", 20)
	p := passage(matcher("", "灯塔"), text(long))
	got := p.Snippet.String()
	if !strings.HasPrefix(got, "…灯塔就在眼前，") || !strings.HasSuffix(got, "，…") {
		t.Errorf("passage %q", got)
	}
	if n := len([]rune(got)); n > passageSize+2 {
		t.Errorf("%d characters, want at most %d and ellipses", n, passageSize)
	}
}

func TestPassageWithoutAMatchIsTheBeginning(t *testing.T) {
	p := passage(matcher("", "无"), text("", "第一段有字。", "第二段。"))
	if p.Block != 2 || p.Snippet.String() != "第一段有字。" {
		t.Errorf("block %d: %s", p.Block, p.Snippet.String())
	}
	if p = passage(matcher("", "无"), text()); p.Block != 0 || len(p.Snippet) != 0 {
		t.Errorf("an article without text has the passage %+v", p)
	}
}

func TestPassageKnowsItsHeading(t *testing.T) {
	a := text("别处。")
	a.Sections = append(a.Sections, article.Section{Heading: "守灯", Level: 2, Blocks: []article.Block{{Text: "灯塔。"}}})
	if p := passage(matcher("", "灯塔"), a); p.Heading != "守灯" || p.Block != 2 {
		t.Errorf("heading %q, block %d", p.Heading, p.Block)
	}
}

func TestPassageIsOfAParagraphRatherThanOfACaption(t *testing.T) {
	a := text("图为灯塔。", "守着灯塔。", "灯塔和潮水。")
	a.Sections[0].Blocks[0].Kind = article.Caption
	for _, c := range []struct {
		terms []string
		block int
	}{{[]string{"灯塔"}, 2}, {[]string{"图为", "灯塔"}, 1}, {[]string{"灯塔", "潮水"}, 3}, {[]string{"无"}, 2}} {
		if p := passage(matcher("", c.terms...), a); p.Block != c.block {
			t.Errorf("%v: block %d, want %d", c.terms, p.Block, c.block)
		}
	}
}

func TestAPhraseLongerThanThePassageIsMarkedAsFarAsItGoes(t *testing.T) {
	phrase := strings.Repeat("灯塔守夜人与潮水之歌", 12)
	p := passage(matcher(phrase, "灯塔"), text("别的话也有灯塔。", "前面的话，"+phrase+"。"))
	marked := false
	for _, s := range p.Snippet {
		marked = marked || s.Mark && len([]rune(s.Text)) > passageSize/2
	}
	if p.Block != 2 || !marked {
		t.Errorf("block %d: %s", p.Block, p.Snippet.HTML())
	}
}

func TestOtherSectionsThatMatchFollow(t *testing.T) {
	a := &article.Article{}
	for _, s := range [][]string{
		{"", "开头说到潮水。"},
		{"一", "灯塔在这里。", "灯塔和潮水。"},
		{"二", "没有的话。"},
		{"三", "潮水，又是灯塔。"},
		{"四", "潮水。"},
		{"五", "", "灯塔，后来是潮水与灯塔。"},
		{"六", "灯塔边的人。"},
	} {
		section := article.Section{Heading: s[0]}
		for _, b := range s[1:] {
			section.Blocks = append(section.Blocks, article.Block{Text: b})
		}
		a.Sections = append(a.Sections, section)
	}
	show := func(list []query.Passage) string {
		var b strings.Builder
		for _, p := range list {
			fmt.Fprintf(&b, "%s %d %s\n", p.Heading, p.Block, p.Snippet.HTML())
		}
		return b.String()
	}
	want := "五 8 <mark>灯塔</mark>，后来是<mark>潮水</mark>与<mark>灯塔</mark>。\n" +
		"一 3 <mark>灯塔</mark>和<mark>潮水</mark>。\n" +
		"三 5 <mark>潮水</mark>，又是<mark>灯塔</mark>。\n"
	if got := show(passages(matcher("", "灯塔", "潮水"), a)); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	// One word of two is half as good; nothing is more than nothing.
	want = "一 3 <mark>灯塔和潮水</mark>。\n"
	if got := show(passages(matcher("灯塔和潮水", "灯塔", "潮水"), a)); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got, want := show(passages(matcher("", "无"), a)), " 1 开头说到潮水。\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got, want := show(passages(matcher("", "四"), a)), "四 6 潮水。\n"; got != want {
		t.Errorf("a heading alone matches: got\n%swant\n%s", got, want)
	}
	if got := passages(matcher("", "灯塔"), text("灯塔。", "灯塔。")); len(got) != 1 {
		t.Errorf("one section gives %d passages", len(got))
	}
}

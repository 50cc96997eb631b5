package snippet

import (
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/article"
)

func matcher(phrase string, terms ...string) *Matcher {
	m := &Matcher{Phrases: [][]rune{[]rune(phrase)}}
	for _, t := range terms {
		m.Terms = append(m.Terms, Term{Forms: [][]rune{[]rune(t)}, Weight: float64(len([]rune(t)))})
	}
	return m
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

func passage(m *Matcher, a *article.Article) Passage {
	var blocks []analyze.Folded
	for _, b := range a.Blocks {
		blocks = append(blocks, m.Folder.Fold(b.Text))
	}
	return m.Passage(a, blocks)
}

func TestPassageHasTheMostOfTheQuery(t *testing.T) {
	a := text("开头说到灯塔。", "", "后来灯塔和潮水都在一处。", "潮水。")
	p := passage(matcher("", "灯塔", "潮水"), a)
	if p.Block != 3 || p.Text.HTML() != "后来<mark>灯塔</mark>和<mark>潮水</mark>都在一处。" {
		t.Errorf("block %d: %s", p.Block, p.Text.HTML())
	}
	if p = passage(matcher("灯塔。", "灯塔", "潮水"), a); p.Block != 1 {
		t.Errorf("the phrase stands in block 1, not in %d", p.Block)
	}
}

func TestPassageBeginsAndEndsAtAClause(t *testing.T) {
	long := strings.Repeat("前面还有很多别的话，", 12) + "到了这里。灯塔就在眼前，" + strings.Repeat("后面也还有很多话，", 20)
	p := passage(matcher("", "灯塔"), text(long))
	got := p.Text.String()
	if !strings.HasPrefix(got, "…灯塔就在眼前，") || !strings.HasSuffix(got, "，…") {
		t.Errorf("passage %q", got)
	}
	if n := len([]rune(got)); n > passageSize+2 {
		t.Errorf("%d characters, want at most %d and ellipses", n, passageSize)
	}
}

func TestPassageWithoutAMatchIsTheBeginning(t *testing.T) {
	p := passage(matcher("", "无"), text("", "第一段有字。", "第二段。"))
	if p.Block != 2 || p.Text.String() != "第一段有字。" {
		t.Errorf("block %d: %s", p.Block, p.Text.String())
	}
	if p = passage(matcher("", "无"), text()); p.Block != 0 || len(p.Text) != 0 {
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

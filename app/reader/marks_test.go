package reader

import (
	"html"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/query"
)

func TestMarkHTML(t *testing.T) {
	// at marks the first place of part in the text.
	at := func(text, part string) query.Mark {
		i := strings.Index(text, part)
		return query.Mark{Start: i, End: i + len(part)}
	}
	for _, c := range []struct{ about, html, text, part, want string }{
		{"plain", "初三潮，十八水", "初三潮，十八水", "十八", "初三潮，<mark>十八</mark>水"},
		{"inside an element", "<ul><li>海</li><li>潮汐表</li></ul>", "海潮汐表", "潮汐", "<ul><li>海</li><li><mark>潮汐</mark>表</li></ul>"},
		{"across elements", "初<b>三潮</b>，十八", "初三潮，十八", "三潮，", "初<b><mark>三潮</mark></b><mark>，</mark>十八"},
		{"over an entity", "A &amp; B 与 &lt;C&gt;", "A & B 与 <C>", "& B", "A <mark>&amp; B</mark> 与 &lt;C&gt;"},
		{"at the end", "<p>灯塔</p>", "灯塔", "塔", "<p>灯<mark>塔</mark></p>"},
		{"attributes are no text", `<a href="x?潮">潮</a>`, "潮", "潮", `<a href="x?潮"><mark>潮</mark></a>`},
		{"an ampersand by itself", "A&B", "A&B", "B", "A&<mark>B</mark>"},
		{"what stands beside readings", "<ruby>潮<rp>(</rp><rt>cháo</rt><rp>)</rp></ruby><ruby>汐<rt>xī</rt></ruby>表", "潮汐表\ncháo xī", "潮汐表",
			"<ruby><mark>潮</mark><rp>(</rp><rt>cháo</rt><rp>)</rp></ruby><ruby><mark>汐</mark><rt>xī</rt></ruby><mark>表</mark>"},
		{"a reading", "<ruby>潮<rt>cháo</rt></ruby><ruby>汐<rt>xī</rt></ruby>表", "潮汐表\ncháo xī", "o xī",
			"<ruby>潮<rt>chá<mark>o</mark></rt></ruby><ruby>汐<rt><mark>xī</mark></rt></ruby>表"},
		{"an empty reading", "<ruby>潮<rt></rt></ruby><ruby>汐<rt>xī</rt></ruby>", "潮汐\nxī", "xī",
			"<ruby>潮<rt></rt></ruby><ruby>汐<rt><mark>xī</mark></rt></ruby>"},
		{"a formula", "若<math><semantics><mi>x</mi><annotation>$x&lt;y$</annotation></semantics></math>则", "若$x<y$则", "x<",
			"若<mark><math><semantics><mi>x</mi><annotation>$x&lt;y$</annotation></semantics></math></mark>则"},
		{"behind a formula", "若<math><mi>x</mi><annotation>$x$</annotation></math>则", "若$x$则", "则",
			"若<math><mi>x</mi><annotation>$x$</annotation></math><mark>则</mark>"},
	} {
		t.Run(c.about, func(t *testing.T) {
			if got := markHTML(c.html, []query.Mark{at(c.text, c.part)}); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

// TestMarkHTMLLosesNothing marks random stretches and compares what is left
// without the marks, and what is marked.
func TestMarkHTMLLosesNothing(t *testing.T) {
	const source = `<p>潮水<b>每天</b>推迟约50分钟&amp;<i>一点</i></p><ul><li>初三潮</li><li>十八水 &lt;谚语&gt;</li></ul>`
	text := html.UnescapeString(tags.ReplaceAllString(source, ""))
	var starts []int
	for i := range text {
		starts = append(starts, i)
	}
	starts = append(starts, len(text))
	rng := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		i := rng.IntN(len(starts) - 1)
		j := i + 1 + rng.IntN(len(starts)-1-i)
		m := query.Mark{Start: starts[i], End: starts[j]}
		got := markHTML(source, []query.Mark{m})
		if plain := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(got); plain != source {
			t.Fatalf("%v: without marks it is %s", m, plain)
		}
		var marked strings.Builder
		for _, piece := range regexp.MustCompile(`<mark>(.*?)</mark>`).FindAllStringSubmatch(got, -1) {
			if strings.Contains(piece[1], "<") {
				t.Fatalf("%v: a tag within a mark: %s", m, got)
			}
			marked.WriteString(html.UnescapeString(piece[1]))
		}
		if want := text[m.Start:m.End]; marked.String() != want {
			t.Fatalf("%v: marked %q, want %q", m, marked.String(), want)
		}
	}
}

func TestMarkTextLeavesOutWhatDoesNotFit(t *testing.T) {
	got := markText("潮汐", []query.Mark{{Start: 0, End: 3}, {Start: 2, End: 6}, {Start: 3, End: 99}})
	if got.HTML() != "<mark>潮</mark>汐" {
		t.Errorf("got %s", got.HTML())
	}
}

func TestMarksOfPartsByBlock(t *testing.T) {
	marks := []query.Mark{{Block: 1}, {Block: 3}, {Block: 3}, {Block: 4}}
	own, rest := marksOf(2, marks)
	if len(own) != 0 || len(rest) != 3 {
		t.Errorf("block 2: %v, rest %v", own, rest)
	}
	own, rest = marksOf(3, rest)
	if len(own) != 2 || len(rest) != 1 {
		t.Errorf("block 3: %v, rest %v", own, rest)
	}
}

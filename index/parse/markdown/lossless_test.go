package markdown

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
)

// A writer writes Markdown at random and keeps what a reader should see of it.
type writer struct {
	rng      *rand.Rand
	source   strings.Builder
	seen     strings.Builder
	readings []string // of the block
}

func pick[T any](w *writer, from ...T) T { return from[w.rng.IntN(len(from))] }

// word is text without a sign that could be mark-up where it stands, and begins and
// ends with Chinese.
func (w *writer) word() string {
	var b strings.Builder
	b.WriteString(pick(w, "潮", "灯", "《海", "“船", "（注", "渔"))
	for range w.rng.IntN(6) {
		b.WriteString(pick(w, "水", "位3~4米", "，", "。", "A股", "5%", "……", "a<b", "x=1", "C++", "$5", "2*3", "14~16", "&", "#1", "@甲", "“", "’", "一:二", "a_b_c", "[注]", "~", "1.5", "^2"))
	}
	b.WriteString(pick(w, "汐", "塔", "》", "”", "）", "：", "。", "港"))
	s := b.String()
	for strings.Contains(s, "~~") {
		s = strings.ReplaceAll(s, "~~", "~")
	}
	return s
}

// plain is a word that is all letters.
func (w *writer) plain() string { return pick(w, "潮汐", "灯塔守望", "渔港", "海图") }

// put writes source and what is seen of it.
func (w *writer) put(source, seen string) {
	w.source.WriteString(source)
	w.seen.WriteString(seen)
}

// inline writes a piece of running text.
func (w *writer) inline() {
	word := w.word()
	switch w.rng.IntN(17) {
	case 0:
		w.put("**"+word+"**", word)
	case 1:
		w.put("*"+w.bracketed("*")+"*", "")
	case 2:
		w.put("~~"+word+"~~", word)
	case 3:
		w.put("`"+word+"*{{< x >}}*`", word+"*{{<x>}}*")
	case 4:
		w.put("["+w.plain()+"](/a_b*c)", "")
		w.seen.WriteString(lastPlain(w.source.String()))
	case 5:
		tex := pick(w, `x_1*y_2*z`, `\frac{1}{2}`, `a<b`, `\unknown{*}`, `\left\{a_1,b\right\}`)
		w.put("$"+tex+"$", "$"+tex+"$")
	case 6:
		w.put("<ruby>汉<rt>hàn</rt></ruby>", "汉")
		w.readings = append(w.readings, "hàn")
	case 7:
		w.put(`\*`+w.plain0()+`\*`, "*潮*")
	case 8:
		w.put("<b>"+word+"</b>", word)
	case 9:
		w.put("List<Object>", "List<Object>")
	case 10:
		w.put("[[渔港]]", "渔港")
	case 11:
		w.put("{{< br >}}", "")
	case 12:
		w.put("<br>", "")
	case 13:
		w.put("&lt;T&gt;", "<T>")
	case 14:
		w.put("<Badge type=\"tip\" text=\"新\" />", "新")
	case 15:
		w.put("，__注意：__", "，注意：")
	default:
		w.put(word, word)
	}
	// So that marks of two pieces do not become one.
	c := pick(w, "见", "又", "及")
	w.put(c, c)
}

func (w *writer) plain0() string { return "潮" }

func lastPlain(s string) string {
	s = s[strings.LastIndexByte(s, '[')+1:]
	s, _, _ = strings.Cut(s, "]")
	return s
}

// bracketed returns text in brackets, which one star on either side emphasizes.
func (w *writer) bracketed(string) string {
	s := "《" + w.plain() + "》"
	w.seen.WriteString(s)
	return s
}

func (w *writer) line() {
	w.put("甲", "甲")
	for range 1 + w.rng.IntN(4) {
		w.inline()
	}
}

// block writes a block. Its readings stand at its end.
func (w *writer) block() {
	each := func(before, after string) {
		w.source.WriteString(before)
		w.line()
		w.source.WriteString(after)
	}
	switch w.rng.IntN(20) {
	case 0:
		title := w.plain()
		w.put(pick(w, "## ", "##", "### ", "#### ")+title+"\n", title)
	case 1:
		for range 1 + w.rng.IntN(3) {
			each(pick(w, "- ", "- ")+"", "\n")
		}
	case 2:
		each("> ", "\n>\n")
		each("> ", "\n")
	case 3:
		each("| ", " | ")
		each("", " |\n|---|:-:|\n")
		each("| ", " | ")
		each("", " |\n")
	case 4:
		w.put("```go\na*b*c {{< x >}} <T>\n```\n", "a*b*c{{<x>}}<T>")
	case 5:
		w.put("::: tip 题\n", "题")
		each("", "\n:::\n")
	case 6:
		w.put("!!! note \"题\"\n", "题")
		each("    ", "\n")
	case 7:
		each("> [!NOTE]\n> ", "\n")
	case 8:
		w.put("{% note info 题 %}\n", "题")
		each("", "\n{% endnote %}\n")
	case 9:
		w.put("{{% alert title=\"题\" %}}\n", "题")
		each("", "\n{{% /alert %}}\n")
	case 10:
		w.put("$$\nx_1*y &= \\frac{1}{2}\n$$\n", "$$x_1*y&=\\frac{1}{2}$$")
	case 11:
		w.put("<div class=\"a\">\n<p>"+w.plain()+"</p>\n</div>\n", "")
		s := w.source.String()
		s = s[strings.LastIndex(s, "<p>")+3:]
		s, _, _ = strings.Cut(s, "<")
		w.seen.WriteString(s)
	case 12:
		w.put("- [x] ", "☑")
		each("", "\n")
	case 13:
		each("    ", "\n")
	case 14:
		each("　　", "\n")
		w.flush()
		each("　　", "\n")
	case 15:
		w.put("=== \"题\"\n\n", "题")
		each("    ", "\n")
	case 16:
		w.put("<!-- 不见 -->\n", "")
	case 17:
		w.put("潮汐\n", "潮汐")
		each(": ", "\n")
	default:
		each("", "\n")
		if w.rng.IntN(2) == 0 {
			each("", "\n")
		}
	}
	w.flush()
	// Two lists in a row would be one.
	w.put("\n界\n\n", "界")
}

func (w *writer) flush() {
	for _, r := range w.readings {
		w.seen.WriteString(r)
	}
	w.readings = nil
}

func withoutSpaces(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// Every letter, figure and sign that is not mark-up stands in the article, once and
// in order.
func TestNothingIsLostOrInvented(t *testing.T) {
	rounds := 4000
	if testing.Short() {
		rounds = 1000
	}
	p := New()
	for seed := range rounds {
		w := &writer{rng: rand.New(rand.NewPCG(uint64(seed), 1))}
		for range 1 + w.rng.IntN(5) {
			w.block()
		}
		source := "---\ntitle: 题目\n---\n" + w.source.String()
		for a, err := range p.Parse("f.md", strings.NewReader(source)) {
			if err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, source)
			}
			got, want := withoutSpaces(a.Text()), withoutSpaces(w.seen.String())
			if got != want {
				t.Fatalf("seed %d: %s\n%s", seed, firstDifference(got, want), source)
			}
			checkBlocks(t, a)
		}
	}
}

func firstDifference(got, want string) string {
	g, v := []rune(got), []rune(want)
	i := 0
	for i < len(g) && i < len(v) && g[i] == v[i] {
		i++
	}
	from := max(0, i-8)
	return fmt.Sprintf("got …%s, want …%s", string(g[from:min(len(g), i+25)]), string(v[from:min(len(v), i+25)]))
}

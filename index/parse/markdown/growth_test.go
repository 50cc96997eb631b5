package markdown

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/parse/source"
)

// constructs are what a hostile article may be made of: each is repeated until it
// has a size. What stands before and behind the repetition comes once.
var constructs = []struct{ about, before, unit, after string }{
	{"prose", "", "潮水一天涨两次，", "。"},
	{"paragraphs", "", "甲\n\n", ""},
	{"lines", "", "甲\n", ""},
	{"spaces", "甲", " ", "乙"},
	{"tabs", "", "\t", "甲"},
	{"blank lines", "", "\n", ""},
	{"blank lines in lists", strings.Repeat("- ", 30) + "甲\n", "\n", "甲"},
	{"headings", "", "## 甲\n", ""},
	{"underlines", "甲\n", "=", "\n"},
	{"rules", "", "---\n\n", ""},
	{"quotations", "", "> ", "甲"},
	{"deep quotations", "", ">", "甲"},
	{"quoted lines", "", "> > > > > > > > 甲\n", ""},
	{"lists in a line", "", "- ", "甲"},
	{"lists", "", "- 甲\n", ""},
	{"numbered lists", "", "1. 甲\n\n", ""},
	{"growing indents", "", "- 甲\n  - 乙\n    - 丙\n      - 丁\n        - 戊\n          - 己\n", ""},
	{"stars", "", "*", "甲"},
	{"open stars", "", "*甲 ", ""},
	{"open and closed", "", "*甲 **乙 ", strings.Repeat("丙* 丁** ", 100)},
	{"closers that match nothing", strings.Repeat("_甲 ", 3000), "乙* ", ""},
	{"underscores and stars", "", "_甲 *乙", ""},
	{"nested stars", "", "*甲 **乙", strings.Repeat("** *", 2000)},
	{"Chinese stars", "", "甲**《乙》**", ""},
	{"strikes", "", "~~甲", ""},
	{"brackets", "", "[", ""},
	{"closing brackets", "", "]", ""},
	{"brackets and back", "", "[甲](乙", ""},
	{"links", "", "[甲](乙) ", ""},
	{"links in brackets", "", "[[甲](乙)", "](丙)"},
	{"pictures", "", "![甲](乙.png)", ""},
	{"references", "", "[甲][乙] ", "\n\n[乙]: /x"},
	{"definitions", "", "[甲]: /x\n", ""},
	{"definitions of titles", "", "[甲]: /x '", ""},
	{"wiki links", "", "[[甲|", "]]"},
	{"footnotes", "", "甲[^1]\n\n[^1]: 乙\n\n", ""},
	{"calls of one footnote", "[^1]: 乙\n\n", "甲[^1]", ""},
	{"ticks", "", "`甲``", ""},
	{"growing ticks", "", "` `` ``` ```` ````` ", ""},
	{"fences", "", "```\n甲\n```\n", ""},
	{"open fences", "", "~~~\n", ""},
	{"dollars", "", "$", ""},
	{"open formulas", "", "$a", ""},
	{"formulas", "", "$x_1$ ", ""},
	{"one formula", "$", "x+", "y$"},
	{"formula blocks", "", "$$\nx\n$$\n\n", ""},
	{"open formula blocks", "", "$$\nx\n\n", ""},
	{"bracketed formulas", "", `\[x+`, ""},
	{"nested formulas", "$", "{", "$"},
	{"backslashes", "", `\`, ""},
	{"entities", "", "&amp;&#x4e00;&x", ""},
	{"angles", "", "<", ""},
	{"open elements", "", "<b>甲", ""},
	{"unknown elements", "", "List<T> ", ""},
	{"elements", "", "<b>甲</b>", ""},
	{"nested elements", "", "<b><i>", "甲"},
	{"mis-nested elements", "", "<b><i>甲</b></i>", ""},
	{"formatting across paragraphs", "", "<b>\n\n<i>\n\n<u>\n\n", "</b>"},
	{"formatting in blocks", "<div>", "<b><p>", "</div>"},
	{"divs", "", "<div>\n", ""},
	{"nested divs", "", "<div>", ""},
	{"closed divs", "", "<div>甲</div>\n\n", ""},
	{"closing tags", "", "</b>", ""},
	{"attributes", "<a ", "x=y ", ">甲</a>"},
	{"open attributes", "", `<a x="`, ""},
	{"comments", "", "<!--", ""},
	{"comments in lines", "", "甲 <!-- 乙\n", ""},
	{"remarks of templates", "", "{# ", "}"},
	{"remarks of kramdown", "", "{::comment}甲{:/}", "{:/comment}"},
	{"remarks of editors", "", "{>>", ""},
	{"changes", "", "{--甲", "--}"},
	{"marked changes", "", "{~~甲~>乙~~}", ""},
	{"unseen containers", "", "::: hidden\n甲\n:::\n", ""},
	{"nested unseen containers", "", "::: hidden\n", strings.Repeat(":::\n", 30)},
	{"Markdown in elements", "", "<div markdown>\n甲\n", ""},
	{"attributes of blocks", "甲\n", "{.a}\n", ""},
	{"scripts", "", "<script>\n\n", ""},
	{"instructions", "", "<?x\n\n", ""},
	{"sections", "", "甲 <![CDATA[ ", ""},
	{"tables", "", "|甲|乙|\n|-|-|\n|丙|丁|\n\n", ""},
	{"rows", "|甲|乙|\n|-|-|\n", "|丙|丁|\n", ""},
	{"few columns, many delimiters", "|甲|\n|", "-|", "\n" + strings.Repeat("甲\n", 5000)},
	{"many columns, few cells", "|" + strings.Repeat("甲|", 300) + "\n|" + strings.Repeat("-|", 300) + "\n", "乙\n", ""},
	{"many columns", "|甲|\n|-|\n", "|", ""},
	{"delimiter rows", "", "-|\n", ""},
	{"bars in code in tables", "|甲|\n|-|\n", "| `乙\\|丙` |\n", ""},
	{"definitions of words", "", "甲\n: 乙\n\n", ""},
	{"colons", "", ":::tip 甲\n", ""},
	{"closed colons", "", ":::tip 甲\n乙\n:::\n", ""},
	{"growing colons", "", ":::: tip\n::: tip\n", ""},
	{"exclamations", "", "!!! note\n\n    甲\n\n", ""},
	{"tabs of documents", "", "=== \"甲\"\n    乙\n", ""},
	{"alerts", "", "> [!NOTE]\n> 甲\n\n", ""},
	{"shortcodes", "", "{{< x >}}", ""},
	{"open shortcodes", "", "{{< ", ""},
	{"half shortcodes", "", "{{< x \"", ">}}"},
	{"nested shortcodes", "", "{{< x >}}\n", strings.Repeat("{{< /x >}}\n", 1000)},
	{"crossing shortcodes", "", "{{< a >}}{{< b >}}{{< /a >}}{{< /b >}}", ""},
	{"tags", "", "{% note %}甲{% endnote %}\n", ""},
	{"open tags", "", "{% ", ""},
	{"parts of tabs", "{% tabs x %}\n", "<!-- tab 甲 -->\n乙\n<!-- endtab -->\n", "{% endtabs %}"},
	{"addresses", "", "https://example.org/甲 ", ""},
	{"readings", "", "<ruby>甲<rt>jiǎ</rt></ruby>", ""},
	{"nested readings", "", "<ruby>甲<rt>", ""},
	{"tasks", "", "- [ ] 甲\n", ""},
	{"hashes", "", "#甲\n\n", ""},
	{"indented Chinese", "", "    甲\n\n", ""},
	{"indented code", "", "    a\n\n", ""},
	{"names", "", `<a id="甲"></a>`, "乙"},
	{"frames", "", "<iframe src=x>", ""},
	{"comments of MDX", "", "{/* ", "*/}"},
	{"comments behind comments", "", "<!-- a --> <!-- 甲\n\n", ""},
	{"comments of Obsidian", "", "%%\n", ""},
	{"attributes of links", "", "](x){.a", ""},
	{"attributes of emphasis", "", "*{.a .b", "}"},
	{"environments", "", `\begin{align} `, ""},
	{"closed environments", "", "\\begin{align}x\\end{align}\n", ""},
	{"films", "", "<video><source src=x>", ""},
}

// parseOnce parses a text and returns what it has taken from the heap.
func parseOnce(p *Parser, text string) (bytes, objects uint64, err error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, e := range p.Parse("f.md", strings.NewReader(text)) {
		if e != nil {
			err = e
		}
	}
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, after.Mallocs - before.Mallocs, err
}

// No construct costs more than its size times a constant. What would is refused by
// an error that names file and line.
func TestCostGrowsWithSize(t *testing.T) {
	// For each byte of the source. A tag of seven bytes is a node, with its text,
	// in three trees.
	const mostBytes, mostObjects = 5000, 60
	sizes := []int{10_000, 50_000, 200_000}
	if testing.Short() {
		sizes = sizes[:2]
	}
	p := New()
	for _, c := range constructs {
		var before uint64
		for _, size := range sizes {
			text := c.before + strings.Repeat(c.unit, max(1, (size-len(c.before)-len(c.after))/len(c.unit))) + c.after
			bytes, objects, err := parseOnce(p, text)
			var fault *source.Error
			if err != nil && (!errors.As(err, &fault) || fault.File != "f.md" || fault.Line < 1) {
				t.Errorf("%s, %d bytes: the error %v names no line", c.about, len(text), err)
			}
			n := uint64(len(text) + 1000)
			if size > sizes[1] && bytes/n > 2*before {
				t.Errorf("%s: %d bytes for each byte at %d, %d at a quarter of it", c.about, bytes/n, len(text), before)
			}
			before = bytes/n + 100
			if bytes > mostBytes*n || objects > mostObjects*n {
				t.Errorf("%s, %d bytes: %d bytes and %.1f objects for each byte (%v)", c.about, len(text), bytes/n, float64(objects)/float64(n), err)
			}
		}
	}
}

package html

import (
	"bytes"
	"runtime"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/parse/source"
)

// constructs are what makes parsers of HTML work more than they should, each to
// be repeated.
var constructs = map[string]func(i int) string{
	"formatting elements closed in the wrong order": func(int) string { return "<b><i><a href=x>甲</b>乙</i>丙" },
	"formatting elements that nobody closes":        func(i int) string { return "<b class=c" + strings.Repeat("x", i%50) + "><p>甲" },
	"paragraphs in formatting elements":             func(int) string { return "<font color=red><p>甲</font>" },
	"containers in containers":                      func(int) string { return "<div>" },
	"quotations in lists":                           func(int) string { return "<ul><li><blockquote>甲" },
	"tables in tables":                              func(int) string { return "<table><tr><td>甲" },
	"text where a table has none":                   func(int) string { return "<table>甲<tr>乙" },
	"rows":                                          func(int) string { return "<tr><td>1<td>甲" },
	"cells":                                         func(int) string { return "<td>" },
	"attributes":                                    func(i int) string { return "<a" + strings.Repeat(" b"+string(rune('a'+i%26))+"=c", 200) + ">甲</a>" },
	"ends of nothing":                               func(int) string { return "</p></div></i></x>" },
	"unknown elements":                              func(int) string { return "<t>甲" },
	"types in prose":                                func(int) string { return "List<Object> " },
	"comments without an end":                       func(int) string { return "<!-- 甲 <!" },
	"scripts without an end":                        func(int) string { return "<script>甲<style>" },
	"quotation marks":                               func(int) string { return `<a href="x>甲` },
	"angles":                                        func(int) string { return "<" },
	"references":                                    func(int) string { return "&amp;&#x4e00;&" },
	"ruby":                                          func(int) string { return "<ruby>漢<rt>hàn" },
	"select":                                        func(int) string { return "<select><option>甲" },
	"math and pictures":                             func(int) string { return "<math><mi>甲<svg><p>" },
	"spans":                                         func(int) string { return "<span>甲" },
	"links in links":                                func(int) string { return "<a href=x>甲<div>" },
	"headings":                                      func(int) string { return "<h2>甲" },
	"breaks":                                        func(int) string { return "甲<br>　　" },
	"articles":                                      func(int) string { return "<article>甲。</article>" },
	"spaces":                                        func(int) string { return "甲 \n\t　" },
	"code":                                          func(int) string { return "<pre>\n<code>甲" },
	"menus":                                         func(int) string { return "<div class='nav share toc'>甲" },
	"titles":                                        func(int) string { return "<div class=title>甲" },
	"one long line":                                 func(int) string { return "潮水" },
	"definitions":                                   func(int) string { return "<dl><dt>甲<dd>乙" },
	"pictures":                                      func(int) string { return "<img src=a.png alt=甲>" },
	"words for who has no script":                   func(int) string { return "<noscript>甲<noscript>乙</noscript>" },
	"films":                                         func(int) string { return "<video src=a><canvas>甲</video>" },
	"linked data":                                   func(int) string { return `<script type="application/ld+json">[[[[{"@graph":[]}]]]]</script>` },
}

// page repeats a construct until it has size bytes.
func repeated(construct func(int) string, size int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < size; i++ {
		b.WriteString(construct(i))
	}
	return b.Bytes()
}

// cost returns the bytes that are allocated while a page is parsed.
func cost(t *testing.T, page []byte) uint64 {
	t.Helper()
	var before, after runtime.MemStats
	p := New()
	runtime.ReadMemStats(&before)
	for _, err := range p.Parse("f.html", bytes.NewReader(page)) {
		if err != nil {
			if e, ok := err.(*source.Error); !ok || e.File == "" {
				t.Errorf("an error without a file: %v", err)
			}
		}
	}
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// The cost of a page is bounded by its size times a constant, whatever it is
// made of: five times the page allocates about five times the bytes.
func TestCostGrowsAsThePageDoes(t *testing.T) {
	sizes := []int{10_000, 40_000, 200_000}
	if testing.Short() {
		sizes = sizes[:2]
	}
	const perByte = 600
	for about, construct := range constructs {
		var last uint64
		for _, size := range sizes {
			page := repeated(construct, size)
			c := cost(t, page)
			if limit := uint64(len(page)*perByte + 4<<20); c > limit {
				t.Errorf("%s, %d kB: %d kB allocated, want at most %d kB", about, size/1000, c/1000, limit/1000)
			}
			if last > 0 && c > 12*last+4<<20 {
				t.Errorf("%s: %d kB allocated at %d kB, %d kB before", about, c/1000, size/1000, last/1000)
			}
			last = c
		}
		t.Logf("%s: %d kB allocated for the largest", about, last/1000)
	}
}

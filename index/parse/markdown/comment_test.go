package markdown

import (
	"strings"
	"testing"
)

// What an author has hidden stays hidden, and attributes are no text.
func TestCommentsAndAttributes(t *testing.T) {
	for in, want := range map[string]string{
		"甲 <!-- 藏\n\n藏二 --> 乙":               "甲|乙",
		"<!-- more --> <!--\n藏 **藏**\n--> 乙": "乙",
		"甲\n\n<!-- 藏\n\n藏 -->\n\n乙":          "甲|乙",
		"甲 <!-- 没有结尾\n\n乙":                   "甲 <!-- 没有结尾|乙",
		"甲 {/* 藏 *藏* */} 乙":                  "甲 乙",
		"甲\n\n{/*\n藏\n\n- 藏\n*/}\n\n乙":       "甲|乙",
		"甲 {/* 没有结尾":                         "甲 {/* 没有结尾",
		"甲\n\n%%\n藏\n\n藏\n%%\n\n乙":           "甲|乙",
		"甲 %%藏%% 乙，%%藏\n藏%%丙 `%%d%%` 丁":      "甲 乙， 丙 %%d%% 丁",
		"甲 %% 没有结尾\n\n乙 %%":                  "甲 %% 没有结尾|乙 %%",
		"<p hidden>藏</p>\n\n甲<span style=\"display: none\">藏</span>乙\n\n<div style='display:none'>\n\n藏 **藏**\n\n</div>\n\n丙": "甲乙|丙",
		"涨了 5%% 与 6%% 的":                                                                          "涨了 5%% 与 6%% 的",
		"`{/* 甲 */}` `a <!-- b` 乙 `c --> d`":                                                      "{/* 甲 */} a <!-- b 乙 c --> d",
		"```\n{/* 甲 */}\na <!-- b\n%%\n```\n\n乙 -->\n\n%%":                                        "{/* 甲 */}\na <!-- b\n%%|乙 -->|%%",
		"[甲](http://a.cn){ .md-button #x } 乙":                                                     "甲 乙",
		"[甲](http://a.cn){:target=\"_blank\" rel='x'}，乙":                                          "甲，乙",
		"[甲](b.md){: .btn .btn-blue }[乙](c.md){.x}":                                               "甲乙",
		"**甲**{.red}与`乙`{.py}与*丙*{: #x}":                                                          "甲与乙与丙",
		"f(x){.a} {.b} 甲{.c} **甲**{x} `a`{b=1} 集合{#乙}":                                            "f(x){.a} {.b} 甲{.c} 甲{x} a{b=1} 集合{#乙}",
		"> 甲 <!-- 藏\n> 藏 -->\n> 乙":                                                                "甲 乙",
		"- 甲\n- 乙 <!-- 藏 -->\n- 丙":                                                                "甲\n乙\n丙",
		"设 \\begin{equation}\nx*y*z _a_\n\\end{equation} 止":                                       "设 \\begin{equation}\nx*y*z _a_\n\\end{equation} 止",
		"\\begin{align*}\na &= b \\\\\n+ c*d*e\n\\end{align*}\n\n止":                               "\\begin{align*}\na &= b \\\\\n+ c*d*e\n\\end{align*}|止",
		"\\begin{document} *甲* \\end{document}":                                                   "\\begin{document} 甲 \\end{document}",
		"甲 {::comment}藏{:/comment} 乙 {::comment}藏{:/comment}\n\n{::comment}\n藏\n\n- 藏\n{:/}\n\n丙": "甲 乙|丙",
		"甲{>>藏：这句再核实<<}乙，{--旧--}{++新++}，{~~三~>四~~}点，{==重==}":                                      "甲乙，旧新，三四点，重",
		"x = {--1 与 {++i 与 {>>没有结尾":                                                               "x = {--1 与 {++i 与 {>>没有结尾",
		"甲 {# 藏 #} 乙 {#丙} {# 没有结尾 }":                                                              "甲 乙 {#丙} {# 没有结尾 }",
		"甲 {{/* 藏 */}} 乙 {{- /* 藏 */ -}} 丙 {% # 藏 %}丁 <%# 藏 %>戊 <%-- 藏 --%>己 {{!-- 藏 --}}庚":       "甲 乙 丙 丁 戊 己 庚",
		"`{>> 甲 <<}` `{# 乙 #}`":                                                                   "{>> 甲 <<} {# 乙 #}",
		"甲\n\n[^_^]: # (藏)\n\n[//]: # \"藏\"\n\n乙":                                                 "甲|乙",
		"甲\n\n::: hidden\n藏\n\n```\n藏\n```\n:::\n\n乙\n\n::: {.content-hidden .x}\n藏\n:::\n丙\n\n:::: comment\n::: tip 藏\n藏\n:::\n::::\n丁": "甲|乙|丙|丁",
		"::: hidden\n没有结尾":                                              "没有结尾",
		"::: {.content-hidden when-format=\"pdf\"}\n甲\n:::":             "甲",
		"甲\n{.lead}\n\n- 乙\n{ #li .x k=\"v\" }\n\n{.丙}\n{.5}\n\n{.own}": "甲|乙|{.丙} {.5}|{.own}",
		"<div class=\"grid cards\" markdown>\n-   **甲** 乙\n</div>\n\n<details markdown=\"1\">\n<summary>丙</summary>\n*丁*\n</details>\n戊": "甲 乙|丙\n丁|戊",
		"甲\n\n\\newpage\n\n乙":     "甲|乙",
		"\\begin{cases} 没有结尾 *甲*": "\\begin{cases} 没有结尾 甲",
	} {
		doc, err := New().Blocks("# 题\n\n"+in, "")
		if err != nil {
			t.Errorf("%q: %v", in, err)
			continue
		}
		var got []string
		for _, b := range doc.Sections[0].Blocks {
			got = append(got, b.Text)
		}
		if g := strings.Join(got, "|"); g != want {
			t.Errorf("%q: %q, want %q", in, g, want)
		}
	}
}

func TestAttributesOfHeadings(t *testing.T) {
	doc, err := New().Blocks("# 题\n\n## 甲 { #jia data-x='y' }\n\n## 乙 {: .x #yi }\n\n## 丙 {#bing}\n", "")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"甲 jia", "乙 yi", "丙 bing"} {
		s := doc.Sections[i+1]
		if got := s.Heading + " " + s.Anchors; !strings.HasPrefix(got, want) {
			t.Errorf("heading %q, want %s", got, want)
		}
	}
}

package site

import (
	"testing"

	"github.com/kanbao/kanbao/index/article"
)

// The same headings as several generators call them.
func TestAnchorsOfGenerators(t *testing.T) {
	a := &article.Article{Title: "海港手册", Sections: []article.Section{
		{Blocks: []article.Block{{Text: "甲", Anchors: "old older"}}},
		{Heading: "1. 安装（上）：开始", Level: 2, Anchors: "install"},
		{Heading: "What's new in C++?", Level: 2},
		{Heading: "用法", Level: 2, Blocks: []article.Block{{Text: "乙"}}},
		{Heading: "用法", Level: 2},
		{Heading: "Ａｂｃ ｄ", Level: 2},
	}}
	x := anchorsOf(a)
	for _, c := range []struct{ generator, fragment, want string }{
		{"its own name", "install", "s1"},
		{"a name within a block", "older", "p1"},
		{"GitHub", "1-安装上开始", "s1"},
		{"Hexo", "1-安装（上）：开始", "s1"},
		{"VitePress", "_1-安装-上-开始", "s1"},
		{"GitHub, English", "whats-new-in-c", "s2"},
		{"Hexo, English", "What-s-new-in-C", "s2"},
		{"the second of two", "用法-1", "s4"},
		{"the second of two in MkDocs", "用法_1", "s4"},
		{"the first of two", "用法", "s3"},
		{"MkDocs without letters of ASCII", "_2", "s3"},
		{"kramdown without letters of ASCII", "section-1", "s3"},
		{"width", "abc-d", "s5"},
		{"the title", "海港手册", "title"},
		{"the top", "", "title"},
		{"nothing", "卸载", ""},
		{"no third", "用法-2", ""},
	} {
		if got, ok := x.find(c.fragment); got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q leads to %q, want %q", c.generator, c.fragment, got, c.want)
		}
	}
}

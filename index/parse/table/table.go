package table

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/blocks"
	"github.com/kanbao/kanbao/index/parse/source"
)

// A Parser reads tables. Columns names the columns by what is in them, where they
// have no name that says it: Columns["text"] = "内容全文".
type Parser struct{ Columns map[string]string }

// html reads the cells that are HTML, as content systems export them.
var html = sync.OnceValue(blocks.NewReader)

// usual are names of columns that say what is in them.
var usual = map[string][]string{
	"title":      {"title", "post_title", "标题", "标 题", "题目", "题名", "篇名", "文章标题", "新闻标题", "標題", "題目"},
	"text":       {"text", "content", "body", "post_content", "正文", "内容", "全文", "文章内容", "新闻内容", "正文内容", "內容"},
	"date":       {"date", "post_date", "日期", "发布日期", "发布时间", "发表日期", "发表时间", "時間", "时间"},
	"author":     {"author", "authors", "作者", "记者"},
	"source":     {"source", "来源", "來源", "出处"},
	"tags":       {"tags", "tag", "keywords", "标签", "关键词", "標籤"},
	"categories": {"categories", "category", "分类", "栏目", "分類"},
	"summary":    {"summary", "description", "摘要"},
	"subtitle":   {"subtitle", "副题", "副标题"},
	"id":         {"id", "编号"},
	"page":       {"page", "版次", "版面"},
	"paper":      {"paper", "报名"},
}

// Parse yields an article, or an error, for every row but the first.
func (p Parser) Parse(name string, r io.Reader) iter.Seq2[*article.Article, error] {
	return func(yield func(*article.Article, error) bool) {
		raw, err := io.ReadAll(r)
		if err != nil {
			yield(nil, source.Errorf(name, 0, "cannot be read: %v", err))
			return
		}
		in := newRows(string(raw))
		head, line, err := in.next()
		if errors.Is(err, io.EOF) {
			return
		}
		keys, fault := p.keys(head)
		if err != nil || fault != "" {
			if err != nil {
				fault = err.Error()
			}
			yield(nil, source.Errorf(name, line, "%s", fault))
			return
		}
		if left := unread(head, keys); left != "" && !yield(nil, source.Warningf(name, 1, "%s", left)) {
			return
		}
		in.cells = len(head)
		for n := 1; ; n++ {
			row, line, err := in.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				if !yield(nil, source.Errorf(name, line, "%v", err)) {
					return
				}
				continue
			}
			if !p.row(name, line, n, keys, row, yield) {
				return
			}
		}
	}
}

// comma returns what stands between the cells of a table: of a comma, a semicolon and a
// tab what its first line has most of.
func comma(text string) rune {
	first, _, _ := strings.Cut(text[:min(len(text), 1<<12)], "\n")
	most := ','
	for _, c := range ";\t" {
		if strings.Count(first, string(c)) > strings.Count(first, string(most)) {
			most = c
		}
	}
	return most
}

// unread says which columns have nothing that an article has, or answers "".
func unread(head, keys []string) string {
	var names []string
	for i, key := range keys {
		if key != "" && key != "text" && (!source.Knows(key) || slices.Contains(keys[:i], key)) && key != "序号" && key != "#" {
			names = append(names, strings.TrimSpace(head[i]))
		}
	}
	if names == nil {
		return ""
	}
	return "columns that are not read: " + strings.Join(names, ", ") + "; [csv] in kanbao.toml can say what is in them"
}

// keys returns what is in each column, empty where that is no matter of ours.
func (p Parser) keys(head []string) (keys []string, fault string) {
	keys = make([]string, len(head))
	for i, column := range head {
		column = strings.TrimSpace(column)
		keys[i] = strings.ToLower(column)
		for key, names := range usual {
			if slices.Contains(names, strings.ToLower(column)) && p.Columns[key] == "" {
				keys[i] = key
			}
		}
		for key, is := range p.Columns {
			if is == column {
				keys[i] = key
			}
		}
	}
	for _, key := range []string{"title", "text"} {
		if !slices.Contains(keys, key) {
			return nil, fmt.Sprintf("no column has the %s (the columns are %s); say which in kanbao.toml: [csv] %s = \"…\", or keep the file out with exclude",
				key, strings.Join(head, ", "), key)
		}
	}
	return keys, ""
}

// row makes the article of a row, the n-th. It reports whether to go on.
func (p Parser) row(name string, line, n int, keys, row []string, yield func(*article.Article, error) bool) bool {
	object := make(map[string]any)
	text := ""
	for i, value := range row {
		if strings.TrimSpace(value) == "" {
			continue
		}
		if i >= len(keys) {
			return yield(nil, source.Errorf(name, line, "the row has %d cells, the first row has %d; a comma within a cell needs quotation marks around the cell", len(row), len(keys)))
		}
		if keys[i] == "text" {
			text = strings.TrimPrefix(text+"\n"+value, "\n") // of two columns both are read
			continue
		}
		if object[keys[i]] == nil {
			object[keys[i]] = value
		}
	}
	if len(object) == 0 && text == "" {
		return true
	}
	m := source.MetaOf(name, line, object)
	for _, w := range m.Warnings {
		if !yield(nil, w) {
			return false
		}
	}
	if m.Title == "" {
		return yield(nil, source.Errorf(name, line, "the row has no title"))
	}
	a := &article.Article{
		ID: m.ID, Title: m.Title, Subtitle: m.Subtitle, Date: m.Date, Source: m.Source, Edition: m.Edition(),
		Authors: slices.Concat(m.Author, m.Authors), Tags: m.Tags, Categories: m.Categories, Summary: cmp.Or(m.Summary, m.Description),
		Publication: m.Publication, Sections: []article.Section{{}}, File: name, Line: line,
	}
	if a.ID == "" {
		a.ID = fmt.Sprintf("%s-%d", strings.TrimSuffix(name, path.Ext(name)), n)
	}
	if a.Edition.Page == "" && a.Edition.Paper == "" {
		a.Edition = article.Edition{}
	}
	if blocks.IsHTML(text) {
		doc, err := html().Read(text, a.Title)
		if err != nil {
			return yield(nil, source.Errorf(name, line, "%v", err))
		}
		a.Sections = doc.Sections
		return yield(a, nil)
	}
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l != "" {
			a.Sections[0].Blocks = append(a.Sections[0].Blocks, article.Block{Kind: article.Paragraph, Text: l})
		}
	}
	return yield(a, nil)
}

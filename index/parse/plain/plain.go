package plain

import (
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/source"
)

// A Parser reads the text of one file, whose front matter has been taken off.
type Parser struct {
	Meta *source.Meta
	Line int // that the text begins on
}

// longestTitle is how many characters a first line may have that is the title.
const longestTitle = 60

// Parse yields the one article of a file, or nothing if it is empty.
func (p Parser) Parse(name string, r io.Reader) iter.Seq2[*article.Article, error] {
	return func(yield func(*article.Article, error) bool) {
		text, err := source.Text(name, r)
		if err != nil {
			yield(nil, err)
			return
		}
		m := p.Meta
		a := &article.Article{
			ID: m.ID, Title: m.Title, Subtitle: m.Subtitle, Date: m.Date, Source: m.Source, Edition: m.Edition(),
			Authors: slices.Concat(m.Author, m.Authors), Tags: m.Tags, Summary: m.Summary, File: name, Line: 1,
		}
		if a.Summary == "" {
			a.Summary = m.Description
		}
		if a.Date == "" {
			a.Date = source.DateFromName(name)
		}
		if a.Edition.Page == "" && a.Edition.Paper == "" {
			a.Edition = article.Edition{}
		}
		var blocks []article.Block
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" {
				blocks = append(blocks, article.Block{Kind: article.Paragraph, Text: line})
			}
		}
		if a.Title == "" && len(blocks) > 0 && isTitle(blocks[0].Text) {
			a.Title, blocks = blocks[0].Text, blocks[1:]
		}
		if a.Title == "" {
			a.Title = source.TitleFromName(name)
		}
		if len(blocks) == 0 && !m.Said {
			return
		}
		a.Sections = []article.Section{{Blocks: blocks}}
		yield(a, nil)
	}
}

// isTitle reports whether a line is short and no sentence.
func isTitle(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(line)
	return utf8.RuneCountInString(line) <= longestTitle && !strings.ContainsRune("。；，、：;,:", last)
}

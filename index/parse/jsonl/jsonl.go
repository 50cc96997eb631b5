package jsonl

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/blocks"
	"github.com/kanbao/kanbao/index/parse/source"
)

// A Parser reads JSON Lines.
type Parser struct{}

// record is what a line has of an article besides what front matter has as well.
// Keys that neither names are ignored.
type record struct {
	Kicker      string    `json:"kicker"`
	Edition     edition   `json:"edition"`
	Text        texts     `json:"text"`
	Content     texts     `json:"content"`
	Body        texts     `json:"body"`
	ContentText texts     `json:"content_text"`
	ContentHTML string    `json:"content_html"`
	Sections    []section `json:"sections"`
	Published   string    `json:"date_published"`
}

// html reads the texts that are HTML, as content systems export them.
var html = sync.OnceValue(blocks.NewReader)

type section struct {
	Heading    string `json:"heading"`
	Text       texts  `json:"text"`
	Paragraphs texts  `json:"paragraphs"`
	Captions   texts  `json:"captions"`
}

// Parse yields an article, or an error, for every line that is not empty.
func (Parser) Parse(name string, r io.Reader) iter.Seq2[*article.Article, error] {
	return func(yield func(*article.Article, error) bool) {
		in := bufio.NewReaderSize(r, 1<<16)
		for n := 1; ; n++ {
			line, err := in.ReadBytes('\n')
			if err != nil && err != io.EOF {
				yield(nil, source.Errorf(name, n, "cannot be read: %v", err))
				return
			}
			if n == 1 {
				line = bytes.TrimPrefix(line, []byte("\xEF\xBB\xBF"))
			}
			if line = bytes.TrimSpace(line); len(line) > 0 {
				if !give(name, n, n, line, false, yield) {
					return
				}
			}
			if err == io.EOF {
				return
			}
		}
	}
}

// give yields the article of an object, the n-th of its file, that begins on a line,
// and what there is to say of its fields. One of a feed needs no title.
func give(name string, n, line int, object []byte, feed bool, yield func(*article.Article, error) bool) bool {
	a, warnings, err := parse(name, n, line, object, feed)
	for _, w := range warnings {
		if !yield(nil, w) {
			return false
		}
	}
	if err != nil {
		return yield(nil, source.Errorf(name, line, "%v", err))
	}
	return yield(a, nil)
}

func parse(name string, n, line int, object []byte, feed bool) (*article.Article, []*source.Error, error) {
	if !utf8.Valid(object) {
		return nil, nil, errors.New("the line is not UTF-8; save the file as UTF-8")
	}
	var rec record
	if err := json.Unmarshal(object, &rec); err != nil {
		return nil, nil, jsonFault(err)
	}
	var fields map[string]any
	dec := json.NewDecoder(bytes.NewReader(object))
	dec.UseNumber()
	if err := dec.Decode(&fields); err != nil {
		return nil, nil, jsonFault(err)
	}
	if other := slices.Concat(rec.Content, rec.Body, rec.ContentText); rec.Text == nil || len(rec.Text) == 0 && len(other) > 0 {
		rec.Text = other
	}
	markup := "" // the text, if it is HTML
	for _, key := range []string{"text", "content", "body"} {
		if s, ok := fields[key].(string); ok && rec.Sections == nil && blocks.IsHTML(s) {
			markup = s
			break
		}
	}
	if fields["date"] == nil && rec.Published != "" {
		fields["date"] = rec.Published
	}
	m := source.MetaOf(name, line, fields)
	a := &article.Article{
		ID: m.ID, Kicker: rec.Kicker, Title: m.Title, Subtitle: m.Subtitle, Date: m.Date, Source: m.Source, Tags: m.Tags, Categories: m.Categories,
		Summary: m.Summary, Authors: slices.Concat(m.Author, m.Authors),
		Edition: article.Edition(rec.Edition), Sections: sectionsOf(&rec), File: name, Line: line, Publication: m.Publication,
	}
	if a.Summary == "" {
		a.Summary = m.Description
	}
	var err error
	if a.Edition.Date, err = source.Date(a.Edition.Date); err != nil {
		m.Warnings = append(m.Warnings, source.Warningf(name, line, "edition: %v", err))
	}
	if a.Edition.Page == "" {
		a.Edition.Page = m.Page
	}
	if a.Edition.Paper == "" {
		a.Edition.Paper = m.Paper
	}
	if a.Title == "" && !feed {
		return nil, m.Warnings, errors.New(`no title; every article needs "title" and "text"`)
	}
	if rec.Text == nil && rec.Sections == nil && rec.ContentHTML != "" {
		rec.Text = texts{}
		markup = rec.ContentHTML
	}
	if markup != "" {
		doc, err := html().Read(markup, a.Title)
		if err != nil {
			return nil, m.Warnings, err
		}
		a.Sections = doc.Sections
	}
	if rec.Text == nil && rec.Sections == nil {
		return nil, m.Warnings, errors.New(`no text; give "text" as a string or an array of paragraphs`)
	}
	if a.Title == "" {
		a.Title = source.FirstSentence(a.Text())
	}
	if a.Title == "" && slices.ContainsFunc(a.Sections[0].Blocks, func(b article.Block) bool { return b.HTML != "" }) {
		a.Title = cmp.Or(a.Date, source.TitleFromName(name)) // a picture alone
	}
	if a.Title == "" {
		return nil, m.Warnings, errors.New("the item has neither a title nor a text")
	}
	if a.ID == "" {
		a.ID = fmt.Sprintf("%s-%d", strings.TrimSuffix(name, path.Ext(name)), n)
	}
	return a, m.Warnings, nil
}

func sectionsOf(rec *record) []article.Section {
	sections := []article.Section{{Blocks: paragraphs(rec.Text)}}
	for i, s := range rec.Sections {
		made := article.Section{Heading: s.Heading, Level: 2, Blocks: paragraphs(append(s.Text, s.Paragraphs...))}
		for _, c := range s.Captions {
			made.Blocks = append(made.Blocks, article.Block{Kind: article.Caption, Text: c})
		}
		if i == 0 && s.Heading == "" {
			sections[0].Blocks = append(sections[0].Blocks, made.Blocks...)
			continue
		}
		sections = append(sections, made)
	}
	return sections
}

func paragraphs(texts []string) []article.Block {
	var blocks []article.Block
	for _, t := range texts {
		blocks = append(blocks, article.Block{Kind: article.Paragraph, Text: t})
	}
	return blocks
}

// texts is an array of paragraphs, or one string with a paragraph a line.
// Paragraphs are trimmed, and empty ones left out.
type texts []string

func (t *texts) UnmarshalJSON(data []byte) error {
	var in []string
	if len(data) > 0 && data[0] == '"' {
		var s string
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		in = strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' })
	} else if len(data) > 0 && (data[0] == '-' || data[0] >= '0' && data[0] <= '9') {
		in = []string{string(data)} // a number is as good as a word
	} else if err := json.Unmarshal(data, &in); err != nil {
		return fmt.Errorf("text: want a string or an array of strings: %w", err)
	}
	*t = texts{}
	for _, s := range in {
		if s = strings.TrimSpace(s); s != "" {
			*t = append(*t, s)
		}
	}
	return nil
}

// word is a string; a number will do as well.
type word string

func (w *word) UnmarshalJSON(data []byte) error {
	var s string
	if json.Unmarshal(data, &s) == nil {
		*w = word(s)
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil {
		return fmt.Errorf("found %.40s, want a string or a number", data)
	}
	*w = word(n)
	return nil
}

// edition is an object as "kanbao articles --json" prints it.
type edition article.Edition

func (e *edition) UnmarshalJSON(data []byte) error {
	var in struct {
		Paper, Date, Name string
		Page              word
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return fmt.Errorf("edition: want {paper, date, page, name}: %w", err)
	}
	*e = edition{Paper: in.Paper, Date: in.Date, Page: string(in.Page), Name: in.Name}
	return nil
}

// jsonFault says in an editor's words what is wrong with a line.
func jsonFault(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("not JSON at byte %d of the line: %v", syntax.Offset, err)
	case errors.As(err, &kind) && kind.Field != "":
		return fmt.Errorf("%s: found a JSON %s, want a %v", kind.Field, kind.Value, kind.Type)
	case errors.As(err, &kind):
		return fmt.Errorf("found a JSON %s, want an object", kind.Value)
	}
	return err
}

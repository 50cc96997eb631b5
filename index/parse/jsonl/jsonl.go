package jsonl

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/source"
)

// A Parser reads JSON Lines.
type Parser struct{}

// record is a line. Keys that it does not name are ignored.
type record struct {
	ID       word      `json:"id"`
	Title    string    `json:"title"`
	Kicker   string    `json:"kicker"`
	Subtitle string    `json:"subtitle"`
	Date     string    `json:"date"`
	Source   string    `json:"source"`
	Summary  string    `json:"summary"`
	Author   any       `json:"author"`
	Authors  any       `json:"authors"`
	Tags     any       `json:"tags"`
	Paper    string    `json:"paper"`
	Page     word      `json:"page"`
	Edition  edition   `json:"edition"`
	Text     texts     `json:"text"`
	Sections []section `json:"sections"`
}

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
				a, bad := parse(name, n, line)
				if bad != nil {
					bad = source.Errorf(name, n, "%v", bad)
				}
				if !yield(a, bad) {
					return
				}
			}
			if err == io.EOF {
				return
			}
		}
	}
}

func parse(name string, n int, line []byte) (*article.Article, error) {
	if !utf8.Valid(line) {
		return nil, errors.New("the line is not UTF-8; save the file as UTF-8")
	}
	var rec record
	if err := json.Unmarshal(line, &rec); err != nil {
		return nil, jsonFault(err)
	}
	date, err := source.Date(rec.Date)
	if err != nil {
		return nil, err
	}
	authors, err := authorsOf(rec.Author, rec.Authors)
	if err != nil {
		return nil, err
	}
	tags, err := source.WordsOf(rec.Tags)
	if err != nil {
		return nil, err
	}
	a := &article.Article{
		ID: string(rec.ID), Kicker: rec.Kicker, Title: strings.TrimSpace(rec.Title), Subtitle: rec.Subtitle, Date: date,
		Source: rec.Source, Summary: rec.Summary, Authors: authors, Tags: tags,
		Edition: article.Edition(rec.Edition), Sections: sectionsOf(&rec), File: name, Line: n,
	}
	if a.Edition.Date, err = source.Date(a.Edition.Date); err != nil {
		return nil, err
	}
	if a.Edition.Page == "" {
		a.Edition.Page = string(rec.Page)
	}
	if a.Edition.Paper == "" {
		a.Edition.Paper = rec.Paper
	}
	if a.Title == "" {
		return nil, errors.New(`no title; every line needs "title" and "text"`)
	}
	if rec.Text == nil && rec.Sections == nil {
		return nil, errors.New(`no text; give "text" as a string or an array of paragraphs`)
	}
	if a.ID == "" {
		a.ID = fmt.Sprintf("%s-%d", strings.TrimSuffix(name, path.Ext(name)), n)
	}
	return a, nil
}

func authorsOf(values ...any) ([]article.Author, error) {
	var out []article.Author
	for _, v := range values {
		some, err := source.AuthorsOf(v)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
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

package command

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse"
)

type articlesCommand struct {
	Content string `arg:"" help:"File or folder of articles."`
	JSON    bool   `help:"Print one JSON array."`
}

// Run prints the articles as they are read: one bad file does not stop the
// others.
func (c articlesCommand) Run(ctx context.Context, t terminal) error {
	config, err := parse.LoadConfig(c.Content)
	if err != nil {
		return err
	}
	write := printArticle
	if c.JSON {
		write = jsonArticles()
	}
	bad := 0
	for a, err := range parse.Folder(ctx, c.Content, config) {
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			fmt.Fprintln(t.err, err)
			bad++
			continue
		}
		if err := write(t.out, a); err != nil {
			return err
		}
	}
	if c.JSON {
		if err := write(t.out, nil); err != nil {
			return err
		}
	}
	if bad > 0 {
		return badFiles(bad)
	}
	return nil
}

// jsonArticles returns a function that writes an array of articles, one a call,
// and its end for nil.
func jsonArticles() func(io.Writer, *article.Article) error {
	first := true
	return func(w io.Writer, a *article.Article) error {
		before := ",\n"
		if first {
			before = "[\n"
		}
		if a == nil {
			if !first {
				before = ""
			}
			_, err := io.WriteString(w, strings.TrimSuffix(before, "\n")+"\n]\n")
			return err
		}
		first = false
		var b strings.Builder
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		enc.SetIndent("  ", "  ")
		if err := enc.Encode(parse.Describe(a)); err != nil {
			return err
		}
		_, err := io.WriteString(w, before+"  "+strings.TrimSuffix(b.String(), "\n"))
		return err
	}
}

// printArticle writes an article as a person checks it: what was understood
// first, then each block in a line with its number.
func printArticle(w io.Writer, a *article.Article) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d  %s\n", a.File, a.Line, a.ID)
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %-9s %s\n", name, value)
		}
	}
	var authors []string
	for _, au := range a.Authors {
		authors = append(authors, strings.TrimSpace(au.Role+" "+au.Name))
	}
	e := a.Edition
	field("kicker", a.Kicker)
	field("title", a.Title)
	field("subtitle", a.Subtitle)
	field("date", a.Date)
	field("source", a.Source)
	field("edition", strings.Join(strings.Fields(strings.Join([]string{e.Paper, e.Date, e.Page, e.Name}, " ")), " "))
	field("authors", strings.Join(authors, ", "))
	field("tags", strings.Join(a.Tags, ", "))
	n := 0
	for _, s := range a.Sections {
		if s.Heading != "" {
			fmt.Fprintf(&b, "  %s %s\n", strings.Repeat("#", max(s.Level, 1)), s.Heading)
		}
		for _, bl := range s.Blocks {
			n++
			fmt.Fprintf(&b, "  %4d%s %s\n", n, kindMark(bl.Kind), strings.ReplaceAll(bl.Text, "\n", "\n        "))
		}
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

func kindMark(k article.Kind) string {
	switch k {
	case article.Caption:
		return " [caption]"
	case article.Rich:
		return " [rich]"
	}
	return ""
}

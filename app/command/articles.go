package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/parse/pdf"
	"github.com/kanbao/kanbao/index/parse/source"
)

type articlesCommand struct {
	Content string `arg:"" help:"File or folder of articles."`
	JSON    bool   `help:"Print one JSON array."`
	Zones   bool   `help:"Write the stories' zones of a PDF beside it, as NAME.zones.toml, to correct them there."`
	Drafts  bool   `help:"Print what is held back as a draft too."`
	Future  bool   `help:"Print what is held back for its date too."`
}

// Run prints the articles as they are read: one bad file does not stop the
// others.
func (c articlesCommand) Run(ctx context.Context, t terminal) error {
	config, err := parse.LoadConfig(c.Content)
	if err != nil {
		return err
	}
	if c.Zones {
		return c.writeZones(ctx, t, config)
	}
	config.Drafts, config.Future = c.Drafts, c.Future
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
			var said *parse.Error
			if !errors.As(err, &said) || said.Grade == source.Fault {
				bad++
			}
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

// writeZones writes the file of corrections of a PDF, unless there is one.
func (c articlesCommand) writeZones(ctx context.Context, t terminal, config *parse.Config) error {
	if !strings.EqualFold(filepath.Ext(c.Content), ".pdf") {
		return fmt.Errorf("%s: only a PDF has zones; give one such file", c.Content)
	}
	var articles []*article.Article
	bad := 0
	for a, err := range parse.Folder(ctx, c.Content, config) {
		if err != nil {
			fmt.Fprintln(t.err, err)
			bad++
			continue
		}
		articles = append(articles, a)
	}
	if bad > 0 {
		return badFiles(bad)
	}
	name := strings.TrimSuffix(c.Content, filepath.Ext(c.Content)) + ".zones.toml"
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already; edit it, or move it away to have it written anew", name)
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(pdf.Zones(articles))
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintln(t.out, name)
	return err
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
	field("categories", strings.Join(a.Categories, ", "))
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

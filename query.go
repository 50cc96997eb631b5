package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
)

type queryCommand struct {
	Out   string   `arg:"" help:"Folder of a built site."`
	Query []string `arg:"" optional:"" help:"What to search for, as it is typed into the search field."`
	Limit int      `default:"10" help:"How many hits to print."`
	JSON  bool     `help:"Print one JSON object."`
	Batch bool     `help:"Answer each line of the input with a JSON object in a line."`
}

// Validate is called by kong.
func (c queryCommand) Validate() error {
	switch {
	case c.Batch && len(c.Query) > 0:
		return errors.New("with --batch the queries are read from the input, not from the command line")
	case !c.Batch && len(c.Query) == 0:
		return errors.New("expected a query, or --batch")
	case c.Limit < 1:
		return fmt.Errorf("--limit %d: expected at least 1", c.Limit)
	}
	return nil
}

// Run searches natively in the very files that the browser fetches.
func (c queryCommand) Run(ctx context.Context, t terminal) error {
	engine, err := openSite(ctx, c.Out)
	if err != nil {
		return err
	}
	defer engine.Close()
	if c.Batch {
		return c.batch(ctx, engine, t)
	}
	result, err := engine.Search(ctx, query.Query{Text: strings.Join(c.Query, " "), Limit: c.Limit})
	if err != nil {
		return err
	}
	if c.JSON {
		return encoder(t.out).Encode(newResultJSON(result))
	}
	return printResult(t.out, result)
}

// openSite opens the index of a built site.
func openSite(ctx context.Context, out string) (*search.Engine, error) {
	dir := filepath.Join(out, "index")
	if _, err := os.Stat(filepath.Join(dir, chunk.ManifestName)); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: not a built site, index/%s is missing; build it with: kanbao build CONTENT -o %s",
			out, chunk.ManifestName, out)
	}
	return search.Open(ctx, chunk.Dir(dir))
}

// batch answers a line at a time, so that another program can hold a
// conversation. A query that fails is answered too, and tells at the end.
func (c queryCommand) batch(ctx context.Context, engine *search.Engine, t terminal) error {
	enc := encoder(t.out)
	lines := bufio.NewScanner(t.in)
	lines.Buffer(nil, 1<<20)
	failed := 0
	for lines.Scan() {
		result, err := engine.Search(ctx, query.Query{Text: lines.Text(), Limit: c.Limit})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var answer any
		if err != nil {
			failed++
			fmt.Fprintf(t.err, "kanbao: %q: %v\n", lines.Text(), err)
			answer = failureJSON{Query: lines.Text(), Error: err.Error()}
		} else {
			r := newResultJSON(result)
			r.Query = lines.Text()
			answer = r
		}
		if err := enc.Encode(answer); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read queries: %w", err)
	}
	if failed > 0 {
		return fmt.Errorf("%d queries failed", failed)
	}
	return nil
}

type resultJSON struct {
	Query   string    `json:"query"`
	Total   int       `json:"total"`
	Exact   bool      `json:"exact"`
	Relaxed bool      `json:"relaxed"`
	Hits    []hitJSON `json:"hits"`
}

type hitJSON struct {
	ID       string  `json:"id"`
	URL      string  `json:"url"`
	Title    string  `json:"title"`
	Subtitle string  `json:"subtitle,omitempty"`
	Date     string  `json:"date,omitempty"`
	Page     string  `json:"page,omitempty"`
	Score    float64 `json:"score"`
	Snippet  string  `json:"snippet"`
	Block    int     `json:"block,omitempty"`
	Heading  string  `json:"heading,omitempty"`
}

type failureJSON struct {
	Query string `json:"query"`
	Error string `json:"error"`
}

func newResultJSON(r *query.Result) resultJSON {
	j := resultJSON{Query: r.Query, Total: r.Total, Exact: r.Exact, Relaxed: r.Relaxed, Hits: []hitJSON{}}
	for _, h := range r.Hits {
		j.Hits = append(j.Hits, hitJSON{
			ID: h.ID, URL: h.URL, Title: h.Title.String(), Subtitle: h.Subtitle.String(), Date: h.Date, Page: h.Page,
			Score: h.Score, Snippet: h.Snippet.HTML(), Block: h.Block, Heading: h.Heading,
		})
	}
	return j
}

// encoder writes JSON with <mark> as it is: the output is no part of a page.
func encoder(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}

func printResult(w io.Writer, r *query.Result) error {
	var b strings.Builder
	about := ""
	if !r.Exact {
		about = "at most "
	}
	fmt.Fprintf(&b, "%s: %s%d articles", r.Query, about, r.Total)
	if r.Relaxed {
		b.WriteString(", with some of the words only")
	}
	b.WriteString("\n")
	for i, h := range r.Hits {
		fmt.Fprintf(&b, "\n%3d. %s\n", i+1, strings.Join(strings.Fields(bracketed(h.Title)+" "+bracketed(h.Subtitle)+"  "+h.Date+" "+h.Page), " "))
		address := h.URL
		if h.Block > 0 {
			address += fmt.Sprintf("#p%d", h.Block)
		}
		fmt.Fprintf(&b, "     %s\n     %s\n", address, bracketed(h.Snippet))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// bracketed shows matches in brackets that Chinese text hardly ever has.
func bracketed(m query.Marked) string {
	var b strings.Builder
	for _, s := range m {
		if s.Mark {
			b.WriteString("⟦" + s.Text + "⟧")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

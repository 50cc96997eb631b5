package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
)

type queryCommand struct {
	Out     string       `arg:"" help:"Folder of a built site."`
	Query   []string     `arg:"" optional:"" help:"What to search for, as it is typed into the search field."`
	Limit   int          `default:"10" help:"How many hits to print."`
	Offset  int          `help:"How many hits to leave out at the front."`
	Sort    query.Sort   `default:"relevance" help:"Order of the hits: relevance, newest, oldest or, of an index of another site's pages, a property that those are sorted by, with :asc or :desc behind it."`
	Filter  []filterFlag `sep:"none" placeholder:"FIELD=VALUE" help:"Only articles with this value, or without it (FIELD!=VALUE). Fields: date, page, author, source, tag, category, person, place, org, and those that pages of another site have. May be repeated: one value of each field must hold."`
	Facets  []facetFlag  `placeholder:"FIELD,..." help:"Count the values of these fields over all articles found."`
	Confirm bool         `help:"Compare all candidates with their text, so that the total is exact however many they are."`
	Suggest bool         `help:"Print what completes the query, as the search field offers it, and not what it finds."`
	JSON    bool         `help:"Print one JSON object."`
	Batch   bool         `help:"Answer each line of the input with a JSON object in a line."`
}

// A filterFlag is a filter on the command line.
type filterFlag query.Filter

// UnmarshalText is called by kong.
func (f *filterFlag) UnmarshalText(text []byte) error {
	field, value, ok := strings.Cut(string(text), "=")
	field, not := strings.CutSuffix(field, "!")
	if !ok || value == "" {
		return fmt.Errorf("%q: expected FIELD=VALUE, such as author=张三", text)
	}
	*f = filterFlag{Field: query.Field(field), Values: []string{value}, Not: not}
	return nil
}

// A facetFlag is a field on the command line.
type facetFlag query.Field

// UnmarshalText is called by kong.
func (f *facetFlag) UnmarshalText(text []byte) error {
	*f = facetFlag(text)
	return nil
}

// checkFields says which field of the flags the index has not.
func (c queryCommand) checkFields(ctx context.Context, engine *search.Engine) error {
	known, err := engine.Fields(ctx)
	if err != nil {
		return err
	}
	var asked []query.Field
	for _, f := range c.Filter {
		asked = append(asked, f.Field)
	}
	for _, f := range c.Facets {
		asked = append(asked, query.Field(f))
	}
	for _, f := range asked {
		if !slices.Contains(known, f) {
			return fmt.Errorf("%q is no field; the fields are %v", f, known)
		}
	}
	return nil
}

// Validate is called by kong.
func (c queryCommand) Validate() error {
	switch {
	case c.Batch && len(c.Query) > 0:
		return errors.New("with --batch the queries are read from the input, not from the command line")
	case c.Batch && c.Suggest:
		return errors.New("--batch and --suggest do not go together")
	case !c.Batch && len(c.Query) == 0:
		return errors.New("expected a query, or --batch")
	case c.Offset < 0:
		return fmt.Errorf("--offset %d: expected at least 0", c.Offset)
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
	if err := c.checkFields(ctx, engine); err != nil {
		return err
	}
	text := strings.Join(c.Query, " ")
	switch {
	case c.Batch:
		return c.batch(ctx, engine, t)
	case c.Suggest:
		return c.suggest(ctx, engine, t, text)
	}
	result, err := engine.Search(ctx, c.query(text))
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(t.out, result)
	}
	return printResult(t.out, result)
}

// query returns the query for a text with what the flags say. Values of one
// field are alternatives.
func (c queryCommand) query(text string) query.Query {
	q := query.Query{Text: text, Limit: c.Limit, Offset: c.Offset, Confirm: c.Confirm}
	if c.Sort != "relevance" {
		q.Sort = c.Sort
	}
next:
	for _, f := range c.Filter {
		for i := range q.Filters {
			if q.Filters[i].Field == f.Field && q.Filters[i].Not == f.Not {
				q.Filters[i].Values = append(q.Filters[i].Values, f.Values...)
				continue next
			}
		}
		q.Filters = append(q.Filters, query.Filter{Field: f.Field, Values: slices.Clone(f.Values), Not: f.Not})
	}
	for _, f := range c.Facets {
		q.Facets = append(q.Facets, query.Field(f))
	}
	return q
}

func (c queryCommand) suggest(ctx context.Context, engine *search.Engine, t terminal, text string) error {
	list, err := engine.Suggest(ctx, text, c.Limit)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(t.out, list)
	}
	for _, s := range list {
		if _, err := fmt.Fprintln(t.out, strings.TrimRight(fmt.Sprintf("%s\t%s%s", s.Text, s.URL, countOf(s.Count)), "\t")); err != nil {
			return err
		}
	}
	return nil
}

func countOf(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// openSite opens the index of a built site.
func openSite(ctx context.Context, out string) (*search.Engine, error) {
	dir := filepath.Join(out, "index")
	if _, err := os.Stat(filepath.Join(dir, chunk.ManifestName)); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: not a built site, index/%s is missing; build it with: kanbao build CONTENT -o %s",
			out, chunk.ManifestName, out)
	}
	engine, err := search.Open(ctx, chunk.Dir(dir))
	var other *format.VersionError
	if errors.As(err, &other) {
		return nil, fmt.Errorf("%s: the index has format %d, this kanbao reads %d; build the site again: kanbao build CONTENT -o %s",
			out, other.Found, format.Version, out)
	}
	return engine, err
}

// batch answers a line at a time, so that another program can hold a
// conversation. A query that fails is answered too, and tells at the end.
func (c queryCommand) batch(ctx context.Context, engine *search.Engine, t terminal) error {
	lines := bufio.NewScanner(t.in)
	lines.Buffer(nil, 1<<20)
	failed := 0
	for lines.Scan() {
		result, err := engine.Search(ctx, c.query(lines.Text()))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var answer any
		if err != nil {
			failed++
			fmt.Fprintf(t.err, "kanbao: %q: %v\n", lines.Text(), err)
			answer = failure{Query: lines.Text(), Error: err.Error()}
		} else {
			result.Query = lines.Text()
			answer = result
		}
		if err := printJSON(t.out, answer); err != nil {
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

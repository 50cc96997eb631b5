package command

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/query/encode"
)

// A failure is the answer to a query that failed, as it is printed.
type failure struct {
	Query string `json:"query"`
	Error string `json:"error"`
}

// printJSON prints a line of JSON in the form in which kanbao.js answers.
func printJSON(w io.Writer, v any) error {
	_, err := w.Write(append(encode.Append(nil, v, encode.API), '\n'))
	return err
}

// printResult prints an answer for people.
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
	printUnderstood(&b, r)
	for i := range r.Hits {
		printHit(&b, i+1, &r.Hits[i])
	}
	for _, f := range r.Facets {
		if len(f.Values) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s:", f.Field)
		for _, v := range f.Values {
			fmt.Fprintf(&b, "  %s %d", v.Value, v.Count)
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// printUnderstood prints what has been made of the query.
func printUnderstood(b *strings.Builder, r *query.Result) {
	for _, f := range r.Filters {
		fmt.Fprintf(b, "filter: %s\n", filterText(f))
	}
	for _, x := range r.Read {
		fmt.Fprintf(b, "read %q as: %s\n", x.Typed, strings.Join(x.As, ", "))
	}
	for _, c := range r.Corrections {
		fmt.Fprintf(b, "did you mean: %s (%d)\n", c.Text, c.Total)
	}
	for _, x := range r.Without {
		what := strconv.Quote(x.Word)
		if x.Filter != nil {
			what = filterText(*x.Filter)
		}
		fmt.Fprintf(b, "without %s: %d\n", what, x.Total)
	}
}

func filterText(f query.Filter) string {
	is := "="
	if f.Not {
		is = "!="
	}
	return string(f.Field) + is + strings.Join(f.Values, ",")
}

func printHit(b *strings.Builder, n int, h *query.Hit) {
	title := strings.Fields(bracketed(h.Title) + " " + bracketed(h.Subtitle) + "  " + h.Date + " " + h.Page)
	fmt.Fprintf(b, "\n%3d. %s\n", n, strings.Join(title, " "))
	address := addressOf(h.URL, h.Block)
	if h.Href != "" {
		_, place, _ := strings.Cut(h.Href, "#")
		address = strings.TrimSuffix(h.URL+"#"+place, "#")
	}
	fmt.Fprintf(b, "     %s\n     %s\n", address, bracketed(h.Snippet))
	for _, p := range h.More {
		fmt.Fprintf(b, "       #p%d %s\n", p.Block, strings.TrimSpace(p.Heading+"  "+bracketed(p.Snippet)))
	}
}

func addressOf(url string, block int) string {
	if block > 0 {
		return url + "#p" + strconv.Itoa(block)
	}
	return url
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

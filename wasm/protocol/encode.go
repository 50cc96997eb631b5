package protocol

import (
	"strconv"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
)

// Answers are written by hand and read with encoding/json: the engine that the
// widget loads only writes, and encoding/json is 124 kB of it once compressed.
// The names are those that encoding/json would give the same types, and a test
// holds the two together.

// An appender writes one JSON value.
type appender func(w *writer)

// A writer appends JSON. It puts the commas.
type writer struct {
	b     []byte
	first bool // nothing has been written since the last bracket was opened
}

func (w *writer) open(bracket byte) {
	w.b = append(w.b, bracket)
	w.first = true
}

func (w *writer) close(bracket byte) {
	w.b = append(w.b, bracket)
	w.first = false
}

// next begins a value of an array or a key of an object.
func (w *writer) next() *writer {
	if !w.first {
		w.b = append(w.b, ',')
	}
	w.first = false
	return w
}

func (w *writer) key(name string) *writer {
	w.next().string(name)
	w.b = append(w.b, ':')
	return w
}

func (w *writer) int(n int64) { w.b = strconv.AppendInt(w.b, n, 10) }

func (w *writer) float(f float64) { w.b = strconv.AppendFloat(w.b, f, 'g', -1, 64) }

func (w *writer) raw(json string) { w.b = append(w.b, json...) }

func (w *writer) bool(b bool) { w.b = strconv.AppendBool(w.b, b) }

// string writes a string; what is not UTF-8 becomes U+FFFD.
func (w *writer) string(s string) {
	const hex = "0123456789abcdef"
	w.b = append(w.b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			w.b = append(w.b, '\\', byte(r))
		case r < ' ':
			w.b = append(w.b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			w.b = utf8.AppendRune(w.b, r)
		}
	}
	w.b = append(w.b, '"')
}

// text writes a pair whose value is a string.
func (w *writer) text(name, value string) { w.key(name).string(value) }

// number writes a pair whose value is a whole number.
func (w *writer) number(name string, n int) { w.key(name).int(int64(n)) }

// list writes a pair whose value is an array of n elements. It is not generic:
// every type would cost the engine a copy.
func (w *writer) list(name string, n int, element func(i int)) {
	w.key(name).array(n, element)
}

func (w *writer) array(n int, element func(i int)) {
	w.open('[')
	for i := range n {
		w.next()
		element(i)
	}
	w.close(']')
}

func (w *writer) texts(name string, of []string) {
	w.list(name, len(of), func(i int) { w.string(of[i]) })
}

func nullJSON(w *writer) { w.raw("null") }

func resultJSON(r *query.Result) appender {
	return func(w *writer) {
		w.open('{')
		w.text("query", r.Query)
		w.number("total", r.Total)
		w.key("exact").bool(r.Exact)
		w.key("relaxed").bool(r.Relaxed)
		w.list("hits", len(r.Hits), func(i int) { hit(w, &r.Hits[i]) })
		w.texts("terms", r.Terms)
		understood(w, r)
		w.key("stats").open('{')
		w.number("chunks", r.Stats.Chunks)
		w.key("bytes").int(r.Stats.Bytes)
		w.number("postings", r.Stats.Postings)
		w.key("micros").int(r.Stats.Micros)
		w.close('}')
		w.close('}')
	}
}

// understood writes what of a result is about the query and not about articles.
func understood(w *writer, r *query.Result) {
	w.list("read", len(r.Read), func(i int) {
		w.open('{')
		w.text("typed", r.Read[i].Typed)
		w.texts("as", r.Read[i].As)
		w.close('}')
	})
	w.list("filters", len(r.Filters), func(i int) { filter(w, &r.Filters[i]) })
	w.list("facets", len(r.Facets), func(i int) {
		w.open('{')
		w.text("field", string(r.Facets[i].Field))
		values := r.Facets[i].Values
		w.list("values", len(values), func(i int) {
			w.open('{')
			w.text("value", values[i].Value)
			w.number("count", values[i].Count)
			w.close('}')
		})
		w.close('}')
	})
	w.list("corrections", len(r.Corrections), func(i int) {
		w.open('{')
		w.text("text", r.Corrections[i].Text)
		w.text("why", string(r.Corrections[i].Why))
		w.number("total", r.Corrections[i].Total)
		w.close('}')
	})
	w.list("without", len(r.Without), func(i int) {
		w.open('{')
		w.text("text", r.Without[i].Text)
		w.text("word", r.Without[i].Word)
		w.key("filter")
		if f := r.Without[i].Filter; f != nil {
			filter(w, f)
		} else {
			nullJSON(w)
		}
		w.number("total", r.Without[i].Total)
		w.close('}')
	})
}

func filter(w *writer, f *query.Filter) {
	w.open('{')
	w.text("field", string(f.Field))
	w.texts("values", f.Values)
	w.key("not").bool(f.Not)
	w.close('}')
}

func hit(w *writer, h *query.Hit) {
	w.open('{')
	w.text("id", h.ID)
	w.text("url", h.URL)
	w.marked("title", h.Title)
	w.marked("subtitle", h.Subtitle)
	w.text("date", h.Date)
	w.text("page", h.Page)
	w.key("score").float(h.Score)
	passage(w, h.Snippet, h.Block, h.Heading)
	w.list("more", len(h.More), func(i int) {
		w.open('{')
		passage(w, h.More[i].Snippet, h.More[i].Block, h.More[i].Heading)
		w.close('}')
	})
	w.close('}')
}

func passage(w *writer, snippet query.Marked, block int, heading string) {
	w.marked("snippet", snippet)
	w.number("block", block)
	w.text("heading", heading)
}

func (w *writer) marked(name string, m query.Marked) {
	w.list(name, len(m), func(i int) {
		w.open('{')
		w.text("t", m[i].Text)
		w.key("m").bool(m[i].Mark)
		w.close('}')
	})
}

func suggestionsJSON(of []query.Suggestion) appender {
	return func(w *writer) {
		w.array(len(of), func(i int) {
			w.open('{')
			w.text("text", of[i].Text)
			w.text("url", of[i].URL)
			w.number("count", of[i].Count)
			w.text("kind", string(of[i].Kind))
			w.close('}')
		})
	}
}

func documentJSON(d *query.Document) appender {
	return func(w *writer) {
		w.open('{')
		articleJSON(w.key("Article"), d.Article)
		w.list("Marks", len(d.Marks), func(i int) {
			w.open('{')
			w.number("Block", d.Marks[i].Block)
			w.number("Start", d.Marks[i].Start)
			w.number("End", d.Marks[i].End)
			w.close('}')
		})
		link(w.key("Prev"), d.Prev)
		link(w.key("Next"), d.Next)
		w.close('}')
	}
}

func link(w *writer, l *query.Link) {
	if l == nil {
		w.raw("null")
		return
	}
	w.open('{')
	w.text("URL", l.URL)
	w.text("Title", l.Title)
	w.close('}')
}

func articleJSON(w *writer, a *article.Article) {
	w.open('{')
	w.text("ID", a.ID)
	w.text("Title", a.Title)
	w.text("Subtitle", a.Subtitle)
	w.text("Date", a.Date)
	w.text("Source", a.Source)
	w.key("Edition").open('{')
	w.text("Paper", a.Edition.Paper)
	w.text("Date", a.Edition.Date)
	w.text("Page", a.Edition.Page)
	w.text("Name", a.Edition.Name)
	w.close('}')
	w.list("Authors", len(a.Authors), func(i int) {
		w.open('{')
		w.text("Name", a.Authors[i].Name)
		w.text("Role", a.Authors[i].Role)
		w.close('}')
	})
	w.texts("Tags", a.Tags)
	w.text("Summary", a.Summary)
	w.list("Sections", len(a.Sections), func(i int) { section(w, &a.Sections[i]) })
	w.text("File", a.File)
	w.number("Line", a.Line)
	w.close('}')
}

func section(w *writer, s *article.Section) {
	w.open('{')
	w.text("Heading", s.Heading)
	w.number("Level", s.Level)
	w.list("Blocks", len(s.Blocks), func(i int) {
		w.open('{')
		w.number("Kind", int(s.Blocks[i].Kind))
		w.text("Text", s.Blocks[i].Text)
		w.text("HTML", s.Blocks[i].HTML)
		w.close('}')
	})
	w.close('}')
}

func statsJSON(s Stats) appender {
	return func(w *writer) {
		w.open('{')
		w.number("requests", s.Requests)
		w.number("crashes", s.Crashes)
		w.key("heap").int(int64(s.Heap))
		w.key("system").int(int64(s.System))
		w.key("index")
		if s.Index == nil {
			w.raw("null")
		} else {
			w.open('{')
			for name, n := range s.Index {
				w.key(name).int(n)
			}
			w.close('}')
		}
		w.close('}')
	}
}

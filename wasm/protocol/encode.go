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

// list writes the elements of a list as an array.
func list[T any](w *writer, of []T, element func(*writer, *T)) {
	w.open('[')
	for i := range of {
		element(w.next(), &of[i])
	}
	w.close(']')
}

func text(w *writer, s *string) { w.string(*s) }

func nullJSON(w *writer) { w.raw("null") }

func resultJSON(r *query.Result) appender {
	return func(w *writer) {
		w.open('{')
		w.key("query").string(r.Query)
		w.key("total").int(int64(r.Total))
		w.key("exact").bool(r.Exact)
		w.key("relaxed").bool(r.Relaxed)
		list(w.key("hits"), r.Hits, hit)
		list(w.key("terms"), r.Terms, text)
		w.key("stats").open('{')
		w.key("chunks").int(int64(r.Stats.Chunks))
		w.key("bytes").int(r.Stats.Bytes)
		w.key("postings").int(int64(r.Stats.Postings))
		w.key("micros").int(r.Stats.Micros)
		w.close('}')
		w.close('}')
	}
}

func hit(w *writer, h *query.Hit) {
	w.open('{')
	w.key("id").string(h.ID)
	w.key("url").string(h.URL)
	list(w.key("title"), h.Title, span)
	list(w.key("subtitle"), h.Subtitle, span)
	w.key("date").string(h.Date)
	w.key("page").string(h.Page)
	w.key("score").float(h.Score)
	list(w.key("snippet"), h.Snippet, span)
	w.key("block").int(int64(h.Block))
	w.key("heading").string(h.Heading)
	w.close('}')
}

func span(w *writer, s *query.Span) {
	w.open('{')
	w.key("t").string(s.Text)
	w.key("m").bool(s.Mark)
	w.close('}')
}

func suggestionsJSON(of []query.Suggestion) appender {
	return func(w *writer) {
		list(w, of, func(w *writer, s *query.Suggestion) {
			w.open('{')
			w.key("text").string(s.Text)
			w.key("url").string(s.URL)
			w.key("count").int(int64(s.Count))
			w.close('}')
		})
	}
}

func documentJSON(d *query.Document) appender {
	return func(w *writer) {
		w.open('{')
		articleJSON(w.key("Article"), d.Article)
		list(w.key("Marks"), d.Marks, func(w *writer, m *query.Mark) {
			w.open('{')
			w.key("Block").int(int64(m.Block))
			w.key("Start").int(int64(m.Start))
			w.key("End").int(int64(m.End))
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
	w.key("URL").string(l.URL)
	w.key("Title").string(l.Title)
	w.close('}')
}

func articleJSON(w *writer, a *article.Article) {
	w.open('{')
	w.key("ID").string(a.ID)
	w.key("Title").string(a.Title)
	w.key("Subtitle").string(a.Subtitle)
	w.key("Date").string(a.Date)
	w.key("Source").string(a.Source)
	w.key("Edition").open('{')
	w.key("Paper").string(a.Edition.Paper)
	w.key("Date").string(a.Edition.Date)
	w.key("Page").string(a.Edition.Page)
	w.key("Name").string(a.Edition.Name)
	w.close('}')
	list(w.key("Authors"), a.Authors, func(w *writer, x *article.Author) {
		w.open('{')
		w.key("Name").string(x.Name)
		w.key("Role").string(x.Role)
		w.close('}')
	})
	list(w.key("Tags"), a.Tags, text)
	w.key("Summary").string(a.Summary)
	list(w.key("Sections"), a.Sections, section)
	w.key("File").string(a.File)
	w.key("Line").int(int64(a.Line))
	w.close('}')
}

func section(w *writer, s *article.Section) {
	w.open('{')
	w.key("Heading").string(s.Heading)
	w.key("Level").int(int64(s.Level))
	list(w.key("Blocks"), s.Blocks, func(w *writer, b *article.Block) {
		w.open('{')
		w.key("Kind").int(int64(b.Kind))
		w.key("Text").string(b.Text)
		w.key("HTML").string(b.HTML)
		w.close('}')
	})
	w.close('}')
}

func statsJSON(s Stats) appender {
	return func(w *writer) {
		w.open('{')
		w.key("requests").int(int64(s.Requests))
		w.key("crashes").int(int64(s.Crashes))
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

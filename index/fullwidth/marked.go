package fullwidth

import (
	"context"

	"github.com/kanbao/kanbao/index/query"
)

// Marked returns marked text as it is shown. A mark is seen across spans.
func Marked(m query.Marked) query.Marked {
	whole := m.String()
	shown := Text(whole)
	if shown == whole {
		return m
	}
	out := make(query.Marked, len(m))
	for i, s := range m {
		// A character for a character: the same number of them is this span's.
		n := 0
		for range s.Text {
			_, size := first(shown[n:])
			n += size
		}
		out[i] = query.Span{Text: shown[:n], Mark: s.Mark}
		shown = shown[n:]
	}
	return out
}

func first(s string) (r rune, size int) {
	for i, c := range s {
		if i > 0 {
			return r, i
		}
		r = c
	}
	return r, len(s)
}

// A Library has the hits, suggestions and neighbours of another as they are shown.
// Articles stay as they are, for their marks count in bytes.
type Library struct{ query.Library }

// Search implements query.Searcher.
func (l Library) Search(ctx context.Context, q query.Query) (*query.Result, error) {
	r, err := l.Library.Search(ctx, q)
	if r != nil {
		Result(r)
	}
	return r, err
}

// Suggest implements query.Searcher.
func (l Library) Suggest(ctx context.Context, prefix string, limit int) ([]query.Suggestion, error) {
	all, err := l.Library.Suggest(ctx, prefix, limit)
	for i := range all {
		if all[i].URL != "" { // an article by its title; all else is typed into the field
			all[i].Text = Text(all[i].Text)
		}
	}
	return all, err
}

// Document implements query.Library.
func (l Library) Document(ctx context.Context, url, text string) (*query.Document, error) {
	d, err := l.Library.Document(ctx, url, text)
	if d != nil {
		for _, to := range []*query.Link{d.Prev, d.Next} {
			if to != nil {
				to.Title = Text(to.Title)
			}
		}
	}
	return d, err
}

// Result makes the hits of a result what is shown of them.
func Result(r *query.Result) {
	for i := range r.Hits {
		h := &r.Hits[i]
		h.Title, h.Subtitle, h.Snippet, h.Heading = Marked(h.Title), Marked(h.Subtitle), Marked(h.Snippet), Text(h.Heading)
		for j := range h.More {
			p := &h.More[j]
			p.Snippet, p.Heading = Marked(p.Snippet), Text(p.Heading)
		}
	}
}

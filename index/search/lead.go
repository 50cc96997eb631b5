package search

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/read"
)

// lead says where the passages of a hit are if they are on a page of another site: at
// the id of their section, or, if that has none, at their own words.
func lead(h *query.Hit, of *read.Index, a *article.Article) {
	root, ok := of.Manifest.Pages()
	if !ok {
		return
	}
	h.Href = root + h.URL + placeOf(a, h.Block, h.Snippet)
	for i := range h.More {
		p := &h.More[i]
		p.Href = root + h.URL + placeOf(a, p.Block, p.Snippet)
	}
}

// placeOf returns what stands behind the address of a page to lead to a block of it.
func placeOf(a *article.Article, block int, snippet query.Marked) string {
	if block < 1 {
		return ""
	}
	n := 0
	for i := range a.Sections {
		s := &a.Sections[i]
		if n += len(s.Blocks); n < block {
			continue
		}
		if s.Anchor != "" {
			return "#" + escaped(s.Anchor, idMark)
		}
		if words := clauseOf(s.Blocks[len(s.Blocks)-1-(n-block)].Text, snippet); words != "" {
			return "#:~:text=" + escaped(words, nil)
		}
		return ""
	}
	return ""
}

// mostOfClause is how many bytes a text fragment has at most.
const mostOfClause = 300

// clauseOf returns the clause of a text that has the first match of a snippet of it. A
// browser looks for whole words, and in Chinese only punctuation surely parts those.
func clauseOf(text string, snippet query.Marked) string {
	at := 0
	for i, s := range snippet {
		if !s.Mark || s.Text == "" {
			continue
		}
		before := strings.TrimLeft(query.Marked(snippet[:i]).String(), "…")
		if j := strings.Index(text, before+s.Text); j >= 0 {
			at = j + len(before)
		} else if at = strings.Index(text, s.Text); at < 0 {
			return ""
		}
		break
	}
	from, to := at, at
	for from > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:from])
		if partsClauses(r) || to-from > mostOfClause {
			break
		}
		from -= size
	}
	for to < len(text) && to-from < mostOfClause {
		r, size := utf8.DecodeRuneInString(text[to:])
		if partsClauses(r) {
			break
		}
		to += size
	}
	return strings.TrimSpace(text[from:to])
}

// partsClauses reports whether a word never goes on beyond r.
func partsClauses(r rune) bool {
	return r == '\n' || r > 0x7f && unicode.IsPunct(r) || strings.ContainsRune(".!?;:", r)
}

// idMark reports whether a character of an id stands in an address as it is.
func idMark(r rune) bool {
	return r > 0x7f && (unicode.IsLetter(r) || unicode.IsDigit(r)) || strings.ContainsRune("-~:/@!$&'()*+,;=", r)
}

// escaped writes text as the fragment of an address has it: letters and digits of
// ASCII and what plain says as they are, all else as its bytes. In a text fragment
// even "-" means something.
func escaped(text string, plain func(rune) bool) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		bytes := text[:size]
		text = text[size:]
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '.' || plain != nil && plain(r) {
			b.WriteRune(r)
			continue
		}
		for _, c := range []byte(bytes) {
			b.WriteByte('%')
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
		}
	}
	return b.String()
}

// shown returns the properties that a hit shows.
func shown(a *article.Article) []query.Property {
	var all []query.Property
	for _, p := range a.Properties {
		if p.Use == article.Shown {
			all = append(all, query.Property{Name: p.Name, Value: p.Value})
		}
	}
	return all
}

// Fields returns the fields that the index may be filtered and counted by: those that
// every index has and those that the site has given its pages.
func (e *Engine) Fields(ctx context.Context) ([]query.Field, error) {
	names, err := e.ix.PropertyNames(ctx, format.OwnFilters)
	fields := query.Fields()
	for _, name := range names {
		fields = append(fields, query.Field(name))
	}
	return fields, err
}

package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/query"
)

// A Query is what was typed, in its parts.
type Query struct {
	// Text is what was typed without any operator, in the order in which it was
	// typed: words that are still to be segmented.
	Text string
	// Whole says that Text is one phrase in quotation marks of Chinese. What
	// stands between them is among Terms, too.
	Whole bool
	// Terms are what articles must have, or must not.
	Terms []Term
	// Filters are what articles are narrowed by.
	Filters []query.Filter
}

// A Term is what was quoted, excluded, asked for in the title or parted by OR.
type Term struct {
	Any    []string // one of them must stand in an article
	Title  bool     // in its title
	Quoted bool     // as it stands; else a term of one may be segmented into words
	Not    bool     // in none of the articles
}

// kind says what an item is.
type kind uint8

const (
	text kind = iota // a word
	bar              // OR
	phrase
	title
	filter
)

// An item is one word or operator with what it is about.
type item struct {
	kind     kind
	from, to int // where it was typed
	field    query.Field
	values   []string
	quoted   bool
	not      bool
}

// Parse parts what was typed. A filter is text if has is not nil and says that no
// article has its values; one that excludes them stays a filter.
func Parse(typed string, has func(query.Filter) bool) Query {
	if inside, ok := wrapped(typed); ok {
		return Query{Text: typed, Whole: true, Terms: []Term{{Any: []string{inside}, Quoted: true}}}
	}
	p := parser{typed: typed}
	p.scan()
	p.join()
	p.doubt(has)
	q := p.query()
	if inside, ok := wrapped(q.Text); ok {
		q.Whole = true
		q.Terms = append(q.Terms, Term{Any: []string{inside}, Quoted: true})
	}
	return q
}

// wrapped returns what stands between the quotation marks of Chinese if they
// are round all that was typed. They are what an input method gives for the key
// of ", but within a text they are part of it: so they ask for the phrase, and
// articles that have it with its marks come first.
func wrapped(typed string) (inside string, ok bool) {
	typed = strings.TrimSpace(typed)
	for _, marks := range chinese {
		opening, closing := marks[:3], marks[3:]
		inside, ok = strings.CutPrefix(typed, opening)
		if ok {
			if inside, ok = strings.CutSuffix(inside, closing); ok && inside != "" && !strings.ContainsAny(inside, marks) {
				return inside, true
			}
		}
	}
	return "", false
}

// chinese are the Chinese quotation marks: an opening and a closing one of three
// bytes each.
var chinese = []string{"“”", "「」", "『』"}

type parser struct {
	typed string
	items []item
}

// doubt makes text of filters whose values no article has. A name of two characters
// may have a space within: 作者：王 明.
func (p *parser) doubt(has func(query.Filter) bool) {
	for i := 0; i < len(p.items); i++ {
		it := &p.items[i]
		if has != nil && it.kind == filter && it.lone() && i+1 < len(p.items) && p.items[i+1].kind == text && p.items[i+1].lone() {
			next := p.items[i+1]
			whole := query.Filter{Field: it.field, Values: []string{it.values[0] + next.values[0]}}
			if has(whole) && !has(query.Filter{Field: it.field, Values: it.values}) {
				it.values, it.to = whole.Values, next.to
				p.items = append(p.items[:i+1], p.items[i+2:]...)
				continue
			}
		}
		if has != nil && it.kind == filter && !it.not && !has(query.Filter{Field: it.field, Values: it.values}) {
			*it = item{from: it.from, to: it.to, values: []string{p.typed[it.from:it.to]}}
		}
	}
}

// lone reports whether an item is one Chinese character.
func (it *item) lone() bool {
	r, size := utf8.DecodeRuneInString(it.values[0])
	return len(it.values) == 1 && !it.quoted && size == len(it.values[0]) && unicode.Is(unicode.Han, r)
}

// join makes one item of alternatives. A bar without two things to part that
// are alike is a word.
func (p *parser) join() {
	var out []item
	for i := 0; i < len(p.items); i++ {
		it := p.items[i]
		if it.kind != bar {
			out = append(out, it)
			continue
		}
		joined := false
		if len(out) > 0 && i+1 < len(p.items) {
			joined = p.either(&out[len(out)-1], it, p.items[i+1])
		}
		if joined {
			i++
		} else {
			out = append(out, it)
		}
	}
	p.items = out
}

// either adds next to the alternatives of last if the two are alike.
func (p *parser) either(last *item, or, next item) bool {
	if last.kind == bar || next.kind == bar || next.not || last.values[0] == "" || next.values[0] == "" {
		return false
	}
	glued := last.to == or.from && or.to == next.from
	if glued && next.kind <= phrase && (last.kind >= title || last.not) { // tag:甲|乙, -甲|乙
		value, ok := valueOf(last.field, next.values[0], next.quoted)
		if !ok {
			return false
		}
		next.kind, next.field, next.values = last.kind, last.field, []string{value}
	} else if last.not {
		return false
	}
	if last.kind == text && next.kind <= phrase || last.kind == phrase && next.kind == text {
		last.kind, next.kind = phrase, phrase
	}
	if last.kind != next.kind || last.field != next.field {
		return false
	}
	last.values = append(last.values, next.values...)
	last.to = next.to
	last.quoted = last.quoted || next.quoted
	return true
}

// query sorts the items.
func (p *parser) query() Query {
	var q Query
	var runs []string
	for i := 0; i < len(p.items); i++ {
		it := p.items[i]
		switch {
		case it.kind == filter:
			q.Filters = append(q.Filters, query.Filter{Field: it.field, Values: it.values, Not: it.not})
		case it.kind == title, it.kind == phrase, it.not:
			if it.values[0] != "" {
				q.Terms = append(q.Terms, Term{Any: unbracket(it.values), Title: it.kind == title, Quoted: it.quoted, Not: it.not})
			}
		default:
			from := it.from
			for i+1 < len(p.items) && p.items[i+1].kind <= bar && !p.items[i+1].not {
				i++
			}
			runs = append(runs, p.typed[from:p.items[i].to])
		}
	}
	q.Text = strings.Join(runs, " ")
	return q
}

// unbracket takes away the brackets round alternatives.
func unbracket(values []string) []string {
	last := len(values) - 1
	if last == 0 {
		return values
	}
	for _, b := range [2][2]string{{"(", ")"}, {"（", "）"}} {
		first, opened := strings.CutPrefix(values[0], b[0])
		end, closed := strings.CutSuffix(values[last], b[1])
		if opened && closed && first != "" && end != "" {
			values[0], values[last] = first, end
		}
	}
	return values
}

// telling reports whether a word has a letter or digit.
func telling(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/query"
)

// operators are the names that stand before a colon. Title is no field to filter
// by. (A map or switch takes several kilobytes of wasm.)
var operators = [...]struct {
	names [2]string
	field query.Field
}{
	{[2]string{"title", "标题"}, ""},
	{[2]string{"author", "作者"}, query.Author},
	{[2]string{"date", "日期"}, query.Date},
	{[2]string{"tag", "标签"}, query.Tag},
	{[2]string{"category", "分类"}, query.Category},
	{[2]string{"source", "来源"}, query.Source},
	{[2]string{"page", "版面"}, query.Page},
	{[2]string{"person", "人物"}, query.Person},
	{[2]string{"place", "地名"}, query.Place},
	{[2]string{"org", "机构"}, query.Org},
}

// operator returns what an operator of that name, in lower case, is about.
func operator(name string) (kind, query.Field) {
	for i := range operators {
		if o := &operators[i]; o.names[0] == name || o.names[1] == name {
			if o.field == "" {
				return title, ""
			}
			return filter, o.field
		}
	}
	return text, ""
}

// longestName is the length in bytes of the longest name, written full width.
const longestName = 6 * 3

// scan parts what was typed into words and operators.
func (p *parser) scan() {
	begins := true // white space, a bar or a phrase stands before
	spaced := true // white space does
	for at := 0; at < len(p.typed); {
		r, size := utf8.DecodeRuneInString(p.typed[at:])
		if unicode.IsSpace(r) {
			begins, spaced, at = true, true, at+size
			continue
		}
		it, ok := item{}, false
		switch {
		case r == '|':
			it, ok = item{kind: bar, to: at + size, values: []string{"|"}}, true
		case quote(r):
			it, ok = p.quoted(at)
			it.kind = phrase
		case spaced && minus(r) && (r == '-' || len(p.items) > 0): // a passage may begin with －
			it, ok = p.excluded(at + size)
		case begins:
			it, ok = p.named(at)
		}
		if !ok {
			it = p.word(at)
		}
		it.from = at
		p.items = append(p.items, it)
		begins, spaced, at = it.kind == bar || it.quoted, false, it.to
	}
}

func quote(r rune) bool { return r == '"' || r == '＂' }

func minus(r rune) bool { return r == '-' || r == '－' }

// quoted reads a phrase between quotation marks, if the mark has a partner.
func (p *parser) quoted(at int) (item, bool) {
	_, size := utf8.DecodeRuneInString(p.typed[at:])
	inside := p.typed[at+size:]
	n := strings.IndexFunc(inside, quote)
	if n < 0 {
		return item{}, false
	}
	_, closing := utf8.DecodeRuneInString(inside[n:])
	return item{to: at + size + n + closing, values: []string{strings.TrimSpace(inside[:n])}, quoted: true}, true
}

// excluded reads what stands behind a minus. Two of them, as in --help, are text,
// and so is one before a digit, which is a number (-3 度).
func (p *parser) excluded(at int) (item, bool) {
	if r, _ := utf8.DecodeRuneInString(p.typed[at:]); minus(r) || unicode.IsDigit(r) {
		return item{}, false
	}
	it, ok := p.named(at)
	if !ok {
		if _, misused := p.name(at); misused {
			return it, false
		}
		it, ok = p.value(at)
		it.kind = phrase
	}
	it.not = true
	return it, ok && (it.quoted || telling(it.values[0]))
}

// name reads the name of an operator and its colon.
func (p *parser) name(at int) (item, bool) {
	for i, r := range p.typed[at:] {
		if r == ':' || r == '：' {
			k, field := operator(lower(narrow(p.typed[at : at+i])))
			return item{kind: k, field: field, to: at + i + utf8.RuneLen(r)}, k != text
		}
		if i > longestName {
			break
		}
	}
	return item{}, false
}

// named reads an operator with a name.
func (p *parser) named(at int) (item, bool) {
	name, ok := p.name(at)
	if !ok {
		return name, false
	}
	it, ok := p.value(name.to)
	if !ok {
		return it, false
	}
	it.kind, it.field = name.kind, name.field
	it.values[0], ok = valueOf(it.field, it.values[0], it.quoted)
	return it, ok
}

// value reads what an operator is about: something in quotation marks of any
// sort, or a word.
func (p *parser) value(at int) (item, bool) {
	r, _ := utf8.DecodeRuneInString(p.typed[at:])
	if quote(r) {
		it, ok := p.quoted(at)
		return it, ok && it.values[0] != ""
	}
	for _, marks := range chinese {
		if inside, ok := strings.CutPrefix(p.typed[at:], marks[:3]); ok {
			inside, _, ok = strings.Cut(inside, marks[3:])
			return item{to: at + len(marks) + len(inside), values: []string{strings.TrimSpace(inside)}, quoted: true},
				ok && strings.TrimSpace(inside) != ""
		}
	}
	if at == len(p.typed) || r == '|' || unicode.IsSpace(r) {
		return item{}, false
	}
	it := p.word(at)
	it.kind = text
	return it, it.to > at
}

// word reads up to white space, a bar or a phrase.
func (p *parser) word(at int) item {
	end := at
	for i, r := range p.typed[at:] {
		if unicode.IsSpace(r) || i > 0 && r == '|' {
			break
		}
		if i > 0 && quote(r) {
			if _, ok := p.quoted(at + i); ok {
				break
			}
		}
		_, size := utf8.DecodeRuneInString(p.typed[at+i:]) // of what is no rune, 1
		end = at + i + size
	}
	it := item{to: end, values: []string{p.typed[at:end]}}
	if narrow(it.values[0]) == "OR" {
		it.kind = bar
	}
	return it
}

// valueOf returns a value as filters have it, or false if it cannot be one.
func valueOf(field query.Field, value string, quoted bool) (string, bool) {
	if field == query.Date {
		return date(value)
	}
	return value, field != "" || quoted || telling(value)
}

// narrow makes full-width ASCII half as wide.
func narrow(s string) string {
	runes := []rune(s)
	for i, r := range runes {
		if r > 0xFF00 && r < 0xFF5F {
			runes[i] = r - 0xFEE0
		}
	}
	return string(runes)
}

// lower is strings.ToLower for ASCII.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

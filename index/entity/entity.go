package entity

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/words"
	"github.com/kanbao/kanbao/index/article"
)

// version changes whenever other names are found in the same text.
const version = "2"

// most is how many names of one kind an article has at most.
const most = 16

// A Finder finds names. It may be used from several goroutines.
type Finder struct {
	is   map[string]flag
	same map[string]string
	own  own
	sum  string // of the corrections
}

// New returns a Finder for lines that folder has folded. Corrections may be nil.
func New(folder analyze.Folder, corrections *Corrections) (*Finder, error) {
	all, err := lists()
	if err != nil {
		return nil, err
	}
	f := &Finder{is: all.is, same: all.same, own: newOwn(corrections, folder)}
	if corrections != nil {
		f.sum = "-" + corrections.sum
	}
	return f, nil
}

// Version is short and differs for a Finder that may find other names.
func (f *Finder) Version() string { return version + f.sum }

// Find returns the names in an article, of which lines are all, those first that
// it has most often; a name is written as where it stands first. People who are
// authors of the article are left out: they have a facet of their own.
func (f *Finder) Find(a *article.Article, lines []words.Line) (persons, places, orgs []string) {
	r := &extraction{Finder: f}
	longest := 0
	for i := range lines {
		longest = max(longest, len(lines[i].Words))
	}
	r.tokens = make([]token, 0, longest)
	for i := range lines {
		r.line(&lines[i])
	}
	r.settlePersons(a.Authors)
	r.settlePlaces()
	r.settleOrgs()
	r.correct(lines)
	return r.persons.list(), r.places.list(), r.orgs.list()
}

// An extraction is the search for the entities of one article.
type extraction struct {
	*Finder
	persons, places, orgs kind
	tokens                []token
	at                    *words.Line
}

// A token is a word with what it can be.
type token struct {
	text   string
	pos    string
	from   int // in runes of the folded line
	to     int
	is     flag
	place  int  // if a place begins here: the token after it
	wide   bool // and takes one character of the next token
	inName bool // is part of an organisation's name
}

func (t *token) runes() int { return t.to - t.from }

// kind collects the names of one kind.
type kind struct {
	names map[string]*name
	added int
}

// A name is what is known of one name in the article.
type name struct {
	text     string // as it stands where it is first
	order    int
	n        int // times it is named
	title    bool
	evidence evidence
}

func (k *kind) add(key, text string, title bool) *name {
	if k.names == nil {
		k.names = make(map[string]*name)
	}
	n := k.names[key]
	if n == nil {
		n = &name{text: text, order: k.added}
		k.names[key] = n
		k.added++
	}
	n.n++
	n.title = n.title || title
	return n
}

// list returns the names, the most often named first.
func (k *kind) list() []string {
	all := make([]*name, 0, len(k.names))
	for _, n := range k.names {
		all = append(all, n)
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].n != all[j].n {
			return all[i].n > all[j].n
		}
		return all[i].order < all[j].order
	})
	if len(all) > most {
		all = all[:most]
	}
	texts := make([]string, len(all))
	for i, n := range all {
		texts[i] = n.text
	}
	return texts
}

// line reads one line.
func (r *extraction) line(l *words.Line) {
	r.at = l
	r.tokenize(l)
	r.findPlaces()
	r.findOrgs()
	r.keepPlaces()
	r.findPersons()
}

func (r *extraction) tokenize(l *words.Line) {
	r.tokens = r.tokens[:0]
	at, text := 0, string(l.UTF8)
	for _, w := range l.Words {
		word := text[w.Start:w.End]
		n := utf8.RuneCountInString(word)
		r.tokens = append(r.tokens, token{text: word, pos: w.Pos, from: at, to: at + n, is: r.is[word]})
		at += n
	}
}

// span returns the words from i up to j as they were folded.
func (r *extraction) span(i, j int) string {
	if j == i+1 {
		return r.tokens[i].text
	}
	var b strings.Builder
	for _, t := range r.tokens[i:j] {
		b.WriteString(t.text)
	}
	return b.String()
}

// original returns a span of runes as the article has it, in the one writing of a name.
func (r *extraction) original(from, to int) string {
	start, end := r.at.Folded.Span(from, to)
	return analyze.Name(r.at.Text[start:end])
}

// peek returns the token at i, or an empty one outside of the line.
func (r *extraction) peek(i int) *token {
	if i < 0 || i >= len(r.tokens) {
		return &nothing
	}
	return &r.tokens[i]
}

var nothing = token{pos: "x", is: beforePlace}

// mark reports whether the token is a punctuation mark or the end of the line.
func (t *token) mark() bool {
	if t.text == "" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(t.text)
	return t.pos == "x" && !isHan(r) && !isAlnum(r)
}

func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x3FFFF
}

func isAlnum(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 0xC0 && r < 0x2000
}

func allHan(s string) bool {
	for _, r := range s {
		if !isHan(r) {
			return false
		}
	}
	return s != ""
}

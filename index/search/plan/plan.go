package plan

import (
	"context"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/query/syntax"
	"github.com/kanbao/kanbao/index/read"
	"github.com/kanbao/kanbao/index/search/term"
	"github.com/kanbao/kanbao/index/snippet"
)

// A Planner makes the plans of queries over one index. Its methods may be called
// from several goroutines.
type Planner struct {
	ix *read.Index

	mu      sync.Mutex
	fetched *synonyms // once a query needed them
}

// NewPlanner returns what plans queries over an index.
func NewPlanner(ix *read.Index) *Planner { return &Planner{ix: ix} }

// A Plan is a query understood. Nobody changes it once it is made.
type Plan struct {
	// Line is all that was typed outside of quotation marks, folded, and Phrase the
	// same as a term. Articles that have the phrase come first.
	Line   []rune
	Phrase term.Term
	// Words are the words of the line, without stop words.
	Words []term.Term
	// Must are what an article must have exactly: phrases in quotation marks,
	// alternatives, what was asked for in the title.
	Must []term.Term
	// Excluded are what an article must not have, exactly.
	Excluded []term.Term
	// Filters are those that were typed.
	Filters []query.Filter
	// Read says which words are looked for by others than those that were typed.
	Read []query.Reading

	musts    []string // Must as it was typed
	folder   analyze.Folder
	ix       *read.Index
	synonyms *synonyms
}

// Empty reports whether the plan has nothing to look for.
func (p *Plan) Empty() bool { return len(p.Words) == 0 && len(p.Must) == 0 }

// Typed returns the words, and before them what an article must have, as they were
// typed.
func (p *Plan) Typed() []string {
	words := slices.Clone(p.musts)
	for _, t := range p.Words {
		words = append(words, string(t.Typed()))
	}
	return words
}

// Bigrams returns the bigrams of letters and Han characters of the line. Where not
// all words are asked for they make up for a segmentation that the articles do not
// have.
func (p *Plan) Bigrams() []term.Term {
	var bigrams [][]rune
	for i := 0; i+1 < len(p.Line); i++ {
		if analyze.Wordly(p.Line[i]) && analyze.Wordly(p.Line[i+1]) {
			bigrams = append(bigrams, p.Line[i:i+2])
		}
	}
	bigrams = term.Unique(bigrams)
	terms := make([]term.Term, len(bigrams))
	for i, b := range bigrams {
		terms[i] = term.Plain(b)
	}
	return terms
}

// Question reports whether the line is a question as people ask one. No answer has
// most of the words of such.
func (p *Plan) Question() bool {
	if len(p.Words) < 2 || len(p.Must) > 0 {
		return false
	}
	s := string(p.Line)
	return strings.HasSuffix(s, "?") || slices.ContainsFunc(questionWords, func(w string) bool { return strings.Contains(s, w) })
}

var questionWords = []string{"什么", "谁", "哪", "怎么", "怎样", "如何", "为何", "多少", "是否", "有没有", "几个", "几年", "吗", "呢"}

// Matcher returns what marks the plan's matches in a text.
func (p *Plan) Matcher(folder analyze.Folder) *snippet.Matcher {
	var phrases [][]rune
	if len(p.Line) > 0 && (len(p.Words) != 1 || !slices.Equal(p.Words[0].Typed(), p.Line)) {
		phrases = p.Phrase.Forms
	}
	var terms []snippet.Term
	for _, t := range slices.Concat(p.Must, p.Words) {
		terms = append(terms, snippet.Term{Forms: t.Forms, Apart: t.Apart, Weight: float64(len(t.Typed()))})
	}
	return snippet.New(folder, phrases, terms)
}

// longestInOne is how many characters a compound has at the most.
const longestInOne = 10

// InOne reports whether several words were typed without anything between them, so that
// they may be one word.
func (p *Plan) InOne() bool {
	return len(p.Line) <= longestInOne && !slices.ContainsFunc(p.Line, func(r rune) bool { return !analyze.Wordly(r) })
}

// AsWords reports whether short Latin terms are looked for as words.
func (p *Plan) AsWords() bool {
	return slices.ContainsFunc(slices.Concat(p.Must, p.Words), func(t term.Term) bool { return t.Apart })
}

// Anywhere returns the plan with its short Latin terms looked for within words, too.
func (p *Plan) Anywhere() *Plan {
	all := *p
	all.Must, all.Words = term.Anywhere(p.Must), term.Anywhere(p.Words)
	all.Phrase.Apart = false
	return &all
}

// Locate returns the bytes of what was typed that a word of its plan is from.
func Locate(folder analyze.Folder, text string, word []rune) (from, to int, ok bool) {
	for _, folded := range []analyze.Folded{folder.Spaced(text), folder.Fold(text)} {
		if at := term.Find(folded.Runes, word, 0); at >= 0 {
			from, to = folded.Span(at, at+len(word))
			return from, to, true
		}
	}
	return 0, 0, false
}

// spelledOut is how many Han characters with spaces between them are one word.
const spelledOut = 3

// closed returns a folded line without the spaces between Han characters that were
// typed one by one (海 堤 工 程). Elsewhere spaces part words.
func closed(line []rune) []rune {
	out := make([]rune, 0, len(line))
	for at := 0; at < len(line); {
		n, end := 0, at
		for end < len(line) && analyze.Han(line[end]) && (end+1 == len(line) || !analyze.Han(line[end+1])) {
			n++
			if end += 2; end > len(line) || line[end-1] != ' ' {
				break
			}
		}
		if n < spelledOut || at > 0 && analyze.Han(line[at-1]) {
			out = append(out, line[at])
			at++
			continue
		}
		for i := range n {
			out = append(out, line[at+2*i])
		}
		at += 2*n - 1
	}
	return out
}

// Plan understands what was typed. The chunks with its bigrams are fetched side by
// side: segmentation needs them, and so does the search.
func (l *Planner) Plan(ctx context.Context, typed syntax.Query) (*Plan, error) {
	texts := []string{typed.Text}
	for _, t := range typed.Terms {
		texts = append(texts, t.Any...)
	}
	folder, err := l.ix.FolderFor(ctx, texts...)
	if err != nil {
		return nil, err
	}
	p := &Plan{Filters: typed.Filters, ix: l.ix, folder: folder}
	var titles []term.Term // without quotation marks: their words must be there
	for _, t := range typed.Terms {
		switch folded := foldedTerm(folder, t); {
		case len(folded.Forms) == 0:
		case t.Not:
			p.Excluded = append(p.Excluded, folded)
		case t.Title && !t.Quoted && len(t.Any) == 1:
			titles = append(titles, folded)
		default:
			p.Must = append(p.Must, folded)
			p.musts = append(p.musts, t.Any...)
		}
	}
	p.Line = closed(folder.Spaced(typed.Text).Runes)
	p.Phrase = term.Dated(folder.Runes(typed.Text))
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return l.ix.Prefetch(gctx, p.forms(titles)...) })
	g.Go(func() (err error) {
		p.synonyms, err = l.synonyms(gctx)
		return err
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	for _, t := range titles {
		words, err := p.segment(ctx, t.Typed())
		if err != nil {
			return nil, err
		}
		for _, w := range words {
			p.Must = append(p.Must, term.AsWords([]term.Term{{Forms: p.word(w).Forms, Field: t.Field}})...)
			p.musts = append(p.musts, string(w))
		}
	}
	if len(p.Line) == 0 || typed.Whole && len(p.Must) > 0 {
		return p, nil
	}
	if err := l.understand(ctx, p); err != nil {
		return nil, err
	}
	p.Words = term.AsWords(p.Words)
	p.Phrase.Apart = len(p.Words) == 1 && p.Words[0].Apart && slices.Equal(p.Words[0].Typed(), p.Line)
	return p, nil
}

// foldedTerm folds what was typed, and writes dates in all numerals unless it was quoted.
func foldedTerm(folder analyze.Folder, typed syntax.Term) term.Term {
	t := term.Term{Field: read.All}
	if typed.Title {
		t.Field = manifest.Fields[manifest.Title]
	}
	for _, s := range typed.Any {
		switch f := folder.Runes(s); {
		case len(f) == 0:
		case typed.Quoted:
			t.Forms = append(t.Forms, f)
		default:
			t.Forms = append(t.Forms, term.DateForms(f)...)
		}
	}
	t.Forms = term.Unique(t.Forms)
	t.Apart = !typed.Quoted && slices.ContainsFunc(t.Forms, analyze.Short)
	return t
}

// forms returns the forms of all that is looked for and of the line.
func (p *Plan) forms(titles []term.Term) [][]rune {
	forms := slices.Clone(p.Phrase.Forms)
	for _, t := range slices.Concat(p.Must, p.Excluded, titles) {
		forms = append(forms, t.Forms...)
	}
	return forms
}

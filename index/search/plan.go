package search

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/query/syntax"
	"github.com/kanbao/kanbao/index/read"
	"github.com/kanbao/kanbao/index/snippet"
)

// A plan is a query understood: what must stand somewhere in an article.
type plan struct {
	// line is all that was typed outside quotation marks, folded, and phrase the
	// same as a term. Articles in which it stands as it is come first.
	line   []rune
	phrase term
	// units are the words of the line, without those that say nothing.
	units []term
	// quoted are what an article must have exactly: phrases in quotation marks,
	// one of alternatives, what the title is asked for.
	quoted []term
	// asked are the same as they were typed.
	asked []string
	// excluded are what an article must not have, exactly.
	excluded []term
	// filters are those that were typed.
	filters []query.Filter
	// read is what of the line is not looked for as it was typed alone.
	read []query.Reading
	// ix and names are what the line is cut with: words, and names that have
	// synonyms.
	ix    *read.Index
	names *names
}

func (p *plan) empty() bool { return len(p.units) == 0 && len(p.quoted) == 0 }

// words returns the units and quoted phrases as they were typed.
func (p *plan) words() []string {
	words := slices.Clone(p.asked)
	for _, t := range p.units {
		words = append(words, string(t.typed()))
	}
	return words
}

// pairs returns the pairs of letters and Han characters of the phrase. Where not
// all words are asked for they forgive a cut that the articles do not have.
func (p *plan) pairs() []term {
	var pairs [][]rune
	for i := 0; i+1 < len(p.line); i++ {
		if analyze.Wordly(p.line[i]) && analyze.Wordly(p.line[i+1]) {
			pairs = append(pairs, p.line[i:i+2])
		}
	}
	return plainAll(unique(pairs))
}

func plainAll(forms [][]rune) []term {
	terms := make([]term, len(forms))
	for i, f := range forms {
		terms[i] = plain(f)
	}
	return terms
}

// question reports whether the phrase is a question as people ask one, most of
// whose words no answer has.
func (p *plan) question() bool {
	if len(p.units) < 2 || len(p.quoted) > 0 {
		return false
	}
	s := string(p.line)
	return strings.HasSuffix(s, "?") || slices.ContainsFunc(askers, func(w string) bool { return strings.Contains(s, w) })
}

var askers = []string{"什么", "谁", "哪", "怎么", "怎样", "如何", "为何", "多少", "是否", "有没有", "几个", "几年", "吗", "呢"}

// matcher returns what marks the plan's matches in a text.
func (p *plan) matcher(folder analyze.Folder) *snippet.Matcher {
	var phrases [][]rune
	if len(p.line) > 0 && (len(p.units) != 1 || !slices.Equal(p.units[0].typed(), p.line)) {
		phrases = p.phrase.forms
	}
	var terms []snippet.Term
	for _, t := range slices.Concat(p.quoted, p.units) {
		terms = append(terms, snippet.Term{Forms: t.forms, Weight: float64(len(t.typed()))})
	}
	return snippet.New(folder, phrases, terms)
}

// plan understands what was typed. The chunks with its pairs are fetched side
// by side, for cutting it needs them and so does what comes after.
func (e *Engine) plan(ctx context.Context, text string) (*plan, error) {
	typed := syntax.Parse(text)
	folder, err := e.ix.FolderFor(ctx, text)
	if err != nil {
		return nil, err
	}
	p := &plan{filters: typed.Filters, ix: e.ix}
	var titles []term // what is still to be cut
	for _, t := range typed.Terms {
		switch term := folded(folder, t); {
		case len(term.forms) == 0:
		case t.Not:
			p.excluded = append(p.excluded, term)
		case t.Title && !t.Quoted && len(t.Any) == 1:
			titles = append(titles, term)
		default:
			p.quoted = append(p.quoted, term)
			p.asked = append(p.asked, t.Any...)
		}
	}
	p.line = folder.Runes(typed.Text)
	p.phrase = spelled(p.line)
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return e.ix.Prefetch(gctx, p.forms(titles)...) })
	g.Go(func() (err error) {
		p.names, err = e.names(gctx)
		return err
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	for _, t := range titles {
		words, err := p.cut(ctx, t.typed())
		if err != nil {
			return nil, err
		}
		for _, w := range words {
			p.quoted = append(p.quoted, term{forms: p.unit(w).forms, field: t.field})
			p.asked = append(p.asked, string(w))
		}
	}
	if len(p.line) == 0 || typed.Whole && len(p.quoted) > 0 {
		return p, nil
	}
	return p, e.understand(ctx, p)
}

// folded folds what was typed, and writes dates in all numerals unless it was quoted.
func folded(folder analyze.Folder, typed syntax.Term) term {
	t := term{field: read.All}
	if typed.Title {
		t.field = manifest.Fields[manifest.Title]
	}
	for _, s := range typed.Any {
		switch f := folder.Runes(s); {
		case len(f) == 0:
		case typed.Quoted:
			t.forms = append(t.forms, f)
		default:
			t.forms = append(t.forms, dateForms(f)...)
		}
	}
	t.forms = unique(t.forms)
	return t
}

// forms returns the forms of all that is looked for and of the line.
func (p *plan) forms(titles []term) [][]rune {
	forms := slices.Clone(p.phrase.forms)
	for _, t := range slices.Concat(p.quoted, p.excluded, titles) {
		forms = append(forms, t.forms...)
	}
	return forms
}

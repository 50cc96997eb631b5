package search

import (
	"context"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/analyze"
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
	// quoted are the phrases in quotation marks: an article must have them all,
	// exactly.
	quoted []term
}

func (p *plan) empty() bool { return len(p.units) == 0 && len(p.quoted) == 0 }

// words returns the units and quoted phrases as they were typed.
func (p *plan) words() []string {
	var words []string
	for _, t := range slices.Concat(p.quoted, p.units) {
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
	m := &snippet.Matcher{Folder: folder}
	if len(p.line) > 0 && (len(p.units) != 1 || !p.units[0].equal(p.phrase)) {
		m.Phrases = p.phrase.forms
	}
	for _, t := range slices.Concat(p.quoted, p.units) {
		m.Terms = append(m.Terms, snippet.Term{Forms: t.forms, Weight: float64(len(t.typed()))})
	}
	return m
}

// plan understands what was typed. The chunks with its pairs are fetched side
// by side, for cutting it needs them and so does what comes after.
func (e *Engine) plan(ctx context.Context, text string) (*plan, error) {
	p := new(plan)
	free, quoted := parse(text)
	inside, all := wrapped(text)
	if all {
		free, quoted = text, []string{inside}
	}
	for _, q := range quoted {
		if f := e.folder.Fold(q).Runes; len(f) > 0 {
			p.quoted = append(p.quoted, plain(f))
		}
	}
	p.line = e.folder.Fold(free).Runes
	p.phrase = spelled(p.line)
	if err := e.ix.Prefetch(ctx, p.forms()...); err != nil {
		return nil, err
	}
	if len(p.line) == 0 || all && len(p.quoted) > 0 {
		return p, nil
	}
	units, err := e.cut(ctx, p.line)
	for _, u := range units {
		p.units = append(p.units, spelled(u))
	}
	return p, err
}

// forms returns the forms of all that is quoted and of the line.
func (p *plan) forms() [][]rune {
	forms := slices.Clone(p.phrase.forms)
	for _, q := range p.quoted {
		forms = append(forms, q.forms...)
	}
	return forms
}

// wrapped returns what stands between the quotation marks of Chinese if they
// are round all that was typed. They are what an input method gives for the key
// of ", but within a text they are part of it: so they ask for the phrase, and
// articles that have it with its marks come first.
func wrapped(text string) (inside string, ok bool) {
	text = strings.TrimSpace(text)
	for _, marks := range []string{"“”", "「」", "『』"} {
		opening, closing := marks[:3], marks[3:]
		inside, ok = strings.CutPrefix(text, opening)
		if ok {
			if inside, ok = strings.CutSuffix(inside, closing); ok && !strings.ContainsAny(inside, marks) {
				return inside, true
			}
		}
	}
	return "", false
}

// parse parts what stands between quotation marks (", full width too) from the
// rest. A mark without its partner is a character like any other.
func parse(text string) (free string, quoted []string) {
	text = strings.ReplaceAll(text, "＂", `"`)
	for {
		before, rest, ok := strings.Cut(text, `"`)
		if !ok {
			break
		}
		inside, after, ok := strings.Cut(rest, `"`)
		if !ok {
			break
		}
		free += before + " "
		quoted = append(quoted, inside)
		text = after
	}
	return free + text, quoted
}

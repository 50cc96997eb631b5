package search

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/query"
)

const (
	titlesMost = 3 // titles that are suggested, if there are words as well
	titlesRead = 8 // articles that are read for their titles
	tailMost   = 4 // characters of a text without spaces that are completed by themselves
)

// Suggest implements query.Searcher: what was typed with its last word completed,
// in characters or in pinyin, the commonest words first; then titles of articles
// that have all of it, the newest first.
func (e *Engine) Suggest(ctx context.Context, prefix string, limit int) ([]query.Suggestion, error) {
	folder, err := e.ix.FolderFor(ctx, prefix)
	if err != nil {
		return nil, fmt.Errorf("suggest %q: %w", prefix, err)
	}
	typed := folder.Fold(prefix)
	if len(typed.Runes) == 0 || limit <= 0 {
		return nil, nil
	}
	from, found, err := e.completions(ctx, typed.Runes)
	if strings.TrimRight(prefix, " \u3000") != prefix {
		found = nil // the next word has not begun
	}
	sortCandidates(found, func(f fit) fit {
		if f == halved || f == short {
			return begun // as good for what is not typed to its end
		}
		return f
	})
	if err != nil {
		return nil, fmt.Errorf("suggest %q: %w", prefix, err)
	}
	var out []query.Suggestion
	for _, c := range found {
		s := query.Suggestion{Text: prefix[:typed.Offsets[from]] + c.text, Count: c.docs}
		if c.name {
			s.Kind = query.Name
		}
		if s.Text != prefix && len(out) < limit {
			out = append(out, s)
		}
	}
	titles, err := e.titles(ctx, prefix, max(limit-len(out), min(titlesMost, limit/2)))
	if err != nil {
		return nil, fmt.Errorf("suggest %q: %w", prefix, err)
	}
	return append(out[:min(len(out), limit-len(titles))], titles...), nil
}

// completions returns the words that complete the end of a line, and where in the
// line that end begins.
func (e *Engine) completions(ctx context.Context, line []rune) (from int, found []candidate, err error) {
	words := fields(line)
	if len(words) == 0 || words[len(words)-1][1] < len(line) {
		return 0, nil, nil
	}
	var starts []int
	var spellings [][]rune
	add := func(at int) {
		if s := joined(line[at:]); len(s) > 0 && !slices.Contains(starts, at) {
			starts, spellings = append(starts, at), append(spellings, s)
		}
	}
	last := words[len(words)-1][0]
	for i := max(len(words)-joinMost, 0); i < len(words)-1; i++ { // jianghai q
		if lettersAlone(line[words[i][0]:]) {
			add(words[i][0])
		}
	}
	several := len(starts)
	add(last)
	fits := func(i int, f fit) bool { return i >= several || f <= begun }
	which, found, err := e.spelling(ctx, fits, spellings...)
	if err != nil {
		return 0, nil, err
	}
	if len(found) > 0 {
		return starts[which], found, nil
	}
	several = 0
	starts, spellings = starts[:0], spellings[:0]
	for at := max(last+2, len(line)-tailMost); at < len(line); at++ { // 江海区党
		if !analyze.Han(line[at]) {
			continue
		}
		ok, err := e.endsWord(ctx, line[last:at])
		if err != nil {
			return 0, nil, err
		}
		if ok {
			add(at)
		}
	}
	which, found, err = e.spelling(ctx, fits, spellings...)
	if len(found) == 0 {
		return 0, nil, err
	}
	return starts[which], found, err
}

// endsWord reports whether a text ends with a word of the vocabulary, so that
// another may begin behind it.
func (e *Engine) endsWord(ctx context.Context, text []rune) (bool, error) {
	var ends [][]rune
	for n := 2; n <= min(len(text), tailMost); n++ {
		if end := text[len(text)-n:]; analyze.Han(end[0]) {
			ends = append(ends, end)
		}
	}
	_, found, err := e.spelling(ctx, func(_ int, f fit) bool { return f == whole }, ends...)
	return len(found) > 0, err
}

// lettersAlone reports whether a line is words of Latin letters, with one space
// between them.
func lettersAlone(line []rune) bool {
	for i, r := range line {
		if !latin(r) && r != '\'' && (r != ' ' || line[i-1] == ' ') {
			return false
		}
	}
	return true
}

// titles returns titles that have all that was typed.
func (e *Engine) titles(ctx context.Context, text string, most int) ([]query.Suggestion, error) {
	p, err := e.plan(ctx, text)
	if err != nil || len(p.line) < 2 || len(p.units) == 0 || len(p.quoted)+len(p.excluded)+len(p.filters) > 0 {
		return nil, err
	}
	var docs []uint32
	reader := e.ix.Reader(ctx, weights)
	for i, u := range p.units {
		in, err := reader.Postings(manifest.Fields[manifest.Title], u.key())
		if err != nil {
			return nil, err
		}
		if i == 0 {
			docs = slices.Clone(in.Docs)
			continue
		}
		docs = slices.DeleteFunc(docs, func(doc uint32) bool { return in.Contains(doc) == 0 })
	}
	slices.Reverse(docs)
	docs = docs[:min(len(docs), titlesRead)]
	var out []query.Suggestion
	for most > len(out) && len(docs) > 0 {
		n := min(most, len(docs))
		found, err := e.titlesOf(ctx, docs[:n], p.units)
		if err != nil {
			return nil, err
		}
		out, docs = append(out, found...), docs[n:]
	}
	return out[:min(len(out), most)], nil
}

// titlesOf returns those of some articles' titles that have all of the words.
func (e *Engine) titlesOf(ctx context.Context, docs []uint32, units []term) ([]query.Suggestion, error) {
	all := make([]query.Suggestion, len(docs))
	g, gctx := errgroup.WithContext(ctx)
	for i, doc := range docs {
		g.Go(func() error {
			a, err := e.ix.Article(gctx, doc)
			if err != nil {
				return err
			}
			title := e.folder.Runes(a.Title)
			if !slices.ContainsFunc(units, func(u term) bool { return !u.stands(title) }) {
				all[i] = query.Suggestion{Text: a.Title, URL: a.Path(), Kind: query.Title}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(s query.Suggestion) bool { return s.URL == "" }), nil
}

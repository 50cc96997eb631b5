package search

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/read"
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
	all, err := e.suggest(ctx, prefix, limit)
	if err != nil {
		return nil, fmt.Errorf("suggest %q: %w", prefix, err)
	}
	return all, nil
}

func (e *Engine) suggest(ctx context.Context, prefix string, limit int) ([]query.Suggestion, error) {
	folder, err := e.ix.FolderFor(ctx, prefix)
	if err != nil {
		return nil, err
	}
	typed := folder.Fold(prefix)
	n := len(typed.Runes)
	if n == 0 || limit <= 0 {
		return nil, nil
	}
	var from int
	var found []candidate
	if !strings.ContainsAny(prefix[typed.Offsets[n-1]:], " \u3000") { // else the next word has not begun
		if from, found, err = e.completions(ctx, typed.Runes); err != nil {
			return nil, err
		}
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
		return nil, err
	}
	return append(out[:min(len(out), limit-len(titles))], titles...), nil
}

// completions returns the words that complete the end of a line, and where in the
// line that end begins.
func (e *Engine) completions(ctx context.Context, line []rune) (from int, found []candidate, err error) {
	words := fields(line)
	last := len(words) - 1
	if last < 0 || words[last][1] < len(line) {
		return 0, nil, nil
	}
	starts := []int{words[last][0]}
	for i := last - 1; i >= 0 && last-i < joinMost && lettersAlone(line[words[i][0]:]); i-- { // jianghai q
		starts = append(starts, words[i][0])
	}
	from, found, err = e.completed(ctx, line, starts)
	if len(found) > 0 || err != nil {
		return from, found, err
	}
	starts = nil
	for at := len(line) - 1; at >= max(words[last][0]+2, len(line)-tailMost); at-- { // 江海区党
		ok, err := e.endsWord(ctx, line[words[last][0]:at])
		if err != nil {
			return 0, nil, err
		}
		if ok && analyze.Han(line[at]) {
			starts = append(starts, at)
		}
	}
	return e.completed(ctx, line, starts)
}

// completed returns the words that complete a line from one of some places, of
// which the last is the longest.
func (e *Engine) completed(ctx context.Context, line []rune, starts []int) (from int, found []candidate, err error) {
	var spellings [][]rune
	for _, at := range starts {
		if s := joined(line[at:]); len(s) > 0 {
			spellings = append(spellings, s)
		}
	}
	which, found, err := e.spelling(ctx, func(i int, f fit) bool { return i == 0 || f <= begun }, spellings...)
	if len(found) == 0 || err != nil {
		return 0, nil, err
	}
	for i := range found {
		if f := &found[i].fit; *f == halved || *f == short {
			*f = begun // as good for what is not typed to its end
		}
	}
	sortCandidates(found)
	return starts[which], found, nil
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
	var in []*read.Postings
	reader := e.ix.Reader(ctx, weights)
	for _, u := range p.units {
		of, err := reader.Postings(manifest.Fields[manifest.Title], u.key())
		if err != nil {
			return nil, err
		}
		in = append(in, of)
	}
	var out []query.Suggestion
	for at, tried := len(in[0].Docs), 0; at > 0 && len(out) < most && tried < titlesRead; {
		var docs []uint32
		for ; at > 0 && len(docs) < most; at-- {
			if doc := in[0].Docs[at-1]; everywhere(in, doc) {
				docs = append(docs, doc)
			}
		}
		tried += len(docs)
		found, err := e.titlesOf(ctx, docs, p.units)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out[:min(len(out), most)], nil
}

func everywhere(in []*read.Postings, doc uint32) bool {
	for _, p := range in {
		if p.Contains(doc) == 0 {
			return false
		}
	}
	return true
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
			title := e.folder.Fold(a.Title).Runes
			for _, u := range units {
				if !u.stands(title) {
					return nil
				}
			}
			all[i] = query.Suggestion{Text: a.Title, URL: a.Path(), Kind: query.Title}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	out := all[:0]
	for _, s := range all {
		if s.URL != "" {
			out = append(out, s)
		}
	}
	return out, nil
}

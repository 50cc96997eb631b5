package suggest

import (
	"context"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/query/syntax"
	"github.com/kanbao/kanbao/index/read"
	"github.com/kanbao/kanbao/index/search/plan"
	"github.com/kanbao/kanbao/index/search/spelling"
	"github.com/kanbao/kanbao/index/search/term"
)

const (
	titlesMost = 3 // titles that are suggested, if there are words as well
	titlesRead = 8 // articles that are read for their titles
	tailMost   = 4 // characters of a text without spaces that are completed by themselves
)

// A Suggester suggests queries over one index. It is not changed by what it does.
type Suggester struct {
	Index   *read.Index
	Planner *plan.Planner
}

// Suggest returns what was typed with its last word completed, in characters or in
// pinyin, the commonest words first; then titles of articles that have all of it, the
// newest first. These are at most limit.
func (s *Suggester) Suggest(ctx context.Context, prefix string, limit int) ([]query.Suggestion, error) {
	folder, err := s.Index.FolderFor(ctx, prefix)
	if err != nil {
		return nil, err
	}
	typed := folder.Spaced(prefix)
	n := len(typed.Runes)
	if n == 0 || limit <= 0 {
		return nil, nil
	}
	var from int
	var found []spelling.Candidate
	if !strings.ContainsAny(prefix[typed.Offsets[n-1]:], " \u3000") { // else the next word has not begun
		if from, found, err = s.completions(ctx, typed.Runes); err != nil {
			return nil, err
		}
	}
	var out []query.Suggestion
	for _, c := range found {
		completed := query.Suggestion{Text: prefix[:typed.Offsets[from]] + c.Text, Count: c.Docs}
		if c.Entity {
			completed.Kind = query.Name
		}
		if completed.Text != prefix && len(out) < limit {
			out = append(out, completed)
		}
	}
	titles, err := s.titles(ctx, prefix, max(limit-len(out), min(titlesMost, limit/2)))
	if err != nil {
		return nil, err
	}
	return append(out[:min(len(out), limit-len(titles))], titles...), nil
}

// completions returns the words that complete the end of a line, and where in the
// line that end begins.
func (s *Suggester) completions(ctx context.Context, line []rune) (from int, found []spelling.Candidate, err error) {
	words := spelling.Fields(line)
	last := len(words) - 1
	if last < 0 || words[last][1] < len(line) {
		return 0, nil, nil
	}
	starts := []int{words[last][0]}
	for i := last - 1; i >= 0 && last-i < spelling.JoinMost && lettersAlone(line[words[i][0]:]); i-- { // jianghai q
		starts = append(starts, words[i][0])
	}
	from, found, err = s.completed(ctx, line, starts)
	if len(found) > 0 || err != nil {
		return from, found, err
	}
	starts = nil
	for at := len(line) - 1; at >= max(words[last][0]+2, len(line)-tailMost); at-- { // 江海区党
		ok, err := s.endsWord(ctx, line[words[last][0]:at])
		if err != nil {
			return 0, nil, err
		}
		if ok && analyze.Han(line[at]) {
			starts = append(starts, at)
		}
	}
	return s.completed(ctx, line, starts)
}

// completed returns the words that complete a line from one of some places, of
// which the last is the longest.
func (s *Suggester) completed(ctx context.Context, line []rune, starts []int) (from int, found []spelling.Candidate, err error) {
	var spellings [][]rune
	for _, at := range starts {
		if typed := spelling.Joined(line[at:]); len(typed) > 0 {
			spellings = append(spellings, typed)
		}
	}
	which, found, err := spelling.Words(ctx, s.Index, func(i int, f spelling.Fit) bool { return i == 0 || f <= spelling.Beginning }, spellings...)
	if len(found) == 0 || err != nil {
		return 0, nil, err
	}
	for i := range found {
		if f := &found[i].Fit; *f == spelling.Unfinished || *f == spelling.Initials {
			*f = spelling.Beginning // as good for what is not typed to its end
		}
	}
	spelling.Sort(found)
	return starts[which], found, nil
}

// endsWord reports whether a text ends with a word of the vocabulary, so that
// another may begin behind it.
func (s *Suggester) endsWord(ctx context.Context, text []rune) (bool, error) {
	var ends [][]rune
	for n := 2; n <= min(len(text), tailMost); n++ {
		if end := text[len(text)-n:]; analyze.Han(end[0]) {
			ends = append(ends, end)
		}
	}
	_, found, err := spelling.Words(ctx, s.Index, func(_ int, f spelling.Fit) bool { return f == spelling.Whole }, ends...)
	return len(found) > 0, err
}

// lettersAlone reports whether a line is words of Latin letters, with one space
// between them.
func lettersAlone(line []rune) bool {
	for i, r := range line {
		if !spelling.Latin(r) && r != '\'' && (r != ' ' || line[i-1] == ' ') {
			return false
		}
	}
	return true
}

// titles returns titles that have all that was typed.
func (s *Suggester) titles(ctx context.Context, text string, most int) ([]query.Suggestion, error) {
	p, err := s.Planner.Plan(ctx, syntax.Parse(text, nil))
	if err != nil || len(p.Line) < 2 || len(p.Words) == 0 || len(p.Must)+len(p.Excluded)+len(p.Filters) > 0 {
		return nil, err
	}
	var in []*read.Postings
	reader := s.Index.Reader(ctx, read.Weights{1, 1, 1})
	for _, w := range p.Words {
		of, err := reader.Postings(manifest.Fields[manifest.Title], w.Key())
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
		found, err := s.titlesOf(ctx, docs, term.Anywhere(p.Words))
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
func (s *Suggester) titlesOf(ctx context.Context, docs []uint32, words []term.Term) ([]query.Suggestion, error) {
	all := make([]query.Suggestion, len(docs))
	g, gctx := errgroup.WithContext(ctx)
	for i, doc := range docs {
		g.Go(func() error {
			a, err := s.Index.Article(gctx, doc)
			if err != nil {
				return err
			}
			title := s.Index.Folder().Fold(a.Title).Runes
			for _, w := range words {
				if !w.In(title) {
					return nil
				}
			}
			all[i] = query.Suggestion{Text: a.Title, Index: s.Index.Part(doc), URL: s.Index.Of(doc).Address(a), Kind: query.Title}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	out := all[:0]
	for _, title := range all {
		if title.URL != "" {
			out = append(out, title)
		}
	}
	return out, nil
}

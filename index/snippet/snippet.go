package snippet

import (
	"sort"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
)

// Sizes of a passage, in characters.
const (
	passageSize = 96 // about two lines on a desk, four on a phone
	leadSize    = 28 // what stands before the first match at most
	moreSize    = 48 // of a passage of another section
	mostMore    = 2  // how many of them are shown
)

// candidate is a block with what its best stretch is worth.
type candidate struct {
	value   float64
	block   *article.Block // nil if there is none
	number  int            // of the block
	section *article.Section
	runes   []rune
	matches []match
	first   int // of the matches
}

// Passages returns the part of the article in which the most of the query
// stands together, or its beginning if nothing of it stands in the text, and
// after it the best parts of other sections that are at least half as good, as
// they follow each other. It is empty if the article has no text. blocks are the
// article's blocks as the Matcher's Folder folds them.
func (m *Matcher) Passages(a *article.Article, blocks [][]rune) []query.Passage {
	var best []candidate // of each section that has text
	n := 0
	times := make([]int, len(m.terms)+1)
	for i := range a.Sections {
		s := &a.Sections[i]
		if c := m.best(s, n, blocks[n:n+len(s.Blocks)], times); c.block != nil {
			best = append(best, c)
		}
		n += len(s.Blocks)
	}
	if len(best) == 0 {
		return nil
	}
	sort.SliceStable(best, func(i, j int) bool { return best[i].before(&best[j]) })
	more := best[1:min(1+mostMore, len(best))]
	sort.Slice(more, func(i, j int) bool { return more[i].number < more[j].number })
	passages := []query.Passage{m.passage(&best[0], passageSize)}
	for i := range more {
		if len(more[i].matches) > 0 && 2*more[i].value >= best[0].value {
			passages = append(passages, m.passage(&more[i], moreSize))
		}
	}
	return passages
}

// before reports whether c is the better of two, of which it is the first: the
// one that is worth more or, of equals, a paragraph rather than a caption.
func (c *candidate) before(d *candidate) bool {
	if c.value != d.value {
		return c.value > d.value
	}
	return c.block.Kind == article.Paragraph && d.block.Kind != article.Paragraph
}

// best returns the best block of a section, whose blocks are numbered from
// before+1. The heading tips the balance between sections.
func (m *Matcher) best(s *article.Section, before int, blocks [][]rune, times []int) candidate {
	var best candidate
	for i, runes := range blocks {
		if len(runes) == 0 {
			continue
		}
		c := candidate{block: &s.Blocks[i], number: before + i + 1, section: s, runes: runes, matches: m.find(runes)}
		c.value, c.first = m.densest(c.matches, times)
		if best.block == nil || c.before(&best) {
			best = c
		}
	}
	if best.block != nil && s.Heading != "" {
		value, _ := m.densest(m.find(m.folder.Runes(s.Heading)), times)
		best.value += value / 64
	}
	return best
}

// passage returns a block's best stretch.
func (m *Matcher) passage(c *candidate, size int) query.Passage {
	start := 0
	if len(c.matches) > 0 {
		start = c.matches[c.first].start
	}
	from, to := window(c.runes, start, size)
	return query.Passage{
		Snippet: marked(c.block.Text, m.folder.Fold(c.block.Text), c.matches, from, to, true),
		Block:   c.number,
		Heading: c.section.Heading,
	}
}

// densest returns what the best stretch of a passage's length is worth, and
// the match that it begins with. A term counts once, and a little for each
// further time; the phrase counts for more than all terms together. times is
// room to count in: zeros, one for each term and one for the phrase.
func (m *Matcher) densest(matches []match, times []int) (value float64, first int) {
	v, next := 0.0, 0
	for i := range matches {
		for ; next < len(matches) && (next == i || matches[next].end <= matches[i].start+passageSize-leadSize); next++ {
			v += m.worth(matches[next], times)
			times[m.forms[matches[next].form].term+1]++
		}
		if v > value {
			value, first = v, i
		}
		times[m.forms[matches[i].form].term+1]--
		v -= m.worth(matches[i], times)
	}
	return value, first
}

// worth returns what a match adds to a stretch that has its term so many times.
func (m *Matcher) worth(x match, times []int) float64 {
	term := m.forms[x.form].term
	weight := 2 * m.total
	if term >= 0 {
		weight = m.terms[term].Weight
	}
	if times[term+1] > 0 {
		weight /= 16
	}
	return weight
}

// window returns the runes of a passage around a match: from the beginning of
// its sentence, or else clause, that is near, up to the end of a clause.
func window(line []rune, match, size int) (from, to int) {
	lead := size * leadSize / passageSize
	from = max(0, match-lead)
	if from > 0 {
		from = boundary(line, from, match)
	}
	to = min(len(line), from+size)
	if to < len(line) {
		for i := to; i > to-size/4 && i > match; i-- {
			if ends(line[i-1]) {
				return from, i
			}
		}
	}
	return from, to
}

// boundary returns the best place from which to begin a passage: behind the
// last end of a sentence, else behind the first end of a clause, else a little
// before the match.
func boundary(line []rune, from, match int) int {
	clause := -1
	for i := match; i > from; i-- {
		switch {
		case sentenceEnd(line[i-1]):
			return i
		case ends(line[i-1]):
			clause = i
		}
	}
	if clause >= 0 {
		return clause
	}
	return max(from, match-(match-from)/2)
}

func sentenceEnd(r rune) bool { return r == '。' || r == '!' || r == '?' || r == '…' }

func ends(r rune) bool { return sentenceEnd(r) || r == ';' || r == ':' || r == ',' || r == '、' }

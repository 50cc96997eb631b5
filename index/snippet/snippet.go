package snippet

import (
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
	block   *article.Block
	number  int // of the block
	heading string
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
	var sections []*candidate // the best block of each section that has text
	var best *candidate
	n := 0
	times := make([]int, len(m.terms))
	for i := range a.Sections {
		if c := m.best(&a.Sections[i], n, blocks, times); c != nil {
			sections = append(sections, c)
			if best == nil || c.before(best) {
				best = c
			}
		}
		n += len(a.Sections[i].Blocks)
	}
	if best == nil {
		return nil
	}
	passages := []query.Passage{m.passage(best, passageSize)}
	for i, c := range sections {
		if c == best || len(c.matches) == 0 || 2*c.value < best.value {
			continue
		}
		better := 0 // than c, of the others
		for j := 0; j < len(sections) && better < mostMore; j++ {
			if d := sections[j]; d != best && (d.before(c) || j < i && !c.before(d)) {
				better++
			}
		}
		if better < mostMore {
			passages = append(passages, m.passage(c, moreSize))
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

// best returns the best block of a section, which begins behind the first n of
// the blocks, or nil if it has no text. The heading tips the balance between
// sections.
func (m *Matcher) best(s *article.Section, n int, blocks [][]rune, times []int) *candidate {
	var best *candidate
	for i := range s.Blocks {
		runes := blocks[n+i]
		if len(runes) == 0 {
			continue
		}
		matches := m.find(runes)
		value, first := m.densest(matches, times)
		if best == nil || value >= best.value {
			c := &candidate{value, &s.Blocks[i], n + i + 1, s.Heading, runes, matches, first}
			if best == nil || c.before(best) {
				best = c
			}
		}
	}
	if best != nil && s.Heading != "" {
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
		Heading: c.heading,
	}
}

// densest returns what the best stretch of a passage's length is worth, and
// the match that it begins with. A term counts once, and a little for each
// further time. times is room to count in: a zero for each term.
func (m *Matcher) densest(matches []match, times []int) (value float64, first int) {
	v, next := 0.0, 0
	// worth is what a match adds to a stretch that has its term so many times.
	worth := func(term int) float64 {
		if times[term] > 0 {
			return m.terms[term].Weight / 16
		}
		return m.terms[term].Weight
	}
	for i, x := range matches {
		for ; next < len(matches) && (next == i || matches[next].end <= x.start+passageSize-leadSize); next++ {
			term := m.forms[matches[next].form].term
			v += worth(term)
			times[term]++
		}
		if v > value {
			value, first = v, i
		}
		term := m.forms[x.form].term
		times[term]--
		v -= worth(term)
	}
	return value, first
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

package snippet

import (
	"strings"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
)

// Sizes of a passage, in characters.
const (
	passageSize = 96 // about two lines on a desk, four on a phone
	leadSize    = 28 // what stands before the first match at most
)

// A Passage is the part of an article that a hit shows.
type Passage struct {
	Text    query.Marked
	Block   int    // the block's number, or 0 if the article has no text
	Heading string // of its section
}

// Passage returns the part of the article in which the most of the query
// stands together, or its beginning if nothing of it stands in the text. blocks
// are the article's blocks as the Folder folds them.
func (m *Matcher) Passage(a *article.Article, blocks []analyze.Folded) Passage {
	var best struct {
		value   float64
		block   int
		heading string
		text    string
		folded  analyze.Folded
		matches []match
		first   int // of the matches
	}
	n := 0
	for i := range a.Sections {
		for j := range a.Sections[i].Blocks {
			n++
			b := &a.Sections[i].Blocks[j]
			if best.block == 0 && strings.TrimSpace(b.Text) == "" {
				continue
			}
			f := blocks[n-1]
			matches := m.find(f.Runes)
			value, first := m.densest(matches)
			if best.block == 0 || value > best.value {
				best.value, best.block, best.heading = value, n, a.Sections[i].Heading
				best.text, best.folded, best.matches, best.first = b.Text, f, matches, first
			}
		}
	}
	if best.block == 0 {
		return Passage{}
	}
	start := 0
	if len(best.matches) > 0 {
		start = best.matches[best.first].start
	}
	from, to := window(best.folded.Runes, start)
	return Passage{
		Text:    marked(best.text, best.folded, best.matches, from, to, true),
		Block:   best.block,
		Heading: best.heading,
	}
}

// densest returns what the best stretch of a passage's length is worth, and
// the match that it begins with. A term counts once, and a little for each
// further time; the phrase counts for more than all terms together.
func (m *Matcher) densest(matches []match) (value float64, first int) {
	total := 1.0
	for _, t := range m.Terms {
		total += t.Weight
	}
	for i := range matches {
		v := 0.0
		seen := make(map[int]bool)
		for _, x := range matches[i:] {
			if x.end > matches[i].start+passageSize-leadSize {
				break
			}
			weight := 2 * total
			if x.term >= 0 {
				weight = m.Terms[x.term].Weight
			}
			if seen[x.term] {
				weight /= 16
			}
			seen[x.term] = true
			v += weight
		}
		if v > value {
			value, first = v, i
		}
	}
	return value, first
}

// window returns the runes of a passage around a match: from the beginning of
// its sentence, or else clause, that is near, up to the end of a clause.
func window(line []rune, match int) (from, to int) {
	from = max(0, match-leadSize)
	if from > 0 {
		from = boundary(line, from, match)
	}
	to = min(len(line), from+passageSize)
	if to < len(line) {
		for i := to; i > to-passageSize/4 && i > match; i-- {
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
	return max(from, match-leadSize/2)
}

func sentenceEnd(r rune) bool { return strings.ContainsRune("。!?…", r) }

func ends(r rune) bool { return strings.ContainsRune("。!?…;:,、", r) }

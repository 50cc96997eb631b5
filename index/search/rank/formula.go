package rank

import (
	"math"
	"sort"

	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/read"
	"github.com/kanbao/kanbao/index/search/term"
)

// All constants of the ranking stand here, save two that are bleve's: its BM25 has
// k1 = 1.2 and b = 0.75 (search.BM25_k1, search.BM25_b), which are the values that
// the literature starts from. Ours were tuned on the even lines of the known items
// of news-10k and of the questions of CMRC; docs/benchmarks.md has what the odd
// lines give. The golden rankings of package search fail if one is changed.
const (
	// An occurrence in a title or a heading counts as so many in the body.
	titleWeight   = 8
	headingWeight = 4
	bodyWeight    = 1

	// classStep lifts an article that has the phrase above every one that has not:
	// no sum of scores comes near it. It is lifted once more for each class.
	classStep = 1 << 20
	// writingStep sets back an article of the first Depth that has a word of the query
	// only with other marks, Nguyễn for nguyen: below whatever class the others have.
	writingStep = 4 * classStep

	// titleBoost is what having all the words in the title adds, as a multiple of
	// their weight. With the power, having some of them adds less than in proportion.
	titleBoost = 2
	titlePower = 5

	// recency is how much more the newest article scores than the oldest.
	recency = 0.02

	// Depth is how many of the best articles are read to see how near to each other
	// the words stand in them. They are those of a first page, whose text is fetched
	// for the excerpts anyway.
	Depth = 10
	// nearSpan is the distance in characters at which half of the bonus for words
	// next to each other is left. (A line counts with the third power of the share of
	// its words in the weight of all, see lineNearness: with some of the words it is
	// worth much less than with all.)
	nearSpan = 20
	// shortSize is the length of a block at which half of the bonus for a short one is
	// left, and shortBoost is that bonus at most.
	shortSize  = 100
	shortBoost = 2
	// coverBoost is what a title adds that consists of nothing but the words.
	coverBoost = 12
)

// Weights are what an occurrence counts by the field that it is in.
func Weights() read.Weights { return read.Weights{titleWeight, headingWeight, bodyWeight} }

// A Word is a word of a query with its inverse document frequency, as BM25 has it.
type Word struct {
	Term term.Term
	In   *read.Postings
	IDF  float64
}

// Weigh returns the words with what each is worth.
func Weigh(reader *read.Reader, words []term.Term) ([]Word, error) {
	count, err := reader.DocCount()
	if err != nil {
		return nil, err
	}
	docs := float64(count)
	var all []Word
	for _, w := range words {
		p, err := reader.Postings(w.Field, w.Key())
		if err != nil {
			return nil, err
		}
		n := float64(len(p.Docs))
		all = append(all, Word{w, p, math.Log(1 + (docs-n+0.5)/(n+0.5))})
	}
	return all, nil
}

// A Scorer gives a document its score. bm25 is what bleve's searchers give it.
type Scorer interface {
	Score(doc uint32, bm25 float64) float64
}

// A Formula scores by relevance:
//
//	(BM25 + titleBoost · titled) · (1 + recency · age) + classStep · class
//
// and the first Depth articles by what their text says, too:
//
//   - nearness + coverBoost · cover − writingStep · otherwise
type Formula struct {
	Words []Word
	// Writings are those of the words that could be written with marks.
	Writings []Writing
	// Phrase are the documents that may have the phrase, or nil if there is none.
	Phrase *read.Postings

	worth float64 // of all words
	age   func(doc uint32) float64
}

// NewFormula returns the formula for a query over documents of which age says which
// share of all is not newer, see read.Index.Ages.
func NewFormula(words []Word, phrase *read.Postings, age func(doc uint32) float64) *Formula {
	f := &Formula{Words: words, Phrase: phrase, age: age}
	for _, w := range words {
		f.worth += w.IDF
	}
	return f
}

// Score implements Scorer.
func (f *Formula) Score(doc uint32, bm25 float64) float64 {
	score := (bm25 + titleBoost*f.titled(doc)) * (1 + recency*f.age(doc))
	if f.Phrase != nil {
		score += classStep * class(f.Phrase.Contains(doc))
	}
	return score
}

// titled returns the weight of the words that stand in a document's title.
func (f *Formula) titled(doc uint32) float64 {
	sum := 0.0
	for i := range f.Words {
		if w := &f.Words[i]; w.In.Contains(doc)>>manifest.Title&1 != 0 {
			sum += w.IDF
		}
	}
	if sum == 0 {
		return 0
	}
	return f.worth * math.Pow(sum/f.worth, titlePower)
}

// Confirmed returns the score of a document whose text was compared with the
// phrase, which stands in fields: Score knew only where it may stand.
func (f *Formula) Confirmed(s Scored, fields uint8) float64 {
	if f.Phrase == nil {
		return s.Score
	}
	return s.Score + classStep*(class(fields)-class(f.Phrase.Contains(s.Doc)))
}

// class returns the class of a phrase that stands in some fields: 3 for the title, 2
// for a heading, 1 for the body, and 0 for none.
func class(fields uint8) float64 {
	for f := range manifest.NumFields {
		if fields>>f&1 != 0 {
			return float64(manifest.NumFields - f)
		}
	}
	return 0
}

// ByDate scores by the date and on one day by the document, so that no two
// documents score the same. What has no date comes last.
type ByDate struct {
	Oldest bool      // first
	Days   [][]int32 // of the documents of each segment
	MaxDoc uint32
}

// Score implements Scorer.
func (d *ByDate) Score(doc uint32, _ float64) float64 {
	order, base := 1.0, uint32(0)
	if d.Oldest {
		order = -1
	}
	within := float64(doc) / float64(d.MaxDoc)
	for _, days := range d.Days {
		if doc < base+uint32(len(days)) && days[doc-base] > 0 {
			return order * (float64(days[doc-base]) + within)
		}
		base += uint32(len(days))
		if doc < base {
			break
		}
	}
	return -1<<30 + order*within
}

// ByPlace scores by a place that each document has, the lowest first, and those of one
// place by the document, the newest first.
type ByPlace struct {
	Places []float64
}

// Score implements Scorer.
func (p *ByPlace) Score(doc uint32, _ float64) float64 {
	return float64(doc)/float64(len(p.Places)) - p.Places[doc]
}

// Scored is a document with its score.
type Scored struct {
	Doc   uint32
	Score float64
}

// Sort puts the best first and, of equals, the newest. (It goes through package sort,
// not slices: each type that slices sorts costs the browser another two kilobytes.)
func Sort(docs []Scored) {
	sort.Slice(docs, func(i, j int) bool {
		if docs[i].Score != docs[j].Score {
			return docs[i].Score > docs[j].Score
		}
		return docs[i].Doc > docs[j].Doc
	})
}

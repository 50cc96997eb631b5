package search

import (
	"math"

	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/read"
)

const (
	// classStep lifts an article in which the phrase stands above every one in
	// which it does not: no sum of scores comes near it.
	classStep = 1 << 20
	// titleBoost is what having all the words in the title adds, as a multiple of
	// their weight. Having some of them adds less than in proportion.
	titleBoost = 2
	titlePower = 5
	// recency is how much more the newest article scores than the oldest.
	recency = 0.02
)

// These were tuned on the even lines of the known items of news-10k and of the
// questions of CMRC; docs/benchmarks.md has the odd ones.

const allFields = 1<<manifest.NumFields - 1

// weighed is a word with what it is worth: its inverse document frequency, as
// BM25 has it.
type weighed struct {
	term term
	in   *read.Postings
	idf  float64
}

func (r *run) weigh(units []term) ([]weighed, error) {
	docs := float64(r.e.ix.Manifest.Docs())
	var all []weighed
	for _, u := range units {
		p, err := r.reader.Postings(u.field, u.key())
		if err != nil {
			return nil, err
		}
		n := float64(len(p.Docs))
		all = append(all, weighed{u, p, math.Log(1 + (docs-n+0.5)/(n+0.5))})
	}
	return all, nil
}

// worth returns the weight of all words together.
func (r *run) worth() float64 {
	sum := 0.0
	for _, u := range r.units {
		sum += u.idf
	}
	return sum
}

// score returns the score of a document: what BM25 says, more for words in the
// title, a little more for what is newer (document numbers go by date), and its
// class. Sorted by date, it is the day.
func (r *run) score(doc uint32, bm25 float64) float64 {
	if r.q.Sort != query.Relevance {
		return r.dayScore(doc)
	}
	score := (bm25 + titleBoost*r.titled(doc)) * (1 + recency*float64(doc)/float64(r.e.ix.MaxDoc()))
	if r.phrase != nil {
		score += classStep * class(r.phrase.Contains(doc))
	}
	return score
}

// titled returns the weight of the words that stand in a document's title.
func (r *run) titled(doc uint32) float64 {
	sum, all := 0.0, 0.0
	for _, u := range r.units {
		all += u.idf
		if u.in.Contains(doc)>>manifest.Title&1 != 0 {
			sum += u.idf
		}
	}
	if sum == 0 {
		return 0
	}
	return all * math.Pow(sum/all, titlePower)
}

// dayScore orders by date and on one day by document, so that no two documents
// score the same. What has no date comes last.
func (r *run) dayScore(doc uint32) float64 {
	order, base := 1.0, uint32(0)
	if r.q.Sort == query.Oldest {
		order = -1
	}
	within := float64(doc) / float64(r.e.ix.MaxDoc())
	for _, days := range r.days {
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

// class returns the rank of the best of some fields: title above heading above
// body, and 0 for none.
func class(fields uint8) float64 {
	for f := range manifest.NumFields {
		if fields>>f&1 != 0 {
			return float64(manifest.NumFields - f)
		}
	}
	return 0
}

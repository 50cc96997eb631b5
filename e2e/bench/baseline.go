package main

import (
	"math"
	"sort"
	"unicode"
)

// The usual constants of BM25.
const (
	bm25K1 = 1.2
	bm25B  = 0.75
)

// baseline is plain BM25 over bigrams: what anybody has in an
// afternoon, and so what a ranking has to be better than. Title and text are one
// field, an article needs any bigram of the query, and nothing else counts.
type baseline struct {
	ids     []string
	lengths []float64
	average float64
	lists   map[[2]rune][]occurrences
}

// occurrences are how often one article has a bigram.
type occurrences struct {
	doc   int
	times float64
}

func newBaseline(docs []doc) *baseline {
	b := &baseline{lists: map[[2]rune][]occurrences{}}
	for i, d := range docs {
		b.ids = append(b.ids, d.id)
		length := 0.0
		for _, field := range d.fields {
			for _, p := range bigramsOf(field) {
				length++
				list := b.lists[p]
				if n := len(list); n > 0 && list[n-1].doc == i {
					list[n-1].times++
				} else {
					b.lists[p] = append(list, occurrences{i, 1})
				}
			}
		}
		b.lengths = append(b.lengths, length)
		b.average += length / float64(len(docs))
	}
	return b
}

// bigramsOf returns the bigrams of letters and digits that stand together.
func bigramsOf(text string) [][2]rune {
	var bigrams [][2]rune
	before := rune(0)
	for _, r := range fold(text) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			r = 0
		}
		if before != 0 && r != 0 {
			bigrams = append(bigrams, [2]rune{before, r})
		}
		before = r
	}
	return bigrams
}

// best returns the best articles for a query.
func (b *baseline) best(text string, limit int) []string {
	scores := map[int]float64{}
	for _, p := range bigramsOf(text) {
		list := b.lists[p]
		n := float64(len(list))
		idf := math.Log(1 + (float64(len(b.ids))-n+0.5)/(n+0.5))
		for _, o := range list {
			norm := bm25K1 * (1 - bm25B + bm25B*b.lengths[o.doc]/b.average)
			scores[o.doc] += idf * o.times * (bm25K1 + 1) / (o.times + norm)
		}
	}
	docs := make([]int, 0, len(scores))
	for doc := range scores {
		docs = append(docs, doc)
	}
	sort.Slice(docs, func(i, j int) bool {
		if scores[docs[i]] != scores[docs[j]] {
			return scores[docs[i]] > scores[docs[j]]
		}
		return docs[i] < docs[j]
	})
	var ids []string
	for _, doc := range docs[:min(limit, len(docs))] {
		ids = append(ids, b.ids[doc])
	}
	return ids
}

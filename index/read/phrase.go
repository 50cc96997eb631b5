package read

import (
	"context"
	"slices"
	"sort"

	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
)

// Candidates are the documents of one segment that may have a phrase.
type Candidates struct {
	// Lists are the documents by field. A frequency is at least the number of
	// times that the phrase stands there.
	Lists [format.NumFields]format.List
	// Exact says of each field that every document has the phrase. Where it is
	// false the text decides.
	Exact [format.NumFields]bool
}

// bigramLists remembers the lists of bigrams for the time of one query, in which a
// bigram is part of a word, of the phrase and of its trigrams.
type bigramLists map[bigramKey][format.NumFields]format.List

type bigramKey struct {
	seg  *Segment
	a, b rune
}

func (l bigramLists) get(ctx context.Context, s *Segment, a, b rune) ([format.NumFields]format.List, error) {
	key := bigramKey{s, a, b}
	if lists, ok := l[key]; ok {
		return lists, nil
	}
	lists, err := s.bigram(ctx, a, b)
	if err == nil {
		l[key] = lists
	}
	return lists, err
}

// phrase returns the documents of the segment that may have the folded
// characters next to each other: for one character or two, those that do.
func (s *Segment) phrase(ctx context.Context, phrase []rune, memo bigramLists) (*Candidates, error) {
	c := &Candidates{Exact: [format.NumFields]bool{true, true, true}}
	var err error
	switch _, numbered := s.codes(phrase); {
	case len(phrase) == 0 || !numbered || !s.spaceable(phrase):
	case len(phrase) == 1:
		c.Lists, err = s.char(ctx, phrase[0])
	case len(phrase) == 2:
		c.Lists, err = memo.get(ctx, s, phrase[0], phrase[1])
	default:
		err = s.intersect(ctx, phrase, memo, c)
	}
	return c, err
}

// intersect fills c with the documents that have all bigrams of the phrase and
// are in the lists of those of its trigrams that have one.
func (s *Segment) intersect(ctx context.Context, phrase []rune, memo bigramLists, c *Candidates) error {
	bigrams := make([][format.NumFields]format.List, len(phrase)-1)
	for i := range bigrams {
		var err error
		if bigrams[i], err = memo.get(ctx, s, phrase[i], phrase[i+1]); err != nil {
			return err
		}
	}
	for f := range c.Lists {
		lists := make([]format.List, len(bigrams))
		for i := range bigrams {
			lists[i] = bigrams[i][f]
		}
		listed := 0
		if f == manifest.Body {
			var err error
			if lists, listed, err = s.trigrams(ctx, phrase, lists); err != nil {
				return err
			}
		}
		c.Lists[f] = intersection(lists)
		c.Exact[f] = len(c.Lists[f].Docs) == 0 || listed == 1 && len(phrase) == 3
	}
	return nil
}

// trigrams adds the lists of the trigrams of a phrase that have one to those of
// its bigrams, and says how many there were.
func (s *Segment) trigrams(ctx context.Context, phrase []rune, bigrams []format.List) ([]format.List, int, error) {
	lists, listed := bigrams, 0
	for i := 0; i+2 < len(phrase); i++ {
		if len(bigrams[i].Docs) == 0 || len(bigrams[i+1].Docs) == 0 {
			return bigrams, listed, nil
		}
		t, at, err := s.lookup(ctx, phrase[i:i+3])
		if err != nil {
			return nil, 0, err
		}
		if at < 0 {
			continue
		}
		term := t.Term(at)
		if term.Among == 0 {
			continue
		}
		read, err := s.read(ctx, t, at)
		if err != nil {
			return nil, 0, err
		}
		both := intersection(bigrams[i : i+2])
		list, ok := pick(both, read[manifest.Body].Docs)
		if !ok || len(both.Docs) != int(term.Among) {
			return nil, 0, s.corrupt(format.Terms, "a list among %d documents, its bigrams have %d", term.Among, len(both.Docs))
		}
		lists = append(slices.Clip(lists), list)
		listed++
	}
	return lists, listed, nil
}

// pick returns the elements of a list at the given positions. It is false if there is
// no such position.
func pick(from format.List, positions []uint32) (format.List, bool) {
	out := format.List{Docs: make([]uint32, len(positions)), Freqs: make([]uint8, len(positions))}
	for i, at := range positions {
		if int(at) >= len(from.Docs) {
			return out, false
		}
		out.Docs[i], out.Freqs[i] = from.Docs[at], from.Freqs[at]
	}
	return out, true
}

// intersection returns the documents that are in all of the lists, each with
// its least frequency. The result shares no memory with the lists unless there
// is only one.
func intersection(lists []format.List) format.List {
	lists = slices.Clone(lists)
	sort.Slice(lists, func(i, j int) bool { return len(lists[i].Docs) < len(lists[j].Docs) })
	result := lists[0]
	for _, other := range lists[1:] {
		if len(result.Docs) == 0 {
			return format.List{}
		}
		result = both(result, other)
	}
	return result
}

// both intersects a list with one that is not shorter.
func both(short, long format.List) format.List {
	var out format.List
	rest := long.Docs
	for i, doc := range short.Docs {
		at := gallop(rest, doc)
		if at == len(rest) {
			break
		}
		if rest[at] == doc {
			j := len(long.Docs) - len(rest) + at
			out.Docs = append(out.Docs, doc)
			out.Freqs = append(out.Freqs, min(short.Freqs[i], long.Freqs[j]))
		}
		rest = rest[at:]
	}
	return out
}

// gallop returns the first position in a sorted list with an element of at least
// doc, in time that grows with how far it is.
func gallop(list []uint32, doc uint32) int {
	step := 1
	for step < len(list) && list[step] < doc {
		step *= 2
	}
	from := step / 2
	to := min(step+1, len(list))
	return from + sort.Search(to-from, func(i int) bool { return list[from+i] >= doc })
}

package read

import (
	"bytes"
	"context"
	"slices"
	"sort"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/format"
)

// codes returns the numbers of a term's characters, or false if the segment's
// texts do not have one of them.
func (s *Segment) codes(term []rune) ([]uint32, bool) {
	codes := make([]uint32, len(term))
	for i, r := range term {
		if r == analyze.End {
			continue // number 0
		}
		c, ok := s.Alphabet.Code(r)
		if !ok {
			return nil, false
		}
		codes[i] = c
	}
	return codes, true
}

// spaceable reports whether each space in a phrase could stand where it does,
// by the characters that have one beside them anywhere.
func (s *Segment) spaceable(phrase []rune) bool {
	for i, r := range phrase {
		if r != ' ' {
			continue
		}
		for side, at := range [2]int{i - 1, i + 1} {
			if at < 0 || at >= len(phrase) {
				continue
			}
			code, ok := s.Alphabet.Code(phrase[at])
			if _, found := slices.BinarySearch(s.Spaced[side], code); !ok || !found {
				return false
			}
		}
	}
	return true
}

// chunkFor returns which chunk of terms would hold a term, or -1.
func (s *Segment) chunkFor(codes []uint32) int {
	return sort.Search(len(s.terms), func(i int) bool {
		return format.CompareCodes(s.terms[i].Key, codes) > 0
	}) - 1
}

// lookup returns the chunk that has the term and its position there, or a
// position of -1.
func (s *Segment) lookup(ctx context.Context, term []rune) (*format.TermsChunk, int, error) {
	codes, ok := s.codes(term)
	if !ok {
		return nil, -1, nil
	}
	at := s.chunkFor(codes)
	if at < 0 {
		return nil, -1, nil
	}
	t, err := s.ix.terms.Get(ctx, s.terms[at].ID)
	if err != nil {
		return nil, -1, err
	}
	if i, ok := t.Find(codes); ok {
		return t, i, nil
	}
	return nil, -1, nil
}

// Word returns the weight of a word (see format.WordWeight) and whether any
// segment has it as one.
func (ix *Index) Word(ctx context.Context, word []rune) (weight uint8, ok bool, err error) {
	for _, s := range ix.segments {
		t, i, err := s.lookup(ctx, word)
		if err != nil {
			return 0, false, err
		}
		if i < 0 {
			continue
		}
		if w, is := t.Word(i); is {
			weight, ok = max(weight, w), true
		}
	}
	return weight, ok, nil
}

// Prefetch fetches, side by side, the chunks that have the bigrams of the given
// lines of folded text.
func (ix *Index) Prefetch(ctx context.Context, lines ...[]rune) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, s := range ix.segments {
		wanted := make(map[int]bool)
		for _, line := range lines {
			spaced := s.spaceable(line)
			for i := 0; i+1 < len(line); i++ {
				if !spaced && (line[i] == ' ' || line[i+1] == ' ') {
					continue
				}
				if codes, ok := s.codes(line[i : i+2]); ok {
					wanted[s.chunkFor(codes)] = true
				}
			}
			if len(line) == 1 {
				s.eachBeginning(line[0], func(at int) { wanted[at] = true })
			}
		}
		for at := range wanted {
			if at >= 0 {
				g.Go(func() error {
					_, err := s.ix.terms.Get(ctx, s.terms[at].ID)
					return err
				})
			}
		}
	}
	return g.Wait()
}

// eachBeginning calls yield with every chunk that may have terms that begin
// with r.
func (s *Segment) eachBeginning(r rune, yield func(at int)) {
	code, ok := s.Alphabet.Code(r)
	if !ok {
		return
	}
	for at := max(s.chunkFor([]uint32{code}), 0); at < len(s.terms); at++ {
		if key := s.terms[at].Key; key[0] > code {
			return
		}
		yield(at)
	}
}

// bigram returns the posting lists of a bigram or, with every list empty, that
// there are none.
func (s *Segment) bigram(ctx context.Context, a, b rune) ([format.NumFields]format.List, error) {
	t, i, err := s.lookup(ctx, []rune{a, b})
	if err != nil || i < 0 {
		return [format.NumFields]format.List{}, err
	}
	return s.read(ctx, t, i)
}

func (s *Segment) read(ctx context.Context, t *format.TermsChunk, i int) ([format.NumFields]format.List, error) {
	lists, err := t.Lists(i)
	if err != nil {
		return lists, s.inFile(t, err)
	}
	spend(ctx, &lists)
	return lists, nil
}

// inFile says which file an error in a chunk of terms is about.
func (s *Segment) inFile(t *format.TermsChunk, err error) error {
	if at := s.chunkFor(t.Codes(0)); at >= 0 {
		return format.InFile(err, s.terms[at].ID.Name())
	}
	return err
}

// spend counts the postings of a term that has been read.
func spend(ctx context.Context, lists *[format.NumFields]format.List) {
	if cost, ok := ctx.Value(costKey{}).(*Cost); ok {
		for f := range lists {
			cost.Postings.Add(int64(len(lists[f].Docs)))
		}
	}
}

// char returns the posting lists of one character: the union of the bigrams that
// begin with it.
func (s *Segment) char(ctx context.Context, r rune) ([format.NumFields]format.List, error) {
	code, ok := s.Alphabet.Code(r)
	if !ok {
		return [format.NumFields]format.List{}, nil
	}
	var sums sums
	var failed error
	s.eachBeginning(r, func(at int) {
		t, err := s.ix.terms.Get(ctx, s.terms[at].ID)
		if err != nil {
			failed = err
			return
		}
		from, _ := t.Find([]uint32{code})
		if err := t.EachLists(from, func(i int, lists *[format.NumFields]format.List) bool {
			codes := t.Codes(i)
			if codes[0] != code {
				return false
			}
			if len(codes) == 2 {
				spend(ctx, lists)
				sums.add(lists, s.Docs)
			}
			return true
		}); err != nil {
			failed = s.inFile(t, err)
		}
	})
	return sums.lists(), failed
}

// sums are the frequencies of several terms together, by document; nil where a field has
// none of them.
type sums [format.NumFields][]uint8

// add adds the lists of a term, in a segment of that many documents.
func (s *sums) add(lists *[format.NumFields]format.List, docs int) {
	for f, l := range lists {
		if len(l.Docs) > 0 && s[f] == nil {
			s[f] = make([]uint8, docs)
		}
		for i, doc := range l.Docs {
			s[f][doc] = uint8(min(int(s[f][doc])+int(l.Freqs[i]), format.MaxFreq))
		}
	}
}

// lists returns the posting lists of the terms as if they were one.
func (s *sums) lists() (union [format.NumFields]format.List) {
	for f := range s {
		n := len(s[f]) - bytes.Count(s[f], []byte{0})
		union[f] = format.List{Docs: make([]uint32, 0, n), Freqs: make([]uint8, 0, n)}
		for doc, freq := range s[f] {
			if freq > 0 {
				union[f].Docs, union[f].Freqs = append(union[f].Docs, uint32(doc)), append(union[f].Freqs, freq)
			}
		}
	}
	return union
}

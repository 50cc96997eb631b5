package read

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
)

// A Word is one word of the vocabulary.
type Word struct {
	Text []rune
	// Syllables are how its characters are read, without tones; "" for what has no
	// pronunciation but itself.
	Syllables []string
	Docs      int  // articles that have it, about
	Entity    bool // the name of a person, place or organisation
	bucket    int
}

// A BucketRange is a range of buckets of the vocabulary, both ends included (see
// format.Bucket).
type BucketRange [2]int

// AllBuckets has every word.
var AllBuckets = BucketRange{1, format.MaxBucket}

// BucketsOf returns the buckets of the words that begin with a syllable or with
// letters that begin one.
func BucketsOf(letters string) BucketRange {
	from, to := format.Buckets(letters)
	return BucketRange{from, to}
}

// bucket is a chunk of the vocabulary that was read: words or, in the first
// chunk of a segment, the pronunciations of characters.
type bucket struct {
	words          []Word
	pronunciations *format.Pronunciations
}

func (s *Segment) loadBucket(ctx context.Context, id chunk.ID) (*bucket, int, error) {
	c, err := s.ix.fetch(ctx, id, format.Suggest, nil)
	if err != nil {
		return nil, 0, err
	}
	if id == s.vocabulary[0].ID {
		pronunciations, err := format.ReadPronunciations(c.Body)
		return &bucket{pronunciations: pronunciations}, 8 * len(c.Body), format.InFile(err, id.Name())
	}
	entries, err := format.ReadVocabulary(c.Body, s.Alphabet.Len())
	if err != nil {
		return nil, 0, format.InFile(err, id.Name())
	}
	first, err := s.buckets.Get(ctx, s.vocabulary[0].ID)
	if err != nil {
		return nil, 0, err
	}
	words := make([]Word, len(entries))
	for i := range entries {
		if !words[i].fill(&entries[i], s, first.pronunciations) {
			return nil, 0, s.corrupt(format.Suggest, "word %d of %s is read as nothing is", i, id.Name())
		}
	}
	return &bucket{words: words}, 16 * len(c.Body), nil
}

// fill makes the word of an entry; it answers false if a character has not the
// pronunciation that the entry says.
func (w *Word) fill(e *format.Word, s *Segment, pronunciations *format.Pronunciations) bool {
	w.Text, w.Syllables = make([]rune, len(e.Codes)), make([]string, len(e.Codes))
	w.Docs, w.Entity = int(e.Docs), e.Entity
	for i, code := range e.Codes {
		w.Text[i] = s.Alphabet.Rune(code)
		number := 0
		if e.Pronunciations != nil {
			number = int(e.Pronunciations[i])
		}
		if of := pronunciations.Of[w.Text[i]]; number < len(of) {
			w.Syllables[i] = pronunciations.Syllables[of[number]]
		} else if number > 0 {
			return false
		}
	}
	if w.bucket = format.Bucket(w.Syllables[0]); w.Syllables[0] == "" {
		w.bucket = format.Bucket(string(w.Text))
	}
	return true
}

// Words calls yield with the words in some buckets, those of one segment after
// those of another: a word that several have comes several times. What it
// fetches it fetches side by side.
func (ix *Index) Words(ctx context.Context, on []BucketRange, yield func(*Word)) error {
	if len(on) == 0 {
		return nil
	}
	type wantedChunk struct {
		seg *Segment
		id  chunk.ID
	}
	var wanted []wantedChunk
	for _, s := range ix.segments {
		for i, c := range s.vocabulary {
			to := format.MaxBucket
			if i+1 < len(s.vocabulary) {
				to = s.vocabulary[i+1].From - 1
			}
			// The pronunciations, in bucket 0, come along with all others.
			if c.From == 0 || overlaps(on, c.From, to) {
				wanted = append(wanted, wantedChunk{s, c.ID})
			}
		}
	}
	got := make([]*bucket, len(wanted))
	g, gctx := errgroup.WithContext(ctx)
	for i, w := range wanted {
		g.Go(func() (err error) {
			got[i], err = w.seg.buckets.Get(gctx, w.id)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, s := range got {
		for i := range s.words {
			if w := &s.words[i]; overlaps(on, w.bucket, w.bucket) {
				yield(w)
			}
		}
	}
	return nil
}

func overlaps(on []BucketRange, from, to int) bool {
	for _, s := range on {
		if s[0] <= to && from <= s[1] {
			return true
		}
	}
	return false
}

// Syllables returns how a character is read, in whichever segment.
func (ix *Index) Syllables(ctx context.Context, r rune) ([]string, error) {
	var all []string
	for _, s := range ix.segments {
		if len(s.vocabulary) == 0 {
			continue
		}
		first, err := s.buckets.Get(ctx, s.vocabulary[0].ID)
		if err != nil {
			return nil, err
		}
		for _, n := range first.pronunciations.Of[r] {
			all = append(all, first.pronunciations.Syllables[n])
		}
	}
	return all, nil
}

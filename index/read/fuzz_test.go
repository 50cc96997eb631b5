package read

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/indextest"
)

// onFiles opens an index whose files are what they are, whatever their names say: a
// hash keeps damage from the decoders as a rule, and so from what is tried here.
func onFiles(t *testing.T, files map[string][]byte) *Index {
	t.Helper()
	source := &indextest.Faulty{Files: files}
	ix, err := Open(context.Background(), source, Options{})
	if err != nil {
		t.Fatal(err)
	}
	ix.store = source
	return ix
}

// isDamage fails the test if err is an error that is not ErrCorrupt, and says whether
// there was one.
func isDamage(t *testing.T, err error) bool {
	t.Helper()
	if err != nil && !errors.Is(err, format.ErrCorrupt) {
		t.Fatalf("%v is no CorruptError", err)
	}
	return err != nil
}

// opened returns the body of a segment's first chunk of a kind.
func opened(f *testing.F, ix *Index, kind format.Kind, dict []byte) []byte {
	file, err := ix.store.Get(context.Background(), ix.segments[0].Of(kind)[0].ID)
	if err != nil {
		f.Fatal(err)
	}
	c, err := format.OpenChunk(file, kind, dict)
	if err != nil {
		f.Fatal(err)
	}
	return bytes.Clone(c.Body)
}

// Whatever a chunk of articles and the phrases that it is packed with have, each
// article is one in UTF-8 or damaged, and those of the other chunks are as they were.
func FuzzStored(f *testing.F) {
	files := indextest.Build(f, indextest.Small(), indextest.Articles(51, 9)).Files()
	whole, err := Open(context.Background(), &indextest.Faulty{Files: files}, Options{})
	if err != nil {
		f.Fatal(err)
	}
	ctx, seg := context.Background(), whole.segments[0]
	phrases, err := seg.column(ctx, format.Phrases)
	if err != nil {
		f.Fatal(err)
	}
	want := make([]*article.Article, whole.MaxDoc())
	for doc := range want {
		if want[doc], err = whole.Article(ctx, uint32(doc)); err != nil {
			f.Fatal(err)
		}
	}
	id := seg.storeds[0].ID
	body := opened(f, whole, format.Stored, phrases)
	f.Add(body)
	f.Add(body[:len(body)/2])
	f.Add(bytes.Repeat([]byte{0}, seg.docsOf(seg.storeds[0])))
	f.Fuzz(func(t *testing.T, body []byte) {
		damaged := maps.Clone(files)
		damaged[id.Name()] = (&format.Chunk{Kind: format.Stored, Body: body}).Append(nil, phrases)
		ix := onFiles(t, damaged)
		for doc := range want {
			a, err := ix.Article(ctx, uint32(doc))
			if of, _ := ix.StoredChunk(uint32(doc)); of != id {
				if err != nil || a.ID != want[doc].ID || a.Text() != want[doc].Text() {
					t.Fatalf("document %d of another chunk: %+v, %v", doc, a, err)
				}
				continue
			}
			if isDamage(t, err) {
				continue
			}
			for _, s := range []string{a.ID, a.Title, a.Subtitle, a.Date, a.Source, a.Summary, a.Text()} {
				if !utf8.ValidString(s) {
					t.Fatalf("document %d has %q", doc, s)
				}
			}
		}
	})
}

// Whatever a column has, what is read of it is one value for each document or damage.
func FuzzColumns(f *testing.F) {
	files := indextest.Build(f, indextest.Small(), indextest.Articles(52, 9)).Files()
	whole, err := Open(context.Background(), &indextest.Faulty{Files: files}, Options{})
	if err != nil {
		f.Fatal(err)
	}
	kinds := []format.Kind{format.Dates, format.IDs, format.Norms}
	ids := make([]chunk.ID, len(kinds))
	for i, kind := range kinds {
		ids[i] = whole.segments[0].Of(kind)[0].ID
		f.Add(opened(f, whole, kind, nil))
	}
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0, 0})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, body []byte) {
		damaged := maps.Clone(files)
		for i, kind := range kinds {
			damaged[ids[i].Name()] = (&format.Chunk{Kind: kind, Body: body}).Append(nil, nil)
		}
		ctx, s := context.Background(), onFiles(t, damaged).segments[0]
		days, err := s.Days(ctx)
		if !isDamage(t, err) && (len(days) != s.Docs || slices.ContainsFunc(days, func(d int32) bool { return d < 0 })) {
			t.Fatalf("days %v of %d documents", days, s.Docs)
		}
		all, err := s.IDs(ctx)
		if !isDamage(t, err) && len(all) != s.Docs {
			t.Fatalf("IDs %q of %d documents", all, s.Docs)
		}
		norms, err := s.norms(ctx)
		if isDamage(t, err) != (len(body) != s.Docs) || err == nil && !bytes.Equal(norms, body) {
			t.Fatalf("lengths %v of %d documents out of %v: %v", norms, s.Docs, body, err)
		}
	})
}

// The candidates for a phrase are the documents that have it and perhaps some more;
// where they are said to be exact, they are just those.
func FuzzPhrase(f *testing.F) {
	articles := indextest.Articles(53, 60)
	files := indextest.Build(f, indextest.Small(), articles).Files()
	for _, s := range []string{"江海区", "新闻联播", "黨 建", "", " ", "a", "ＷiFi。", "𠮷", "没有", "江海江海江海江海江海江海江海江海江海江海江海江海", "，。“”（）"} {
		f.Add(s)
	}
	ctx := context.Background()
	ix, err := Open(ctx, &indextest.Faulty{Files: files}, Options{})
	if err != nil {
		f.Fatal(err)
	}
	s := ix.segments[0]
	ids, err := s.IDs(ctx)
	if err != nil {
		f.Fatal(err)
	}
	lines := make([][]string, len(ids)) // of each document, folded
	for doc, id := range ids {
		i := slices.IndexFunc(articles, func(a *article.Article) bool { return a.ID == id })
		for _, line := range indextest.Lines(articles[i]) {
			lines[doc] = append(lines[doc], indextest.Folder().Fold(line).String())
		}
	}
	f.Fuzz(func(t *testing.T, typed string) {
		phrase := indextest.Folder().Runes(typed)
		c, err := s.phrase(ctx, phrase, make(bigramLists))
		if err != nil {
			t.Fatal(err)
		}
		for doc := range ids {
			var times, found int
			exact := true
			for _, line := range lines[doc] {
				if len(phrase) > 0 {
					times += overlapping(line, string(phrase))
				}
			}
			for field, list := range c.Lists {
				if len(list.Docs) != len(list.Freqs) || !slices.IsSorted(list.Docs) {
					t.Fatalf("%q: field %d has %+v", phrase, field, list)
				}
				if i, ok := slices.BinarySearch(list.Docs, uint32(doc)); ok {
					found += int(list.Freqs[i])
					exact = exact && c.Exact[field]
				}
			}
			if found < min(times, format.MaxFreq) || exact && (found > 0) != (times > 0) {
				t.Fatalf("%q stands %d times in %q, the index says %d, exact: %v", string(phrase), times, lines[doc], found, exact)
			}
		}
	})
}

// overlapping counts how often part stands in a text, also where one overlaps another.
func overlapping(text, part string) int {
	n := 0
	for i := range text {
		if strings.HasPrefix(text[i:], part) {
			n++
		}
	}
	return n
}

// An intersection has what all lists have, each with the least frequency, in order.
func FuzzIntersection(f *testing.F) {
	f.Add([]byte{1, 1, 1, 0, 2, 1}, []byte{1, 3, 0}, []byte{2, 2, 200})
	f.Fuzz(func(t *testing.T, a, b, c []byte) {
		var lists []format.List
		all := make(map[uint32][]uint8) // frequencies by document
		for _, steps := range [][]byte{a, b, c} {
			var l format.List
			doc := uint32(0)
			for i, step := range steps {
				doc += 1 + uint32(step)
				l.Docs, l.Freqs = append(l.Docs, doc), append(l.Freqs, uint8(i)|1)
				all[doc] = append(all[doc], uint8(i)|1)
			}
			lists = append(lists, l)
		}
		got := intersection(lists)
		var want format.List
		for _, doc := range slices.Sorted(maps.Keys(all)) {
			if freqs := all[doc]; len(freqs) == len(lists) {
				want.Docs, want.Freqs = append(want.Docs, doc), append(want.Freqs, slices.Min(freqs))
			}
		}
		if !slices.Equal(got.Docs, want.Docs) || !slices.Equal(got.Freqs, want.Freqs) {
			t.Fatalf("%v have %v in common, got %v", lists, want, got)
		}
		places := make([]uint32, len(b))
		fit := true
		for i := range b {
			places[i] = uint32(b[i])
			fit = fit && int(b[i]) < len(a)
		}
		if picked, ok := pick(lists[0], places); ok != fit || ok && len(picked.Docs) != len(places) {
			t.Fatalf("%v of %v: %v, %v", places, lists[0], picked, ok)
		}
	})
}

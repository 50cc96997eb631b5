package search_test

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
	"github.com/kanbao/kanbao/index/write"
)

// outcome is what a visitor gets: answers, or the error that came first.
func outcome(source chunk.Source, queries []string) ([]*query.Result, error) {
	e, err := search.Open(context.Background(), source)
	if err != nil {
		return nil, err
	}
	var results []*query.Result
	for _, text := range queries {
		r, err := e.Search(context.Background(), damageQuery(text))
		if err != nil {
			return results, err
		}
		r.Stats = query.Stats{}
		results = append(results, r)
	}
	return results, nil
}

var damageQueries = []string{"人民", "新闻联播", "\"海区党\"", "民", "志愿者 建设", "tag:党建 人民 -新闻", "-author:张三 date:2024", "聞聯播", "建設"}

// damageQuery counts all fields if the text has a filter.
func damageQuery(text string) query.Query {
	q := query.Query{Text: text, Limit: 30}
	if strings.Contains(text, ":") {
		q.Facets = query.Fields()
	}
	return q
}

// A witness is what damage is held against: the answers of the undamaged index,
// and which of damageQueries is the least that needs a file when it is asked
// alone. What no query asks for is not in needs.
type witness struct {
	want  []*query.Result
	needs map[string]int
}

func undamaged(t *testing.T, files map[string][]byte) *witness {
	t.Helper()
	want, err := outcome(&indextest.Faulty{Files: files}, damageQueries)
	if err != nil {
		t.Fatal(err)
	}
	w := &witness{want, make(map[string]int)}
	least := make(map[string]int)
	for i := range damageQueries {
		source := &indextest.Faulty{Files: files}
		if _, err := outcome(source, damageQueries[i:i+1]); err != nil {
			t.Fatal(err)
		}
		fetched := source.Fetched()
		for name := range fetched {
			if n, ok := least[name]; !ok || len(fetched) < n {
				least[name], w.needs[name] = len(fetched), i
			}
		}
	}
	if len(w.needs) < 2 {
		t.Fatalf("the queries ask for nothing but %v", w.needs)
	}
	return w
}

func TestEveryFlippedByteIsNoticed(t *testing.T) {
	articles := indextest.Articles(21, 12)
	for name, opt := range map[string]write.Options{"chunks": indextest.Small(), "pack": {}} {
		opt.Synonyms = [][]string{{"民", "新闻"}, {"建設", "聯播"}}
		files := indextest.Build(t, opt, articles).Files()
		w := undamaged(t, files)
		for file, good := range files {
			// Every byte of all but long files; a sixteenth of them where it is slow.
			step := 1 + len(good)/indextest.Rounds(indextest.Rounds(4000))
			if _, ok := w.needs[file]; !ok {
				step = len(good) // nobody reads it, which once is enough to show
			}
			for i := 0; i < len(good); i += step {
				bad := append([]byte(nil), good...)
				bad[i] ^= 1 << (i % 8)
				files[file] = bad
				w.check(t, name+" "+file, files, file)
			}
			files[file] = good
		}
	}
}

func TestEveryTruncationIsNoticed(t *testing.T) {
	articles := indextest.Articles(22, 12)
	for name, opt := range map[string]write.Options{"chunks": indextest.Small(), "pack": {}} {
		opt.Synonyms = [][]string{{"民", "新闻"}, {"建設", "聯播"}}
		files := indextest.Build(t, opt, articles).Files()
		w := undamaged(t, files)
		for file, good := range files {
			for n := 0; n < len(good); n += 1 + len(good)/indextest.Rounds(64) {
				files[file] = good[:n:n]
				w.check(t, name+" "+file, files, file)
			}
			files[file] = good
		}
	}
}

func TestSwappedChunksAreNoticed(t *testing.T) {
	files := indextest.Build(t, indextest.Small(), indextest.Articles(23, 30)).Files()
	w := undamaged(t, files)
	names := slices.Sorted(maps.Keys(files))
	every := 4 / indextest.Rounds(4) // pair, or every fourth of them
	n := 0
	for _, a := range names {
		for _, b := range names {
			if a < b && a != chunk.ManifestName && b != chunk.ManifestName {
				if n++; n%every != 0 {
					continue
				}
				files[a], files[b] = files[b], files[a]
				w.check(t, a+" as "+b, files, a, b)
				files[a], files[b] = files[b], files[a]
			}
		}
	}
}

// check fails unless every answer that is given is right and an error says what
// is damaged. A query that does not ask for a damaged file knows nothing of it, so
// one that does is asked alone; if it notices nothing, all of them are.
func (w *witness) check(t *testing.T, what string, files map[string][]byte, damaged ...string) {
	t.Helper()
	for _, name := range damaged {
		if i, ok := w.needs[name]; ok && w.noticed(t, what, files, i, i+1) {
			return
		}
	}
	w.noticed(t, what, files, 0, len(damageQueries))
}

// noticed asks damageQueries[from:to], and reports whether there was an error.
func (w *witness) noticed(t *testing.T, what string, files map[string][]byte, from, to int) bool {
	t.Helper()
	// A copy, for a fetch that an error has overtaken may still be under way.
	got, err := outcome(&indextest.Faulty{Files: maps.Clone(files)}, damageQueries[from:to])
	for i := range got {
		if !reflect.DeepEqual(got[i], w.want[from+i]) {
			t.Fatalf("%s damaged: %q answers %+v, want %+v", what, damageQueries[from+i], got[i], w.want[from+i])
		}
	}
	if err == nil {
		if len(got) != to-from {
			t.Fatalf("%s damaged: %d answers, want %d", what, len(got), to-from)
		}
		return false
	}
	var version *format.VersionError
	if !errors.Is(err, format.ErrCorrupt) && !errors.As(err, &version) {
		t.Fatalf("%s damaged: %v, want a CorruptError", what, err)
	}
	if !strings.Contains(err.Error(), format.Extension) {
		t.Fatalf("%s damaged: %v names no file", what, err)
	}
	return true
}

// A file that is not there fails the queries that need it and no others, and is
// found once it is back.
func TestMissingChunkFailsOnlyWhatNeedsIt(t *testing.T) {
	files := indextest.Build(t, indextest.Small(), indextest.Articles(24, 60)).Files()
	want, err := outcome(&indextest.Faulty{Files: files}, damageQueries)
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	for name := range files {
		if name == chunk.ManifestName {
			continue
		}
		source := &indextest.Faulty{Files: files}
		var away atomic.Bool
		source.Fail = func(asked string) error {
			if away.Load() && asked == name {
				return chunk.ErrUnreachable
			}
			return nil
		}
		e := open(t, source)
		for i, text := range damageQueries {
			ask := func() (*query.Result, error) {
				r, err := e.Search(context.Background(), damageQuery(text))
				if err == nil {
					r.Stats = query.Stats{}
				}
				return r, err
			}
			away.Store(true)
			r, err := ask()
			if err != nil {
				failed++
				if !errors.Is(err, chunk.ErrUnreachable) {
					t.Fatalf("%s away: %q: %v, want ErrUnreachable", name, text, err)
				}
				away.Store(false)
				if r, err = ask(); err != nil {
					t.Fatalf("%s back: %q: %v", name, text, err)
				}
			}
			if !reflect.DeepEqual(r, want[i]) {
				t.Fatalf("%s: %q: %+v, want %+v", name, text, r, want[i])
			}
		}
	}
	if failed == 0 {
		t.Error("no query failed, whatever was away: the test tests nothing")
	}
}

// Files of two builds in one folder never mix: what the manifest does not list
// is not asked for, and what it lists is what it was.
func TestManifestOfOneBuildWithChunksOfAnother(t *testing.T) {
	older := indextest.Build(t, indextest.Small(), indextest.Articles(25, 30)).Files()
	newer := indextest.Build(t, indextest.Small(), indextest.Articles(26, 30)).Files()
	want, err := outcome(&indextest.Faulty{Files: newer}, damageQueries)
	if err != nil {
		t.Fatal(err)
	}
	mixed := map[string][]byte{}
	for name, file := range older {
		mixed[name] = file
	}
	mixed[chunk.ManifestName] = newer[chunk.ManifestName]
	got, err := outcome(&indextest.Faulty{Files: mixed}, damageQueries)
	if !errors.Is(err, chunk.ErrMissing) {
		t.Errorf("new manifest, old chunks: %v, want ErrMissing", err)
	}
	for i := range got {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("%q: %+v, want %+v", damageQueries[i], got[i], want[i])
		}
	}
}

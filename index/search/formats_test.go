package search_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/variants"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/entity"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/parse/jsonl"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
	"github.com/kanbao/kanbao/index/update"
	"github.com/kanbao/kanbao/index/update/updatetest"
	"github.com/kanbao/kanbao/index/write"
)

var keep = flag.Bool("keep-format", false, "write an index of today's format to testdata/formats, if there is none yet, and what it answers")

const (
	// formats has an index of each version since 2, in a folder named by its
	// number, with what it answered while it was today's.
	formats  = "testdata/formats"
	answered = "answers.txt"
)

// formatQueries are what the indexes were asked: words, a phrase, pinyin, a typo, the
// other script, a filter, a synonym, a word that one segment has.
var formatQueries = []query.Query{
	{Text: "月亮"}, {Text: `"太阳"`}, {Text: "taifeng"}, {Text: "太杨"}, {Text: "颱風"}, {Text: "台风 date:2024-09"},
	{Text: "飓风"}, {Text: "月亮 -报纸"}, {Text: "报纸", Facets: []query.Field{query.Date, query.Place}}, {Text: "灯塔"},
}

// TestIndexesOfEveryFormat opens the indexes that were kept: today's answers as
// written down, the others are refused for what they are.
func TestIndexesOfEveryFormat(t *testing.T) {
	today := filepath.Join(formats, strconv.Itoa(format.Version))
	if *keep {
		keepFormat(t, today)
		text := answers(t, indexOf(t, today))
		if err := os.WriteFile(filepath.Join(today, answered), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	folders, err := os.ReadDir(formats)
	if err != nil {
		t.Fatal(err)
	}
	seen := false
	for _, f := range folders {
		version, err := strconv.Atoi(f.Name())
		if err != nil {
			t.Fatalf("%s: %v", f.Name(), err)
		}
		files := indexOf(t, filepath.Join(formats, f.Name()))
		if version != format.Version {
			refused(t, files, version)
			continue
		}
		seen = true
		want, err := os.ReadFile(filepath.Join(today, answered))
		if err != nil {
			t.Fatal(err)
		}
		if got := answers(t, files); got != string(want) {
			t.Errorf("the index of format %d answers\n%s\nand when it was written it answered\n%s", version, got, want)
		}
	}
	if !seen {
		t.Errorf("no index of format %d: keep one with go test ./index/search -run Formats -keep-format", format.Version)
	}
}

// An index of an older or newer format is no damage: it is said which it is.
func TestOtherFormatsAreRefused(t *testing.T) {
	files := indexOf(t, filepath.Join(formats, strconv.Itoa(format.Version)))
	for _, version := range []int{format.Version - 1, format.Version + 1} {
		manifest := append([]byte(nil), files[chunk.ManifestName]...)
		manifest[len("kbm")] = byte(version)
		refused(t, map[string][]byte{chunk.ManifestName: manifest}, version)
	}
}

func refused(t *testing.T, files map[string][]byte, version int) {
	t.Helper()
	_, err := search.Open(context.Background(), &indextest.Faulty{Files: files})
	var other *format.VersionError
	if !errors.As(err, &other) || other.Found != version || other.File != chunk.ManifestName {
		t.Errorf("format %d: error %v, want a VersionError that names it", version, err)
	}
	if errors.Is(err, format.ErrCorrupt) {
		t.Errorf("format %d is taken for damage: %v", version, err)
	}
}

// indexOf reads the files of an index.
func indexOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := make(map[string][]byte)
	paths, err := filepath.Glob(filepath.Join(dir, "*"+format.Extension))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s has no index: %v", dir, err)
	}
	for _, path := range paths {
		if files[filepath.Base(path)], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// answers asks an index, and returns what it answers as text.
func answers(t *testing.T, files map[string][]byte) string {
	t.Helper()
	e := open(t, &indextest.Faulty{Files: files})
	var b strings.Builder
	for _, q := range formatQueries {
		r, err := e.Search(context.Background(), q)
		if err != nil {
			t.Fatalf("%q: %v", q.Text, err)
		}
		fmt.Fprintf(&b, "%s: %d\n", q.Text, r.Total)
		for _, h := range r.Hits {
			fmt.Fprintf(&b, "  %s %s %s\n    %s\n", h.ID, h.Date, h.Title.HTML(), h.Snippet.HTML())
		}
		for _, read := range r.Read {
			fmt.Fprintf(&b, "  read %v\n", read)
		}
		for _, c := range r.Corrections {
			fmt.Fprintf(&b, "  meant %s\n", c.Text)
		}
		for _, f := range r.Facets {
			fmt.Fprintf(&b, "  %s %v\n", f.Field, f.Values)
		}
	}
	return b.String()
}

// keepFormat writes an index of some of the sample's articles, as it is after a
// second build: in two segments, of which the first has lost an article.
func keepFormat(t *testing.T, dir string) {
	t.Helper()
	if _, err := os.Stat(dir); err == nil {
		return // what was kept is never written anew
	}
	folder := analyze.Folder{Variants: variants.Table()}
	finder, err := entity.New(folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	opt := update.Options{Options: write.Options{
		StoredSize: 4000, TermsSize: 4000, PackBelow: -1, Excess: 1, Entities: finder.Find,
		Synonyms: [][]string{{"台风", "飓风"}},
	}}
	articles := shortArticles(t)
	first, second := new(chunk.Memory), new(chunk.Memory)
	for _, step := range []struct {
		to, over *chunk.Memory
		of       []*article.Article
	}{{first, nil, articles[:len(articles)-1]}, {second, first, articles[1:]}} {
		if opt.Sink = step.to; step.over != nil {
			opt.Previous = step.over
		}
		w, err := update.New(context.Background(), opt)
		if err != nil {
			t.Fatal(err)
		}
		updatetest.Write(t, w, step.of)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, file := range second.Files() {
		if err := os.WriteFile(filepath.Join(dir, name), file, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// shortArticles returns the shortest articles of the sample.
func shortArticles(t *testing.T) []*article.Article {
	t.Helper()
	var articles []*article.Article
	for _, name := range []string{"2024-09-05/briefs.jsonl", "2024-09-12/facts.jsonl"} {
		file := filepath.Join("../../testdata/sample", name)
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for a, err := range (jsonl.Parser{}).Parse(name, f) {
			if err != nil {
				t.Fatal(err)
			}
			// Each is an edition of its own, for one stands in one segment.
			a.Edition = article.Edition{Date: fmt.Sprintf("2024-09-%02d", len(articles)+1)}
			articles = append(articles, a)
		}
	}
	return articles
}

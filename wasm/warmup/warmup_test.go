package warmup

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/words"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
	"github.com/kanbao/kanbao/index/write"
)

var rewrite = flag.Bool("write", false, "write index.bin anew")

// articles say the same of twelve months and three coasts, which makes long posting
// lists of few bytes.
func articles() []*article.Article {
	var all []*article.Article
	for m, month := range []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"} {
		for c, coast := range []string{"东海", "南海", "黄海"} {
			all = append(all, &article.Article{
				ID:    fmt.Sprintf("%d-%d", m+1, c+1),
				Title: coast + month + "月的潮水",
				Date:  fmt.Sprintf("2024-%02d-01", m+1),
				Tags:  []string{"潮汐"},
				Sections: []article.Section{{Blocks: []article.Block{
					{Text: "月亮吸引海水，海水一天里涨落两次，这就是潮汐。" + month + "月里新月和满月前后的潮水最大。"},
					{Text: coast + "的渔民看着月亮出海：潮水涨时进港，潮水落时离港。"},
				}}},
			})
		}
	}
	return all
}

func built(t *testing.T) []byte {
	segmenter, err := words.FromList("月亮", "潮水", "潮汐", "渔民")
	if err != nil {
		t.Fatal(err)
	}
	store := indextest.Build(t, write.Options{PackBelow: -1, BundleBelow: -1, Segmenter: segmenter, Folder: analyze.Folder{Variants: map[rune]rune{'魚': '鱼'}}}, articles())
	files := store.Files()
	names := needed(t, files)
	var b []byte
	for _, name := range append([]string{chunk.ManifestName}, names...) {
		b = binary.AppendUvarint(b, uint64(len(files[name])))
		b = append(b, files[name]...)
	}
	return b
}

// needed returns the names of the chunks that a search for Text fetches.
func needed(t *testing.T, files map[string][]byte) []string {
	var names []string
	source := &indextest.Faulty{Files: files, Fail: func(name string) error {
		if name != chunk.ManifestName && !slices.Contains(names, name) {
			names = append(names, name)
		}
		return nil
	}}
	ask(t, source)
	slices.Sort(names)
	return names
}

func ask(t *testing.T, source chunk.Source) *query.Result {
	t.Helper()
	engine, err := search.Open(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	found, err := engine.Search(t.Context(), query.Query{Text: Text, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestIndexIsOfToday(t *testing.T) {
	today := built(t)
	if *rewrite {
		if err := os.WriteFile("index.bin", today, 0o644); err != nil {
			t.Fatal(err)
		}
		file = today
	}
	if !bytes.Equal(file, today) {
		t.Error("index.bin is not what the writer makes today: run go test ./wasm/warmup -write")
	}
}

func TestTextIsFound(t *testing.T) {
	found := ask(t, Index())
	if found.Total != len(articles()) || len(found.Hits) != 10 {
		t.Errorf("%d articles, %d hits; want %d and 10", found.Total, len(found.Hits), len(articles()))
	}
}

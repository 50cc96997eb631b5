package updatetest

import (
	"context"
	"slices"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/update"
)

// Write adds the articles to an index over an older one, as whole editions, and
// writes it. Every other article that the older index has is left for it to read.
func Write(t testing.TB, w *update.Writer, articles []*article.Article) *update.Summary {
	t.Helper()
	n := 0
	for len(articles) > 0 {
		key := articles[0].EditionKey()
		end := slices.IndexFunc(articles, func(a *article.Article) bool { return a.EditionKey() != key })
		if end < 0 {
			end = len(articles)
		}
		var edition []update.Entry
		for _, a := range articles[:end] {
			e := update.EntryOf(a)
			if n++; n%2 == 0 && w.Has(e.ID, e.Digest) {
				e.Article = nil
			}
			edition = append(edition, e)
		}
		if err := w.Add(key, edition...); err != nil {
			t.Fatal(err)
		}
		articles = articles[end:]
	}
	sum, err := w.Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

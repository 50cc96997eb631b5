package site

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
)

// copySite copies one of the sites in testdata, as generators leave them.
func copySite(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "public")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("../../testdata/sites", name))); err != nil {
		t.Fatal(err)
	}
	return dir
}

func mustIndex(t *testing.T, o IndexOptions) *Summary {
	t.Helper()
	sum, err := Index(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range slices.Concat(sum.Errors, sum.Warnings) {
		t.Errorf("said: %v", e)
	}
	return sum
}

// hits returns what is found in the index of a site.
func hits(t *testing.T, out string, q query.Query) []query.Hit {
	t.Helper()
	engine, err := search.Open(t.Context(), chunk.Dir(filepath.Join(out, indexFolder)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := engine.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return r.Hits
}

// found returns the addresses of what is found, each with its place.
func found(t *testing.T, out string, q query.Query) []string {
	t.Helper()
	var all []string
	for _, h := range hits(t, out, q) {
		at := strings.ReplaceAll(h.Href, "../", "")
		if at == h.Href || !strings.HasPrefix(at, h.URL) || h.ID != h.URL {
			t.Errorf("the hit %q of %q has the address %q", h.ID, h.URL, h.Href)
		}
		all = append(all, at)
	}
	return all
}

func TestSitesOfGenerators(t *testing.T) {
	for _, c := range []struct {
		site, text string
		want       string
	}{
		{"hugo", "赶海的人翻着历书", "posts/spring-tide/#大潮"},
		{"hugo", "高潮间隙", "posts/spring-tide/#大潮"},
		{"hugo", "井底通着海", "posts/tide-gauge/#:~:text=%E4%BA%95%E5%BA%95%E9%80%9A%E7%9D%80%E6%B5%B7"},
		{"hugo", "drum of paper", "en/posts/tide-gauge/#the-pen"},
		{"hugo", "date:2024-05-12 守站", "posts/tide-gauge/#how-it-writes"},
		{"hugo", "author:林晓 潮差", "posts/spring-tide/#大潮"},
		{"hugo", `"别的文章的题目"`, ""}, // is in the navigation
		{"hugo", "目录里的一行", ""},
		{"hugo", "Powered", ""},
		{"hexo", "伤了鱼苗", "2024/06/02/net/#网眼"},
		{"hexo", "两指 带鱼", "2024/06/02/net/#网眼"},
		{"hexo", "船板", "2024/05/20/boat/#caulk"},
		{"hexo", `"侧栏里补网的题目"`, ""},
		{"hexo", `"导航里的题目"`, ""},
	} {
		dir := copySite(t, c.site)
		out := filepath.Join(dir, "kanbao")
		mustIndex(t, IndexOptions{Site: dir, Out: out})
		if got := strings.Join(found(t, out, query.Query{Text: c.text}), " "); got != c.want {
			t.Errorf("%s: %q finds %q, want %q", c.site, c.text, got, c.want)
		}
	}
}

// Nothing of the site but the folder of the index is touched, and a second run has
// nothing to do.
func TestIndexTouchesNothingElse(t *testing.T) {
	dir := copySite(t, "hugo")
	out := filepath.Join(dir, "kanbao")
	before := tree(t, dir)
	first := mustIndex(t, IndexOptions{Site: dir, Out: out})
	made := tree(t, dir)
	for name, data := range before {
		if made[name] != data {
			t.Errorf("%s was changed", name)
		}
	}
	for name := range made {
		if _, was := before[name]; !was && !strings.HasPrefix(name, "kanbao/") {
			t.Errorf("%s was made", name)
		}
		if strings.HasSuffix(name, "sw.js") || strings.Contains(name, "app-") || strings.HasSuffix(name, ".css") && strings.HasPrefix(name, "kanbao/") {
			t.Errorf("%s is of no use to a page of another site", name)
		}
	}
	for _, name := range []string{"package.json", "index.mjs", "kanbao.d.ts"} {
		if made["kanbao/kanbao/npm/"+name] == "" {
			t.Errorf("the package for projects with a bundler has no %s", name)
		}
	}
	second := mustIndex(t, IndexOptions{Site: dir, Out: out})
	if first.Kept != 0 || second.Kept != second.Articles || second.Articles != first.Articles || second.Terms != first.Terms || second.IndexBytes != first.IndexBytes {
		t.Errorf("the first time %+v\nthe second time %+v", first, second)
	}
	if again := tree(t, dir); !maps.Equal(again, made) {
		t.Error("a second run over the same site has changed something")
	}
	checked, err := Check(t.Context(), out)
	if err != nil || len(checked.Problems) > 0 || checked.Articles != first.Articles {
		t.Errorf("check: %+v, %v", checked, err)
	}
}

func TestIndexFollowsTheSite(t *testing.T) {
	dir := copySite(t, "hexo")
	out := filepath.Join(dir, "search", "kanbao")
	mustIndex(t, IndexOptions{Site: dir, Out: out})
	put(t, dir, map[string]string{
		"2024/07/01/new/index.html":  `<article><h1>新来的一篇</h1><p>灯塔换了灯泡。</p></article>`,
		"2024/05/20/boat/index.html": `<article><h1>修船</h1><p>船修好了，下水那天放了鞭炮。</p></article>`,
	})
	if err := os.RemoveAll(filepath.Join(dir, "2024/06")); err != nil {
		t.Fatal(err)
	}
	sum := mustIndex(t, IndexOptions{Site: dir, Out: out})
	if sum.Articles != 3 || sum.Kept != 1 {
		t.Errorf("%d pages, %d as they were", sum.Articles, sum.Kept)
	}
	fresh := filepath.Join(dir, "other", "kanbao")
	mustIndex(t, IndexOptions{Site: dir, Out: fresh, Exclude: []string{"search"}})
	for _, text := range []string{"灯塔", "鞭炮", "捻缝", "鱼苗"} {
		q := query.Query{Text: text, IDsOnly: true}
		a, b := idsOf(t, out, q), idsOf(t, fresh, q)
		if !slices.Equal(a, b) {
			t.Errorf("%s: over the older index %q, anew %q", text, a, b)
		}
	}
	if got := found(t, out, query.Query{Text: "灯塔"}); len(got) != 1 {
		t.Errorf("found %q", got)
	}
	put(t, out, map[string]string{"kanbao/build.json": "x"})
	mustIndex(t, IndexOptions{Site: dir, Out: out, Verify: true})
	if checked, err := Check(t.Context(), out); err != nil || len(checked.Problems) > 0 {
		t.Errorf("after --verify: %+v, %v", checked, err)
	}
}

func idsOf(t *testing.T, out string, q query.Query) []string {
	t.Helper()
	var ids []string
	for _, h := range hits(t, out, q) {
		ids = append(ids, h.URL)
	}
	slices.Sort(ids)
	return ids
}

func TestWhatIsLeftOut(t *testing.T) {
	pages := map[string]string{
		"a.html":          `<link rel="canonical" href="https://x.example.cn/news/a.html"><main>甲潮</main>`,
		"b.html":          `<link rel="canonical" href="https://x.example.cn/news/b.html"><main>乙潮</main>`,
		"copy.html":       `<link rel="canonical" href="https://x.example.cn/news/a.html?from=x#y"><main>丙潮</main>`,
		"path.html":       `<link rel="canonical" href="/news/a.html"><main>午潮</main>`,
		"elsewhere.html":  `<link rel="canonical" href="https://y.example.org/z.html"><main>丁潮</main>`,
		"circle-1.html":   `<link rel="canonical" href="/news/circle-2.html"><main>戊潮</main>`,
		"circle-2.html":   `<link rel="canonical" href="/news/circle-1.html"><main>己潮</main>`,
		"hidden.html":     `<meta name="robots" content="noindex"><main>庚潮</main>`,
		"over.html":       `<meta property="article:expiration_time" content="2020-01-01"><main>辛潮</main>`,
		"later.html":      `<meta property="article:published_time" content="2999-01-01"><main>壬潮</main>`,
		"print.html":      `<main>癸潮</main>`,
		".git/x.html":     `<main>子潮</main>`,
		"tags/x.html":     `<main>丑潮</main>`,
		"no/x.html":       `<main>寅潮</main>`,
		"a b/?.html":      `<main>卯潮</main>`,
		"a:b.html":        `<main>辰潮</main>`,
		"pages/index.htm": `<main>巳潮</main>`,
		"kanbao.toml":     `exclude = ["no"]` + "\n" + `skip = ["Print.html"]`,
	}
	dir := t.TempDir()
	put(t, dir, pages)
	out := filepath.Join(dir, "kanbao")
	sum := mustIndex(t, IndexOptions{Site: dir, Out: out})
	got := idsOf(t, out, query.Query{Text: "潮", Limit: 50})
	want := []string{"./a:b.html", "a%20b/%3F.html", "a.html", "b.html", "circle-1.html", "circle-2.html", "elsewhere.html", "later.html", "pages/index.htm", "tags/x.html"}
	if !slices.Equal(got, want) {
		t.Errorf("found\n%q, want\n%q", got, want)
	}
	if len(sum.HeldBack) != 1 || len(sum.Passed) != 4 {
		t.Errorf("held back %v, passed %v", sum.HeldBack, sum.Passed)
	}
	put(t, dir, map[string]string{"b.html": `<main data-pagefind-body>乙潮</main>`, "a.html": `<main>甲潮</main>`})
	mustIndex(t, IndexOptions{Site: dir, Out: out})
	if got := idsOf(t, out, query.Query{Text: "潮", Limit: 50}); !slices.Equal(got, []string{"b.html"}) {
		t.Errorf("one page says where its text is, and %q are found", got)
	}
}

// A site that names its front page as canonical everywhere keeps its pages.
func TestCanonicalThatIsAMistake(t *testing.T) {
	dir := t.TempDir()
	head := `<link rel="canonical" href="https://x.example.cn/">`
	put(t, dir, map[string]string{"index.html": head + "<main>甲潮</main>", "1.html": head + "<main>乙潮</main>", "2.html": head + "<main>丙潮</main>",
		"3.html": head + "<main>丁潮</main>", "4.html": head + "<main>戊潮</main>"})
	sum, err := Index(t.Context(), IndexOptions{Site: dir, Out: filepath.Join(dir, "kanbao")})
	if err != nil || sum.Articles != 5 || len(sum.Warnings) != 1 {
		t.Errorf("%+v, %v", sum, err)
	}
}

func TestPropertiesAreFieldsAndOrders(t *testing.T) {
	dir := t.TempDir()
	page := func(kind, price, more string) string {
		return `<html lang="zh"><main><h1>潮</h1><p data-pagefind-filter="kind:` + kind + `" data-pagefind-sort="price:` + price + `" data-pagefind-meta="at:` + price + `">水` + more + `</p></main>`
	}
	put(t, dir, map[string]string{"1.html": page("书", "9", ""), "2.html": page("报", "10", "水水水"), "3.html": page("书", "100", ""), "4.html": "<main><h1>潮</h1></main>"})
	out := filepath.Join(dir, "kanbao")
	mustIndex(t, IndexOptions{Site: dir, Out: out})
	for order, want := range map[query.Sort]string{"price": "1 2 3 4", "price:asc": "1 2 3 4", "price:desc": "3 2 1 4"} {
		var got []string
		for _, href := range found(t, out, query.Query{Text: "潮", Sort: order}) {
			got = append(got, href[:1])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("by %s: %q, want %s", order, got, want)
		}
	}
	engine, err := search.Open(context.Background(), chunk.Dir(filepath.Join(out, indexFolder)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := engine.Search(t.Context(), query.Query{Text: "潮", Facets: []query.Field{"kind", "nothing"}, Filters: []query.Filter{{Field: "kind", Values: []string{"报", "书"}}}})
	if err != nil {
		t.Fatal(err)
	}
	if r.Total != 3 || len(r.Facets) != 2 || len(r.Facets[1].Values) != 0 || r.Facets[0].Values[0] != (query.Count{Value: "书", Count: 2}) || len(r.Hits[0].Meta) != 1 {
		t.Errorf("got %+v", r)
	}
	if _, err := engine.Search(t.Context(), query.Query{Text: "潮", Sort: "weight"}); err == nil {
		t.Error("an order that nothing has is no error")
	}
	if fields, err := engine.Fields(t.Context()); err != nil || !slices.Contains(fields, "kind") || !slices.Contains(fields, "lang") {
		t.Errorf("the fields are %v, %v", fields, err)
	}
}

func TestIndexInTheWrongPlace(t *testing.T) {
	dir := copySite(t, "hexo")
	for _, out := range []string{dir, filepath.Dir(dir), filepath.Join(dir, "2024"), filepath.Join(t.TempDir(), "x")} {
		before := tree(t, dir)
		if _, err := Index(t.Context(), IndexOptions{Site: dir, Out: out}); err == nil {
			t.Errorf("an index in %s is no error", out)
		}
		if !maps.Equal(tree(t, dir), before) {
			t.Errorf("an index in %s was refused and has left something", out)
		}
	}
	if _, err := Index(t.Context(), IndexOptions{Site: t.TempDir(), Out: filepath.Join(dir, "kanbao")}); err == nil {
		t.Error("an index of another site is no error")
	}
	empty := t.TempDir()
	if _, err := Index(t.Context(), IndexOptions{Site: empty, Out: filepath.Join(empty, "kanbao")}); err == nil || !strings.Contains(err.Error(), "no HTML files") {
		t.Errorf("a site without pages: %v", err)
	}
	if entries, _ := os.ReadDir(empty); len(entries) > 0 {
		t.Errorf("%v is left", entries)
	}
}

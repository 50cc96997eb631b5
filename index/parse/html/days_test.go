package html

import (
	"errors"
	"testing"

	"github.com/kanbao/kanbao/index/parse/source"
)

// Programs write moments in Greenwich, where it may be the day before; people read the day.
func TestDayOfAMomentIsTheOneThatIsShown(t *testing.T) {
	const published = `<meta property="article:published_time" content="2024-09-11T16:30:00.000Z">`
	for about, c := range map[string]struct{ name, html, want string }{
		"beside the moment":  {"a.html", published + `<main><time datetime="2024-09-11T16:30:00.000Z">2024-09-12</time><p>甲。</p>`, "2024-09-12"},
		"in words":           {"a.html", `<main><p><time datetime="2024-09-11T16:30:00Z">Sep 12, 2024</time></p><p>甲。</p>`, "2024-09-12"},
		"in a line":          {"a.html", published + `<main><p>发布时间：2024年9月12日 来源：本站</p><p>甲。</p>`, "2024-09-12"},
		"in the address":     {"2024/09/12/a/index.html", published + `<main><p>甲。</p>`, "2024-09-12"},
		"the same day":       {"2024/09/12/a.html", published + `<main><time datetime="2024-09-11T16:30:00.000Z">2024-09-11</time><p>甲。</p>`, "2024-09-11"},
		"another moment":     {"a.html", published + `<main><p>更新于 2024-11-02</p><p>甲。</p>`, "2024-09-11"},
		"nothing is shown":   {"a.html", published + `<main><p>甲。</p>`, "2024-09-11"},
		"with a zone":        {"2024/09/12/a.html", `<meta property="article:published_time" content="2024-09-11T23:30:00+08:00"><main><p>甲。</p>`, "2024-09-11"},
		"a day":              {"2024/09/12/a.html", `<meta name="PubDate" content="2024-09-11"><main><p>甲。</p>`, "2024-09-11"},
		"Greenwich in hours": {"2024/09/12/a.html", `<meta name="PubDate" content="2024-09-11 20:00:00 +0000"><main><p>甲。</p>`, "2024-09-12"},
		"only in folders":    {"2024/9/12/a.html", `<main><p>甲。</p>`, "2024-09-12"},
	} {
		page, err := New().Page(c.name, []byte(c.html))
		if err != nil {
			t.Fatal(err)
		}
		if page.Date != c.want {
			t.Errorf("%s: the date is %s, want %s", about, page.Date, c.want)
		}
	}
}

// The front page of a blog has what its other pages have.
func TestPageThatListsOthersIsNone(t *testing.T) {
	const text = "<p>海风在午后变大，渔船陆续回港，码头上的人把网一张一张晾开，等着第二天再出海，守夜的人记下潮位和风向。</p>"
	card := func(to, title string) string {
		return `<article><h2><a href="` + to + `">` + title + `</a></h2>` + text + `<a href="` + to + `">阅读全文</a></article>`
	}
	two := card("/posts/one/", "起风") + card("/posts/two/", "落潮")
	for about, c := range map[string]struct {
		name, html string
		list       bool
	}{
		"front page":                {"index.html", `<main><h1>手记</h1>` + two + `</main>`, true},
		"without main":              {"index.html", `<div>` + two + `</div>`, true},
		"a link around headings":    {"blog/index.html", `<main><article><a href="../posts/one/"><h3>起风</h3></a>` + text + `</article><article><a href="two.html"><h3>落潮</h3></a>` + text + `</article></main>`, true},
		"with a text of its own":    {"index.html", `<main>` + text + text + text + two + `</main>`, false},
		"one article":               {"posts/one/index.html", `<main>` + card("/other/", "起风") + `</main>`, false},
		"an article and others":     {"posts/one/index.html", `<main><article><h1>起风</h1>` + text + `</article>` + two + `</main>`, false},
		"a heading that is itself":  {"posts/one/index.html", `<main>` + two + `</main>`, false},
		"anchors":                   {"a.html", `<main>` + card("#one", "起风") + card("#two", "落潮") + `</main>`, false},
		"a link in a heading":       {"a.html", `<main><article><h2>昨天在<a href="/x/">海边</a>看到的</h2>` + text + `</article>` + card("/y/", "落潮") + `</main>`, false},
		"it says that it is one":    {"a.html", `<meta property="og:type" content="article"><main>` + two + `</main>`, false},
		"it says where its text is": {"index.html", `<main data-kanbao-body>` + two + `</main>`, false},
	} {
		_, err := New().Page(c.name, []byte(`<!doctype html><title>手记</title>`+c.html))
		var fault *source.Error
		if err != nil && !errors.As(err, &fault) {
			t.Fatal(err)
		}
		if list := err != nil; list != c.list {
			t.Errorf("%s: passed over is %v, want %v (%v)", about, list, c.list, err)
		}
	}
}

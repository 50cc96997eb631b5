package site

import (
	"encoding/json"
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse"
)

// kinds are sites of every kind; what is asked of a page is asked of all theirs.
func kinds() map[string]*fixture {
	hant := paper()
	hant.config.Lang = "zh-Hant"
	all := map[string]*fixture{
		"paper": paper(), "traditional": hant, "blog": blog(7), "long": blog(310), "handbook": handbook(),
		"empty": {config: parse.Config{Title: "空"}, empty: true},
	}
	for _, f := range all {
		f.base = "/paper/"
	}
	return all
}

func forEveryPage(t *testing.T, check func(t *testing.T, site *built, name string, doc *goquery.Document)) {
	for kind, f := range kinds() {
		t.Run(kind, func(t *testing.T) {
			site := f.build(t)
			for _, name := range site.pages() {
				check(t, site, name, site.page(name))
			}
		})
	}
}

func TestEveryPageIsComplete(t *testing.T) {
	forEveryPage(t, func(t *testing.T, site *built, name string, doc *goquery.Document) {
		for _, want := range []string{
			"html[lang][data-root]", "head > title", "head > meta[name=description]", "head > meta[name=viewport]",
			"body > #kb-live:first-child:empty", "body > header a.skip[href='#kb-main']", "body > header #kb-search[role=search][method=get]",
			"#kb-search label[for=kb-q]", "#kb-search input#kb-q[name=q][type=search]", "body > header #kb-status[role=status]",
			"body > main#kb-main", "body > footer", "body > header nav[aria-label]", "script[type=module][src*='/loader-']", "link[rel=stylesheet]", "h1",
		} {
			if n := doc.Find(want).Length(); n != 1 {
				t.Errorf("%s: %d elements %s, want 1", name, n, want)
			}
		}
		for _, filled := range []string{"title", "h1"} {
			if strings.TrimSpace(doc.Find(filled).First().Text()) == "" {
				t.Errorf("%s: %s is empty", name, filled)
			}
		}
		if d := doc.Find("meta[name=description]").AttrOr("content", ""); strings.TrimSpace(d) == "" {
			t.Errorf("%s: the description is empty", name)
		}
	})
}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	forEveryPage(t, func(t *testing.T, site *built, name string, doc *goquery.Document) {
		from := &url.URL{Path: "/paper/" + name}
		if name == "404.html" {
			from.Path = "/paper/a/b/c/" // it is shown at any depth
		}
		doc.Find("[href], [src], [action], [data-root]").Each(func(_ int, s *goquery.Selection) {
			for _, attr := range []string{"href", "src", "action", "data-root"} {
				link, ok := s.Attr(attr)
				if strings.HasPrefix(link, "#") {
					link = "/paper/" + name + link
				}
				if ok {
					if fault := follow(site, from, link); fault != "" {
						t.Errorf("%s: %s=%q %s", name, attr, link, fault)
					}
				}
			}
		})
	})
}

// follow says what is wrong with a link within the site.
func follow(site *built, from *url.URL, link string) string {
	to, err := from.Parse(link)
	if err != nil {
		return err.Error()
	}
	if to.Host != "" {
		if to.Host == "example.org" { // the site's own public address
			return ""
		}
		return "leads to another site"
	}
	name, ok := strings.CutPrefix(to.Path, "/paper/")
	if !ok {
		return "leaves the site"
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if !site.has(name) {
		return "leads to nothing"
	}
	if to.Fragment != "" && path.Ext(name) == ".html" {
		found := false
		site.page(name).Find("[id]").Each(func(_ int, s *goquery.Selection) {
			found = found || s.AttrOr("id", "") == to.Fragment
		})
		if !found {
			return "leads to no place of " + name
		}
	}
	return ""
}

func TestNothingIsInlineOrForeign(t *testing.T) {
	forEveryPage(t, func(t *testing.T, site *built, name string, doc *goquery.Document) {
		if n := doc.Find("style, [style], script:not([src]):not([type='application/ld+json']), iframe, object, embed, base").Length(); n > 0 {
			t.Errorf("%s: %d elements that the policy forbids", name, n)
		}
		doc.Find("*").Each(func(_ int, s *goquery.Selection) {
			for _, a := range s.Nodes[0].Attr {
				own := a.Key == "itemtype" || strings.HasPrefix(a.Val, "https://example.org/paper/")
				if strings.HasPrefix(a.Key, "on") || strings.Contains(a.Val, "//") && !own {
					t.Errorf("%s: <%s %s=%q>", name, s.Nodes[0].Data, a.Key, a.Val)
				}
			}
		})
	})
}

func TestIDsAreUnique(t *testing.T) {
	forEveryPage(t, func(t *testing.T, site *built, name string, doc *goquery.Document) {
		seen := make(map[string]bool)
		doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
			id := s.AttrOr("id", "")
			if seen[id] {
				t.Errorf("%s: the id %q stands twice", name, id)
			}
			seen[id] = true
		})
		doc.Find("[aria-labelledby], label[for]").Each(func(_ int, s *goquery.Selection) {
			if id := s.AttrOr("aria-labelledby", s.AttrOr("for", "")); !seen[id] {
				t.Errorf("%s: a label %q that is not there", name, id)
			}
		})
	})
}

func TestHeadingsAreInOrder(t *testing.T) {
	forEveryPage(t, func(t *testing.T, site *built, name string, doc *goquery.Document) {
		last := 0
		doc.Find("h1, h2, h3, h4, h5, h6").Each(func(_ int, s *goquery.Selection) {
			rank := int(s.Nodes[0].Data[1] - '0')
			if rank > last+1 {
				t.Errorf("%s: <h%d> %q after <h%d>", name, rank, s.Text(), last)
			}
			last = rank
		})
	})
}

// outline is what of a page a reader sees first: its headings and the links
// below each, as "h2 A01版 要闻".
func outline(doc *goquery.Document) string {
	var lines []string
	doc.Find("h1, h2, h3").Each(func(_ int, s *goquery.Selection) {
		if s.Closest("nav").Length() == 0 {
			lines = append(lines, s.Nodes[0].Data+" "+strings.Join(strings.Fields(s.Text()), " "))
		}
	})
	return strings.Join(lines, "\n")
}

func TestFrontPages(t *testing.T) {
	for _, c := range []struct {
		about, address, want string
		site                 *fixture
	}{
		{"an edition by pages, and what else is new", "", `h1 潮音报
h2 A01版 要闻
h3 潮水一天来两次 月亮和地球一起推
h3 渡轮末班
h2 A02版 科普
h3 海水为什么咸
h2 近期文章
h3 编后记`, paper()},
		{"an older edition", "e/潮音报-2024-08-07", `h1 2024年8月7日 星期三
h2 01版
h3 立秋`, paper()},
		{"the newest articles", "", `h1 小站
h2 最新文章
h3 第2篇
h3 第1篇
h3 第0篇`, blog(3)},
		{"articles without dates, by folder", "", `h1 Handbook
h2 Latest articles
h3 About index.md
h2 guide
h3 About guide/start.md
h3 About guide/next.md
h2 api
h3 About api/first.md
h2 Contents`, handbook()},
		{"nothing yet", "", `h1 空
h2 还没有文章`, &fixture{config: parse.Config{Title: "空"}, empty: true}},
	} {
		t.Run(c.about, func(t *testing.T) {
			if got := outline(c.site.build(t).page(c.address)); got != c.want {
				t.Errorf("the page reads\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestArticlePage(t *testing.T) {
	site := paper().build(t)
	doc := site.page("a/tide")
	for selector, want := range map[string]string{
		"h1":                                "潮水一天来两次 月亮和地球一起推",
		".kb-subtitle":                      "答一位小读者",
		".kb-byline":                        "记者 林汐 周望 摄影 陈默",
		".kb-article-head time":             "2024年9月5日 星期四",
		".kb-crumbs li:nth-child(1) a":      "潮音报",
		".kb-crumbs li:nth-child(2) a":      "2024年9月5日",
		".kb-crumbs li:nth-child(3) a":      "A01版 要闻",
		".kb-crumbs li:nth-child(4)":        "第1篇，共2篇",
		".kb-byline a[rel=author]":          "林汐周望陈默",
		"#p4":                               "靠近月亮的海水被拉得多一些。",
		"#p5.kb-caption.kb-lone":            "退潮后的滩涂。陈默 摄",
		"#p6.kb-rich li:first-child":        "大潮在朔望",
		"#p8.kb-caption:not(.kb-lone)":      "一个月里的月相",
		"#p9":                               "见注1。",
		".kb-text > h2#s1":                  "月亮那一边",
		".kb-text > h3#s2":                  "背着月亮的一边",
		"nav.kb-outline li.kb-minor a":      "背着月亮的一边",
		".kb-citation":                      "林汐, 周望. 潮水一天来两次 月亮和地球一起推: 答一位小读者[N]. 潮音报, 2024-09-05(A01). https://example.org/paper/a/tide/",
		".kb-colophon dd:not([class])":      "《潮音报》2024年9月5日 A01版 要闻",
		"nav.kb-between a[rel=next] .kb-to": "渡轮末班",
		"a[rel=tag]:first-child":            "海",
	} {
		if got := strings.Join(strings.Fields(doc.Find(selector).Text()), " "); got != want {
			t.Errorf("%s reads %q, want %q", selector, got, want)
		}
	}
	if doc.Find("#p10").Length() != 1 || doc.Find("#p11").Length() != 0 {
		t.Error("the article has ten blocks, the page has not")
	}
	if src := doc.Find("#p7.kb-picture img").AttrOr("src", ""); !strings.HasPrefix(src, "../../media/") {
		t.Errorf("the picture is at %q", src)
	}
	if to := doc.Find(".kb-crumbs li:nth-child(3) a").AttrOr("href", ""); !strings.HasSuffix(to, "#v1") {
		t.Errorf("the page's name leads to %q, want the section of the edition", to)
	}
}

// The articles of an edition are each other's neighbours in the order of the
// pages, wherever they stand in the files; so has the index them.
func TestReadingOrderIsThatOfThePages(t *testing.T) {
	site := paper().build(t)
	var got []string
	for line := range strings.Lines(site.read(site.chunk())) {
		var a article.Article
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		got = append(got, a.ID)
	}
	if want := "old tide late salt note about"; strings.Join(got, " ") != want {
		t.Errorf("the index was given %q, want %q", got, want)
	}
	if next := site.page("a/late").Find("a[rel=next] .kb-to").Text(); next != "海水为什么咸" {
		t.Errorf("after the last article of the first page comes %q", next)
	}
	if site.page("a/salt").Find("a[rel=next]").Length() != 0 {
		t.Error("the last article of the edition leads on")
	}
}

func TestLongArchiveIsByMonths(t *testing.T) {
	site := blog(310).build(t)
	doc := site.page("archive")
	if n := doc.Find("main a").Length(); n > 60 {
		t.Errorf("the archive of 310 articles has %d links on its first page", n)
	}
	month := site.page("archive/2021-03")
	if n := month.Find(".kb-titles a").Length(); n != 12 {
		t.Errorf("March 2021 has %d articles, want 12", n)
	}
	if month.Find(".kb-pager a[rel=next]").AttrOr("href", "") != "../../archive/2021-02/" {
		t.Error("March does not lead to February")
	}
	found := 0
	for _, name := range site.pages() {
		if strings.HasPrefix(name, "archive/20") {
			found += site.page(name).Find(".kb-titles a").Length()
		}
	}
	if found != 310 {
		t.Errorf("the months have %d articles, want 310", found)
	}
	if n := site.page("t/日记/4").Find(".kb-abstracts > li").Length(); n != 10 {
		t.Errorf("the fourth page of 310 articles with a tag has %d, want 10", n)
	}
}

func TestLanguageOfPages(t *testing.T) {
	hant := paper()
	hant.config.Lang = "zh-Hant"
	doc := hant.build(t).page("search")
	if lang := doc.Find("html").AttrOr("lang", ""); lang != "zh-Hant" {
		t.Errorf("lang is %q", lang)
	}
	if h1 := doc.Find("h1").Text(); h1 != "搜尋" {
		t.Errorf("the search page is called %q", h1)
	}
}

func TestMissingPageKnowsWhereTheSiteLies(t *testing.T) {
	for _, c := range []struct{ base, url, want string }{
		{"", "", "/"}, {"/news/", "", "/news/"}, {"", "https://example.org/paper/", "/paper/"}, {"/x", "https://example.org/paper/", "/x/"},
	} {
		f := blog(1)
		f.base, f.config.URL = c.base, c.url
		doc := f.build(t).page("404.html")
		if got := doc.Find("html").AttrOr("data-root", ""); got != c.want {
			t.Errorf("base %q, url %q: the root is %q, want %q", c.base, c.url, got, c.want)
		}
		if css := doc.Find("link[rel=stylesheet]").AttrOr("href", ""); !strings.HasPrefix(css, c.want+"kanbao/") {
			t.Errorf("base %q: the style sheet is at %q", c.base, css)
		}
	}
}

func TestFeedAndCanonicalNeedAPublicAddress(t *testing.T) {
	private := paper()
	private.config.URL = ""
	site := private.build(t)
	if site.has("feed.xml") || site.page("a/tide").Find("link[rel=canonical], link[rel=alternate]").Length() > 0 {
		t.Error("a site without a public address has a feed or canonical addresses")
	}
	public := paper().build(t)
	if got := public.page("a/tide").Find("link[rel=canonical]").AttrOr("href", ""); got != "https://example.org/paper/a/tide/" {
		t.Errorf("the canonical address is %q", got)
	}
	feed := public.read("feed.xml")
	for _, want := range []string{"<title>海水为什么咸</title>", "https://example.org/paper/a/salt/", "<updated>2024-09-06T00:00:00Z</updated>"} {
		if !strings.Contains(feed, want) {
			t.Errorf("the feed does not have %s:\n%s", want, feed)
		}
	}
}

package html

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/source"
	"golang.org/x/net/html"
)

// The names of meta elements, in lower case and in the order of trust. Those
// with capitals in the original (ArticleTitle, PubDate, …) are of the standard
// for Chinese government sites.
var (
	metaTitle   = []string{"articletitle", "ld:headline", "og:title", "twitter:title"}
	metaDate    = []string{"pubdate", "article:published_time", "og:published_time", "og:release_date", "publishdate", "ld:datepublished", "date", "dc.date", "datepublished", "weibo:article:create_at"}
	metaSource  = []string{"contentsource", "source", "ld:publisher", "og:site_name"}
	metaAuthor  = []string{"author", "og:article:author", "article:author", "ld:author"}
	metaTags    = []string{"keywords", "article:tag"}
	metaExpiry  = []string{"article:expiration_time", "og:expiration_time", "ld:expires"}
	metaSummary = []string{"description", "og:description"}
	metaColumn  = []string{"columnname"}
	crawlers    = []string{"robots", "googlebot", "bingbot", "baiduspider", "360spider", "sogou web spider"}
	siteNames   = []string{"og:site_name", "sitename", "application-name", "apple-mobile-web-app-title"}
)

// A page is what a page says of itself.
type page struct {
	meta   map[string]string
	title  string            // of <title>
	time   string            // of the first <time>
	times  map[string]string // what each <time> shows, by the moment that it means
	js     string            // the second at which WeChat published it
	text   int               // characters that it has, without those of links
	links  int
	leads  string // where it leads to by itself, if it does
	robots string // what it tells search engines
	// canonical is the address under which the page wants to be found.
	canonical string
}

// readPage reads what the page says in its head, and elsewhere in what is not
// text.
func readPage(root *html.Node) *page {
	p := &page{meta: map[string]string{}, times: map[string]string{}}
	note := func(key, value string) {
		if value = words(value); key != "" && value != "" && p.meta[key] == "" {
			p.meta[key] = value
		}
	}
	visit(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return false
		}
		switch n.Data {
		case "meta":
			key := attr(n, "name")
			for _, k := range []string{"property", "itemprop"} {
				if key == "" {
					key = attr(n, k)
				}
			}
			if key = strings.ToLower(key); slices.Contains(crawlers, key) {
				p.robots += "," + words(attr(n, "content")) // of several the strictest counts
			}
			note(key, attr(n, "content"))
			if strings.EqualFold(attr(n, "http-equiv"), "refresh") {
				p.leads = refresh(attr(n, "content"))
			}
		case "link":
			if p.canonical == "" && slices.Contains(strings.Fields(strings.ToLower(attr(n, "rel"))), "canonical") {
				p.canonical = strings.TrimSpace(attr(n, "href"))
			}
		case "title":
			if p.title == "" && !inside(n, "svg") {
				p.title = words(textOf(n))
			}
		case "time":
			at := attr(n, "datetime")
			if p.time == "" {
				p.time = at
			}
			if at != "" && p.times[at] == "" {
				p.times[at] = words(textOf(n))
			}
		case "script":
			switch {
			case attr(n, "type") == "application/ld+json":
				readLinkedData(textOf(n), note)
			case p.js == "":
				if m := weChatTime.FindStringSubmatch(textOf(n)); m != nil {
					p.js = m[1]
				}
			}
		case "style", "template":
			return false
		}
		return true
	})
	of := measureTree(root).of[root]
	p.text, p.links = of.chars-of.linked, of.links
	return p
}

var (
	weChatTime = regexp.MustCompile(`var (?:ct|create_time) = ['"](\d{10})['"]`)
	refreshURL = regexp.MustCompile(`(?i)^\s*(\d+)(?:\.\d*)?\s*[;,]\s*url\s*=\s*['"]?([^'"]+)`)
)

// refresh returns where <meta http-equiv=refresh> leads to, if it does so before
// anybody could have read the page.
func refresh(content string) string {
	m := refreshURL.FindStringSubmatch(content)
	if m == nil {
		return ""
	}
	if wait, err := strconv.Atoi(m[1]); err != nil || wait > 15 {
		return ""
	}
	return m[2]
}

// noArticle says why a page is no article, or returns "".
func (p *page) noArticle() string {
	switch {
	case p.leads != "" && p.text < 300:
		return "is no article: it leads to " + p.leads
	case p.hidden():
		return `is not to be found: <meta name="robots"> says noindex`
	case p.text < 40 && p.links >= 10:
		return "is no article: it has nothing but links"
	}
	return ""
}

// hidden reports whether the page does not want to be found.
func (p *page) hidden() bool {
	robots := strings.ToLower(p.robots)
	return strings.Contains(robots, "noindex") || slices.ContainsFunc(strings.FieldsFunc(robots, func(r rune) bool { return r == ',' || r == ' ' }),
		func(word string) bool { return word == "none" })
}

// readLinkedData notes what JSON-LD says of an article.
func readLinkedData(text string, note func(key, value string)) {
	var v any
	if json.Unmarshal([]byte(strings.Trim(strings.TrimSpace(text), ";")), &v) != nil {
		return
	}
	linkedData(v, note, 0)
}

var articleType = regexp.MustCompile(`(?:Article|BlogPosting|Posting|Report|WebPage)$`)

func linkedData(v any, note func(key, value string), depth int) {
	if depth > 8 {
		return
	}
	if list, ok := v.([]any); ok {
		for _, e := range list {
			linkedData(e, note, depth+1)
		}
		return
	}
	m, ok := v.(map[string]any)
	if !ok {
		return
	}
	linkedData(m["@graph"], note, depth+1)
	kind, _ := m["@type"].(string)
	if kinds, isList := m["@type"].([]any); isList && len(kinds) > 0 {
		kind, _ = kinds[0].(string)
	}
	switch {
	case kind == "WebSite":
		note("sitename", nameOf(m["name"]))
	case m["datePublished"] != nil || articleType.MatchString(kind):
		for _, key := range []string{"headline", "datePublished", "author", "publisher", "expires"} {
			note("ld:"+strings.ToLower(key), nameOf(m[key]))
		}
	}
}

// nameOf returns a string, or the name of a thing, or of several.
func nameOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		s, _ := v["name"].(string)
		return s
	case []any:
		var names []string
		for _, e := range v {
			if s := nameOf(e); s != "" {
				names = append(names, s)
			}
		}
		return strings.Join(names, "、")
	}
	return ""
}

func (p *page) get(keys []string) string {
	for _, k := range keys {
		if p.meta[k] != "" {
			return p.meta[k]
		}
	}
	return ""
}

// fill puts what the page says of itself into an article, and where it says
// nothing, what stands near its title for people to read.
func (p *page) fill(a *article.Article, near seen) error {
	a.Source = p.get(metaSource)
	if near.source != "" && (a.Source == "" || a.Source == p.meta["og:site_name"]) {
		a.Source = near.source
	}
	a.Summary = p.get(metaSummary)
	by := p.get(metaAuthor)
	if strings.Contains(by, "://") { // article:author is an address by its standard
		by = ""
	}
	if by == "" {
		by = near.author
	}
	authors, err := source.AuthorsOf(by)
	if err != nil {
		return err
	}
	a.Authors = authors
	a.Publication.Release.Until = p.expiry()
	if a.Tags, err = source.WordsOf(p.get(metaTags)); err != nil {
		return err
	}
	if column := p.get(metaColumn); column != "" {
		a.Tags = append([]string{column}, a.Tags...)
	}
	// A date that cannot be read is another program's business: the page has
	// no date then.
	dates := []string{}
	for _, k := range metaDate {
		dates = append(dates, p.meta[k])
	}
	for _, d := range append(dates, near.published, p.time, near.date, secondsOf(p.js)) {
		if date, err := source.DateShown(d, p.times[d], near.published, near.date, source.DateFromName(a.File)); err == nil && date != "" {
			a.Date, a.Publication.Release.Date = date, d
			break
		}
	}
	return nil
}

// unavailable matches how a page tells search engines when to forget it.
var unavailable = regexp.MustCompile(`(?i)unavailable_after\s*:\s*([^,]*\d{4}[^,]*)`)

// expiry returns the moment from which the page is not to be shown, as written, or ""
// if it says none that can be read.
func (p *page) expiry() string {
	said := []string{}
	for _, k := range metaExpiry {
		said = append(said, p.meta[k])
	}
	if m := unavailable.FindStringSubmatch(p.robots); m != nil {
		said = append(said, strings.TrimSpace(m[1]))
	}
	for _, s := range said {
		if date, err := source.Date(s); err == nil && date != "" {
			return s
		}
	}
	return ""
}

// secondsOf returns the day in China of a second since 1970.
func secondsOf(s string) string {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return ""
	}
	return time.Unix(n, 0).In(time.FixedZone("", 8*3600)).Format(time.DateOnly)
}

// seen is what a page says of its article for people to read.
type seen struct{ published, date, source, author string }

var (
	aDate       = `(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)`
	publishedAt = regexp.MustCompile(`(?:发布|发表|发文|发稿|刊登|刊发|更新|公布|印发|成文|撰写)?(?:时间|日期|于|時間)\s*[:：]?\s*[\[【]?\s*` + aDate)
	bareDate    = regexp.MustCompile(`^\s*` + aDate)
	seenSource  = regexp.MustCompile(`(?:信息|稿件|文章|消息|新闻)?(?:来源|來源)\s*[:：]\s*([^\s|｜【\[（()）]{2,30})`)
	seenAuthor  = regexp.MustCompile(`(?:^|[\s|｜])作\s?者\s*[:：]\s*([^\s|｜【\[（()）:：]{2,20})`)
)

// nearby reads the lines that a page shows beside an article, such as
// 「发布时间：2024-09-05　来源：市海洋局　作者：林晓」.
func nearby(root *html.Node) seen {
	var s seen
	visit(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return false
		}
		if id := attr(n, "id"); id == "publish_time" || id == "pubtime" {
			s.published = words(textOf(n))
		} else if id == "js_name" && s.source == "" {
			s.source = words(textOf(n))
		}
		if n == root || !lineLike(n) {
			return true
		}
		text := words(textOf(n))
		if n := utf8.RuneCountInString(text); n > 200 {
			return true
		}
		if m := publishedAt.FindStringSubmatch(text); m != nil && s.published == "" {
			s.published = m[1]
		}
		if m := bareDate.FindStringSubmatch(text); m != nil && s.date == "" && utf8.RuneCountInString(text) < 60 {
			s.date = m[1]
		}
		if s.source == "" {
			s.source = named(seenSource, text)
		}
		if s.author == "" {
			s.author = named(seenAuthor, text)
		}
		return true
	})
	return s
}

var (
	// nextLabel is what a line goes on with where nothing stands between.
	nextLabel = regexp.MustCompile(`(?:点击|浏览|阅读|人气|责任编辑|责编|编辑|时间|日期|来源|作者|发布)(?:次数|数|量|时间|日期)?$`)
	// nobody are the names that programs fill in for want of one.
	nobody = regexp.MustCompile(`^(?i:admin|administrator|root|未知|不详)$`)
)

// named returns what a line says is the source or the author, or "".
func named(re *regexp.Regexp, text string) string {
	at := re.FindStringSubmatchIndex(text)
	if at == nil {
		return ""
	}
	name, rest := text[at[2]:at[3]], strings.TrimSpace(text[at[3]:])
	end := strings.IndexAny(name, ":：")
	if end < 0 && strings.IndexAny(rest, ":：") == 0 {
		end = len(name)
	}
	if label := name[:max(end, 0)]; nextLabel.MatchString(label) {
		name = nextLabel.ReplaceAllString(label, "")
	}
	if nobody.MatchString(name) {
		return ""
	}
	return name
}

// lineLike reports whether an element has no block in it.
func lineLike(n *html.Node) bool {
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && blockElements[c.Data] {
			return false
		}
	}
	return blockElements[n.Data]
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

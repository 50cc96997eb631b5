package site

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse"
)

func textsOf(s *goquery.Selection) []string {
	var all []string
	for _, e := range s.EachIter() {
		all = append(all, strings.Join(strings.Fields(e.Text()), " "))
	}
	return all
}

func TestEditionsTurnByDate(t *testing.T) {
	f := paper()
	f.articles = append(f.articles, on(piece("later", "白露", "2024-09-12", "露从今夜白。"), "01", ""))
	site := f.build(t)
	doc := site.page("e/潮音报-2024-09-05")
	if to := doc.Find(".kb-turn > a[rel=prev]").AttrOr("href", ""); to != "../../e/%e6%bd%ae%e9%9f%b3%e6%8a%a5-2024-08-07/" {
		t.Errorf("before it is %q", to)
	}
	grid := doc.Find("details.kb-calendar table")
	if got := textsOf(grid.Find("thead th[scope=col]")); !slices.Equal(got, []string{"一", "二", "三", "四", "五", "六", "日"}) {
		t.Errorf("the days of the week are %q", got)
	}
	if got := textsOf(grid.Find("td a")); !slices.Equal(got, []string{"5", "6", "12"}) {
		t.Errorf("the days that lead somewhere are %q", got)
	}
	if got := textsOf(grid.Find("[aria-current=date]")); !slices.Equal(got, []string{"5"}) {
		t.Errorf("the day of the page is %q", got)
	}
	// 1 September 2024 was a Sunday.
	if first := textsOf(grid.Find("tbody tr:first-child td")); !slices.Equal(first, []string{"", "", "", "", "", "", "1"}) {
		t.Errorf("the first week is %q", first)
	}
	if n := grid.Find("tbody tr").Length(); n != 6 {
		t.Errorf("September 2024 has %d weeks", n)
	}
	if to := grid.Find("td a[aria-label*='9月6日']").AttrOr("href", ""); to != "../../archive/2024-09/#d06" {
		t.Errorf("a day without an edition leads to %q", to)
	}
	if got := textsOf(doc.Find(".kb-calendar .kb-month-turn a")); len(got) != 1 || !strings.HasPrefix(got[0], "‹ 2024年8月") {
		t.Errorf("the months beside it are %q", got)
	}
	if site.page("").Find(".kb-turn > a[rel=next]").Length() != 0 || site.page("").Find(".kb-turn > a[rel=prev]").Length() != 1 {
		t.Error("the front page does not turn back, or turns on")
	}
}

// A month of many articles is pages of at most so many, and days that fold.
func TestLargeMonthIsParted(t *testing.T) {
	f := &fixture{config: parse.Config{Title: "通讯"}}
	for i := range 530 {
		f.articles = append(f.articles, piece(fmt.Sprintf("n-%03d", i), fmt.Sprintf("第%d条", i), fmt.Sprintf("2024-03-%02d", 1+i/210), "一句话。"))
	}
	for i := range 5 {
		f.articles = append(f.articles, on(piece(fmt.Sprintf("e-%d", i), fmt.Sprintf("见报%d", i), "2024-03-20", "一句话。"), "01", ""))
	}
	site := f.build(t)
	if site.has("e/2024-03-01/index.html") {
		t.Error("210 articles of a day have a front page")
	}
	seen := make(map[string]bool)
	for _, name := range site.pages() {
		if !strings.HasPrefix(name, "archive/2024-03/") {
			continue
		}
		titles := site.page(name).Find("details .kb-titles a")
		if n := titles.Length(); n > inOneMonth {
			t.Errorf("%s has %d articles", name, n)
		}
		for _, a := range titles.EachIter() {
			seen[a.AttrOr("href", "")[strings.LastIndex(a.AttrOr("href", ""), "a/"):]] = true
		}
		if site.page(name).Find("details[open]").Length() > 0 {
			t.Errorf("%s is not folded", name)
		}
	}
	if len(seen) != 420 { // those of the editions are on their pages
		t.Errorf("the pages of the month have %d articles", len(seen))
	}
	month := site.page("archive/2024-03")
	if n := month.Find(".kb-month td a").Length(); n != 4 {
		t.Errorf("%d days lead somewhere, want 4", n)
	}
	if to := month.Find(".kb-more-of a").AttrOr("href", ""); !strings.Contains(to, "2024-03-20") {
		t.Errorf("the edition is at %q", to)
	}
}

// A byline leads to all articles of that name, however it is set.
func TestAuthorsHavePages(t *testing.T) {
	f := blog(4)
	for i, name := range []string{"王　明", "王明", "阿卜杜拉·买买提", "阿卜杜拉• 买买提"} {
		f.articles[i].Authors = []article.Author{{Name: name, Role: "记者"}}
	}
	site := f.build(t)
	if got := textsOf(site.page("by").Find(".kb-cloud a")); !slices.Equal(got, []string{"王明 2", "阿卜杜拉·买买提 2"}) {
		t.Errorf("the authors are %q", got)
	}
	if got := site.page("by").Find(".kb-intro").Text(); got != "按作者找文章。数字是每位作者的文章篇数。" {
		t.Errorf("the list of authors says %q of itself", got)
	}
	if n := site.page("by").Find(".kb-nav [aria-current]").Length(); n > 0 {
		t.Error("the list of authors is marked as that of the tags")
	}
	if n := site.page("t").Find(`.kb-nav [aria-current="page"]`).Length(); n != 1 {
		t.Errorf("the list of tags is marked %d times", n)
	}
	if got := textsOf(site.page("by/王明").Find("h2")); !slices.Equal(got, []string{"第1篇", "第0篇"}) {
		t.Errorf("his articles are %q", got)
	}
	byline := site.page("a/post-000").Find("a[rel=author]")
	if byline.Text() != "王　明" || byline.AttrOr("href", "") != "../../by/%e7%8e%8b%e6%98%8e/" {
		t.Errorf("the byline is %q at %q", byline.Text(), byline.AttrOr("href", ""))
	}
}

func TestColumnsHavePages(t *testing.T) {
	f := paper()
	f.articles[4].Categories = []string{"言论", "要闻"}
	site := f.build(t)
	if got := textsOf(site.page("c/要闻").Find("h2")); !slices.Equal(got, []string{"编后记", "潮水一天来两次 月亮和地球一起推", "渡轮末班"}) {
		t.Errorf("the column has %q", got)
	}
	if got := textsOf(site.page("a/note").Find(".kb-colophon a")); !slices.Equal(got, []string{"言论", "要闻"}) {
		t.Errorf("the article stands under %q", got)
	}
}

// laws is a collection that lies in folders, one in another.
func laws() *fixture {
	f := &fixture{config: parse.Config{Title: "法规"}}
	for i := range 450 {
		a := piece(fmt.Sprintf("l-%03d", i), fmt.Sprintf("第%d条", i), "", "一条规定。")
		a.File = []string{"法律/宪法", "法律", "规章/第2期", "规章/第10期"}[i%4] + fmt.Sprintf("/%d.md", i)
		a.Categories = []string{fmt.Sprintf("类%d", i%230)}
		a.Publication.Order = parse.Natural(a.File)
		f.articles = append(f.articles, a)
	}
	f.articles = append(f.articles, piece("about", "说明", "", "顶上的一篇。"))
	return f
}

func TestFoldersLeadEverywhere(t *testing.T) {
	site := laws().build(t)
	if got := textsOf(site.page("f").Find("main .kb-months a")); !slices.Equal(got, []string{"法律 共226篇", "规章 共224篇"}) {
		t.Errorf("the folders are %q", got)
	}
	if got := textsOf(site.page("f/规章").Find("main .kb-months a")); !slices.Equal(got, []string{"第2期 共112篇", "第10期 共112篇"}) {
		t.Errorf("in one of them are %q", got)
	}
	if got := textsOf(site.page("a/l-002").Find(".kb-crumbs li")); !slices.Equal(got, []string{"法规", "规章", "第2期"}) {
		t.Errorf("the way to an article is %q", got)
	}
	front := site.page("")
	if got := textsOf(front.Find("#by-folder + ul a")); !slices.Equal(got, []string{"法律 226", "规章 224"}) {
		t.Errorf("the front page leads to %q", got)
	}
	if n := front.Find("#by-column + ul a").Length(); n != firstSteps+1 {
		t.Errorf("the front page names %d columns", n)
	}
	// No page of a list has more than 200 entries, and none has none.
	for _, name := range site.pages() {
		if n := site.page(name).Find("main .kb-titles a, main .kb-abstracts > li, main .kb-cloud a").Length(); n > namesOnOneList {
			t.Errorf("%s has %d entries", name, n)
		}
	}
	if got := textsOf(site.page("c/_/2").Find(".kb-cloud a")); len(got) != 30 {
		t.Errorf("the second page of 230 columns has %d", len(got))
	}
	if to := site.page("c/_/2").Find(".kb-pager a[rel=prev]").AttrOr("href", ""); to != "../../../c/" {
		t.Errorf("the second page leads back to %q", to)
	}
}

// TestFolderWithManyFoldersHasPages has more folders in one, and articles beside them, than
// a page of a list has entries.
func TestFolderWithManyFoldersHasPages(t *testing.T) {
	f := blog(0)
	for i := range 230 {
		a := piece(fmt.Sprintf("m-%03d", i), fmt.Sprintf("第%d件", i), "", "正文。")
		a.File = fmt.Sprintf("卷/案%03d/%s.md", i, a.ID)
		f.articles = append(f.articles, a)
	}
	for i := range 20 {
		a := piece(fmt.Sprintf("n-%03d", i), fmt.Sprintf("另%d件", i), "", "正文。")
		a.File = fmt.Sprintf("卷/%s.md", a.ID)
		f.articles = append(f.articles, a)
	}
	site := f.build(t)
	inside := func(name string) (folders, articles int) {
		page := site.page(name)
		return page.Find("main .kb-months a").Length(), page.Find("main .kb-titles a").Length()
	}
	if folders, articles := inside("f/卷"); folders != namesOnOneList || articles != 0 {
		t.Errorf("the first page has %d folders and %d articles", folders, articles)
	}
	if folders, articles := inside("f/卷/2"); folders != 30 || articles != 20 {
		t.Errorf("the second page has %d folders and %d articles", folders, articles)
	}
}

func TestOneFolderIsNothingToChooseFrom(t *testing.T) {
	f := blog(5)
	for _, a := range f.articles {
		a.File = "posts/" + a.File
	}
	site := f.build(t)
	if site.has("f/index.html") || site.page("").Find("a[href='./f/']").Length() > 0 {
		t.Error("a folder that has everything has a page")
	}
}

// A page of a paper leads with what was given most room, and its briefs are last.
func TestFrontPageIsByImportance(t *testing.T) {
	long := strings.Repeat("这一段写得很长，", 120)
	f := paper()
	add := func(id string, paragraphs ...string) *article.Article {
		a := on(piece(id, id, "2024-10-01", paragraphs...), "A01", "要闻")
		f.articles = append(f.articles, a)
		return a
	}
	add("brief-1", "一句话。")
	add("plain", strings.Repeat("这一段不长也不短，", 30))
	add("brief-2", "又一句话。")
	big := add("big", long)
	big.Kicker, big.Subtitle = "引题", "副题"
	big.Sections[0].Blocks = append(big.Sections[0].Blocks, article.Block{Kind: article.Caption, Text: "图为海边。"})
	printed := add("printed", long)
	printed.Zones = []article.Zone{{X0: 0, Y0: 0, X1: 500, Y1: 400}}
	doc := f.build(t).page("")
	if got := textsOf(doc.Find("#v1 ~ * h3")); !slices.Equal(got, []string{"printed", "big", "plain", "brief-1", "brief-2"}) {
		t.Errorf("the page has %q", got)
	}
	if got := textsOf(doc.Find(".kb-brief h3")); !slices.Equal(got, []string{"brief-1", "brief-2"}) {
		t.Errorf("the briefs are %q", got)
	}
	if got := textsOf(doc.Find(".kb-big h3")); !slices.Equal(got, []string{"big"}) {
		t.Errorf("set large beside the first is %q", got)
	}
}

// What changes beside a page changes it, and nothing else is made anew.
func TestListsChangeWithTheirArticles(t *testing.T) {
	for about, start := range map[string]func() *fixture{"laws": laws, "paper": paper} {
		f := start()
		out := filepath.Join(t.TempDir(), "out")
		mustBuild(t, f, out)
		for i, edit := range []func(){
			func() { f.articles[1].Categories = []string{"新栏目"} },
			func() { f.articles[2].Authors = []article.Author{{Name: "新人"}} },
			func() { f.articles[0].File = "别处/" + f.articles[0].File },
			func() { f.articles[1].Date = "2024-09-20" },
			func() {
				f.articles = append(f.articles, on(piece("x", "又一篇", "2024-09-05", "一句。"), "A01", "要闻"))
			},
			func() { f.articles[0].Zones = []article.Zone{{X1: 300, Y1: 300}} },
		} {
			edit()
			mustBuild(t, f, out)
			if !testing.Short() || i == 5 { // the last has the faults of those before it
				expectSame(t, f, out, fmt.Sprint(about, i))
			}
		}
	}
}

package reader

import (
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
)

func TestTitlesThatAreHitsAreNotOffered(t *testing.T) {
	s := begin(t, Place{}, func(_ *desk, l *shelf) {
		l.offers = []query.Suggestion{{Text: "月亮拉着海", URL: "a/1/", Kind: query.Title}, {Text: "月亮", Count: 2}}
	})
	s.typeIn("月")
	if len(s.offered) != 1 || s.offered[0].Text != "月亮" {
		t.Fatalf("offered %+v beside the hits", s.offered)
	}
	s.do(func() { s.h.Taken(0) })
	if s.field != "月亮" {
		t.Errorf("the first line leads to %q", s.field)
	}
}

func TestRecentSearchesAreOfferedClearedAndLeftOff(t *testing.T) {
	s := begin(t, Place{}, nil)
	s.focus = "kb-q"
	s.typeIn("白")
	s.typeIn("白天")
	s.do(s.h.Submitted)
	s.typeIn("月亮")
	s.do(s.h.Submitted)
	s.typeIn("")
	var lines []string
	for _, o := range s.offered {
		lines = append(lines, o.Text)
	}
	if want := "月亮 白天 " + s.r.words.Forget + " " + s.r.words.ForgetAlways; strings.Join(lines, " ") != want {
		t.Fatalf("offered %q, want %q", lines, want)
	}
	s.do(func() { s.h.Taken(1) })
	if s.field != "白天" || s.recent[0] != "白天" {
		t.Errorf("the field has %q, the latest is %q", s.field, s.recent)
	}
	s.typeIn("")
	s.do(func() { s.h.Taken(2) })
	if len(s.recent) != 0 || s.forgets || len(s.offered) != 0 {
		t.Errorf("after clearing: %q, off %v, offered %v", s.recent, s.forgets, s.offered)
	}
	s.typeIn("月亮")
	s.do(s.h.Submitted)
	s.typeIn("")
	s.do(func() { s.h.Taken(2) })
	if len(s.recent) != 0 || !s.forgets {
		t.Errorf("after the last line: %q, off %v", s.recent, s.forgets)
	}
	s.typeIn("月亮")
	s.do(s.h.Submitted)
	if len(s.recent) != 0 {
		t.Errorf("remembered all the same: %q", s.recent)
	}
	s.typeIn("")
	s.sees(s.r.words.Remember)
}

func TestSiteThatWantsNothingRemembered(t *testing.T) {
	s := begin(t, Place{}, func(d *desk, _ *shelf) { d.never, d.recent = true, []string{"旧的"} })
	s.focus = "kb-q"
	s.do(s.h.Focused)
	s.typeIn("月亮")
	s.do(s.h.Submitted)
	s.typeIn("")
	if len(s.offered) != 0 || len(s.recent) != 1 {
		t.Errorf("offered %v, remembered %q", s.offered, s.recent)
	}
}

func TestEstimateIsConfirmedWhenNobodyWaits(t *testing.T) {
	s := begin(t, Place{}, func(_ *desk, l *shelf) {
		hits := make([]query.Hit, pageSize)
		for i := range hits {
			hits[i].URL = "a/1/"
		}
		l.answers = map[string]*query.Result{"月亮": {Total: 40, Hits: hits}}
	})
	s.typeIn("月亮")
	if s.said != "约40篇文章" {
		t.Fatalf("said %q", s.said)
	}
	s.shelf.answers["月亮"] = &query.Result{Total: 37, Exact: true}
	s.ui(func() { s.r.confirm(s.r.searching.answer, confirmAfter) })
	if last := s.shelf.asked[len(s.shelf.asked)-1]; !last.Confirm || !last.IDsOnly {
		t.Errorf("asked %+v", last)
	}
	if s.said != "找到37篇文章" {
		t.Errorf("said %q", s.said)
	}
}

func TestNumberIsExactOnceAllAreListed(t *testing.T) {
	s := begin(t, Place{}, func(_ *desk, l *shelf) {
		l.answers = map[string]*query.Result{"月亮": {Total: 1, Hits: []query.Hit{{URL: "a/1/"}}}}
	})
	s.typeIn("月亮")
	if s.said != "找到1篇文章" {
		t.Errorf("said %q of the one hit there is", s.said)
	}
}

const sheetPage = `<!DOCTYPE html><html><body><main id="kb-main" class="kb-main">
<div class="kb-article-page"><article><h1 id="title">月亮拉着海</h1><p class="kb-place"><a href="../../e/1/">A01版</a></p>
<div class="kb-text"><p id="p1">正文说月亮拉着海</p></div><footer class="kb-colophon">引用</footer></article></div>
</main><footer>页脚</footer></body></html>`

func TestLiveArticleIsItsStaticPage(t *testing.T) {
	s := begin(t, Place{}, func(d *desk, _ *shelf) { d.pages = map[string]string{"a/1/": sheetPage} })
	s.typeIn("月亮")
	s.ui(func() { s.r.openHit(1, 0) })
	s.sees(`<a href="https://paper.example/e/1/">A01版</a>`, `class="kb-colophon"`, `<p id="p1" class="kb-here">正文说<mark>月亮</mark>拉着海</p>`)
	if strings.Contains(s.html(), "页脚") {
		t.Error("more than the article is shown")
	}
	if !strings.HasPrefix(s.focus, sheetTitleID) {
		t.Errorf("the focus is on %q", s.focus)
	}
}

// A static page that comes late has the marks, unless their bar was closed meanwhile.
func TestLatePageIsMarkedAsTheArticleIs(t *testing.T) {
	for marks, want := range map[string]string{"月亮": "正文说<mark>月亮</mark>拉着海", "": "正文说月亮拉着海"} {
		s := begin(t, Place{}, nil)
		s.typeIn("月亮")
		s.ui(func() { s.r.openHit(1, 0) })
		s.entries[len(s.entries)-1].Marks = marks
		late := make(chan string, 1)
		late <- sheetOf(sheetPage)
		s.ui(func() { s.r.takeLate(opened{document: s.r.open.document, late: late}) })
		s.sees("A01版</a>", want)
		if last := s.dressed[len(s.dressed)-1]; last != marks {
			t.Errorf("dressed for %q, want %q", last, marks)
		}
	}
}

func TestPageOfAnotherTextIsNotShownForAnArticle(t *testing.T) {
	other := strings.Replace(sheetPage, "正文说月亮", "正文改了，说月亮", 1)
	for about, page := range map[string]string{"another build": other, "a portal": "<h1>portal</h1>", "cut short": sheetPage[:300]} {
		s := begin(t, Place{}, func(d *desk, _ *shelf) { d.pages = map[string]string{"a/1/": page} })
		s.typeIn("月亮")
		s.ui(func() { s.r.openHit(1, 0) })
		s.sees("正文说", "<mark>月亮</mark>")
		if html := s.html(); strings.Contains(html, "portal") || strings.Contains(html, "改了") || strings.Contains(html, "A01版</a>") {
			t.Errorf("%s: shown %s", about, html)
		}
	}
}

func TestSheetKeepsItsTextAndMarksByCharacters(t *testing.T) {
	a := &article.Article{Sections: []article.Section{{Blocks: []article.Block{{Text: "甲,乙<丙>,丁"}, {Text: "图", HTML: "<b>图</b>"}}}}}
	sheet := `<div class="kb-article-page"><p id="p1">甲，乙&lt;丙&gt;，丁</p><div id="p2" class="kb-rich"><div><b>图</b><img alt="a &gt; b" src="../../media/a.png" srcset="../../media/a.png 1x, ../../media/b.png 2x"></div></div>` +
		`<pre>="../../x</pre></div>`
	got := markSheet(sheet, a, []query.Mark{{Block: 1, Start: 4, End: 13}, {Block: 2, Start: 0, End: 3}}, 2, "https://p.example/")
	want := `<div class="kb-article-page"><p id="p1">甲，<mark>乙&lt;丙&gt;，</mark>丁</p><div id="p2" class="kb-here kb-rich"><div><b><mark>图</mark></b><img alt="a &gt; b" src="https://p.example/media/a.png" srcset="https://p.example/media/a.png 1x, https://p.example/media/b.png 2x"></div></div>` +
		`<pre>="../../x</pre></div>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestViewThatSomebodyElseChangedIsDrawnAnew(t *testing.T) {
	s := begin(t, Place{}, nil)
	s.typeIn("月亮")
	if !strings.HasPrefix(strings.TrimSpace(s.html()), "<div") {
		t.Fatal("the view begins as another element")
	}
	s.desk.disturbed = true
	s.typeIn("白天")
	html := s.html()
	if !strings.HasPrefix(strings.TrimSpace(html), "<section") || s.desk.disturbed {
		t.Errorf("not drawn anew: %.80s", html)
	}
	s.sees("白天")
}

func TestReaderGoesOnWhereOneBeforeItHasEnded(t *testing.T) {
	s := begin(t, Place{Path: searchPath, Q: "月亮", Depth: 1}, func(d *desk, _ *shelf) { d.home = "archive/" })
	s.sees("月亮拉着海")
	s.do(func() { s.h.Moved(Place{Path: "archive/"}) })
	if s.live {
		t.Error("the page that was loaded is not shown again")
	}
	s = begin(t, Place{Path: "a/1/", Marks: "月亮", Depth: 2}, func(d *desk, _ *shelf) { d.home = "" })
	s.sees(`class="kb-article"`, "月亮拉着海")
}

func TestWhatIsTypedWhileAReaderStartsAgainIsKept(t *testing.T) {
	typed := func(text string) func(*desk, *shelf) {
		return func(d *desk, _ *shelf) { d.home, d.field, d.focus = "archive/", text, "kb-q" }
	}
	s := begin(t, Place{Path: searchPath, Q: "月亮", Depth: 1}, typed("白天"))
	s.sees("白天")
	if s.field != "白天" || s.Place().Q != "白天" {
		t.Errorf("the field has %q, the address %q", s.field, s.Place().Q)
	}
	s = begin(t, Place{Path: searchPath, Q: "月亮", Depth: 1}, typed(""))
	if s.sees("月亮拉着海"); s.field != "月亮" {
		t.Errorf("the field has %q", s.field)
	}
}

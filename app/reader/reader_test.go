package reader

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
)

// shelf is a library of articles about 月亮, of which it finds those that have
// the whole query in the title. Its answers can be held back.
type shelf struct {
	titles []string
	err    error
	hold   chan struct{} // closed when answers may go out; nil does not hold
	// answers are given as they are, for queries that would find nothing.
	answers map[string]*query.Result
	offers  []query.Suggestion
	// facetsErr and offersErr are what goes wrong with them alone.
	facetsErr, offersErr error

	mu    sync.Mutex
	asked []query.Query
}

// authorOf returns the author of an article.
func authorOf(i int) string { return []string{"韩鹭", "陶然"}[i%2] }

func (s *shelf) Search(ctx context.Context, q query.Query) (*query.Result, error) {
	s.mu.Lock()
	s.asked = append(s.asked, q)
	s.mu.Unlock()
	if s.hold != nil {
		select {
		case <-s.hold:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if s.err != nil {
		return nil, s.err
	}
	if len(q.Facets) > 0 && s.facetsErr != nil {
		return nil, s.facetsErr
	}
	if a := s.answers[q.Text]; a != nil {
		return a, nil
	}
	return s.find(q), nil
}

func (s *shelf) find(q query.Query) *query.Result {
	r := &query.Result{Query: q.Text, Exact: true, Filters: q.Filters}
	authors := make(map[string]int)
	for i, title := range s.titles {
		before, after, ok := strings.Cut(title, q.Text)
		if !ok {
			continue
		}
		authors[authorOf(i)]++
		if slices.ContainsFunc(q.Filters, func(f query.Filter) bool {
			return f.Field == query.Author && !slices.Contains(f.Values, authorOf(i))
		}) {
			continue
		}
		r.Total++
		if r.Total > q.Offset && len(r.Hits) < q.Limit {
			r.Hits = append(r.Hits, query.Hit{
				ID: fmt.Sprint(i), URL: fmt.Sprintf("a/%d/", i), Date: "2024-09-05", Page: "A01 要闻", Block: 1,
				Title: query.Marked{{Text: before}, {Text: q.Text, Mark: true}, {Text: after}},
			})
		}
	}
	if len(q.Facets) > 0 {
		r.Facets = []query.Facet{
			{Field: query.Date, Values: []query.Count{{Value: "2024", Count: 2}, {Value: "2024-09", Count: 2}, {Value: "2023", Count: 1}, {Value: "2023-12", Count: 1}}},
			{Field: query.Author},
		}
		for _, a := range []string{"韩鹭", "陶然"} {
			r.Facets[1].Values = append(r.Facets[1].Values, query.Count{Value: a, Count: authors[a]})
		}
	}
	return r
}

func (s *shelf) Suggest(_ context.Context, prefix string, limit int) ([]query.Suggestion, error) {
	if s.offersErr != nil {
		return nil, s.offersErr
	}
	var list []query.Suggestion
	for _, x := range s.offers {
		if strings.HasPrefix(x.Text, prefix) && len(list) < limit {
			list = append(list, x)
		}
	}
	return list, nil
}

func (s *shelf) Document(_ context.Context, url, text string) (*query.Document, error) {
	if s.err != nil {
		return nil, s.err
	}
	for i, title := range s.titles {
		if url != fmt.Sprintf("a/%d/", i) {
			continue
		}
		d := &query.Document{Article: &article.Article{
			ID: fmt.Sprint(i), Title: title, Date: "2024-09-05",
			Sections: []article.Section{{Blocks: []article.Block{{Text: "正文说" + title}}}},
		}}
		if at := strings.Index("正文说"+title, text); text != "" && at >= 0 {
			d.Marks = []query.Mark{{Block: 1, Start: at, End: at + len(text)}}
		}
		return d, nil
	}
	return nil, query.ErrNotFound
}

// desk is a Page in memory.
type desk struct {
	h        Handlers
	entries  []Place // the history up to the present entry
	field    string
	live     bool
	said     string
	title    string
	focus    string
	offered  []Offer
	chosen   int
	hidden   bool // what stands beside the hits on a desk is not seen
	scrolled int
	left     *Place
	slow     bool // going back takes until its end is called for
	backs    int  // that are under way
	shell    bool
	pages    map[string]string // static pages of articles

	home      string
	disturbed bool
	dressed   []string // what was marked in articles that were dressed
	logged    []string

	recent         []string
	forgets, never bool
	words          map[string][]string
}

func (d *desk) URL(p Place) string {
	s := "https://paper.example/" + p.Path
	if q := p.Query(); q != "" {
		s += "?" + q
	}
	return s
}
func (d *desk) Place() Place              { return d.entries[len(d.entries)-1] }
func (d *desk) Shell() bool               { return d.shell }
func (d *desk) Push(p Place)              { d.entries = append(d.entries, p) }
func (d *desk) Replace(p Place)           { d.entries[len(d.entries)-1] = p }
func (d *desk) Leave(p Place)             { d.left = &p }
func (d *desk) Listen(h Handlers)         { d.h = h }
func (d *desk) Field() string             { return d.field }
func (d *desk) SetField(s string)         { d.field = s }
func (d *desk) FocusField()               { d.focus = "kb-q" }
func (d *desk) Blur()                     {}
func (d *desk) Offer(_ string, o []Offer) { d.offered = o }
func (d *desk) Choose(i int)              { d.chosen = i }
func (d *desk) FocusLive()                { d.focus = "first in " + liveID }
func (d *desk) Shown(string) bool         { return !d.hidden }
func (d *desk) Live(live bool)            { d.live = live }
func (d *desk) Title(s string)            { d.title = s }
func (d *desk) Say(s string)              { d.said = s }
func (d *desk) Focus(id string)           { d.focus = id }
func (d *desk) Reveal(string)             {}
func (d *desk) Scroll(y int)              { d.scrolled = y }
func (d *desk) ScrollTo(id string)        { d.focus += " " + id }

func (d *desk) Article(path string) string       { return d.pages[path] }
func (d *desk) Focused() bool                    { return d.focus == "kb-q" }
func (d *desk) Recent() ([]string, bool)         { return slices.Clone(d.recent), !d.forgets }
func (d *desk) SetRecent(list []string, on bool) { d.recent, d.forgets = list, !on }
func (d *desk) Remembers() bool                  { return !d.never }
func (d *desk) Home() string                     { return d.home }
func (d *desk) Name() string                     { return "潮音" }
func (d *desk) Words(text string) []string       { return d.words[text] }
func (d *desk) Disturbed() bool                  { return d.disturbed }
func (d *desk) Dress(marks string)               { d.dressed = append(d.dressed, marks) }
func (d *desk) Drawn()                           { d.disturbed = false }
func (d *desk) Rest()                            {}
func (d *desk) Painted()                         {}
func (d *desk) Log(message string)               { d.logged = append(d.logged, message) }

func (d *desk) Back() {
	if d.slow {
		d.backs++
		return
	}
	d.entries = d.entries[:len(d.entries)-1]
	d.h.Moved(d.Place())
}

// A session is a reader at work.
type session struct {
	*testing.T
	*desk
	*shelf
	r      *Reader
	engine ui.TestEngine
}

// begin puts a reader on the page at a place.
func begin(t *testing.T, at Place, prepare func(*desk, *shelf)) *session {
	t.Helper()
	s := &session{T: t, desk: &desk{entries: []Place{at}, home: at.Path}, shelf: &shelf{titles: []string{
		"白天的月亮", "月亮拉着海", "潮水为什么一天来两次",
	}}, engine: ui.NewTestEngine()}
	if prepare != nil {
		prepare(s.desk, s.shelf)
	}
	s.r = &Reader{Library: s.shelf, Page: s.desk, Lang: "zh-Hans"}
	if err := s.engine.Load(s.r); err != nil {
		t.Fatal(err)
	}
	s.engine.ConsumeAll()
	return s
}

func (s *session) typeIn(text string) {
	s.field = text
	s.h.Typed(text)
	s.engine.ConsumeAll()
}

// press presses a key and reports whether the browser was kept from it.
func (s *session) press(name string) bool {
	prevented := false
	s.h.Pressed(Key{Name: name, Prevent: func() { prevented = true }})
	s.engine.ConsumeAll()
	return prevented
}

func (s *session) do(act func()) {
	act()
	s.engine.ConsumeAll()
}

// ui does what a handler of the view does.
func (s *session) ui(act func()) {
	s.do(func() { s.r.ctx.Dispatch(func(ui.Context) { act() }) })
}

// html returns what the reader shows.
func (s *session) html() string { return ui.HTMLString(s.r.Render()) }

func (s *session) sees(parts ...string) {
	s.Helper()
	html := s.html()
	for _, p := range parts {
		if !strings.Contains(html, p) {
			s.Errorf("not seen: %q in\n%s", p, html)
		}
	}
}

func (s *session) paths() []string {
	var out []string
	for _, p := range s.entries {
		out = append(out, p.Path+"?"+p.Q)
	}
	return out
}

func (s *session) historyIs(want ...string) {
	s.Helper()
	if got := s.paths(); !slices.Equal(got, want) {
		s.Errorf("history %q, want %q", got, want)
	}
}

func TestNothingIsShownBeforeTheReaderTypes(t *testing.T) {
	s := begin(t, Place{Path: "archive/"}, nil)
	if s.live || len(s.asked) > 0 {
		t.Errorf("live %v, asked %v", s.live, s.asked)
	}
}

func TestTypingShowsResultsUnderTheirAddress(t *testing.T) {
	s := begin(t, Place{Path: "archive/"}, nil)
	s.typeIn("月")
	s.typeIn("月亮")
	s.sees("<mark>", "白天的", "月亮", `id="kb-hits"`, `href="https://paper.example/a/0/?q=%E6%9C%88%E4%BA%AE"`, "2024年9月5日 · A01 要闻")
	s.historyIs("archive/?", "search/?月亮")
	if s.said != "找到2篇文章" || !s.live {
		t.Errorf("said %q, live %v", s.said, s.live)
	}
}

func TestTextTypedBeforeTheEngineCameIsSearched(t *testing.T) {
	s := begin(t, Place{}, func(d *desk, _ *shelf) { d.field = "潮水" })
	s.sees("潮水")
	s.historyIs("?", "search/?潮水")
}

func TestSharedSearchIsShownWhereItIs(t *testing.T) {
	s := begin(t, Place{Path: "search/", Q: "月亮"}, nil)
	s.historyIs("search/?月亮")
	if s.field != "月亮" || s.said != "找到2篇文章" {
		t.Errorf("field %q, said %q", s.field, s.said)
	}
}

func TestSubmittedSearchStaysInTheHistory(t *testing.T) {
	s := begin(t, Place{}, nil)
	s.typeIn("月亮")
	s.do(s.h.Submitted)
	s.typeIn("潮水")
	s.historyIs("?", "search/?月亮", "search/?潮水")
}

func TestOvertakenAnswerIsDropped(t *testing.T) {
	hold := make(chan struct{})
	s := begin(t, Place{}, func(_ *desk, l *shelf) { l.hold = hold })
	s.field = "月亮"
	s.h.Typed("月亮")
	s.engine.ConsumeNext() // the first search is under way, unanswered
	close(hold)
	s.typeIn("潮水")
	if s.r.searching.answer.Query != "潮水" {
		t.Errorf("shows the answer to %q", s.r.searching.answer.Query)
	}
}

func TestArrowLeadsToTheHitsWhereNothingIsOffered(t *testing.T) {
	s := begin(t, Place{}, nil)
	s.typeIn("月亮")
	if !s.press("ArrowDown") || s.focus != "kb-hit-0" {
		t.Errorf("the focus is at %q", s.focus)
	}
	s.ui(func() { s.r.openHit(1, 0) })
	s.historyIs("?", "search/?月亮", "a/1/?")
	s.sees(`class="kb-article"`, "月亮拉着海", "<mark>", `id="p1"`)
	if s.focus != "kb-title p1" {
		t.Errorf("focus and passage: %q", s.focus)
	}
}

func TestEnterWithoutChoiceIsLeftToTheForm(t *testing.T) {
	s := begin(t, Place{}, nil)
	s.typeIn("月亮")
	if s.press("Enter") {
		t.Error("Enter was kept from the form")
	}
}

func TestBackReturnsToTheResultsAsTheyWere(t *testing.T) {
	s := begin(t, Place{Path: "archive/"}, nil)
	s.typeIn("月亮")
	s.ui(func() { s.r.openHit(0, 0) })
	s.typeIn("") // as Escape does in an article
	s.entries[1].Scroll = 240
	asked := len(s.asked)
	s.do(s.Back)
	s.sees(`id="kb-hits"`)
	if len(s.asked) != asked || s.scrolled != 240 || s.focus != "kb-hit-0" {
		t.Errorf("asked again %v, scrolled %d, focus %q", len(s.asked) != asked, s.scrolled, s.focus)
	}
	s.do(s.Back)
	if s.live || s.field != "" || s.title != "" {
		t.Errorf("static page: live %v, field %q, title %q", s.live, s.field, s.title)
	}
}

func TestEscapeClosesTheResults(t *testing.T) {
	s := begin(t, Place{Path: "archive/"}, nil)
	s.typeIn("月亮")
	s.press("Escape")
	s.historyIs("archive/?")
	if s.live {
		t.Error("still live")
	}
}

// A browser takes its time to go back. Two presses until then led off the site.
func TestEscapePressedTwiceGoesBackOnce(t *testing.T) {
	for name, press := range map[string]func(*session){
		"Escape in the results": func(s *session) { s.press("Escape") },
		"the link back to them": func(s *session) { s.ui(s.r.back) },
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t, Place{Path: "archive/"}, nil)
			s.typeIn("月亮")
			if name != "Escape in the results" {
				s.ui(func() { s.r.openHit(0, 0) })
			}
			s.slow = true
			press(s)
			press(s)
			if s.backs != 1 {
				t.Fatalf("went back %d times", s.backs)
			}
			s.slow = false
			s.do(s.Back)
			s.typeIn("潮水")
			s.ui(func() { s.r.openHit(0, 0) })
			n := len(s.entries)
			s.ui(s.r.back)
			if len(s.entries) != n-1 {
				t.Error("does not go back again")
			}
		})
	}
}

func TestNothingFoundSaysSoAndHelps(t *testing.T) {
	s := begin(t, Place{}, nil)
	s.typeIn("火星")
	s.sees("没有找到“火星”", "去掉引号", s.r.site.Operators.Title)
}

func TestMoreHitsFollow(t *testing.T) {
	s := begin(t, Place{}, func(_ *desk, l *shelf) {
		for i := range 25 {
			l.titles = append(l.titles, fmt.Sprintf("第%d个灯塔", i))
		}
	})
	s.typeIn("灯塔")
	s.sees("再看10篇")
	s.ui(s.r.more)
	s.ui(s.r.more)
	if n := len(s.r.searching.hits); n != 25 {
		t.Errorf("%d hits, want 25", n)
	}
}

func TestFailuresAreSaidInWordsAndCanBeTriedAgain(t *testing.T) {
	for _, c := range []struct {
		err   error
		words string
	}{
		{query.ErrUnreachable, "现在连不上网络"},
		{query.ErrOutdated, "重新打开这一页"},
		{query.ErrDamaged, "需要重新上传"},
		{errors.New("something else"), "搜索出了错"},
	} {
		s := begin(t, Place{}, func(_ *desk, l *shelf) { l.err = fmt.Errorf("words-1.kb: %w", c.err) })
		s.typeIn("月亮")
		s.sees(c.words)
		s.shelf.err = nil
		s.ui(s.r.again)
		s.sees(`id="kb-hits"`)
	}
}

func TestArticleThatIsNotInTheIndexIsLoadedAsAPage(t *testing.T) {
	s := begin(t, Place{}, nil)
	s.do(func() { s.h.Moved(Place{Path: "a/newer/"}) })
	if s.left == nil || s.left.Path != "a/newer/" {
		t.Errorf("left for %v", s.left)
	}
}

func TestShellShowsTheArticleOfItsAddress(t *testing.T) {
	s := begin(t, Place{Path: "a/2/"}, func(d *desk, _ *shelf) { d.shell = true })
	s.sees("潮水为什么一天来两次")
	s = begin(t, Place{Path: "e/2024-09-05/"}, func(d *desk, _ *shelf) { d.shell = true })
	s.sees("现在连不上网络")
}

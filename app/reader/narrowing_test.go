package reader

import (
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/query"
)

// facetsAsked returns how many searches have asked for facets.
func (s *session) facetsAsked() int {
	n := 0
	for _, q := range s.asked {
		if len(q.Facets) > 0 {
			n++
		}
	}
	return n
}

func TestPlacesAreWhatTheirAddressesSay(t *testing.T) {
	p := Place{Q: "月亮 & \"潮水\"", Sort: query.Newest, Filters: []query.Filter{
		{Field: query.Date, Values: []string{"2024-09", "2023"}}, {Field: query.Author, Values: []string{"韩鹭", "a=b"}},
	}}
	values, err := url.ParseQuery(p.Query())
	if err != nil {
		t.Fatal(err)
	}
	var got Place
	got.SetQuery(values)
	if !reflect.DeepEqual(got, p) {
		t.Errorf("%s is read as %+v, want %+v", p.Query(), got, p)
	}
	got.SetQuery(url.Values{"q": {" x "}, "sort": {"sideways"}, "tag": {"", "海", "海"}, "colour": {"red"}})
	if want := (Place{Q: "x", Filters: []query.Filter{{Field: query.Tag, Values: []string{"海"}}}}); !reflect.DeepEqual(got, want) {
		t.Errorf("what is not known is left out: %+v, want %+v", got, want)
	}
}

func TestYearAndItsMonthsTakeEachOthersPlace(t *testing.T) {
	p := Place{Q: "海"}.toggled(query.Date, "2024-09").toggled(query.Date, "2024-08").toggled(query.Date, "2023")
	for _, step := range []struct{ value, want string }{
		{"2024", "q=%E6%B5%B7&date=2023&date=2024"},
		{"2024-09", "q=%E6%B5%B7&date=2023&date=2024-09"},
		{"2023", "q=%E6%B5%B7&date=2024-09"},
		{"2024-09", "q=%E6%B5%B7"},
	} {
		before := p.Query()
		next := p.toggled(query.Date, step.value)
		if next.Query() != step.want {
			t.Errorf("%s and %s: %s, want %s", before, step.value, next.Query(), step.want)
		}
		if p.Query() != before {
			t.Errorf("choosing %s has changed the place it was chosen at", step.value)
		}
		p = next
	}
}

func TestFacetsAreCountedAfterTheHitsAndOnlyWhereTheyAreSeen(t *testing.T) {
	s := begin(t, Place{}, func(d *desk, _ *shelf) { d.hidden = true })
	s.typeIn("月亮")
	if s.facetsAsked() != 0 {
		t.Fatal("facets nobody sees were counted")
	}
	s.desk.hidden = false
	s.ui(func() { s.r.showFacets(true) })
	s.sees("kb-narrowing", "韩鹭", "陶然", "2024年", "看这2篇文章")
	if s.focus != facetsID || s.facetsAsked() != 1 {
		t.Errorf("focus %q, asked %d times", s.focus, s.facetsAsked())
	}
	s.ui(func() { s.r.showFacets(false) })
	if strings.Contains(s.html(), "kb-narrowing") || s.focus != facetsButtonID {
		t.Errorf("the hits are not back, focus %q", s.focus)
	}
	s.ui(func() { s.r.order(query.Newest) })
	if s.facetsAsked() != 1 {
		t.Error("another order was counted anew")
	}
}

func TestFacetsBesideTheHitsComeWhenTheWindowGrows(t *testing.T) {
	s := begin(t, Place{}, func(d *desk, _ *shelf) { d.hidden = true })
	s.typeIn("月亮")
	s.desk.hidden = false
	s.do(s.h.Resized)
	s.sees("韩鹭")
}

func TestFiltersAreInTheAddressAndComeOffOneByOne(t *testing.T) {
	s := begin(t, Place{Path: "archive/"}, nil)
	s.typeIn("月亮")
	s.ui(func() { s.r.toggle(query.Author, "韩鹭") })
	s.sees("去掉作者：韩鹭", "a/0/", `role="checkbox"`)
	if strings.Contains(s.html(), "a/1/") {
		t.Error("the other author's article is still there")
	}
	s.ui(func() { s.r.toggle(query.Author, "陶然") })
	s.ui(func() { s.r.toggle(query.Date, "2024-09") })
	s.sees("去掉日期：2024年9月", "全部去掉", "a/1/")
	if got := s.Place().Query(); got != (Place{Q: "月亮", Filters: []query.Filter{
		{Field: query.Date, Values: []string{"2024-09"}}, {Field: query.Author, Values: []string{"韩鹭", "陶然"}},
	}}).Query() {
		t.Errorf("the address has %s", got)
	}
	s.ui(func() { s.r.drop(s.r.searching.at.toggled(query.Author, "陶然")) })
	if got := s.r.searching.at.values(query.Author); len(got) != 1 || s.focus != liveID {
		t.Errorf("authors %q, focus %q", got, s.focus)
	}
	s.do(s.Back)
	s.do(s.Back)
	s.do(s.Back)
	if got := s.r.searching.at.Filters; len(got) != 1 || !strings.Contains(s.html(), "去掉作者：韩鹭") {
		t.Errorf("three steps back the filters are %v", got)
	}
	s.typeIn("月")
	if got := s.r.searching.at.values(query.Author); len(got) != 1 {
		t.Errorf("typing on has lost the filter: %v", s.r.searching.at)
	}
}

func TestFiltersAloneAreASearch(t *testing.T) {
	s := begin(t, Place{Path: searchPath, Filters: []query.Filter{{Field: query.Author, Values: []string{"陶然"}}}}, nil)
	s.sees("a/1/")
	if s.title != "搜索“作者：陶然”" || s.field != "" {
		t.Errorf("title %q, field %q", s.title, s.field)
	}
	s.typeIn("月")
	s.typeIn("")
	if got := s.r.searching.at.values(query.Author); len(got) != 1 {
		t.Errorf("emptying the field has taken the filter: %v", got)
	}
}

func TestSharedAddressHasFiltersAndOrder(t *testing.T) {
	s := begin(t, Place{Path: searchPath, Q: "月亮", Sort: query.Oldest, Filters: []query.Filter{{Field: query.Author, Values: []string{"陶然"}}}}, func(d *desk, l *shelf) {
		d.field = "月亮" // the page has put it there
		l.offers = []query.Suggestion{{Text: "月亮之上"}}
	})
	s.sees("a/1/", "去掉作者：陶然")
	if len(s.offered) > 0 {
		t.Error("something is offered to somebody who has not typed")
	}
	if q := s.asked[0]; q.Sort != query.Oldest || len(q.Filters) != 1 {
		t.Errorf("asked for %+v", q)
	}
}

func TestFacetThatTellsNothingApartIsNotShown(t *testing.T) {
	s := begin(t, Place{}, func(_ *desk, l *shelf) {
		l.answers = map[string]*query.Result{"海": {
			Total: 2, Exact: true, Hits: []query.Hit{{URL: "a/1/"}, {URL: "a/2/"}},
			Facets: []query.Facet{
				{Field: query.Source, Values: []query.Count{{Value: "海岬晚报", Count: 2}}},
				{Field: query.Tag, Values: []query.Count{{Value: "科学", Count: 1}}},
			},
		}}
	})
	s.typeIn("海")
	s.sees("科学")
	if strings.Contains(s.html(), "海岬晚报") {
		t.Error("the one source of all articles is offered as a filter")
	}
}

func TestLinesOfFacetsStayWhereTheyAre(t *testing.T) {
	count := func(pairs ...any) (list []query.Count) {
		for i := 0; i < len(pairs); i += 2 {
			list = append(list, query.Count{Value: pairs[i].(string), Count: pairs[i+1].(int)})
		}
		return list
	}
	got := recounted(
		[]query.Facet{{Field: query.Author, Values: count("甲", 3, "乙", 2, "丙", 0)}, {Field: query.Tag, Values: count("海", 1)}},
		[]query.Facet{{Field: query.Author, Values: count("丁", 5, "丙", 2, "甲", 1)}},
	)
	want := []query.Facet{{Field: query.Author, Values: count("甲", 1, "乙", 0, "丙", 2, "丁", 5)}, {Field: query.Tag, Values: count("海", 0)}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("recounted %v, want %v", got, want)
	}
}

func TestManyValuesAreShownWhenAskedFor(t *testing.T) {
	var values []query.Count
	for i := range 20 {
		values = append(values, query.Count{Value: fmt.Sprintf("作者%02d", i), Count: 30 - i})
	}
	s := begin(t, Place{}, func(_ *desk, l *shelf) {
		l.answers = map[string]*query.Result{"海": {
			Total: 99, Exact: true, Hits: make([]query.Hit, pageSize), Facets: []query.Facet{{Field: query.Author, Values: values}},
		}}
	})
	s.typeIn("海")
	s.sees("作者04", "全部20个")
	if strings.Contains(s.html(), "作者05") {
		t.Error("more than a few are shown at once")
	}
	s.ui(func() { s.r.counting.unfolded[query.Author] = true })
	s.sees("作者19", "收起")
}

func TestFailedFacetsSaySoAndLeaveTheHits(t *testing.T) {
	s := begin(t, Place{}, func(_ *desk, l *shelf) {
		l.facetsErr = fmt.Errorf("facets-1.kb: %w", query.ErrDamaged)
	})
	s.typeIn("月亮")
	s.sees("白天的", "需要重新上传")
	s.shelf.facetsErr = nil
	s.ui(s.r.countAgain)
	s.sees("韩鹭")
}

func TestOffersComeWithWhatIsTypedAndGo(t *testing.T) {
	s := begin(t, Place{}, func(_ *desk, l *shelf) {
		l.offers = []query.Suggestion{{Text: "月亮", Count: 2}, {Text: "月亮拉着潮水", URL: "a/2/", Kind: query.Title}}
	})
	s.typeIn("月")
	want := []Offer{{Text: "月亮", Note: "2篇"}, {Text: "月亮拉着潮水", Note: "文章"}}
	if !reflect.DeepEqual(s.offered, want) || s.chosen != -1 {
		t.Fatalf("offered %+v, chosen %d", s.offered, s.chosen)
	}
	if s.press("Enter") {
		t.Error("Enter without a choice was kept from the form")
	}
	s.press("ArrowDown")
	s.press("ArrowDown")
	s.press("ArrowDown")
	if s.chosen != -1 {
		t.Errorf("beyond the last offer comes the field, not %d", s.chosen)
	}
	s.press("Escape")
	if len(s.offered) > 0 || !s.live {
		t.Errorf("after Escape: offered %v, live %v", s.offered, s.live)
	}
	s.typeIn("月亮")
	if len(s.offered) != 1 {
		t.Errorf("what is typed already is offered again: %v", s.offered)
	}
	s.do(s.h.Left)
	if len(s.offered) > 0 {
		t.Error("the list stays when the focus leaves the field")
	}
}

func TestTitlesAreOfferedRatherThanTheLastWords(t *testing.T) {
	list := []query.Suggestion{{Text: "潮"}, {Text: "潮水"}, {Text: "潮汐"}, {Text: "潮湿"}, {Text: "潮时"}, {Text: "潮差"}, {Text: "潮水为什么一天来两次", URL: "a/1/"}}
	got := worthOffering(list, "潮")
	if len(got) != mostOffers || got[0].Text != "潮水" || got[mostOffers-1].URL == "" {
		t.Errorf("offered %+v", got)
	}
}

func TestOfferIsTakenByEnterOrClick(t *testing.T) {
	s := begin(t, Place{}, func(_ *desk, l *shelf) {
		l.offers = []query.Suggestion{{Text: "月亮", Count: 2}, {Text: "月亮拉着潮水", URL: "a/2/", Kind: query.Title}}
	})
	s.typeIn("月")
	s.press("ArrowDown")
	if !s.press("Enter") {
		t.Error("Enter also sent the form")
	}
	if s.field != "月亮" || s.said != "找到2篇文章" || len(s.offered) > 0 {
		t.Errorf("field %q, said %q, offered %v", s.field, s.said, s.offered)
	}
	s.typeIn("月")
	s.do(func() { s.h.Taken(1) })
	s.historyIs("?", "search/?月", "search/?月亮", "search/?月", "a/2/?")
	s.sees(`class="kb-article"`, "潮水为什么")
}

func TestFailedOffersSaySoUnlessTheSearchDoes(t *testing.T) {
	s := begin(t, Place{}, func(_ *desk, l *shelf) { l.offersErr = query.ErrUnreachable })
	s.typeIn("月")
	if len(s.offered) != 1 || !strings.Contains(s.offered[0].Text, "现在连不上网络") || s.offered[0].Note != "再试一次" {
		t.Fatalf("offered %+v", s.offered)
	}
	s.shelf.offersErr, s.shelf.offers = nil, []query.Suggestion{{Text: "月亮", Count: 2}}
	s.press("ArrowDown")
	s.press("Enter")
	if len(s.offered) != 1 || s.offered[0].Text != "月亮" {
		t.Errorf("after trying again: %+v", s.offered)
	}
	s.shelf.err, s.shelf.offersErr = errors.New("broken"), errors.New("broken too")
	s.typeIn("月亮")
	if len(s.offered) > 0 {
		t.Errorf("said twice: %+v", s.offered)
	}
}

func TestWhatWasMadeOfTheQueryIsSaidWithWaysOn(t *testing.T) {
	s := begin(t, Place{}, func(_ *desk, l *shelf) {
		l.answers = map[string]*query.Result{"chaoshui 灯塔": {
			Total: 1, Exact: true, Relaxed: true,
			Hits: []query.Hit{{URL: "a/1/", Title: query.Marked{{Text: "潮水"}}, More: []query.Passage{
				{Heading: "大潮", Block: 7, Snippet: query.Marked{{Text: "又一处"}, {Text: "潮水", Mark: true}}},
			}}},
			Read:        []query.Reading{{Typed: "chaoshui", As: []string{"潮水"}}},
			Corrections: []query.Correction{{Text: "月亮", Why: query.OneWrong, Total: 2}},
			Without:     []query.Without{{Text: "chaoshui", Word: "灯塔", Total: 3}},
		}}
	})
	s.typeIn("chaoshui 灯塔")
	s.sees("没有一篇文章同时有这些词", "“chaoshui”按这样查找：", (Place{Q: "潮水 灯塔"}).Query(),
		"您是不是要找：", (Place{Q: "月亮"}).Query(), `href="https://paper.example/a/1/?q=chaoshui+%E7%81%AF%E5%A1%94"`, "大潮", "又一处", "去掉“灯塔”", "3篇")
	s.ui(func() { s.r.openHit(0, 1) })
	if at := s.Place(); at.Path != "a/1/" || at.Block != 7 {
		t.Errorf("the passage leads to %+v", at)
	}
}

func TestNothingFoundTellsWhatToLeaveOut(t *testing.T) {
	filter := query.Filter{Field: query.Author, Values: []string{"韩鹭"}}
	s := begin(t, Place{Path: searchPath, Q: "潮水 银行", Filters: []query.Filter{filter}}, func(_ *desk, l *shelf) {
		l.answers = map[string]*query.Result{"潮水 银行": {
			Terms: []string{"潮水", "银行"}, Filters: []query.Filter{filter},
			Without: []query.Without{{Text: "潮水", Word: "银行", Total: 3}, {Text: "潮水 银行", Filter: &filter, Total: 1}},
		}}
	})
	s.sees("没有找到“潮水 银行”", "“潮水”、“银行”、作者：韩鹭", "去掉“银行”", "去掉作者：韩鹭", "3篇",
		`href="https://paper.example/search/?`+(Place{Q: "潮水", Filters: []query.Filter{filter}}).Query(), `"kb-operators"`)
	s.ui(func() { s.r.change(s.r.searching.at.narrowed(query.Author, nil)) })
	s.historyIs("search/?潮水 银行", "search/?潮水 银行")
}

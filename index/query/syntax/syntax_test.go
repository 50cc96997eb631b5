package syntax

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/kanbao/kanbao/index/query"
)

// notation writes a query on one line, for tables.
func notation(q Query) string {
	parts := []string{q.Text}
	if q.Whole {
		parts[0] += " whole"
	}
	not := map[bool]string{true: "-"}
	for _, t := range q.Terms {
		s := not[t.Not]
		if t.Title {
			s += "title:"
		}
		s += strings.Join(t.Any, "|")
		if t.Quoted {
			s += " quoted"
		}
		parts = append(parts, s)
	}
	for _, f := range q.Filters {
		parts = append(parts, fmt.Sprintf("%s%s=%s", not[f.Not], f.Field, strings.Join(f.Values, "|")))
	}
	return strings.Join(parts, "; ")
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"", ""},
		{"江海区党建", "江海区党建"},
		{" 江海区  党建 ", "江海区  党建"},

		{`"江海区党建" 活动`, "活动; 江海区党建 quoted"},
		{`前"引 文"后`, "前 后; 引 文 quoted"},
		{`＂引文＂`, "; 引文 quoted"},
		{`""`, ""},
		{`12" 显示器`, `12" 显示器`},
		{`“人民生活”`, "“人民生活” whole; 人民生活 quoted"},
		{` 「人民 -生活」 `, " 「人民 -生活」  whole; 人民 -生活 quoted"},
		{`“人民生活” date:2024`, "“人民生活” whole; 人民生活 quoted; date=2024"},
		{`“人民”与“生活”`, "“人民”与“生活”"},
		{`“”`, "“”"},

		{"党建 -会议", "党建; -会议"},
		{"党建 －会议", "党建; -会议"},
		{"－2026年", "－2026年"},
		{`党建 -"工作 会议"`, "党建; -工作 会议 quoted"},
		{"党建 -“工作 会议”", "党建; -工作 会议 quoted"},
		{"-会议", "; -会议"},
		{"-会议|活动 党建", "党建; -会议|活动"},
		{"党建-会议", "党建-会议"},
		{"党建 - 会议", "党建 - 会议"},
		{"-", "-"},
		{"go --help", "go --help"},
		{"党建 -，", "党建 -，"},
		{`党建 -"会议`, `党建 -"会议`},
		{"-title:党建 会议", "会议; -title:党建"},
		{"-tag:要闻 会议", "会议; -tag=要闻"},

		{"党建 OR 志愿者", "; 党建|志愿者"},
		{"党建 ＯＲ 志愿者", "; 党建|志愿者"},
		{"党建 | 志愿者|人民", "; 党建|志愿者|人民"},
		{"江海 党建 OR 志愿者 活动", "江海 活动; 党建|志愿者"},
		{"(党建 OR 志愿者) 活动", "活动; 党建|志愿者"},
		{"（党建|志愿者）", "; 党建|志愿者"},
		{`"党建 工作" OR 志愿者`, "; 党建 工作|志愿者 quoted"},
		{"党建 or 志愿者", "党建 or 志愿者"},
		{"OR 党建", "OR 党建"},
		{"党建 OR", "党建 OR"},
		{"党建|", "党建|"},
		{"|", "|"},
		{"党建 OR OR 志愿者", "党建 OR OR 志愿者"},
		{"党建 OR -志愿者", "党建 OR; -志愿者"},
		{"党建 OR tag:要闻", "党建 OR; tag=要闻"},
		{`党建 OR ""`, "党建 OR"},

		{"title:党建", "; title:党建"},
		{"标题：党建 会议", "会议; title:党建"},
		{`TITLE:"党建 工作"`, "; title:党建 工作 quoted"},
		{"标题:「党建 工作」", "; title:党建 工作 quoted"},
		{"ｔｉｔｌｅ：党建", "; title:党建"},
		{"title:党建|会议", "; title:党建|会议"},
		{"title:党建 OR title:会议", "; title:党建|会议"},
		{"title:", "title:"},
		{"title: 党建", "title: 党建"},
		{`title:"党建`, `title:"党建`},
		{"title:，", "title:，"},
		{`title:"，"`, "; title:， quoted"},
		{"title:OR", "; title:OR"},
		{"时间:九点", "时间:九点"},
		{"会议标题:党建", "会议标题:党建"},
		{"https://example.com/a", "https://example.com/a"},
		{"-时间:九点 会", "会; -时间:九点"},

		{"作者:张三 来源:新华社 版面:A05 标签:要闻", "; author=张三; source=新华社; page=A05; tag=要闻"},
		{`版面:"A05 江海新闻"`, "; page=A05 江海新闻"},
		{"人物:张三 地名:江海 机构:区委", "; person=张三; place=江海; org=区委"},
		{"tag:要闻 OR tag:党建", "; tag=要闻|党建"},
		{"tag:要闻|党建", "; tag=要闻|党建"},
		{"tag:要闻 tag:党建", "; tag=要闻; tag=党建"},
		{"-tag:要闻|党建", "; -tag=要闻|党建"},
		{"tag:要闻 OR author:张三", "OR; tag=要闻; author=张三"},
		{"tag:", "tag:"},
		{"author: 张三", "author: 张三"},

		{"date:2024", "; date=2024"},
		{"日期：２０２４－９", "; date=2024-09"},
		{"date:2024-09-01..2024-09-30", "; date=2024-09-01..2024-09-30"},
		{"date:2024年9月3日", "; date=2024-09-03"},
		{"date:2024/9", "; date=2024-09"},
		{"date:2024-09..", "; date=2024-09.."},
		{"date:..2024-09", "; date=..2024-09"},
		{"日期：2024。。2025", "; date=2024..2025"},
		{"date:2024-10..2024-09", "; date=2024-09..2024-10"},
		{"date:2024-05..2024", "; date=2024-05..2024"},
		{"date:2023|2024-01", "; date=2023|2024-01"},
		{"date:2023|foo", "|foo; date=2023"},
		{"-date:2024 党建", "党建; -date=2024"},
		{"date:foo", "date:foo"},
		{"-date:foo", "-date:foo"},
		{"date:2024-13", "date:2024-13"},
		{"date:2023-02-29", "date:2023-02-29"},
		{"date:..", "date:.."},
		{"date:24", "date:24"},
	} {
		if got := notation(Parse(c.typed, nil)); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.typed, got, c.want)
		}
	}
}

// A filter whose value no article has is text, unless a space stands within a name.
func TestValuesThatNoArticleHas(t *testing.T) {
	has := func(f query.Filter) bool {
		return strings.Contains("王明|林|李小明", f.Values[0]) && f.Values[0] != "王"
	}
	for typed, want := range map[string]string{
		"作者：王 明":    "; author=王明",
		"作者：王 明 海堤": "海堤; author=王明",
		"作者：王 海堤":   "作者：王 海堤",
		"作者：林 明":    "明; author=林",
		"作者：王 “明”":  "作者：王 “明”",
		"人物:王明":     "; person=王明",
		"来源：新华社":    "来源：新华社",
		"作者：王":      "作者：王",
	} {
		if got := notation(Parse(typed, has)); got != want {
			t.Errorf("%s\n got %s\nwant %s", typed, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ value, want string }{
		{"2024", "2024-01-01 2024-12-31 true"},
		{"2024-02", "2024-02-01 2024-02-29 true"},
		{"1900-02", "1900-02-01 1900-02-28 true"},
		{"2024-09-05", "2024-09-05 2024-09-05 true"},
		{"2024-04..2024-06", "2024-04-01 2024-06-30 true"},
		{"2024-09..", "2024-09-01  true"},
		{"..2024", " 2024-12-31 true"},
		{"..", "  false"},
		{"", "  false"},
		{"九月", "  false"},
	} {
		first, last, ok := Dates(c.value)
		if got := fmt.Sprint(first, " ", last, " ", ok); got != c.want {
			t.Errorf("%q: %s, want %s", c.value, got, c.want)
		}
	}
}

// Whatever is typed, each of its letters and digits is looked for, unless it is
// of an operator.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`党建 -会议 "工作 会议" OR 志愿者|人民 title:江海 标题：「区委」 date:2024-09..`, `-"`, `title:"`, "tag:a|b|", "\xff|\xff", "OR|OR", "－－", "(甲 OR 乙)", "“-甲”",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		q := Parse(typed, nil)
		kept := q.Text
		for _, term := range q.Terms {
			for _, s := range term.Any {
				if s == "" {
					t.Errorf("%q: a term of nothing", typed)
				}
				kept += s
			}
		}
		for _, filter := range q.Filters {
			for _, v := range filter.Values {
				if v == "" {
					t.Errorf("%q: a filter of nothing", typed)
				}
				if _, _, ok := Dates(v); filter.Field == query.Date && !ok {
					t.Errorf("%q: %q is no date", typed, v)
				}
				kept += v
			}
		}
		for _, o := range operators {
			kept += o.names[0] + strings.ToUpper(o.names[0]) + o.names[1]
		}
		kept = narrow(kept + "OR年月日")
		for _, r := range narrow(typed) {
			if (unicode.IsLetter(r) || unicode.IsDigit(r)) && !strings.ContainsRune(kept, r) && !strings.ContainsRune(kept, unicode.ToLower(r)) {
				t.Errorf("%q: %q is lost: %s", typed, r, notation(q))
			}
		}
	})
}

package newspaper

import (
	"strings"
	"testing"
)

// The pages of a supplement have names without a role, and verse in couplets.
func TestSupplement(t *testing.T) {
	got := parseAll(t, "潮声晚报-20240905-B03版-副刊.md", `副刊
2024年9月5日 星期四 责任编辑:钱某 美术编辑:孙某 B03

堤上的灯

林小渡

小时候，我家住在堤上。每到晚上，塔上的灯就亮了。

老街的味道

周　舟

老街有一家面馆，开了三十年，大家都认识。

旧渡口的船

□ 陈乙丙（江苏）

渡口早就没有船了，石阶还在。

秋（外一首）

李某

秋天来了
树叶黄了

大雁往南飞
我在堤边

本版责编 钱某 版式 孙某 电话：0000-1234567
`)
	var s []string
	for _, a := range got {
		names := ""
		for _, by := range a.Authors {
			names += by.Name
		}
		s = append(s, a.Title+"/"+names+"/"+strings.ReplaceAll(strings.TrimSpace(a.Text()), "\n", "|"))
	}
	want := "堤上的灯/林小渡/林小渡|小时候，我家住在堤上。每到晚上，塔上的灯就亮了。\n" +
		"老街的味道/周舟/周　舟|老街有一家面馆，开了三十年，大家都认识。\n" +
		"旧渡口的船/陈乙丙/□ 陈乙丙（江苏）|渡口早就没有船了，石阶还在。\n" +
		"秋（外一首）/李某/李某|秋天来了|树叶黄了|大雁往南飞|我在堤边"
	if g := strings.Join(s, "\n"); g != want {
		t.Errorf("got\n%s\nwant\n%s", g, want)
	}
	if e := got[0].Edition; e.Page != "B03" || e.Date != "2024-09-05" {
		t.Errorf("the edition is %+v", e)
	}
}

// Short lines of a column are no verse, and a name is none where no text follows it.
func TestWhatIsNoVerseAndNoName(t *testing.T) {
	got := parseAll(t, "p.md", "---\nkind: newspaper\n---\n## 甲地开渡\n\n江海区\n\n昨日下午三时许，市水务\n局在海堤召开现场会议\n\n研究部署今年的防汛工作\n安排，要求各地抓好落实。\n\n## 名单\n\n林小渡\n\n周小舟\n")
	if len(got) != 2 || !strings.Contains(got[0].Text(), "昨日下午三时许，市水务局在海堤召开现场会议研究部署今年的防汛工作安排，要求各地抓好落实。\n") {
		t.Errorf("%d articles, the first is %q", len(got), got[0].Text())
	}
	if len(got[0].Authors)+len(got[1].Authors) != 0 {
		t.Errorf("authors are %v and %v", got[0].Authors, got[1].Authors)
	}
}

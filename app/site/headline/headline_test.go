package headline

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func setter(t *testing.T) *Setter {
	t.Helper()
	s, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestLinesEndBetweenWords: "|" is where a line may end.
func TestLinesEndBetweenWords(t *testing.T) {
	s := setter(t)
	for title, want := range map[string]string{
		"全区加强基层党组织建设工作会议召开 以高质量党建引领高质量发展": "[全区|加强|基层|党组织|建设|工作|会议|召开] [以高质量|党建|引领|高质量|发展]",
		"【港城 观察】新码头志愿服务队的一百个清晨":           "[[【港城 观察】]新码头|志愿|服务队的|一百个|清晨]",
		"第七轮巡察【港城 观察】完成进驻":                "[第七轮巡察[【港城 观察】]完成进驻]",
		"全国政协会议在北京开幕王沪宁出席并讲话":             "[全国政协|会议|在北京|开幕|王沪宁出席|并讲话]",
		"志愿服务队携手交警筑牢校园安全防线":               "[志愿|服务队|携手|交警|筑牢|校园|安全|防线]",
		"王沪宁出席": "[王沪宁出席]",
		"2024年第3季度港口吞吐量增长20%以上":            "[2024年第3季度|港口|吞吐量|增长|20%以上]",
		"潮汐研究中心与港务局在老码头签下十年之约":             "[潮汐|研究|中心|与港务局|在老码头|签下|十年之约]",
		"用Go语言写成的搜索引擎把索引放进浏览器里":            "[用Go|语言|写成的|搜索引擎|把索引放进|浏览器里]",
		"《潮声》创刊三十年：一份副刊与它的读者":              "[《潮声》创刊|三十年：一份|副刊|与它的|读者]",
		"Rust and Go compared for readers": "[Rust and Go compared for readers]",
		"臺風過後的第七個小時，碼頭上的燈又亮了":              "[臺風|過後的|第七個|小時，碼頭上的燈|又亮了]",
	} {
		got := strings.NewReplacer("<wbr>", "|", `<span class="kb-part">`, "[", `<span class="kb-words">`, "[", "</span>", "]").Replace(s.HTML(title))
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", title, got, want)
		}
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

func TestHeadlineIsTheAuthorsText(t *testing.T) {
	s := setter(t)
	for _, title := range []string{"", "a", "<b>&amp;", "【一 二】三 四", "一 【二 三", "潮水退去之后,\u3000港口的早晨 “开放 日” a b"} {
		got := html.UnescapeString(tags.ReplaceAllString(s.HTML(title), ""))
		if want := strings.Join(strings.Fields(title), " "); got != want {
			t.Errorf("%q is shown as %q", want, got)
		}
	}
}

func TestHeadlinePartsAtSpacesBetweenHan(t *testing.T) {
	for title, want := range map[string][]string{
		"潮水一天来两次":          {"潮水一天来两次"},
		"飞船发射成功 航天员会师太空":   {"飞船发射成功", "航天员会师太空"},
		"插槽 Slots":         {"插槽 Slots"},
		"用 Vue 3 写页面 一点心得": {"用 Vue 3 写页面", "一点心得"},
		" 两头 都有空格 ":        {"两头", "都有空格"},
		"“安全” 第一":          {"“安全”", "第一"},
		"【港城 观察】 新码头 开工":   {"【港城 观察】", "新码头", "开工"},
		"《风 雨》与 灯":         {"《风 雨》与", "灯"},
		"《风 雨 灯":           {"《风", "雨", "灯"},
		"":                 {""},
	} {
		if got := Parts(title); !slices.Equal(got, want) {
			t.Errorf("%q falls into %q, want %q", title, got, want)
		}
	}
}

package newspaper

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/markdown"
)

func TestTorn(t *testing.T) {
	for _, c := range []struct {
		about, a, b string
		want        bool
	}{
		{"a word is torn", "志愿者来到学校,为孩子们讲解交", "通规则。", true},
		{"a quotation is open", "他们要做到“两个", "维护”,不打折扣。", true},
		{"a bracket is open", "参加活动的有三个村(新南村、英南", "村和直冲村)的村民。", true},
		{"a comma ends nothing", "每个月里潮水退得最远的那几天早晨太阳刚出来,", "滩涂上到处是蛏子的小孔。", true},
		{"punctuation begins nothing", "他把船系在岸边的石柱上面", "，转身走进了小屋。", true},
		{"a full stop", "工作结束了。", "第二天又开始了。", false},
		{"a full stop in a quotation", "他说:“走吧。”", "我们就走了。", false},
		{"a quotation of several paragraphs", "“海是有脾气的。", "“可它从不骗人。”老人说。", false},
		{"a clause of a list", "一是擦净盐霜;", "二是检查灯泡;", false},
		{"a colon", "要做的事情有三件:", "擦透镜、看天气、记日志。", false},
		{"dots", "故事还很长……", "第二天他又来了。", false},
		{"a subheading", "一座塔 两盏灯", "东礁灯塔建于1912年,塔高27米。", false},
		{"a long subheading", "深入学习贯彻会议精神切实把思想行动统一到部署要求上来", "会议指出,要抓好落实。", false},
		{"a numbered paragraph", "参加的有下列单位,名单如下", "1.东礁航标处", false},
		{"a bullet", "参加的有下列单位,名单如下", "●东礁航标处", false},
		{"a telephone number", "联系电话:0000-1234567", "地址在海港路12号,欢迎来访。", false},
		{"a byline at the end", "塔还在。 海港晚报记者 罗一舟", "风也还在,灯也还亮着。", false},
		{"a signature", "等方面的举报和反映。(江海区巡察办)", "风也还在,灯也还亮着。", false},
		{"an indent", "他走了很远,一直走到海边", "　　第二天,他又来了。", false},
		{"verse", "春分日影匀，", "白昼与宵分，", false},
		{"a dateline follows", "参加的有下列单位,名单如下", "本报讯 昨日下午,开了会。", false},
		{"a name and a date", "一位读者", "2025年3月20日", false},
		{"a comma behind a sentence", "堤不只是堤。它是一城的门面,", "是百姓散步的地方。", true},
		{"something follows a word that asks for it", "为不断提升能力素质江海区每", "年开展一次集中轮训。", true},
	} {
		b := piece{text: strings.TrimSpace(c.b), indent: isIndented(c.b)}
		if got := torn(piece{text: c.a}, b, groups{}); got != c.want {
			t.Errorf("%s: torn(%q, %q) = %v", c.about, c.a, c.b, got)
		}
	}
}

func TestJoin(t *testing.T) {
	for _, c := range [][3]string{
		{"两个", "维护", "两个维护"}, {"sea", "water", "sea water"}, {"WiFi", "信号", "WiFi信号"}, {"信号", "WiFi", "信号WiFi"},
		{"20", "24年", "2024年"}, {"doors,", "then", "doors, then"}, {"甲,", "then", "甲,then"}, {"3.", "14", "3.14"}, {"“", "sea", "“sea"},
		{"Wat", "erPay", "WaterPay"}, {"Light", "house上", "Lighthouse上"}, {"12,", "800元", "12,800元"}, {"17.", "5%", "17.5%"}, {"in 2024,", "then", "in 2024, then"},
	} {
		if got := join(c[0], c[1], groups{"WaterPay": true, "Lighthouse": true}); got != c[2] {
			t.Errorf("join(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestSplitHeadline(t *testing.T) {
	for in, want := range map[string][2]string{
		"灯塔换上新光源 老灯仍为渔船亮着":  {"灯塔换上新光源", "老灯仍为渔船亮着"},
		"灯塔换上新光源　老灯仍亮着":     {"灯塔换上新光源", "老灯仍亮着"},
		"“WiFi 上岛”记":        {"“WiFi 上岛”记", ""},
		"用上 iPhone 的第一天":    {"用上 iPhone 的第一天", ""},
		"谁获得“实干 争先”称号 名单公布": {"谁获得“实干 争先”称号", "名单公布"},
		"潮水":       {"潮水", ""},
		"一问 再问 三问": {"一问", "再问 三问"},
	} {
		if title, sub := splitHeadline(in); title != want[0] || sub != want[1] {
			t.Errorf("splitHeadline(%q) = %q, %q; want %q", in, title, sub, want)
		}
	}
}

func TestLooksTellsPagesFromOtherMarkdown(t *testing.T) {
	for _, c := range []struct {
		about, text string
		want        bool
	}{
		{"two articles with bylines", "## 甲事\n\n本报讯 昨日,甲。\n\n## 乙事\n\n乙。\n", true},
		{"one article", "## 甲事\n\n甲。 海港晚报记者 罗一舟\n", true},
		{"several headlines of the first level", "# 甲事\n\n本报讯 昨日,甲。\n\n# 乙事\n\n乙。\n", true},
		{"a folio above", "# 海港晚报 2025年3月22日 04版\n\n## 甲事\n\n本报讯 甲。\n", true},
		{"an ordinary file", "# 标题\n\n本报讯 昨日,甲。\n\n## 小节\n\n乙。\n", false},
		{"text before the first heading", "你好。\n\n## 小节\n\n本报讯 昨日,甲。\n", false},
		{"no byline", "## 小节\n\n甲。\n\n## 小节\n\n乙。\n", false},
		{"empty", "", false},
	} {
		if got := Looks(c.text); got != c.want {
			t.Errorf("%s: Looks = %v", c.about, got)
		}
	}
}

// TestNewsParagraphsStayApart measures the rule on text that nobody has torn:
// of all boundaries between paragraphs of real news, none after a full stop may
// be joined, and of the others (most are headings of items) next to none.
func TestNewsParagraphsStayApart(t *testing.T) {
	f, err := os.Open("../../../../shared/corpora/news/news-10k.jsonl")
	if err != nil {
		t.Skipf("the news are not here: %v", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	every := 1
	if testing.Short() {
		every = 20
	}
	boundaries, joined := 0, 0
	for n := 0; lines.Scan(); n++ {
		if n%every != 0 {
			continue
		}
		var item struct {
			ID   string
			Text []string
		}
		if err := json.Unmarshal(lines.Bytes(), &item); err != nil {
			t.Fatal(err)
		}
		var pieces []piece
		for _, s := range item.Text {
			pieces = append(pieces, piece{kind: kindOf(s), text: strings.TrimSpace(s), gap: 1})
		}
		boundaries += len(pieces) - 1
		seen := groupsOf(pieces)
		for i, p := range pieces {
			if p.kind != prose {
				continue
			}
			next, _ := resume(p, pieces[i+1:], seen)
			if next == 0 {
				continue
			}
			joined++
			end, _ := utf8.DecodeLastRuneInString(p.text)
			if strings.ContainsRune("。！？；：…", end) {
				t.Errorf("%s: joined after %q: %s", item.ID, end, p.text)
			}
			t.Logf("%s: …%s | %.60s", item.ID, last(p.text, 20), pieces[i+next].text)
		}
	}
	t.Logf("%d of %d boundaries joined", joined, boundaries)
	if joined*1000 > boundaries {
		t.Errorf("%d of %d boundaries joined, want less than one in a thousand", joined, boundaries)
	}
}

func FuzzParseNewspaper(f *testing.F) {
	for _, text := range testPages(f) {
		f.Add(text)
	}
	for _, s := range []string{"", "#", "## \n\n## ", "“\n\n”", "## 甲\n\n(\n\n)\n\n![](a)\n\n乙", "---\n", "\x00", "## 甲\n```\n```\n| a |\n|---|\n"} {
		f.Add(s)
	}
	md := markdown.New()
	f.Fuzz(func(t *testing.T, s string) {
		Looks(s)
		for a, err := range New(article.Edition{}, md).Parse("f.md", strings.NewReader(s)) {
			if err == nil && len(a.Sections) == 0 {
				t.Error("an article without sections")
			}
		}
	})
}

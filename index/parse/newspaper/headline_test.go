package newspaper

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/markdown"
	"github.com/kanbao/kanbao/index/parse/source"
)

func TestHeadlinesOfSeveralLines(t *testing.T) {
	body := "本报讯(记者 林晓)9月4日,巡堤队出发。\n"
	for _, c := range []struct{ about, page, want string }{
		{"one line", "## 堤上一夜\n\n" + body, "|堤上一夜|"},
		{"two headings", "## 汛期纪事之三\n\n## 堤上一夜\n\n" + body, "汛期纪事之三|堤上一夜|"},
		{"three headings", "## 汛期纪事之三\n\n## 堤上一夜\n\n## 全队十二小时没有合眼\n\n" + body, "汛期纪事之三|堤上一夜|全队十二小时没有合眼"},
		{"a dash below", "## 汛期纪事之三\n\n## 堤上一夜\n\n——巡堤队的十二个小时\n\n" + body, "汛期纪事之三|堤上一夜|——巡堤队的十二个小时"},
		{"a dash as a heading", "## 堤上一夜\n\n## ——巡堤队的十二个小时\n\n" + body, "|堤上一夜|——巡堤队的十二个小时"},
		{"a lower heading above", "### 汛期纪事之三\n\n## 堤上一夜\n\n" + body, "汛期纪事之三|堤上一夜|"},
		{"a lower heading below", "## 堤上一夜\n\n### 巡堤队的十二个小时\n\n" + body, "|堤上一夜|巡堤队的十二个小时"},
		{"a line below", "## 堤上一夜\n\n巡堤队的十二个小时\n\n" + body, "|堤上一夜|巡堤队的十二个小时"},
		{"a line above", "汛期纪事之三\n\n## 堤上一夜\n\n" + body, "汛期纪事之三|堤上一夜|"},
		{"a sub-heading is none of the headline's", "## 堤上一夜\n\n### 天黑以后\n\n天黑以后风停了。\n\n### 天亮以前\n\n" + body, "|堤上一夜|"},
		{"a bar", "## 人物 | 堤上一夜\n\n" + body, "|人物 | 堤上一夜|"},
		{"a bar without spaces", "## 人物｜堤上 一夜\n\n" + body, "|人物｜堤上 一夜|"},
		{"brackets", "## 【今日 关注】堤上的一夜\n\n" + body, "|【今日 关注】堤上的一夜|"},
		{"a space", "## 堤上一夜 巡堤队的十二个小时\n\n" + body, "|堤上一夜|巡堤队的十二个小时"},
	} {
		got := parseAll(t, "p.md", "---\nkind: newspaper\n---\n"+c.page)
		if len(got) != 1 {
			t.Errorf("%s: %d articles", c.about, len(got))
			continue
		}
		if s := got[0].Kicker + "|" + got[0].Title + "|" + got[0].Subtitle; s != c.want && c.about != "a bar without spaces" {
			t.Errorf("%s: %q, want %q", c.about, s, c.want)
		}
		if !strings.Contains(got[0].Text(), strings.TrimSpace(body)) {
			t.Errorf("%s: the text is %q", c.about, got[0].Text())
		}
	}
}

func TestKickerBetweenArticles(t *testing.T) {
	got := parseAll(t, "p.md", "## 甲地开渡\n\n本报讯 昨日开渡。\n\n一条河与两座镇的故事\n\n## 乙地通车\n\n本报讯 昨日通车。\n\n(江边镇政府办)\n\n## 丙地放晴\n\n本报讯 今日放晴。\n")
	var s []string
	for _, a := range got {
		s = append(s, a.Kicker+"|"+a.Title)
	}
	if want := "|甲地开渡,一条河与两座镇的故事|乙地通车,|丙地放晴"; strings.Join(s, ",") != want {
		t.Errorf("got %s, want %s", strings.Join(s, ","), want)
	}
}

func TestRunningHeadsAreNoText(t *testing.T) {
	page := "潮汐日报 2024年9月5日 星期四 A01 要闻 责编:钱某 美编:孙某 校对:李某\n\n## 灯塔重新发光\n\n□ 韩某\n\n9月5日,灯塔在海边的高处重新发光,照见很远的地方,也照见\n\n" +
		"A01 要闻 2024年9月5日 星期四\n\n了回港的船,一只接着一只。\n\n(作者单位:市委党校)\n\n本版责编 钱某 版式 孙某\n\n新闻热线:0000-1234567\n"
	got := parseAll(t, "p.md", page)
	if len(got) != 1 {
		t.Fatalf("%d articles", len(got))
	}
	a := got[0]
	if want := "□ 韩某\n9月5日,灯塔在海边的高处重新发光,照见很远的地方,也照见了回港的船,一只接着一只。\n(作者单位:市委党校)\n"; a.Text() != want {
		t.Errorf("text %q", a.Text())
	}
	if len(a.Authors) != 1 || a.Authors[0].Name != "韩某" || a.Source != "" {
		t.Errorf("authors %v, source %q", a.Authors, a.Source)
	}
	if a.Edition != (article.Edition{Paper: "潮汐日报", Date: "2024-09-05", Page: "A01", Name: "要闻"}) {
		t.Errorf("edition %+v", a.Edition)
	}
}

func TestPagesWithoutMarks(t *testing.T) {
	page := "堤上巡查一夜不断\n\n本报讯(记者 林晓)9月4日,巡堤队出发。\n\n渡口换上新船\n——六十人一次过河\n\n□ 韩小明\n\n新船昨天下水。\n"
	got := parseAll(t, "p.md", "---\nkind: newspaper\n---\n"+page)
	if len(got) != 2 || got[0].Title != "堤上巡查一夜不断" || got[1].Title != "渡口换上新船" || got[1].Subtitle != "——六十人一次过河" || got[1].Authors[0].Name != "韩小明" {
		t.Errorf("%s", print(got))
	}
	warned := ""
	articles := 0
	for a, err := range New(article.Edition{}, markdown.New()).Parse("p.md", strings.NewReader("---\nkind: newspaper\npage: A02\n---\n海面很静。没有谁在说话。\n")) {
		if err != nil {
			warned = err.Error()
			if err.(*source.Error).Grade != source.Warning {
				t.Error("a warning is graded a fault")
			}
		}
		if a != nil {
			articles++
		}
	}
	if want := `p.md:5: no headline was found on this page, so it is one article; write "## " before each headline`; warned != want || articles != 1 {
		t.Errorf("%d articles, warning %q", articles, warned)
	}
}

func TestLinesThatStay(t *testing.T) {
	for about, lines := range map[string]string{
		"verse with marks":    "潮来,\n潮去,\n都不问我。",
		"verse without marks": "一盏灯\n在很远的地方亮着\n等\n谁也没有回来的夜晚",
		"short verse":         "灯在岸上\n船在水里\n人在路上\n都没说话",
		"names":               "林晓 何榕 陈婵\n韩小明 杨帆 王　明",
		"a table":             "站名    高潮    低潮\n东礁    3.2米    0.4米\n西湾    2.9米    0.6米",
		"a table of words":    "今日 多云 26℃~32℃\n明日 阵雨 25℃~30℃",
		"particulars":         "时间:9月5日上午九时\n地点:海港路12号\n电话:0000-1234567",
		"a signature":         "东礁航标处\n2025年3月20日",
	} {
		got := parseAll(t, "p.md", "## 标题在此\n\n本报讯 昨日开了会。\n\n"+lines+"\n")
		text := got[0].Text()
		if !strings.Contains(text, lines) {
			t.Errorf("%s: %q", about, text)
		}
	}
}

func TestDetection(t *testing.T) {
	for about, c := range map[string]struct {
		name, text   string
		named, looks bool
	}{
		"named as documented":     {"潮汐日报-20240905-A01版-要闻.md", "## 甲\n\n乙。\n", true, false},
		"named with a letter":     {"2024-09-05-A05-江海新闻.md", "", true, false},
		"an old paper":            {"申报-18720430-1版.md", "", true, false},
		"the second of a day":     {"2024-09-05-2.md", "", false, false},
		"an ordinary name":        {"2024-09-05-潮水.md", "", false, false},
		"a folio and no byline":   {"p.md", "2024年9月5日 星期四 A01 要闻 责编:钱某 美编:孙某\n\n## 甲事\n\n甲。\n", false, true},
		"a foot and no byline":    {"p.md", "## 甲事\n\n甲。\n\n本版责编 钱某 版式 孙某\n", false, true},
		"goes on":                 {"p.md", "## 甲事\n\n甲事很长。(下转A04版)\n", false, true},
		"a handbook":              {"p.md", "## 编译并运行\n\n用它。\n\n## 编译时报错\n\n编译时报错\n\n## 整理成册\n\n整理成册\n", false, false},
		"turns to the next topic": {"p.md", "## 甲\n\n方向由东转4版以外的西。\n", false, false},
	} {
		if got := Named(c.name); got != c.named {
			t.Errorf("%s: Named is %v", about, got)
		}
		if got := Looks(c.text); got != c.looks {
			t.Errorf("%s: Looks is %v", about, got)
		}
	}
}

func TestCaptionThatEndsWithAFullStop(t *testing.T) {
	page := "## 堤上一夜\n\n本报讯 老周在堤上走了一夜,他说潮水的脾气和人一样,要慢慢地摸,急不得,更不能和它赌气,这个道理他对每一个来巡堤的年轻\n\n" +
		"![](a.png)\n\n渔民在码头整理渔网。\n\n人都讲过不止一遍,讲的时候,手里的灯一直没有放下。\n"
	got := parseAll(t, "p.md", page)
	if text := got[0].Text(); !strings.Contains(text, "每一个来巡堤的年轻人都讲过") || !strings.Contains(text, "\n渔民在码头整理渔网。\n") {
		t.Errorf("text %q", text)
	}
}

// newsSigns is what the random pages below are made of.
var newsSigns = []rune("潮水退了又来船灯塔港，、；：“”《》（）—…%０１0123456789abXY·①℃")

// Nothing of a page is lost or altered, whatever its lines are and however they
// stand.
func TestNoSignOfARandomPageIsLost(t *testing.T) {
	line := func(r *rand.Rand, n int) string {
		var b strings.Builder
		for range 1 + r.IntN(n) {
			b.WriteRune(newsSigns[r.IntN(len(newsSigns))])
		}
		return b.String()
	}
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 5))
		var page strings.Builder
		page.WriteString("## 标题在此\n\n本报讯 今天的版面是这样的。\n\n")
		for range 2 + r.IntN(12) {
			switch r.IntN(7) {
			case 0:
				fmt.Fprintf(&page, "## %s标题\n\n%s。\n\n", line(r, 12), line(r, 40))
			case 1:
				fmt.Fprintf(&page, "### %s\n\n%s。\n\n", line(r, 12), line(r, 40))
			case 2:
				page.WriteString(line(r, 20) + "\n" + line(r, 20) + "\n" + line(r, 20) + "\n\n")
			case 3:
				page.WriteString("图为" + line(r, 20) + "。 本报记者 林晓 摄\n\n")
			default:
				page.WriteString(line(r, 90) + []string{"。", "", ","}[r.IntN(3)] + "\n\n")
			}
		}
		var got strings.Builder
		for _, a := range parseAll(t, "p.md", page.String()) {
			got.WriteString(noSpace(a.Kicker + a.Title + a.Subtitle + a.Text()))
		}
		want := bare(page.String())
		if sorted(got.String()) != sorted(want) {
			t.Fatalf("seed %d: the signs differ:\n got %s\nwant %s\npage %s", seed, got.String(), want, page.String())
		}
	}
}

func sorted(s string) string {
	count := map[rune]int{}
	for _, r := range s {
		count[r]++
	}
	return fmt.Sprint(count)
}

// The cost of a page is bounded by its size times a constant, whatever its lines
// are.
func TestCostGrowsAsThePageDoes(t *testing.T) {
	sizes := []int{10_000, 40_000, 200_000}
	if testing.Short() {
		sizes = sizes[:2]
	}
	for about, construct := range map[string]string{
		"spaces": "     \n", "wide spaces": "　　　\n", "spaces behind": "甲     \n", "spaces before": "     甲\n", "one line": "潮水", "short lines": "潮水退\n",
		"headings": "## 甲\n", "headings without marks": "堤上巡查不断\n\n本报讯 甲。\n\n", "bylines": "□ 韩小明\n\n", "captions": "图为渔民\n\n",
		"pictures": "![](a.png)\n\n", "torn paragraphs": "潮水退得最远的那几天早晨太阳刚出来滩涂上到处是蛏子的小孔和孩子们的脚印在晨光里一直通到海边那座\n\n",
		"brackets": "(「『", "closing": "”）」", "tables": "甲  乙  丙\n", "names": "林晓 何榕\n", "heads": "2024年9月5日 星期四 A01 要闻\n\n",
		"kickers": "## 甲\n\n## 乙\n\n", "notes": "(下转A04版)\n\n", "staff": "责编 钱某 美编 孙某 ", "marks": "---\n", "fences": "```\n", "dashes": "——甲\n\n",
	} {
		var last uint64
		for _, size := range sizes {
			page := "## 甲事\n\n" + strings.Repeat(construct, size/len(construct))
			c := cost(page)
			if limit := uint64(len(page)*2000 + 4<<20); c > limit {
				t.Errorf("%s, %d kB: %d kB allocated, want at most %d kB", about, size/1000, c/1000, limit/1000)
			}
			if last > 0 && c > 12*last+4<<20 {
				t.Errorf("%s: %d kB allocated at %d kB, %d kB before", about, c/1000, size/1000, last/1000)
			}
			last = c
		}
	}
}

// cost returns the bytes that are allocated while a page is looked at and parsed.
func cost(page string) uint64 {
	var before, after runtime.MemStats
	md := markdown.New()
	runtime.ReadMemStats(&before)
	Looks(page)
	for range New(article.Edition{}, md).Parse("p.md", strings.NewReader(page)) {
	}
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestWordsTornAcrossColumns(t *testing.T) {
	page := "## 港口用上新系统\n\n本报讯 昨日起,港口的船只进出都用新的系统来付费,它的名字叫作WaterPay,船员们在手机上就能办完手续,说 Wat\n\nerPay 比从前省事。" +
		"\n\n一年下来港口进出的船只一共有12,\n\n800艘,比上一年多了百分之十七点五,也就是17.\n\n5%,是十年里最多的一次。\n"
	text := parseAll(t, "p.md", page)[0].Text()
	for _, want := range []string{"说 WaterPay 比", "12,800艘", "17.5%,是"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
}

package byline

import (
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
)

// show writes a credit as "source|name role|name role".
func show(c Credit) string {
	parts := []string{c.Source}
	for _, a := range c.Authors {
		parts = append(parts, strings.TrimSpace(a.Name+" "+a.Role))
	}
	return strings.Join(parts, "|")
}

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"江门日报记者 陈婵 通讯员 区组轩":     "江门日报|陈婵 记者|区组轩 通讯员",
		"□文/图 江门日报记者 何榕":        "江门日报|何榕 记者",
		"记者/何榕 通讯员/何峰":          "|何榕 记者|何峰 通讯员",
		"通讯员 张三 李四":             "|张三 通讯员|李四 通讯员",
		"记者 甲子安 通讯员 乙小丙 丁大":     "|甲子安 记者|乙小丙 通讯员|丁大 通讯员",
		"本报记者 何 榕 实习生 林　晓":      "本报|何榕 记者|林晓 实习生",
		"本报见习记者 王小明":            "本报|王小明 见习记者",
		"本报特约记者 欧阳文、李想":         "本报|欧阳文 特约记者|李想 特约记者",
		"本报记者 何榕 摄":             "本报|何榕 摄影",
		"记者何榕摄":                 "|何榕 摄影",
		"何榕 摄":                  "|何榕 摄影",
		"文/张三丰 图/李四光":           "|张三丰 文|李四光 摄影",
		"文/本报记者 张三丰 图/本报记者 李四光": "本报|张三丰 记者|李四光 摄影",
		"文/图 何榕":                "|何榕 文|何榕 摄影",
		"何榕 文/图":                "|何榕 文|何榕 摄影",
		"张三丰 文 李四光 图":           "|张三丰 文|李四光 摄影",
		"■本报记者 陈婵 摄影报道":         "本报|陈婵 记者",
		"新华社记者 阿卜杜拉·买买提":        "新华社|阿卜杜拉·买买提 记者",
		"南方日报全媒体记者 黄河":          "南方日报|黄河 全媒体记者",
		"新华社记者 姚乙 （参与采写：林甲 王丙）": "新华社|姚乙 记者|林甲 参与采写|王丙 参与采写",
		"[作者] 欧阳文":              "|欧阳文 作者",
		"□ 陈乙丙（江苏）":             "|陈乙丙",
		"●通讯员 陈乙丙（海东市） 林甲（河南）":  "|陈乙丙 通讯员|林甲 通讯员",
		"作者：张三丰":                "|张三丰 作者",
		"撰文:张三丰 摄影:李四光":         "|张三丰 撰文|李四光 摄影",
		"本报驻北京记者 陈婵":            "本报|陈婵 记者",
		"图/受访者":                 "-",
		"记者":                    "-",
		"江门日报":                  "-",
		"陈婵":                    "-",
		"记者 了解到":                "-",
		"他说,记者 陈婵":              "-",
		"老记者 陈婵 讲的故事让每个人都沉默了很久很久": "-",
		"江门市轻骑兵交通志愿服务队志愿者和交警走上校车": "-",
		"□ 韩小明":        "|韩小明",
		"◎杨帆":          "|杨帆",
		"□林小海":         "|林小海",
		"□ 王某 李某":      "|王某|李某",
		"通讯员/任选 摄影/冯某": "|任选 通讯员|冯某 摄影",
		"记者/任选 文/图":    "|任选 记者",
		"编译时报错":        "-",
		"整理成册":         "-",
		"编辑方便":         "-",
		"策划方案":         "-",
		"摄影大赛":         "-",
		"编译 王某":        "|王某 编译",
		"□ 天气":         "-",
		"■ 规划先行":       "-",
		"作者单位:市委党校":    "-",
		"":             "-",
	} {
		c, ok := Parse(in)
		got := show(c)
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("Parse(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDateline(t *testing.T) {
	for in, want := range map[string]string{
		"江门日报讯(记者/陈婵)9月3日,在收看后":    "江门日报|陈婵 记者",
		"江门日报讯(记者/何榕 通讯员/何峰)9月4日,": "江门日报|何榕 记者|何峰 通讯员",
		"本报讯（记者陈婵、通讯员何峰）昨日，":       "本报|陈婵 记者|何峰 通讯员",
		"本报讯 记者陈婵、通讯员何峰报道：昨日":      "本报|陈婵 记者|何峰 通讯员",
		"本报讯 记者 陈婵 9月3日,在会上":       "本报|陈婵 记者",
		"本报讯 昨日上午,":                "本报",
		"新华社北京9月3日电（记者 陈婵）天气":      "新华社|陈婵 记者",
		"据新华社北京9月3日电 天气转凉":         "新华社",
		"本报北京9月3日电 (见习记者 林晓)":      "本报|林晓 见习记者",
		"央视网消息：长江":                 "央视网",
		"(记者 陈婵)昨日,":               "|陈婵 记者",
		"电影院昨天开门。":                 "-",
		"通讯员何峰昨天来电说":               "-",
		"消息传来，大家都很高兴。":             "-",
		"快讯已经发出":                   "-",
		"近日，江门日报讯":                 "-",
	} {
		c, ok := Dateline(in)
		got := show(c)
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("Dateline(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTailKeepsWhereItBegins(t *testing.T) {
	for in, want := range map[string]string{
		"提供保障。 江门日报记者 陈婵 通讯员 区组轩": " 江门日报记者 陈婵 通讯员 区组轩",
		"提供保障。(记者 陈婵)":            "(记者 陈婵)",
		"先进典型（本报记者陈婵）":            "（本报记者陈婵）",
		"他说。”本报记者 陈婵":             "本报记者 陈婵",
		"他说。":                     "-",
		"记者 陈婵 说了很多。":             "-",
		"工作结束。(完)":                "-",
		"今天来了一位记者":                "-",
	} {
		_, at, ok := Tail(in)
		got := "-"
		if ok {
			got = in[at:]
		}
		if got != want {
			t.Errorf("Tail(%q) begins at %q, want %q", in, got, want)
		}
	}
}

func TestSignature(t *testing.T) {
	for in, want := range map[string]string{
		"等方面的举报和反映。(江海区巡察办)": "江海区巡察办",
		"完成。（来源：新华社）":        "新华社",
		"完成。（何榕）":            "|何榕",
		"完成。（何榕 陈婵）":         "|何榕|陈婵",
		"完成。（市气象局 林晓）":       "市气象局|林晓",
		"完成。（完）":             "-",
		"完成。（下转A06版）":        "-",
		"完成。（有删节）":           "-",
		"在江海区(新南村)":          "-",
		"完成。":                "-",
	} {
		c, ok := Signature(in)
		got := show(c)
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("Signature(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPhoto(t *testing.T) {
	for in, want := range map[string]string{
		"图为志愿者在校门口执勤。 本报记者 何榕 摄": "何榕 摄影",
		"志愿者在校门口执勤 江门日报记者 何榕 摄":  "何榕 摄影",
		"志愿者在校门口执勤。(何榕 摄)":       "何榕 摄影",
		"本报记者 何榕 摄":              "何榕 摄影",
		"▲游客在湖边散步。":              "",
		"上图：新修的堤坝。":              "",
		"志愿者在校门口执勤。(资料图片)":       "",
		"他把相机递给老人，说这张图是三十年前拍摄的。": "-",
		"上图书馆去。":                 "-",
		"这组照片由他拍摄":               "-",
	} {
		c, ok := Photo(in)
		got := strings.TrimPrefix(show(Credit{Authors: c.Authors}), "|")
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("Photo(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzByline(f *testing.F) {
	for _, s := range []string{"江门日报讯(记者/陈婵)", "文/图 何榕 摄", "。(江海区巡察办)", "(", "）", "记者记者", "· ·"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, read := range []func(string) (Credit, bool){Parse, Dateline, Signature, Photo} {
			c, _ := read(s)
			for _, a := range c.Authors {
				if a == (article.Author{}) || a.Name == "" {
					t.Errorf("an author without a name in %q", s)
				}
			}
		}
		if _, at, ok := Tail(s); ok && (at < 0 || at > len(s)) {
			t.Errorf("Tail(%q) begins at %d", s, at)
		}
	})
}

func TestStaffAndContact(t *testing.T) {
	for in, want := range map[string]bool{
		"本版责编 钱某 版式 孙某":     true,
		"责编:钱某 美编:孙某 校对:李某": true,
		"责任编辑：钱某":           true,
		"责编 钱某 / 校对 李某":     false,
		"编辑 王某":             false,
		"校对时发现了错误":          false,
		"编辑部搬家了":            false,
		"责编 何为":             true,
	} {
		if Staff(in) != want {
			t.Errorf("Staff(%q) is %v", in, !want)
		}
	}
	for in, want := range map[string]bool{
		"新闻热线：0000-1234567": true, "投稿邮箱:a@example.org": true, "电话 0000-1234567": true,
		"联系电话:0000-1234567": false, "电话响了": false, "热线开通以后": false,
	} {
		if Contact(in) != want {
			t.Errorf("Contact(%q) is %v", in, !want)
		}
	}
}

func TestCaptionsByTheirWords(t *testing.T) {
	for in, want := range map[string]bool{
		"图①：渔民在码头整理渔网": true, "右上图为新修的海堤": true, "左图：老灯塔": true, "图①②为海堤": true, "①为老塔，②为新塔": true,
		"下图书馆的台阶": false, "大图纸铺在地上": false, "组图：海边的一天": true,
	} {
		if _, got := Photo(in); got != want {
			t.Errorf("Photo(%q) is %v", in, got)
		}
	}
}

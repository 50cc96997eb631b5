package fullwidth

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/query"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"":          "",
		"风来了,雨停了;":  "风来了，雨停了；",
		"问:谁来?答:我!": "问：谁来？答：我！",
		"港城报讯(记者/林一)9月3日,码头开工": "港城报讯（记者/林一）9月3日，码头开工",
		"三个村(社区)都到了。(港务办)":     "三个村（社区）都到了。（港务办）",
		"他说:“走吧!”,大家“好”?":      "他说：“走吧！”，大家“好”？",
		"真的?!":                 "真的？！",
		"增长20%,其中出口居多":         "增长20%，其中出口居多",
		"用Go,然后编译":             "用Go，然后编译",
		"港务局(HA)发布":            "港务局（HA）发布",
		"IBM(国际商业机器公司)":        "IBM（国际商业机器公司）",
		"图1:码头":                "图1：码头",
		"你好, 世界":               "你好， 世界",
		"(一)总则":                "（一）总则",
		"乾隆,嘉慶":                "乾隆，嘉慶",

		// Figures, Latin, addresses.
		"共1,000元":                      "共1,000元",
		"比分3:2":                        "比分3:2",
		"早上8:30到":                      "早上8:30到",
		"3.5元":                         "3.5元",
		"f(x)是函数":                      "f(x)是函数",
		"Hello, 世界":                    "Hello, 世界",
		"北京, China":                    "北京, China",
		"Go, C; wow!":                  "Go, C; wow!",
		"site:港口":                      "site:港口",
		"没有(另一半":                       "没有(另一半",
		"没有另一半)了":                      "没有另一半)了",
		"见https://a.cn/海(港),b?c=风;d 说": "见https://a.cn/海(港),b?c=风;d 说",
		"见https://a.cn/x?y=1。好,走":      "见https://a.cn/x?y=1。好，走",
		"www.a.cn/海,港 好,走":             "www.a.cn/海,港 好，走",
		"写信给mailto:a@b.cn?subject=海;港 好,走": "写信给mailto:a@b.cn?subject=海;港 好，走",
	} {
		if got := Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestHTML(t *testing.T) {
	for in, want := range map[string]string{
		"风<b>来</b>,雨<i>停</i>;":                              "风<b>来</b>，雨<i>停</i>；",
		"<p>风来(记者</p><p>雨停)了</p>":                           "<p>风来(记者</p><p>雨停)了</p>",
		"<ul><li>风,</li><li>雨;</li></ul>":                   "<ul><li>风，</li><li>雨；</li></ul>",
		"用<code>风,雨</code>,然后":                              "用<code>风,雨</code>，然后",
		"<pre><code>风,雨;</code></pre><p>风,雨":                "<pre><code>风,雨;</code></pre><p>风，雨",
		"风&amp;雨,雪":                                         "风&amp;雨，雪",
		"说:&#34;好,走!&#34;":                                  "说：&#34;好，走！&#34;",
		`<a href="x?a=1&amp;风,雨">风,雨</a>`:                   `<a href="x?a=1&amp;风,雨">风，雨</a>`,
		`<img src="a" alt="风,雨">`:                           `<img src="a" alt="风,雨">`,
		"<ruby>港<rp>(</rp><rt>gǎng</rt><rp>)</rp></ruby>,城": "<ruby>港<rp>(</rp><rt>gǎng</rt><rp>)</rp></ruby>，城",
		"设<math><mi>风</mi><mo>,</mo></math>,则":              "设<math><mi>风</mi><mo>,</mo></math>，则",
		"风<mark>,</mark>雨":                                  "风<mark>，</mark>雨",
		"风,<br>雨":                                           "风，<br>雨",
		"<b>风,雨":                                            "<b>风，雨",
		"风,雨<":                                              "风，雨<",
	} {
		if got := HTML(in); got != want {
			t.Errorf("HTML(%q)\n got %q\nwant %q", in, got, want)
		}
	}
}

func TestMarkedSeesAcrossSpans(t *testing.T) {
	m := query.Marked{{Text: "风来"}, {Text: ",雨", Mark: true}, {Text: "停(见"}, {Text: "图)", Mark: true}, {Text: "1,000"}}
	want := query.Marked{{Text: "风来"}, {Text: "，雨", Mark: true}, {Text: "停（见"}, {Text: "图）", Mark: true}, {Text: "1,000"}}
	got := Marked(m)
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("span %d is %+v, want %+v", i, got[i], want[i])
		}
	}
	if m[1].Text != ",雨" {
		t.Error("the marked text that was given has changed")
	}
}

// checkShown says what holds for every text: as many characters, only those of the
// class changed, and each into its own full-width form; twice is once.
func checkShown(t *testing.T, in string, show func(string) string) {
	t.Helper()
	out := show(in)
	if !utf8.ValidString(in) {
		return
	}
	a, b := []rune(in), []rune(out)
	if len(a) != len(b) {
		t.Fatalf("%q has become %q: %d characters and not %d", in, out, len(b), len(a))
	}
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		if n := strings.IndexRune(half, a[i]); n < 0 || full[n] != string(b[i]) {
			t.Fatalf("%q has become %q: %q has become %q", in, out, a[i], b[i])
		}
	}
	if again := show(out); again != out {
		t.Fatalf("%q becomes %q, and that %q", in, out, again)
	}
}

func TestShownOfRandomText(t *testing.T) {
	pieces := []string{"海", "港", "城", ",", ";", ":", "?", "!", "(", ")", "（", "）", "，", "：", "。", "“", "”", `"`, "'", " ", "\n", "1", "20%", "a", "Go",
		"https://", "www.", "mailto:", "…", "《", "》", "𠀀", "é", "\u3000", ".", "&amp;", "&#34;", "<b>", "</b>", "<p>", "<code>", "</code>", "<rt>", "</rt>", "&", "<"}
	r := rand.New(rand.NewPCG(15, 1))
	for range 40000 {
		var b strings.Builder
		for range 1 + r.IntN(14) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		checkShown(t, b.String(), Text)
		checkShown(t, b.String(), HTML)
	}
}

func FuzzShown(f *testing.F) {
	for _, s := range []string{"风来(记者/甲)了,雨停;", "<p>风,<code>雨,</code></p>", "a,\xff海,", "&#34;海,&quot"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkShown(t, s, Text)
		checkShown(t, s, HTML)
	})
}

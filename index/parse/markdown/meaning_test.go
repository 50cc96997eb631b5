package markdown

import (
	"strings"
	"testing"
	"testing/fstest"
)

// Each class of what generators and people write, with what it should become. A
// title is given, so that the first heading stays where it is.
func TestMeaning(t *testing.T) {
	for _, c := range []struct{ about, in, want string }{
		// Emphasis beside Chinese punctuation.
		{"brackets of a book", "他读**《山海》**三遍", "p 他读<strong>《山海》</strong>三遍\n"},
		{"a colon within", "**提要：**潮高两米", "p <strong>提要：</strong>潮高两米\n"},
		{"underlines", "他读__《山海》__三遍，__注意：__慢行", "p 他读<strong>《山海》</strong>三遍，<strong>注意：</strong>慢行\n"},
		{"one star", "他读*《山海》*三遍", "p 他读<em>《山海》</em>三遍\n"},
		{"stars in a row", "**《甲》**和**《乙》**与**丙（丁）**戊", "p <strong>《甲》</strong>和<strong>《乙》</strong>与<strong>丙（丁）</strong>戊\n"},
		{"beside quotation marks", "说“**慢**”，又说**“快”**了", "p 说“<strong>慢</strong>”，又说<strong>“快”</strong>了\n"},
		{"nested", "**《*潮*》**了", "p <strong>《<em>潮</em>》</strong>了\n"},
		{"three stars", "读***《潮》***了", "p 读<em><strong>《潮》</strong></em>了\n"},
		{"code and links within", "用**`ls`**看**[图](/a)**吧", "p 用<strong><code>ls</code></strong>看<strong><a href=\"/a\">图</a></strong>吧\n"},
		{"per cent", "占**80%**的船", "p 占<strong>80%</strong>的船\n"},
		{"struck through", "价~~《旧》~~新", "p 价<del>《旧》</del>新\n"},
		{"notes by stars", "鱼*（鲜）虾*（活）", "p 鱼*（鲜）虾*（活）\n"},
		{"figures", "长2*3*4米，2**3**4，风3~4级，10~~20元", "p 长2*3*4米，2**3**4，风3~4级，10~~20元\n"},
		{"names of files", "报告_（终稿）_v2 和 __init__方法", "p 报告_（终稿）_v2 和 __init__方法\n"},
		{"a space before the end", "**就这样 **", "p <strong>就这样 </strong>\n"},
		{"one tilde", "~不是~，约~5", "p ~不是~，约~5\n"},
		// The words of drawings.
		{"a drawing", "甲\n\n<svg viewBox=\"0 0 1 1\">\n\n  <title>潮*位*</title>\n\n    <text x=\"1\">六<tspan>时</tspan></text>\n</svg>\n\n乙", "p 甲\np 潮*位* 六时\np 乙\n"},
		{"a drawing within a line", "甲<svg><text>$乙</text></svg>丙", "p 甲$乙丙\n"},
		{"a drawing that is spoken of", "写 `<svg><text>甲</text></svg>` 和 <svg>，还有\n\n```\n<svg><text>乙</text></svg>\n```", "p 写 <code>&lt;svg&gt;&lt;text&gt;甲&lt;/text&gt;&lt;/svg&gt;</code> 和 &lt;svg&gt;，还有\nrich <pre><code>&lt;svg&gt;&lt;text&gt;乙&lt;/text&gt;&lt;/svg&gt;</code></pre>\n"},
		// Unknown and unclosed elements.
		{"a figure that says more", `{{< figure src="a.png" title="潮" caption="**夜**里的[塔](/t)" attr="林摄" >}}`, "rich <img src=\"a.png\" alt=\"潮 夜里的塔 林摄\" title=\"潮 夜里的塔 林摄\"/>\ncaption 潮 夜里的塔 林摄\n"},
		{"a quotation with its author", "{{< quote author=\"林\" >}}\n潮\n{{< /quote >}}", "rich <blockquote><p><strong>林</strong></p>\n<p>潮</p></blockquote>\n"},
		{"words of unknown tags", `甲{{< zzz "乙" y "丙.png" >}}丁{{< ruby "漢" "hàn" >}}`, "p 甲乙丁<ruby>漢<rt>hàn</rt></ruby>\n"},
		{"a generic type", "放进 Map<Text, List<Crab>> 里，*后面*还在", "p 放进 Map&lt;Text, List&lt;Crab&gt;&gt; 里，<em>后面</em>还在\n"},
		{"a type alone in a line", "<Crab>\n后面", "p <Crab>\np 后面\n"},
		{"instructions and declarations", "写 <?php ?> 与 <!DOCTYPE html>\n\n<?xml v?>", "p 写 <?php ?> 与 <!DOCTYPE html>\np <?xml v?>\n"},
		{"products", "a*b*c，3*a*2", "p a*b*c，3*a*2\n"},
		{"an element of prose", "用 <div> 布局，<object> 少用", "p 用 <div> 布局，<object> 少用\n"},
		{"an unclosed script", "<script>\n潮水\n\n还在", "p <script> 潮水\np 还在\n"},
		{"an unclosed comment", "潮 <!-- 水\n\n还在", "p 潮 <!-- 水\np 还在\n"},
		{"less than", "若 a<b 且 c>d", "p 若 a<b 且 c>d\n"},
		{"a component", "<Note title=\"a\" @click=\"b\">\n\n潮\n\n</Note>", "p 潮\n"},
		{"a component in a line", "按<Badge type=\"tip\" text=\"新\" />钮，<Tip>慢</Tip>行", "p 按新钮，慢行\n"},
		{"tabs of components", "<Tabs>\n<TabItem value=\"a\" label=\"潮\">\n\n甲\n\n</TabItem>\n</Tabs>", "p <strong>潮</strong>\np 甲\n"},
		{"a picture of components", "<Image src={require('./a.png').default} alt=\"灯\" />", "rich <img src=\"./a.png\" alt=\"灯\"/>\ncaption 灯\n"},
		{"a film as a picture", "![潮](a.mp4)", "p <a href=\"a.mp4\" rel=\"nofollow noreferrer\">潮</a>\n"},
		{"bold of HTML over paragraphs", "<b>甲\n\n乙</b>", "p 甲\np 乙\n"},
		{"a button", "<button>确定</button>即可", "p 确定即可\n"},
		// Formulas.
		{"prices", "由$5涨到$10，又 $3 (约 5$) 与 US$7", "p 由$5涨到$10，又 $3 (约 5$) 与 US$7\n"},
		{"variables", "$HOME/$USER 与 ${a}${b}", "p $HOME/$USER 与 ${a}${b}\n"},
		{"an unknown command", `$\foo{a_1*b_2*}$ 见`, `p $\foo{a_1*b_2*}$ 见` + "\n"},
		{"escaped brackets", `\[注\]和\(1\)`, "p [注]和(1)\n"},
		// Headings and paragraphs.
		{"no space behind the hash", "##潮汐\n\n甲", "## 潮汐\np 甲\n"},
		{"hashes of topics", "#潮汐# 的话题\n\n#海 #灯", "p #潮汐# 的话题\np #海 #灯\n"},
		{"four spaces", "    潮水来了，*慢*行。\n\n    又来。", "p 潮水来了，<em>慢</em>行。\np 又来。\n"},
		{"ideographic spaces", "　　甲。\n　　乙。", "p 甲。\np 乙。\n"},
		{"code by its indent", "甲\n\n    ls -l\n    文件", "p 甲\nrich <pre><code>ls -l\n文件</code></pre>\n"},
		{"a note that is no address", "甲\n\n[注]: 乙丙丁", "p 甲\np [注]: 乙丙丁\n"},
		{"a footnote that nobody calls", "甲\n\n[^9]: 乙", "p 甲\np [^9]: 乙\n"},
		// Containers.
		{"an alert", "> [!NOTE]\n> 甲", "rich <blockquote><p>甲</p></blockquote>\n"},
		{"an alert with a title", "> [!warning]- 慢\n> 甲", "rich <blockquote><p><strong>慢</strong></p>\n<p>甲</p></blockquote>\n"},
		{"containers in each other", "::: info 外\n::: tip 内\n甲\n:::\n乙\n:::\n丙", "rich <blockquote><p><strong>外</strong></p>\n<blockquote><p><strong>内</strong></p>\n<p>甲</p></blockquote>\n<p>乙</p></blockquote>\np 丙\n"},
		{"a title in brackets", ":::note[慢]\n甲\n:::", "rich <blockquote><p><strong>慢</strong></p>\n<p>甲</p></blockquote>\n"},
		{"MkDocs", "!!! warning \"慢\"\n    甲\n\n    - 乙\n\n丙", "rich <blockquote><p><strong>慢</strong></p>\n<p>甲</p>\n<ul><li>乙</li></ul></blockquote>\np 丙\n"},
		{"MkDocs without a title", "??? note\n    甲", "rich <blockquote><p>甲</p></blockquote>\n"},
		{"tabs of MkDocs", "=== \"潮\"\n\n    甲\n\n=== \"汐\"\n\n    乙", "p <strong>潮</strong>\np 甲\np <strong>汐</strong>\np 乙\n"},
		{"code in MkDocs", "!!! note\n    ```sh\n    ls {{< x >}}\n    ```", "rich <blockquote><pre><code class=\"language-sh\">ls {{&lt; x &gt;}}</code></pre></blockquote>\n"},
		{"a group of code", "::: code-group\n```sh [甲]\nls\n```\n:::", "p <strong>甲</strong>\nrich <pre><code class=\"language-sh\">ls</code></pre>\n"},
		// Shortcodes.
		{"Hugo", "{{% alert title=\"慢\" color=\"warning\" %}}\n甲\n{{% /alert %}}", "rich <blockquote><p><strong>慢</strong></p>\n<p>甲</p></blockquote>\n"},
		{"Hugo in a line", "甲{{< br >}}乙{{< badge \"丙\" >}}", "p 甲乙丙\n"},
		{"a figure", "{{< figure src=\"a.png\" title=\"灯\" >}}", "rich <img src=\"a.png\" alt=\"灯\" title=\"灯\"/>\ncaption 灯\n"},
		{"a reference", "[甲]({{< ref \"b.md#c\" >}})", "p <a href=\"b.md#c\">甲</a>\n"},
		{"a film", "{{< youtube abc123 >}}", "p <a href=\"https://www.youtube.com/watch?v=abc123\">https://www.youtube.com/watch?v=abc123</a>\n"},
		{"tabs", "{{< tabs >}}\n{{< tab \"潮\" >}}甲{{< /tab >}}\n{{< /tabs >}}", "rich <blockquote><p><strong>潮</strong></p>\n<p>甲</p></blockquote>\n"},
		{"an example of a shortcode", "写 `{{< x >}}` 与 {{</* y */>}}", "p 写 <code>{{&lt; x &gt;}}</code> 与 <code>{{&lt; y &gt;}}</code>\n"},
		{"Hexo", "{% note info 慢 %}\n甲\n{% endnote %}", "rich <blockquote><p><strong>慢</strong></p>\n<p>甲</p></blockquote>\n"},
		{"a sentence in a tag", "{% note blue, 为了处理 I/O，多线程/进程 select 一次。 %}\n\n{% note red, 多线程/进程，select 一次。 %}", "p 为了处理 I/O，多线程/进程 select 一次。\np 多线程/进程，select 一次。\n"},
		{"a timeline", "{% timeline 年 %}\n<!-- timeline 二〇二〇 -->\n甲\n<!-- endtimeline -->\n{% endtimeline %}", "p <strong>年</strong>\np <strong>二〇二〇</strong>\np 甲\n"},
		{"a badge on its own", "<Badge text=\"新\" type=\"tip\"/>\n\n甲", "p <strong>新</strong>\np 甲\n"},
		{"tabs of Hexo", "{% tabs 名, 1 %}\n<!-- tab 潮 -->\n甲\n<!-- endtab -->\n{% endtabs %}", "p <strong>潮</strong>\np 甲\n"},
		{"code of Hexo", "{% codeblock 灯.go lang:go %}\na*b*c\n{% endcodeblock %}", "p <strong>灯.go</strong>\nrich <pre><code class=\"language-go\">a*b*c</code></pre>\n"},
		{"a picture of Hexo", "{% asset_img a.png 灯 %}", "rich <img src=\"a.png\" alt=\"灯\" title=\"灯\"/>\ncaption 灯\n"},
		{"a link of Hexo", "见{% post_link b 乙 %}", "p 见<a href=\"b\">乙</a>\n"},
		{"highlight of Jekyll", "{% highlight go %}\na{% endhighlight %}", "rich <pre><code class=\"language-go\">a</code></pre>\n"},
		{"attributes of kramdown", "甲\n{: .x}\n\n乙{: #y}", "p 甲\np 乙\n"},
		{"contents", "[toc]\n\n[[toc]]\n\n* 目录\n{:toc}\n\n甲", "p 甲\n"},
		{"MDX", "import A from './a'\nexport const b = {\n  c: 1\n}\n\n甲\n\n{/* 乙 */}", "p 甲\n"},
		// Lists of tasks, wikis, frames.
		{"includes with what is said", "{% include figure.html image_path=\"/a.png\" caption=\"灯塔\" %}\n\n{% include embed/youtube.html id='x1' title=\"潮\" %}\n\n{% include note.html content=\"当心潮水\" %}\n\n{% include head.html %}",
			"rich <img src=\"/a.png\" alt=\"灯塔\" title=\"灯塔\"/>\ncaption 灯塔\np <a href=\"https://www.youtube.com/watch?v=x1\">潮</a>\np 当心潮水\n"},
		{"a title of moments, a link with words", "{% timeline 航程,blue %}\n<!-- timeline 一月 -->\n甲\n<!-- endtimeline -->\n{% endtimeline %}\n\n{% link 潮, https://e.cn, 每天两次 %}", "p <strong>航程</strong>\np <strong>一月</strong>\np 甲\np <a href=\"https://e.cn\">潮</a> 每天两次\n"},
		{"HTML of a shortcode", "{{< rawhtml >}}<p>甲</p>{{< /rawhtml >}}\n*乙*", "p 甲\np <em>乙</em>\n"},
		{"names of blocks", "甲句。 ^a1b2c3\n\n- 乙 ^yi-ju\n\n和 x ^2\n\n^kaitou 丙", "p 甲句。\nrich <ul><li>乙</li></ul>\np 和 x ^2\np ^kaitou 丙\n"},
		{"tasks", "- [x] 甲\n- [ ] 乙", "rich <ul><li>☑ 甲</li>\n<li>☐ 乙</li></ul>\n"},
		{"wikis", "[[甲]]，[[乙#丙|丁]]，[[1]](x)", "p <a href=\"%E7%94%B2\">甲</a>，<a href=\"%E4%B9%99#%E4%B8%99\">丁</a>，<a href=\"x\">[1]</a>\n"},
		{"a frame", "<iframe src=\"https://v.example/1\" title=\"潮的影片\"></iframe>", "p <a href=\"https://v.example/1\">潮的影片</a>\n"},
		{"a film of HTML", "<video controls><source src=\"a.mp4\">不能放</video>", "p <a href=\"a.mp4\">a.mp4</a>\n"},
		{"a picture in a list", "- ![灯](a.png)", "rich <ul><li><img src=\"a.png\" alt=\"灯\"/><br/>\n<small>灯</small></li></ul>\n"},
		{"readings", "<ruby>潮<rp>(</rp><rt>cháo</rt><rp>)</rp></ruby>水", "p <ruby>潮<rp>(</rp><rt>cháo</rt><rp>)</rp></ruby>水\n"},
		{"bars in code in a table", "|甲|\n|-|\n|`a\\|b`|", "rich <table><thead><tr><th>甲</th></tr></thead>\n<tbody><tr><td><code>a|b</code></td></tr></tbody></table>\n"},
		{"more cells than columns", "|甲|乙|\n|-|-|\n|1|2|3|", "rich <table><thead><tr><th>甲</th>\n<th>乙</th></tr></thead>\n<tbody><tr><td>1</td>\n<td>2|3</td></tr></tbody></table>\n"},
	} {
		if got := show(parseOne(t, "f.md", "---\ntitle: 题\n---\n"+c.in)); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.about, got, c.want)
		}
	}
}

func TestReadingsStandBesideTheText(t *testing.T) {
	a := parseOne(t, "f.md", "# <ruby>潮<rt>cháo</rt></ruby>\n\n<ruby>汉<rt>hàn</rt></ruby><ruby>字<rt>zì</rt></ruby>的读音")
	if got := a.Sections[0].Blocks[0].Text; a.Title != "潮（cháo）" || got != "汉字的读音\nhàn zì" {
		t.Errorf("title %q, text %q", a.Title, got)
	}
}

func TestFormulasAreMathMLAndText(t *testing.T) {
	a := parseOne(t, "f.md", "若 $a_1*b_2*$ 与 \\(x<y\\)\n\n$$\n\\frac{1}{2} = x_1\n\n\\[ y + 1 \\]\n")
	var text []string
	for _, b := range a.Blocks {
		text = append(text, b.Text)
	}
	if got := strings.Join(text, "|"); got != "若 $a_1*b_2*$ 与 \\(x<y\\)|$$ \\frac{1}{2} = x_1|\\[ y + 1 \\]" {
		t.Errorf("%q", got)
	}
	if html := a.Sections[0].Blocks[0].HTML; strings.Count(html, "<math") != 2 || !strings.Contains(html, "<msub><mi>a</mi><mn>1</mn></msub>") || strings.Contains(html, "style") {
		t.Errorf("%q", html)
	}
}

func TestIncludes(t *testing.T) {
	p := New()
	p.Files = fstest.MapFS{
		"docs/part.md":  {Data: []byte("---\ntitle: x\n---\n被**《引》**入\n\n{{#include more.md}}")},
		"docs/more.md":  {Data: []byte("又一层\n\n{{#include part.md}}")},
		"code/a.rs":     {Data: []byte("one\ntwo\nthree")},
		"secret/.token": {Data: []byte("x")},
	}
	text := "# 题\n\n{{#include part.md}}\n\n```rust\n{{#include ../code/a.rs:2:3}}\n```\n\n{{#include ../../etc/passwd}}\n"
	var warnings []string
	for a, err := range p.Parse("docs/f.md", strings.NewReader(text)) {
		if err != nil {
			warnings = append(warnings, err.Error())
			continue
		}
		got := show(a)
		if !strings.Contains(got, "被<strong>《引》</strong>入") || !strings.Contains(got, "又一层") || !strings.Contains(got, "two\nthree") || strings.Contains(got, "one") {
			t.Errorf("%s", got)
		}
	}
	if len(warnings) == 0 || !strings.HasPrefix(warnings[len(warnings)-1], `docs/f.md:9: "../../etc/passwd" cannot be included`) {
		t.Errorf("warnings %q", warnings)
	}
}

func TestLinesAndNamesOfPlaces(t *testing.T) {
	a := parseOne(t, "f.md", "---\ntitle: 题\n---\n\n甲\n\n## 乙 {#two}\n\n<a id=\"old\"></a>\n\n- 丙\n- <span id=\"in\">丁</span>\n\n::: tip\n戊\n:::\n\n<h3 id=\"尾\">己</h3>\n")
	var got []string
	for _, s := range a.Sections {
		if s.Heading != "" {
			got = append(got, strings.Join([]string{s.Heading, s.Anchors, string(rune('0' + s.Line/10)), string(rune('0' + s.Line%10))}, " "))
		}
		for _, b := range s.Blocks {
			got = append(got, strings.Join([]string{b.Text, b.Anchors, string(rune('0' + b.Line/10)), string(rune('0' + b.Line%10))}, " "))
		}
	}
	want := []string{"甲  0 5", "乙 two 0 7", "丙\n丁 old in 1 1", "戊  1 4", "己 尾 1 8"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLinesOfLinks(t *testing.T) {
	a := parseOne(t, "f.md", "---\ntitle: 题\n---\n- [甲](a)\n- 乙\n- ![丙](c.png)，[丁](d)\n\n戊\n[己](e)\n\n[庚](f)\n")
	var got []string
	for _, b := range a.Blocks {
		got = append(got, b.LinkLines)
	}
	if want := "4 6 6|9|"; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", strings.Join(got, "|"), want)
	}
}

func TestControlCharactersAreNamed(t *testing.T) {
	var faults []string
	for a, err := range New().Parse("海/潮.md", strings.NewReader("---\ntitle: 题\n---\n甲\n乙\x08丙\x1b\x01+1 丁\n")) {
		if err != nil {
			faults = append(faults, err.Error())
		} else if got := a.Sections[0].Blocks[0].Text; got != "甲乙丙+1 丁" {
			t.Errorf("text %q", got)
		}
	}
	if len(faults) != 1 || faults[0] != "海/潮.md:5: control characters are left out: U+0008, U+001B, U+0001" {
		t.Errorf("faults %q", faults)
	}
}

func TestWhatIsNestedTooDeepIsNamed(t *testing.T) {
	for in, want := range map[string]string{
		"甲\n\n" + strings.Repeat("> ", 60) + "乙": "f.md:3: quotations or lists are nested more than 40 deep; nest them less",
		strings.Repeat(":::tip\n", 60):           "f.md:41: containers (::: or !!!) are nested more than 40 deep; close them, or nest them less",
		"甲\n" + strings.Repeat("[", 5000):        "f.md:2: a paragraph with more than 4000 opening brackets; part it by blank lines",
	} {
		got := ""
		for _, err := range New().Parse("f.md", strings.NewReader(in)) {
			if err != nil {
				got = err.Error()
			}
		}
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// A fragment of MDX has tags without a name; elsewhere these are text.
func TestFragmentsOfMDX(t *testing.T) {
	const text = "# 题\n\n<>甲</>\n\n<>\n乙\n</>\n\n`<>`"
	for name, want := range map[string]string{"a.mdx": "甲\n乙\n<>\n", "a.md": "<>甲</>\n<> 乙 </>\n<>\n"} {
		for a, err := range New().Parse(name, strings.NewReader(text)) {
			if err != nil || a.Text() != want {
				t.Errorf("%s: %q, %v; want %q", name, a.Text(), err, want)
			}
		}
	}
}

// VuePress includes code by a line of its own.
func TestImportOfCode(t *testing.T) {
	p := New()
	p.Files = fstest.MapFS{"b/a.py": {Data: []byte("潮 = 1\n")}}
	for a, err := range p.Parse("b/a.md", strings.NewReader("# 题\n\n@[code{1} py](./a.py)\n\n甲\n")) {
		if err != nil || a.Text() != "潮 = 1\n甲\n" {
			t.Errorf("%q, %v", a.Text(), err)
		}
	}
}

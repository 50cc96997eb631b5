package html

import (
	"fmt"
	"strings"
	"testing"
)

// Code keeps its lines, whatever parts them.
func TestCodeKeepsItsLines(t *testing.T) {
	for about, body := range map[string]string{
		"Hexo":                  `<figure class="highlight"><table><tr><td class="gutter"><pre><span class="line">1</span><br><span class="line">2</span></pre></td><td class="code"><pre><span class="line">甲</span><br><span class="line">乙</span></pre></td></tr></table></figure>`,
		"Hugo":                  `<table class="lntable"><tr><td class="lntd"><pre>1<br>2</pre></td><td class="lntd"><pre>甲<br>乙</pre></td></tr></table>`,
		"blocks":                `<table class="code"><tr><td>1<br>2</td><td><code><div>甲</div><div>乙</div></code></td></tr></table>`,
		"lines in blocks, many": `<figure class="highlight"><table><tr><td class="gutter"><pre>` + lineNumbersTo(9) + `</pre></td><td class="code"><pre><div class="line">甲</div><div class="line">乙</div></pre></td></tr></table></figure>`,
		"a gutter of its own":   `<div class="highlight"><div class="gutter">` + lineNumbersTo(12) + `</div><pre><code>甲<br>乙</code></pre></div>`,
		"the language, named": `<div class="language-sh vp-adaptive-theme"><button class="copy"></button><span class="lang">sh</span><pre><code>甲
乙</code></pre></div>`,
		"no number": `<pre><code><div class="line">甲</div><div class="line">乙</div></code></pre>`,
	} {
		a := parseOne(t, "f.html", "<title>一天</title><article><p>"+first+"</p>"+body+"</article>")
		if got := a.Text(); got != first+"\n甲\n乙\n" {
			t.Errorf("%s: %q", about, got)
		}
	}
}

// lineNumbersTo are the numbers of lines, each in a block.
func lineNumbersTo(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<div class="line">%d</div>`, i+1)
	}
	return b.String()
}

// Programs that colour code have classes that sites have for what stands around a text.
func TestRemarksInCodeAreText(t *testing.T) {
	a := parseOne(t, "f.html", `<title>一天</title><article><p>`+first+`</p>`+
		`<pre><code class="language-js"><span class="token comment">// 甲</span>
<span class="title">乙</span> <span class="ad">丙</span><span class="menu">丁</span></code></pre>`+
		`<figure class="highlight"><table><tr><td class="gutter"><pre><div class="line">1</div></pre></td><td class="code"><pre><div class="line"><span class="comment">// 戊</span></div></pre></td></tr></table></figure>`+
		`<p>他说<span class="comment">己</span>。</p><div class="comments">读者的话。</div><p>`+second+`</p></article><span class="copyright">版权</span>`)
	if got, want := a.Text(), first+"\n// 甲\n乙 丙丁\n// 戊\n他说己。\n"+second+"\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

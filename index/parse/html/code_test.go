package html

import "testing"

// Code keeps its lines, whatever parts them.
func TestCodeKeepsItsLines(t *testing.T) {
	for about, body := range map[string]string{
		"Hexo":      `<figure class="highlight"><table><tr><td class="gutter"><pre><span class="line">1</span><br><span class="line">2</span></pre></td><td class="code"><pre><span class="line">甲</span><br><span class="line">乙</span></pre></td></tr></table></figure>`,
		"Hugo":      `<table class="lntable"><tr><td class="lntd"><pre>1<br>2</pre></td><td class="lntd"><pre>甲<br>乙</pre></td></tr></table>`,
		"blocks":    `<table class="code"><tr><td>1<br>2</td><td><code><div>甲</div><div>乙</div></code></td></tr></table>`,
		"no number": `<pre><code><div class="line">甲</div><div class="line">乙</div></code></pre>`,
	} {
		a := parseOne(t, "f.html", "<title>一天</title><article><p>"+first+"</p>"+body+"</article>")
		if got := a.Text(); got != first+"\n甲\n乙\n" {
			t.Errorf("%s: %q", about, got)
		}
	}
}

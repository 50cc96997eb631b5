package e2e

import (
	"net/url"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
)

// findBar is what the bar in an article says.
const findBar = `document.querySelector(".kb-find [role=status]")?.textContent`

// pictured returns the article of the sample with a drawing.
func pictured(t *testing.T) *article.Article {
	t.Helper()
	for _, a := range articles(t) {
		for _, b := range a.Blocks {
			if strings.Contains(b.HTML, "<img") {
				return a
			}
		}
	}
	t.Fatal("no article of the sample has a picture")
	return nil
}

// wordOf returns two characters of an article's first paragraph.
func wordOf(a *article.Article) string {
	for _, b := range a.Blocks {
		if b.Kind == article.Paragraph && b.HTML == "" {
			return string([]rune(b.Text)[:2])
		}
	}
	return ""
}

func TestQueryInTheAddressOfAnArticleIsMarkedInIt(t *testing.T) {
	a := pictured(t)
	w := wordOf(a)
	p := open(t, a.Path()+"?q="+url.QueryEscape(w))
	p.wait(findBar)
	n := eval[int](p, `document.querySelectorAll(".kb-article mark").length`)
	if n == 0 || eval[string](p, `document.querySelector(".kb-article mark").textContent`) != w {
		t.Fatalf("%d marks for %q", n, w)
	}
	p.is(`location.pathname.endsWith("`+strings.TrimSuffix(a.Path(), "/")+`/") || location.pathname.includes("/a/")`, "it stays the article")
	first := eval[string](p, findBar)
	p.must(p.tab.Eval(`document.querySelectorAll(".kb-find button")[1].click()`, nil))
	if n > 1 && eval[string](p, findBar) == first {
		t.Errorf("the bar says %q before and after the next match", first)
	}
	p.reload()
	p.wait(findBar)
	if got := eval[int](p, `document.querySelectorAll(".kb-article mark").length`); got != n {
		t.Errorf("after a reload there are %d marks, want %d", got, n)
	}
	p.press("\x1b")
	p.wait(`!document.querySelector(".kb-find, .kb-article mark")`)
	p.is(`!location.search`, "Esc takes the query out of the address")
	if n := p.server.Count(".wasm"); n > 0 {
		t.Errorf("%d requests for wasm", n)
	}
}

func TestFindSaysThatThereIsNothing(t *testing.T) {
	p := open(t, pictured(t).Path()+"?q="+url.QueryEscape("饕餮"))
	p.wait(findBar)
	p.is(findBar+`.includes("饕餮") && !document.querySelector(".kb-article mark")`, "the bar says what is not there")
}

func TestPictureIsEnlargedByTheKeyboard(t *testing.T) {
	p := open(t, pictured(t).Path())
	p.wait(`document.querySelector(".kb-anchor")`)
	p.must(p.tab.Eval(`document.querySelector("a.kb-enlarge").focus()`, nil))
	p.press("\r")
	p.wait(`document.querySelector("dialog.kb-enlarged[open] img")?.complete`)
	p.is(`document.querySelector("dialog.kb-enlarged").ariaLabel.length > 2`, "the dialog has a name")
	p.press("+")
	p.is(`new DOMMatrix(getComputedStyle(document.querySelector("dialog.kb-enlarged img")).transform).a > 1.4`, "+ makes it larger")
	p.press("0")
	p.is(`new DOMMatrix(getComputedStyle(document.querySelector("dialog.kb-enlarged img")).transform).a === 1`, "0 shows all of it")
	p.press("\x1b")
	p.wait(`!document.querySelector("dialog.kb-enlarged")`)
	p.is(`document.activeElement.matches("a.kb-enlarge")`, "the focus is back on the picture")
}

func TestPassageIsCopiedWithItsSource(t *testing.T) {
	a := pictured(t)
	p := open(t, a.Path())
	p.wait(`document.querySelector(".kb-anchor")`)
	p.must(p.tab.Eval(`navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); };
		getSelection().selectAllChildren(document.querySelector("#p1"))`, nil))
	p.wait(`document.querySelector(".kb-selected button")?.checkVisibility()`)
	p.must(p.tab.Eval(`document.querySelector(".kb-selected button").click()`, nil))
	p.wait(`window.copied`)
	got := eval[string](p, `window.copied`)
	for _, want := range []string{"《" + a.Title + "》", a.Edition.Paper, "/" + strings.TrimSuffix(p.server.URL("")[len(p.server.Origin())+1:], "/"), "#p1"} {
		if !strings.Contains(got, want) {
			t.Errorf("what is copied lacks %q: %q", want, got)
		}
	}
	if strings.Contains(got, "¶") {
		t.Errorf("the link of the paragraph is copied: %q", got)
	}
}

func TestParagraphsHaveLinksForTheKeyboard(t *testing.T) {
	p := open(t, pictured(t).Path())
	p.wait(`document.querySelector(".kb-anchor")`)
	p.is(`[...document.querySelectorAll(".kb-text [id^=p]")].every((b) => b.querySelector(":scope > .kb-anchor")?.hash === "#" + b.id)`, "each block has a link to itself")
	p.must(p.tab.Eval(`document.querySelector("#p2 > .kb-anchor").focus()`, nil))
	p.press("\r")
	p.is(`location.hash === "#p2" && document.querySelector("#p2:target")`, "the link leads to its paragraph")
}

// TestHeadlinesBreakBetweenWords compares the lines of headlines on a phone with the
// places where they may end.
func TestHeadlinesBreakBetweenWords(t *testing.T) {
	p := prepare(t, sample)
	p.narrow(390)
	for _, path := range []string{"", pictured(t).Path(), "archive/"} {
		p.goTo(path)
		broken := eval[[]string](p, `[...document.querySelectorAll("main .kb-words, main .kb-part")].flatMap((head) => {
			const out = [];
			let last = null;
			const walker = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
			while (walker.nextNode()) {
				const node = walker.currentNode;
				let top = null;
				for (let i = 0; i < node.data.length; i++) {
					const range = document.createRange();
					range.setStart(node, i);
					range.setEnd(node, i + 1);
					const y = range.getBoundingClientRect().bottom;
					if (i && y > top + 4 && /\p{L}/u.test(node.data[i]) && /\p{L}/u.test(node.data[i - 1])) out.push(head.textContent + ": " + node.data.slice(0, i) + "/" + node.data.slice(i));
					top = y;
				}
			}
			return out;
		})`)
		if len(broken) > 0 {
			t.Errorf("%q: lines end inside of words: %q", path, broken)
		}
	}
}

// TestStatesOfAnArticleAreAccessible asks axe-core about what scripts add.
func TestStatesOfAnArticleAreAccessible(t *testing.T) {
	a := pictured(t)
	p := prepare(t, sample)
	for name, do := range map[string]string{
		"find":     ``,
		"outline":  `document.querySelector(".kb-outline details")?.setAttribute("open", "")`,
		"enlarged": `document.querySelector("a.kb-enlarge").click()`,
		"selected": `getSelection().selectAllChildren(document.querySelector("#p1"))`,
	} {
		t.Run(name, func(t *testing.T) {
			p := p.part(t)
			p.narrow(390)
			p.scheme("light")
			p.goTo(a.Path() + "?q=" + url.QueryEscape(wordOf(a)))
			p.wait(`document.querySelector(".kb-anchor") && ` + findBar)
			p.must(p.tab.Eval(do+";0", nil))
			switch name {
			case "enlarged":
				p.wait(`document.querySelector("dialog[open]")`)
			case "selected":
				p.wait(`document.querySelector(".kb-selected button")?.checkVisibility()`)
			}
			p.loadAxe()
			p.accessible("light", everyRule)
			p.scheme("dark")
			p.accessible("dark", ruleOfColours)
		})
	}
}

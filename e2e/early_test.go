package e2e

import (
	"net/http"
	"strings"
	"testing"
)

// firstHits is where hits are shown before the reader is there.
const firstHits = `document.querySelector("#kb-early")`

// early opens a page whose reader does not come before the channel is closed.
func early(t *testing.T, rel string) (p *page, release chan struct{}) {
	t.Helper()
	p = prepare(t, sample)
	release = make(chan struct{})
	p.server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, "/app-") {
			<-release
		}
		return false
	})
	t.Cleanup(func() {
		select {
		case <-release:
		default:
			close(release)
		}
	})
	p.goTo(rel)
	return p, release
}

// foundFirst waits until the first hits are those of a text.
func (p *page) foundFirst(text string) {
	p.t.Helper()
	p.wait(firstHits + `?.querySelector(".kb-hit mark") && document.title.includes(` + quote(text) + `)`)
}

// where tells where everything stands that the reader has as well, to a pixel.
const where = `[...document.querySelectorAll("#kb-q, #kb-status, .kb-remarks, .kb-tools, .kb-orders button, .kb-hit, .kb-hit-title, .kb-meta, .kb-hit-text, .kb-passage, .kb-hits")]
	.filter((e) => e.checkVisibility() && !e.closest("#kb-main, footer")).map((e) => {
		const { left, top, width, height } = e.getBoundingClientRect();
		return [e.localName === "ol" ? "" : e.textContent, ...[left, top, width, height].map(Math.round)].join(" ");
	})`

// TestFirstHitsNeedOnlyTheEngine: they are there before the reader, which takes over what
// is shown; nothing moves, and nothing is lost.
func TestFirstHitsNeedOnlyTheEngine(t *testing.T) {
	for _, width := range []int64{390, 1280} {
		for _, q := range []string{word, "chaoshui", "潮水 穿山甲", "的", "面条"} {
			p, release := early(t, "")
			p.narrow(width)
			p.focus()
			p.must(p.tab.Eval(`document.querySelector("`+field+`").probe = "the very node"`, nil))
			p.insert(q)
			p.foundFirst(q)
			p.is(`document.querySelector("#kb-live").childElementCount === 0 && !document.querySelector("#kb-main").checkVisibility()`, "the hits stand in the place of the page")
			p.is(`location.pathname === "`+base+`search/" && new URLSearchParams(location.search).get("q") === `+quote(q), "the address is that of the search")
			p.is(`document.querySelector("#kb-early .kb-hit").href.includes("/a/")`, "hits lead to pages")
			shoot(p, "early "+q+" "+[]string{"phone", "desk"}[width/1000])
			p.must(p.tab.Eval(`document.querySelector("`+field+`").setSelectionRange(1, 1)`, nil))
			before := eval[[]string](p, where)
			close(release)
			p.wait(`!` + firstHits + ` && document.querySelector("#kb-hits .kb-hit mark")?.checkVisibility()`)
			after := eval[[]string](p, where)
			if strings.Join(before, "\n") != strings.Join(after, "\n") {
				t.Errorf("%q, %d wide: before the reader there was\n%s\nthen\n%s", q, width, strings.Join(before, "\n"), strings.Join(after, "\n"))
			}
			p.is(`document.querySelector("`+field+`").probe && document.activeElement.matches("`+field+`") && document.activeElement.selectionStart === 1`, "the caret is where it was")
			p.is(`history.length === 3`, "there is one entry of the history more") // about:blank, the page, the search
			p.must(p.tab.Eval(`history.back()`, nil))
			p.wait(`document.querySelector("#kb-main").checkVisibility() && location.pathname === "` + base + `"`)
		}
	}
}

// TestFirstHitsAreLeftAsOnesOfTheReader: keys, the history and Enter do what they do later.
func TestFirstHitsAreLeftAsOnesOfTheReader(t *testing.T) {
	p, release := early(t, articles(t)[0].Path())
	p.scrolled(200)
	p.press("/")
	p.insert(word)
	p.foundFirst(word)
	p.press(arrowDown)
	p.is(`document.activeElement.id === "kb-hit-0" && document.activeElement.closest("#kb-early")`, "the first hit has the focus")
	p.press(arrowDown)
	p.is(`document.activeElement.id === "kb-hit-1"`, "and then the second")
	p.press(escape)
	p.is(`document.activeElement.matches("`+field+`")`, "and then the field")
	p.press(escape)
	p.wait(`document.querySelector("#kb-main").checkVisibility() && Math.abs(scrollY - 200) < 2`)
	p.must(p.tab.Eval(`history.forward()`, nil))
	p.foundFirst(word)
	p.replace("灯塔")
	p.foundFirst("灯塔")
	p.press("\r")
	p.press(arrowDown)
	p.press(arrowDown)
	p.is(`location.pathname === "`+base+`search/"`, "Enter loads no page")
	close(release)
	p.wait(`!` + firstHits + ` && document.querySelector("#kb-hits .kb-hit mark")?.checkVisibility()`)
	p.wait(`Object.keys(localStorage).some((k) => k.endsWith(":recent") && localStorage[k] === "灯塔")`)
	p.is(`document.activeElement.id === "kb-hit-1"`, "the focus is on the hit that had it")
	p.must(p.tab.Eval(`history.back()`, nil))
	p.wait(`document.querySelector("#kb-main").checkVisibility() && Math.abs(scrollY - 200) < 2`)
}

// TestWhatIsClickedBeforeTheReaderIsDone: an order waits for it.
func TestWhatIsClickedBeforeTheReaderIsDone(t *testing.T) {
	p, release := early(t, "search/?q="+word)
	p.foundFirst(word)
	p.click("#kb-early .kb-orders button:nth-child(2)")
	close(release)
	p.wait(`!` + firstHits + ` && new URLSearchParams(location.search).get("sort") === "newest"`)
	p.wait(`document.querySelector("#kb-live .kb-orders [aria-pressed=true]").textContent === "最新"`)
}

// TestReaderThatDoesNotComeLeavesTheHits: the hits are links, and it is said what is wrong.
func TestReaderThatDoesNotComeLeavesTheHits(t *testing.T) {
	p := prepare(t, sample)
	p.tab.Allow(`403|app-`)
	p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.Contains(r.URL.Path, "/app-") {
			return false
		}
		http.Error(w, "no", http.StatusForbidden)
		return true
	})
	p.goTo("")
	p.focus()
	p.insert(word)
	p.wait(`document.querySelector("` + status + ` button")`)
	p.is(firstHits+`.querySelector(".kb-hit mark").checkVisibility()`, "the hits stay")
	p.server.Intercept(nil)
	p.click(status + " button")
	p.wait(`!` + firstHits + ` && document.querySelector("#kb-hits .kb-hit mark")?.checkVisibility()`)
	p.hits()
}

// TestReaderWarmsUpInAWorker: its program starts there first and ends, so that the page's
// thread runs what is compiled; and where no worker may be had, the reader comes all the same.
func TestReaderWarmsUpInAWorker(t *testing.T) {
	for said, want := range map[string]bool{"warm": true, "no worker": false} {
		p, release := early(t, "")
		p.must(p.tab.Eval(`void (globalThis.said = [], globalThis.Worker = class extends Worker {
			constructor(url, options) {
				if (`+quote(said)+` === "no worker" && options?.name === "warm-up") throw new Error("no worker");
				super(url, options);
				this.addEventListener("message", ({ data }) => said.push(data));
			}
		})`, nil))
		p.focus()
		p.insert(word)
		p.foundFirst(word)
		close(release)
		p.wait(`!` + firstHits + ` && document.querySelector("#kb-hits .kb-hit mark")?.checkVisibility()`)
		var warm bool
		p.must(p.tab.Eval(`said.includes("warm")`, &warm))
		if warm != want {
			t.Errorf("%s: the reader has warmed up: %v, want %v", said, warm, want)
		}
	}
}

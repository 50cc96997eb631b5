package e2e

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// translated does what a browser's translator does: it puts elements of its own in the
// place of every text.
const translated = `{
	const texts = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) if (walk.currentNode.data.trim()) texts.push(walk.currentNode);
	for (const text of texts) {
		const outer = document.createElement("font"), inner = document.createElement("font");
		inner.textContent = "T " + text.data;
		outer.append(inner);
		text.replaceWith(outer);
	}
}`

func TestTranslatedPageIsSearchedOn(t *testing.T) {
	p := open(t, "")
	p.live()
	for range 2 {
		p.must(p.tab.Eval(translated, nil))
		p.replace("灯塔")
		p.hits()
		p.is(`!document.querySelector("#kb-live font")`, "the results are those of the search")
		p.must(p.tab.Eval(translated, nil))
		p.click(".kb-hit")
		p.wait(`document.querySelector("#kb-live .kb-article mark")`)
		p.must(p.tab.Eval(translated, nil))
		p.click(".kb-back a")
		p.hits()
		p.replace(word)
		p.hits()
	}
	p.must(p.tab.Eval(translated, nil))
	p.press(escape)
	p.press(escape)
	p.replace(absent)
	p.wait(`document.querySelector("#kb-live .kb-state")?.textContent.includes("` + absent + `")`)
}

// What extensions do to a page: take elements out, put others in, move them.
func TestReaderThatEndsIsStartedAgain(t *testing.T) {
	p := open(t, "")
	p.live()
	for i, change := range []string{
		`document.querySelector("#kb-live").remove()`,
		`document.querySelector("#kb-live").replaceChildren()`,
		`{ const frame = document.createElement("div"); document.body.prepend(frame); frame.append(document.querySelector("#kb-live")); }`,
		`document.body.prepend(document.createElement("aside"))`,
	} {
		p.must(p.tab.Eval(change, nil))
		// Not by a click, which may miss what a reader that starts again moves.
		p.must(p.tab.Eval(`document.querySelector("`+field+`").focus(); document.querySelector("`+field+`").select()`, nil))
		p.insert([]string{"灯塔", word}[i%2])
		p.hits()
		p.is(`document.querySelectorAll("#kb-live").length === 1`, "there is one live view after "+change)
	}
	p.click(".kb-hit")
	p.wait(`document.querySelector("#kb-live .kb-article mark")`)
}

// scrolled goes to a place in a long page.
func (p *page) scrolled(y int) {
	p.t.Helper()
	p.must(p.tab.Eval(fmt.Sprintf(`scrollTo(0, %d)`, y), nil))
	p.wait(fmt.Sprintf(`scrollY === %d`, y))
}

func TestLeavingSearchReturnsToWhereOneWas(t *testing.T) {
	p := open(t, articles(t)[0].Path())
	p.scrolled(300)
	p.press("/")
	p.insert(word)
	p.hits()
	p.press(escape)
	p.press(escape)
	p.wait(`document.querySelector("#kb-main").checkVisibility() && Math.abs(scrollY - 300) < 2`)
	// And once more, with the reader there already.
	p.scrolled(200)
	p.press("/")
	p.must(p.tab.Eval(`document.querySelector("`+field+`").select()`, nil))
	p.insert("灯塔")
	p.hits()
	p.must(p.tab.Eval(`history.back()`, nil))
	p.wait(`document.querySelector("#kb-main").checkVisibility() && Math.abs(scrollY - 200) < 2`)
}

func TestNothingMovesWhenTheFieldGetsTheFocus(t *testing.T) {
	for _, width := range []int64{390, 1280} {
		p := prepare(t, sample)
		release := make(chan struct{})
		p.server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
			if strings.Contains(r.URL.Path, ".wasm") {
				<-release
			}
			return false
		})
		p.narrow(width)
		p.goTo("")
		p.must(p.tab.Eval(`window.top0 = document.querySelector("#kb-main").getBoundingClientRect().top`, nil))
		p.focus()
		p.wait(`document.querySelector("` + status + `").textContent.trim() !== ""`)
		p.is(`document.querySelector("#kb-main").getBoundingClientRect().top === top0`, "the page stays where it is")
		close(release)
		p.wait(`document.querySelector("` + status + `").textContent.trim() === "" && document.querySelector("#kb-offers")`)
		p.is(`document.querySelector("#kb-main").getBoundingClientRect().top === top0`, "the page stays where it is once search is there")
	}
}

func TestSuggestionsHideNoHitOnASmallScreen(t *testing.T) {
	for _, size := range [][2]int64{{390, 508}, {390, 844}, {360, 560}, {800, 600}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			p := prepare(t, sample)
			call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: size[0], Height: size[1], DeviceScaleFactor: 1})
			p.goTo("")
			p.focus()
			for _, q := range []string{"潮", "月", "灯塔", "海"} {
				p.replace(q)
				p.hits()
				p.wait(`document.querySelector(".kb-offer")?.checkVisibility() || document.title.includes("灯塔")`)
				p.is(`(() => {
					const seen = (e) => { const b = e.getBoundingClientRect(), at = document.elementFromPoint(b.left + b.width / 2, b.top + 8);
						return b.top >= 0 && b.bottom <= innerHeight && e.contains(at); };
					return [...document.querySelectorAll(".kb-hit")].some(seen);
				})()`, "a whole hit is seen for "+q)
				p.is(`document.querySelector("`+status+`").textContent.match(/\d/) && document.querySelector("`+status+`").getBoundingClientRect().bottom <= innerHeight`, "the number of hits is seen for "+q)
				p.is(`document.querySelector("#kb-offers").getBoundingClientRect().bottom <= document.querySelector(".kb-hit").getBoundingClientRect().top`, "suggestions are above the hits for "+q)
			}
			p.must(p.tab.Eval(`scrollTo(0, 400)`, nil))
			p.is(`(() => {
				const sticky = [...document.querySelectorAll("body *")].filter((e) => getComputedStyle(e).position === "sticky" && e.checkVisibility() && !e.closest(".kb-facets, #kb-main"));
				return sticky.reduce((h, e) => Math.max(h, e.getBoundingClientRect().bottom), 0) <= innerHeight / 5;
			})()`, "what stays in view takes a fifth of the screen at the most")
		})
	}
}

func TestFieldUsesItsLineBetweenPhoneAndDesk(t *testing.T) {
	p := prepare(t, sample)
	for _, width := range []int64{720, 760, 800, 869} {
		p.narrow(width)
		p.goTo("")
		p.is(`(() => {
			const field = document.querySelector(".kb-search").getBoundingClientRect(), line = document.querySelector(".kb-masthead-in").getBoundingClientRect();
			const beside = [...document.querySelectorAll(".kb-brand, .kb-nav")].some((e) => e.getBoundingClientRect().bottom > field.top + 4);
			return beside || field.width > 0.95 * line.width;
		})()`, fmt.Sprintf("the field has all of its line at %d", width))
	}
}

func TestPrintOfALivePageIsTheArticle(t *testing.T) {
	p := open(t, "search/?q="+word)
	p.hits()
	p.click(".kb-hit")
	p.opened()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	p.wait(`matchMedia("print").matches`)
	p.is(`document.querySelector("#kb-live .kb-title").checkVisibility() && document.querySelector("#kb-live .kb-text p").checkVisibility()`, "the article is printed")
	p.is(`![".kb-search", "#kb-status", ".kb-back", ".kb-nav", "#kb-main", "#kb-offers"].some((s) => document.querySelector(s)?.checkVisibility())`, "nothing else is")
}

// TestLiveArticleHasWhatItsPageHas compares the two, element by element.
func TestLiveArticleHasWhatItsPageHas(t *testing.T) {
	p := open(t, "search/?q="+word)
	p.hits()
	p.click(".kb-hit")
	p.wait(`document.querySelector("#kb-live .kb-colophon")`)
	const shape = `(() => {
		const main = document.querySelector("#kb-live .kb-article-page") ?? document.querySelector("#kb-main .kb-article-page");
		const copy = main.cloneNode(true);
		for (const a of copy.querySelectorAll(".kb-anchor")) a.remove(); // a script of the page puts them there
		for (const m of copy.querySelectorAll("mark")) m.replaceWith(...m.childNodes);
		copy.normalize();
		return [...copy.querySelectorAll("*")].map((e) => [e.localName, e.id, e.className.replace(/kb-here ?/, "").trim(),
			e.hasAttribute("href") ? new URL(e.getAttribute("href"), location).href : "", e.hasAttribute("src") ? new URL(e.getAttribute("src"), location).href : "",
			e.children.length ? "" : e.textContent].join(" "));
	})()`
	live := eval[[]string](p, shape)
	p.reload()
	p.wait(`!document.documentElement.classList.contains("kb-is-live") && document.querySelector("#kb-main .kb-colophon")`)
	page := eval[[]string](p, shape)
	if strings.Join(live, "\n") != strings.Join(page, "\n") {
		t.Errorf("the live article has\n%s\nits page\n%s", strings.Join(live, "\n"), strings.Join(page, "\n"))
	}
}

func TestWordsFitWhySearchCannotBeOpened(t *testing.T) {
	blocked := func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != base {
			return false
		}
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		http.ServeFile(w, r, filepath.Join(sample, "index.html"))
		return true
	}
	answer := func(status int) func(w http.ResponseWriter, r *http.Request) bool {
		return func(w http.ResponseWriter, r *http.Request) bool {
			if strings.Contains(r.URL.Path, ".wasm") {
				http.Error(w, "no", status)
			}
			return strings.Contains(r.URL.Path, ".wasm")
		}
	}
	for _, c := range []struct {
		name, script, says string
		intercept          func(w http.ResponseWriter, r *http.Request) bool
		offline            bool
	}{
		{name: "no WebAssembly", script: `delete globalThis.WebAssembly`, says: "关闭了 WebAssembly"},
		{name: "an old browser", script: `delete WebAssembly.compileStreaming`, says: "太旧"},
		{name: "a policy", intercept: blocked, says: "安全设置"},
		{name: "not found", intercept: answer(404), says: "找不到搜索用的文件"},
		{name: "refused", intercept: answer(403), says: "（403）"},
		{name: "no network", offline: true, says: "网络不通"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := prepare(t, sample)
			p.tab.Allow(`.`)
			if c.intercept != nil {
				p.server.Intercept(c.intercept)
			}
			p.goTo("")
			if c.offline {
				p.server.Stop()
			}
			if c.script != "" {
				p.must(p.tab.Eval(c.script, nil))
			}
			p.focus()
			p.wait(`document.querySelector("` + status + `").textContent.includes(` + quote(c.says) + `)`)
			said := eval[string](p, `document.querySelector("`+status+`").firstChild.textContent`)
			for _, english := range []string{"rror", "ailed", "fetch", "kanbao/"} {
				if strings.Contains(said, english) {
					t.Errorf("said %q", said)
				}
			}
		})
	}
}

// TestLateProgressDoesNotHideWhyItFailed has the program come slowly while something
// else fails.
func TestLateProgressDoesNotHideWhyItFailed(t *testing.T) {
	p := prepare(t, sample)
	p.tab.Allow(`.`)
	release := make(chan struct{})
	p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		switch {
		case strings.Contains(r.URL.Path, "wasm_exec"):
			http.Error(w, "no", http.StatusForbidden)
			return true
		case strings.Contains(r.URL.Path, ".wasm"):
			<-release
		}
		return false
	})
	p.goTo("")
	p.focus()
	p.wait(`document.querySelector("` + status + ` button")`)
	said := eval[string](p, `document.querySelector("`+status+`").textContent`)
	close(release)
	for p.server.Count(".wasm") == 0 {
		p.must(p.tab.Eval(`new Promise((done) => setTimeout(done, 50))`, nil))
	}
	p.must(p.tab.Eval(`new Promise((done) => setTimeout(done, 500))`, nil)) // as the rest of it comes
	if now := eval[string](p, `document.querySelector("`+status+`").textContent`); now != said {
		t.Errorf("said %q, then %q", said, now)
	}
}

func TestWordsRunTogetherAreOfferedApart(t *testing.T) {
	p := open(t, "search/?q=梁伯灯塔")
	p.wait(`[...document.querySelectorAll(".kb-meant a")].some((a) => a.textContent === "梁伯 灯塔")`)
}

func TestRecentSearchesStayOnTheDevice(t *testing.T) {
	p := open(t, "")
	p.live()
	p.press("\r")
	p.wait(`Object.keys(localStorage).some((k) => k.endsWith(":recent") && localStorage[k] === "` + word + `")`)
	p.goTo("archive/")
	p.focus()
	p.wait(`document.querySelector(".kb-offer")?.textContent === "` + word + `"`)
	p.press(arrowDown)
	p.press(enter)
	p.hits()
	p.replace(" ")
	p.wait(`document.querySelectorAll(".kb-offer").length === 3`)
	p.click("#kb-offer-2")
	p.wait(`!document.querySelector(".kb-offer")`)
	p.replace("灯塔")
	p.hits()
	p.press("\r")
	p.is(`Object.keys(localStorage).filter((k) => k.endsWith(":recent")).every((k) => !localStorage[k].includes("灯塔"))`, "nothing is remembered any more")
}

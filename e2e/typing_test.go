package e2e

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
)

// A word that the sample has in several articles, and one that it has not.
const (
	word   = "潮水"
	absent = "穿山甲银行"
)

// live waits until the engine answers in the page.
func (p *page) live() {
	p.t.Helper()
	p.focus()
	p.insert(word)
	p.hits()
}

// hits waits until results for what is in the field are shown. The title tells
// what the results are for: those of before stay until there are others.
func (p *page) hits() {
	p.t.Helper()
	p.wait(`document.querySelector("#kb-hits .kb-hit mark")
		&& new URLSearchParams(location.search).get("q") === document.querySelector("` + field + `").value.trim()
		&& document.title.includes(document.querySelector("` + field + `").value.trim())`)
}

// recordAddresses keeps a list of all the addresses that the page goes to.
func (p *page) recordAddresses() {
	p.t.Helper()
	p.must(p.tab.Eval(`(() => {
		globalThis.addresses = [];
		for (const name of ["pushState", "replaceState"]) {
			const was = history[name];
			history[name] = function (state, title, url) {
				addresses.push(new URL(url ?? location.href, document.baseURI).href);
				return was.apply(this, arguments);
			};
		}
	})()`, nil))
}

func (p *page) searched() []string {
	p.t.Helper()
	return eval[[]string](p, `addresses.map((a) => new URL(a).searchParams.get("q")).filter((q) => q !== null)`)
}

func TestResultsAppearWhileTyping(t *testing.T) {
	p := open(t, "")
	p.focus()
	p.insert("潮")
	p.hits()
	p.insert("水")
	p.hits()
	p.is(`document.activeElement.matches("`+field+`")`, "the caret stays in the field")
	p.is(`location.pathname === "`+base+`search/"`, "the address is that of a search")
	p.wait(`document.querySelector("` + status + `").textContent.match(/\d/)`)
	p.is(`[...document.querySelectorAll(".kb-hit-text mark")].every((m) => "潮水".includes(m.textContent))`, "only the words are marked")
	p.insert(absent)
	p.wait(`document.querySelector("#kb-live .kb-results .kb-note")?.checkVisibility()`) // not all of the words
	p.replace(absent)
	p.wait(`document.querySelector("#kb-live .kb-state")?.textContent.includes("` + absent + `")`)
	p.is(`!document.querySelector(".kb-hit")`, "the results are gone")
}

func TestNothingIsSearchedWhileComposing(t *testing.T) {
	p := open(t, "")
	p.live()
	p.must(p.tab.Eval(`document.querySelector("`+field+`").select()`, nil))
	p.recordAddresses()
	for _, guess := range []string{"d", "de", "den", "deng", "dengt", "dengta"} {
		p.compose(guess)
	}
	p.insert("灯塔")
	p.hits()
	if got := p.searched(); len(got) == 0 || strings.Join(got, "") != strings.Repeat("灯塔", len(got)) {
		t.Errorf("searched for %q, want nothing but 灯塔", got)
	}
	p.is(`document.querySelector("`+field+`").value === "灯塔"`, "the field holds what was composed")
}

func TestEnterOfAnInputMethodDoesNothing(t *testing.T) {
	p := open(t, "")
	p.focus()
	p.insert("潮")
	p.wait(`document.querySelector(".kb-offer")`)
	p.press(arrowDown) // a suggestion is chosen, which Enter would take
	p.wait(`document.querySelector(".kb-offer[aria-selected=true]")`)
	p.recordAddresses()
	p.compose("ceshi")
	// The key that an input method takes for itself, as Chromium reports it.
	var code int64 = 229
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		call(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: code})
	}
	p.insert("灯塔")
	p.wait(`document.querySelector("` + field + `").value.endsWith("灯塔")`)
	p.wait(`addresses.length > 0`)
	if got := eval[[]string](p, `addresses.filter((a) => !new URL(a).pathname.endsWith("/search/"))`); len(got) > 0 {
		t.Errorf("Enter while composing opened %q", got)
	}
	p.is(`document.activeElement.matches("`+field+`")`, "the caret stays in the field")
}

// TestLateEngineTakesNothingFromWhoeverTypes: nothing is lost or moved when the
// engine arrives in the middle of a word.
func TestLateEngineTakesNothingFromWhoeverTypes(t *testing.T) {
	p := open(t, "")
	release := make(chan struct{})
	p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, ".wasm") {
			<-release
		}
		return false
	})
	p.focus()
	p.must(p.tab.Eval(`document.querySelector("`+field+`").probe = "the very node"`, nil))
	p.insert("一些潮水")
	p.wait(`document.querySelector("` + status + `").textContent.trim() !== ""`)
	p.must(p.tab.Eval(`document.querySelector("`+field+`").setSelectionRange(0, 2)`, nil))
	p.compose("月")
	p.is(`!document.querySelector(".kb-hit")`, "nothing is found before the engine is there")
	close(release)
	p.wait(`document.querySelector("#kb-live")?.childElementCount !== undefined && performance.getEntriesByType("resource").some((e) => e.name.includes(".wasm") && e.responseEnd > 0)`)
	p.insert("月")
	p.wait(`document.querySelector("#kb-live .kb-results")`)
	p.is(`document.querySelector("`+field+`").probe === "the very node"`, "the field is the same node")
	p.is(`document.activeElement === document.querySelector("`+field+`")`, "the field has the focus")
	if got := eval[string](p, `document.querySelector("`+field+`").value`); got != "月潮水" {
		t.Errorf("the field holds %q, want 月潮水", got)
	}
	if got := eval[int](p, `document.querySelector("`+field+`").selectionStart`); got != 1 {
		t.Errorf("the caret is at %d, want 1", got)
	}
}

func TestSearchFormGoesToTheSearchPageWithoutWasm(t *testing.T) {
	p := prepare(t, sample)
	p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.Contains(r.URL.Path, ".wasm") {
			return false
		}
		http.Error(w, "blocked", http.StatusForbidden)
		return true
	})
	p.tab.Allow(`403|\.wasm`)
	p.goTo("")
	p.focus()
	p.insert(word)
	p.wait(`document.querySelector("` + status + `").textContent.includes("搜索没能打开")`)
	p.is(`document.querySelector("#kb-main h3 a").checkVisibility()`, "the page stays readable")
	said := eval[string](p, `document.querySelector("`+status+`").textContent`)
	t.Logf("without wasm the page says %q", said)
	p.press("\r")
	p.wait(`location.pathname === "` + base + `search/" && new URLSearchParams(location.search).get("q") === "` + word + `"`)
	p.wait(`document.readyState === "complete"`)
	p.is(`document.querySelector("main").checkVisibility()`, "the search page is readable")
	p.wait(`document.querySelector("` + status + `").textContent.trim() !== ""`)
}

// TestResultsMoveNothing looks at what shifts from the moment in which somebody goes to the
// field until the hits are there. A key that is pressed excuses half a second; text that
// is put in as an input method does it excuses nothing.
func TestResultsMoveNothing(t *testing.T) {
	for _, width := range []int64{390, 1280} {
		p := prepare(t, sample)
		p.narrow(width)
		p.goTo("")
		p.must(p.tab.Eval(`globalThis.shifts = [];
			new PerformanceObserver((list) => {
				for (const e of list.getEntries()) shifts.push({ value: e.value, what: (`+shifted+`)(e) });
			}).observe({ type: "layout-shift" })`, nil))
		p.focus()
		p.insert(word)
		p.hits()
		p.must(p.tab.Eval(`new Promise((done) => setTimeout(done, 300))`, nil))
		// The line below the masthead, one pixel high, makes room for the number of hits.
		for _, what := range eval[[]string](p, `shifts.filter((s) => s.value > 0.0005).map((s) => s.what)`) {
			t.Errorf("at %d pixels: %s", width, what)
		}
	}
}

// TestTouchKeyboardsNeedNotCommitInTheSitesField: they compose Latin letters, too, and the
// next space may never come. What is composed stays in the field, also when the reader
// takes over from the first hits meanwhile.
func TestTouchKeyboardsNeedNotCommitInTheSitesField(t *testing.T) {
	p := prepare(t, sample)
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 390, Height: 844, DeviceScaleFactor: 2, Mobile: true})
	call(p, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 1})
	p.goTo("")
	p.wait(`matchMedia("(pointer: coarse)").matches`)
	p.must(p.tab.Eval(`document.querySelector("`+field+`").focus()`, nil))
	p.compose("chaoshui")
	p.wait(firstHits + `.querySelector(".kb-hit mark")`)
	p.wait(`document.querySelector("#kb-hits .kb-hit mark")?.checkVisibility()`)
	p.is(`!`+firstHits, "the first hits have given way")
	p.is(`document.querySelector("`+field+`").value === "chaoshui" && document.activeElement.matches("`+field+`")`, "what is composed is still in the field")
	p.compose("dengta")
	p.wait(`[...document.querySelectorAll("#kb-hits mark")].some((m) => m.textContent === "灯塔")`)
	p.insert("海堤")
	p.wait(`new URLSearchParams(location.search).get("q") === "海堤"`)
	p.is(`document.querySelector("`+field+`").value === "海堤"`, "what was chosen takes the place of the letters")
}

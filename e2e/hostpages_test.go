package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"github.com/kanbao/kanbao/app/serve"
	"github.com/kanbao/kanbao/e2e/harness"
)

// A hostPage is a page of somebody else that has the element.
type hostPage struct {
	head, body string // "" is the element alone
	attributes string // of html
	headers    []string
	phone      bool
	dark       bool // the visitor prefers it
	other      bool // the site is of another origin, which allows it
}

const element = `document.querySelector("kanbao-search")`
const inElement = element + `.shadowRoot`

// hostPages are what the element has to live on.
var hostPages = map[string]hostPage{
	"strict policy": {headers: []string{"Content-Security-Policy: " + serve.ContentSecurityPolicy}},
	"resets": {head: `<style>
		html { font-size: 62.5% } * { all: unset; font-size: 9px !important; color: #bbb; letter-spacing: 1em }
		head, head * { display: none }
		body, div, kanbao-search { display: block; text-transform: uppercase; white-space: nowrap; text-align: center; line-height: 1; text-indent: 40px }
		a, b, input, span, li, mark { display: none !important }</style>`},
	"dark without saying so":          {head: `<style>body { background: #111; color: #eee }</style>`},
	"light, of a visitor in the dark": {dark: true},
	"both, of a visitor in the dark":  {dark: true, head: `<style>:root { color-scheme: light dark }</style>`},
	"dark, with the host's colours": {
		dark: true,
		head: `<style>:root { color-scheme: dark } kanbao-search { --kanbao-mark: #fff2a8; --kanbao-accent: #0b5394 }</style>`,
	},
	"a light panel on a dark page": {head: `<style>body { background: #000; color: oklch(0.9 0 0) } kanbao-search { --kanbao-paper: #fff }</style>`},
	"right to left":                {attributes: `dir="rtl"`},
	"another origin":               {other: true},
	"a clipped container": {body: `<div style="overflow: hidden; height: 60px; contain: paint; transform: translateX(20px); position: relative; z-index: 1">
		<kanbao-search></kanbao-search></div><div style="position: fixed; inset: 200px 0 0; z-index: 2147483647; background: #ccc">above all</div>`},
	"the page's foot": {body: `<div style="height: 2000px"></div><footer style="position: fixed; bottom: 0; inset-inline: 0"><kanbao-search></kanbao-search></footer>`},
	"a phone":         {phone: true, head: `<meta name="viewport" content="width=device-width, initial-scale=1">`},
	"a narrow column": {body: `<div style="width: 140px; margin-left: 1120px; font-size: 8px"><kanbao-search></kanbao-search></div>`},
}

// visit opens a page with the element on it and returns when it is defined.
func (h hostPage) visit(t *testing.T) *page {
	t.Helper()
	p := prepare(t, sample)
	origin := ""
	if h.other {
		other, err := harness.Serve(sample, base)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(other.Stop)
		other.Share()
		origin = other.Origin()
	}
	if h.body == "" {
		h.body = `<h1>某局</h1><kanbao-search></kanbao-search><p>正文</p>`
	}
	p.server.PageWith("/gov/", fmt.Sprintf(`<!doctype html><html lang="zh-Hans" %s><head><meta charset="utf-8"><title>某局</title>%s
		<script type="module" src="%s/news/kanbao.js"></script></head><body>%s</body></html>`, h.attributes, h.head, origin, h.body), h.headers...)
	if h.phone {
		call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 390, Height: 844, DeviceScaleFactor: 2, Mobile: true})
	}
	if h.dark {
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}})
	}
	p.must(p.tab.Open(p.server.Origin() + "/gov/"))
	p.wait(`customElements.get("kanbao-search") && ` + widgetField)
	return p
}

// find types into the element and waits for hits.
func (p *page) find(text string) {
	p.t.Helper()
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.insert(text)
	p.wait(inElement + `.querySelector("[part=hit] mark")`)
}

// faults lists what of the open panel cannot be read or reached: text below 14px or
// with less contrast than 4.5, parts that are outside of the window or behind others.
const faults = `(() => {
	const bad = [], root = ` + inElement + `;
	const ctx = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
	const rgba = (color) => { ctx.clearRect(0, 0, 1, 1); ctx.fillStyle = color; ctx.fillRect(0, 0, 1, 1); return [...ctx.getImageData(0, 0, 1, 1).data]; };
	const light = (color) => rgba(color).slice(0, 3).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
		.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
	const ground = (e) => { while (e && rgba(getComputedStyle(e).backgroundColor)[3] < 255) e = e.parentElement; return e ? getComputedStyle(e).backgroundColor : "white"; };
	const panel = root.querySelector("[part=panel]"), at = panel.getBoundingClientRect();
	let texts = 0;
	for (const e of root.querySelectorAll("*")) {
		if (!e.checkVisibility() || e.tagName === "STYLE") continue;
		const own = [...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join("").trim();
		if (!own && e.tagName !== "INPUT") continue;
		texts++;
		const style = getComputedStyle(e), a = light(style.color), b = light(ground(e));
		const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (parseFloat(style.fontSize) < 14) bad.push(style.fontSize + ": " + own);
		if (contrast < 4.5) bad.push("contrast " + contrast.toFixed(2) + ", " + style.color + " on " + ground(e) + ": " + own);
		if (style.letterSpacing !== "normal" || style.textTransform !== "none") bad.push("inherits what a host says of letters: " + own);
	}
	if (texts < 8) bad.push("only " + texts + " texts");
	if (at.left < 0 || at.top < 0 || at.right > innerWidth || at.bottom > innerHeight) bad.push("beyond the window: " + JSON.stringify(at));
	if (at.height < 80 || at.width < 120) bad.push("small: " + JSON.stringify(at));
	for (const [x, y] of [[0.5, 0.5], [0.1, 0.05], [0.9, 0.95]]) {
		const on = document.elementFromPoint(at.left + at.width * x, at.top + at.height * y);
		if (on !== ` + element + `) bad.push("behind " + on?.outerHTML.slice(0, 80));
	}
	return bad;
})()`

func TestElementOnHostPages(t *testing.T) {
	for name, h := range hostPages {
		t.Run(name, func(t *testing.T) {
			p := h.visit(t)
			p.find(word)
			for _, bad := range eval[[]string](p, faults) {
				t.Error(bad)
			}
			shoot(p, name)
			p.is(widgetField+` === `+inElement+`.activeElement`, "the field has the focus")
			p.press(escape)
			p.wait(`!` + inElement + `.querySelector("[part=panel]").checkVisibility()`)
			p.is(widgetField+`.checkVisibility()`, "the field is there without its panel")
		})
	}
}

// The engine of another origin runs in a worker all the same.
func TestEngineOfAnotherOriginRunsInAWorker(t *testing.T) {
	p := hostPage{other: true}.visit(t)
	p.must(p.tab.Eval(keepWorkers+`; window.warned = []; console.warn = (text) => warned.push(text)`, nil))
	p.find(word)
	if n := eval[int](p, `workers.length`); n != 1 {
		t.Errorf("%d workers, want one", n)
	}
	if warned := eval[[]string](p, `warned`); len(warned) > 0 {
		t.Errorf("it is said that %q", warned)
	}
}

// TestEngineIsCompiledInItsWorker: the page's thread unpacks and compiles nothing, but where
// the worker cannot.
func TestEngineIsCompiledInItsWorker(t *testing.T) {
	for name, c := range map[string]struct {
		script string // runs before the engine is asked for
		policy string // of the worker's script, "" for the page's
		want   int    // programs that the page compiles
	}{
		"with the page's policy": {"", "", 0},
		"that gives away no module": {`Worker.prototype.postMessage = new Proxy(Worker.prototype.postMessage, {
			apply(post, worker, [message, ...more]) { return message.bytes ? message.bytes.postMessage({ error: new Error("no") }) : post.call(worker, message, ...more); },
		});`, "", 2},
		"with a policy that has no wasm": {"", "script-src 'self'; connect-src 'self'", 2}, // both parts of the engine
	} {
		t.Run(name, func(t *testing.T) {
			p := hostPage{}.visit(t)
			p.tab.Allow(`unsafe-eval`)
			p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				return c.policy != "" && strings.Contains(r.URL.Path, "/kanbao/worker-") && p.server.WithPolicy(w, r, c.policy)
			})
			p.must(p.tab.Eval(`void (globalThis.compiled = 0, WebAssembly.compileStreaming = new Proxy(WebAssembly.compileStreaming, {
				apply(compile, of, args) { compiled++; return Reflect.apply(compile, of, args); },
			}));`+c.script+keepWorkers, nil))
			p.find(word)
			if n := eval[int](p, `compiled`); n != c.want {
				t.Errorf("the page has compiled %d programs, want %d", n, c.want)
			}
			p.is(`workers.length === 1`, "the engine runs in a worker")
		})
	}
}

func TestTwoElementsOnOnePage(t *testing.T) {
	p := hostPage{body: `<kanbao-search></kanbao-search><kanbao-search lang="en" limit="2" theme="dark" open="new"></kanbao-search>`}.visit(t)
	p.must(p.tab.Eval(keepWorkers, nil))
	p.find(word)
	second := `document.querySelectorAll("kanbao-search")[1]`
	p.must(p.tab.Eval(second+`.shadowRoot.querySelector("input").focus()`, nil))
	p.wait(`!` + inElement + `.querySelector("[part=panel]").checkVisibility()`)
	p.insert(word)
	p.wait(second + `.shadowRoot.querySelector("[part=hit]")`)
	p.is(second+`.shadowRoot.querySelectorAll("[part=hit]").length === 2`, "the second shows two hits")
	p.is(second+`.shadowRoot.querySelector("[role=status]").textContent.includes("article")`, "and says so in English")
	p.is(second+`.shadowRoot.querySelector("[part=hit]").target === "_blank"`, "and opens them in a new window")
	p.is(`workers.length === 1`, "both ask one engine")
}

// A frame has a window of its own, and one that is boxed off has no origin.
func TestElementInAFrame(t *testing.T) {
	p := prepare(t, sample)
	p.server.PageWith("/inner/", strings.Replace(foreign, "</body>", `<script>
		addEventListener("kanbao:search", ({ detail }) => parent.postMessage({ found: detail.total }, "*"));
		addEventListener("kanbao:error", ({ detail }) => parent.postMessage({ error: detail.kind + " " + detail.message }, "*"));
		customElements.whenDefined("kanbao-search").then(() => { document.querySelector("kanbao-search").value = "`+word+`"; });
		</script></body>`, 1))
	p.server.Share()
	for name, sandbox := range map[string]string{"of the same origin": "", "boxed off": `sandbox="allow-scripts"`} {
		t.Run(name, func(t *testing.T) {
			path := "/outer-" + fmt.Sprint(len(sandbox)) + "/"
			p.server.PageWith(path, `<!doctype html><html lang="zh-Hans"><title>框</title><link rel="icon" href="data:,">
				<script>addEventListener("message", ({ data }) => { window.got = data; })</script>
				<iframe src="/inner/" width="320" height="400" `+sandbox+`></iframe>`)
			p.must(p.tab.Open(p.server.Origin() + path))
			p.wait(`window.got`)
			if got := eval[map[string]any](p, `got`); got["found"] == nil || got["found"].(float64) == 0 {
				t.Errorf("in the frame: %v", got)
			}
		})
	}
}

// What a host's policies ask of a worker.
func TestElementUnderPolicies(t *testing.T) {
	for name, h := range map[string]hostPage{
		"Trusted Types":                   {headers: []string{"Content-Security-Policy: " + serve.ContentSecurityPolicy + "; require-trusted-types-for 'script'; trusted-types kanbao"}},
		"Trusted Types of another origin": {other: true, headers: []string{"Content-Security-Policy: require-trusted-types-for 'script'"}},
		"COEP":                            {headers: []string{"Cross-Origin-Embedder-Policy: require-corp"}},
		"COEP of another origin":          {other: true, headers: []string{"Cross-Origin-Embedder-Policy: require-corp"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := h.visit(t)
			p.tab.Allow(`worker-.*\.js|ERR_BLOCKED_BY_RESPONSE|coep`)
			p.must(p.tab.Eval(`window.warned = []; console.warn = (text) => warned.push(text)`, nil))
			p.find(word)
			if warned := eval[[]string](p, `warned`); len(warned) > 0 {
				t.Errorf("it is said that %q", warned)
			}
		})
	}
}

func TestWhereNoWorkerIsAllowedThePageSearches(t *testing.T) {
	p := hostPage{headers: []string{"Content-Security-Policy: worker-src 'none'"}}.visit(t)
	p.tab.Allow(`worker-src`)
	p.must(p.tab.Eval(`window.warned = []; console.warn = (text) => warned.push(text)`, nil))
	p.find(word)
	if warned := eval[[]string](p, `warned`); len(warned) != 1 || !strings.Contains(warned[0], "worker-src") {
		t.Errorf("the console has %q, want what to do about worker-src", warned)
	}
}

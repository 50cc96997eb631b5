package e2e

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/kanbao/kanbao/e2e/harness"
)

// The selectors that tests share; everything else is found as a reader finds it.
const (
	field  = "#kb-q"
	status = "#kb-status"
)

// A page is a tab of a test on a site of its own. Its methods end the test when
// they fail.
type page struct {
	t      *testing.T
	tab    *harness.Tab
	server *harness.Server
}

// open opens a path of the sample site in a new tab, on a new server.
func open(t *testing.T, rel string) *page {
	t.Helper()
	p := prepare(t, sample)
	p.goTo(rel)
	return p
}

// prepare serves the site in dir and opens an empty tab for it. When the test
// ends, nothing may have gone wrong that was not allowed.
func prepare(t *testing.T, dir string) *page {
	t.Helper()
	server, err := harness.Serve(dir, base)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	tab, err := browser.NewTab(1280, 900)
	if err != nil {
		t.Fatal(err)
	}
	p := &page{t: t, tab: tab, server: server}
	before := len(browser.Foreign())
	t.Cleanup(func() {
		for _, c := range tab.Complaints() {
			t.Errorf("the browser complains: %s", c)
		}
		for _, f := range browser.Foreign()[before:] {
			t.Errorf("another host was asked: %s", f)
		}
		tab.Close()
	})
	return p
}

// part returns the page for a part of its test: where states are only looked at, they need
// no tab each.
func (p *page) part(t *testing.T) *page { return &page{t: t, tab: p.tab, server: p.server} }

func (p *page) goTo(rel string) {
	p.t.Helper()
	p.must(p.tab.Open(p.server.URL(rel)))
}

// reload loads the page again, and returns once the browser has loaded it: what is asked
// from then on is not answered by the document before.
func (p *page) reload() {
	p.t.Helper()
	p.must(p.tab.Run(chromedp.Reload()))
}

func (p *page) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%v\nthe page: %s\ncomplaints: %q", err, p.snapshot(), p.tab.Complaints())
	}
}

// snapshot tells where the page is and what it says, for a failure's message.
func (p *page) snapshot() string {
	var s string
	if err := p.tab.Eval(`location.href + " " + document.title + " ["
		+ (document.querySelector("`+status+`")?.textContent ?? "") + "] "
		+ document.body.innerText.replace(/\s+/g, " ").slice(0, 600)`, &s); err != nil {
		return "gone: " + err.Error()
	}
	return s
}

// wait waits until a JavaScript expression is true.
func (p *page) wait(expression string) {
	p.t.Helper()
	p.must(p.tab.Wait(expression))
}

// eval returns the value of a JavaScript expression.
func eval[T any](p *page, expression string) T {
	p.t.Helper()
	var v T
	p.must(p.tab.Eval(expression, &v))
	return v
}

// is fails the test unless the expression is true at once.
func (p *page) is(expression, claim string) {
	p.t.Helper()
	if !eval[bool](p, "Boolean("+expression+")") {
		p.t.Errorf("not so: %s (%s)\nthe page: %s", claim, expression, p.snapshot())
	}
}

// press presses and releases keys, one after the other.
func (p *page) press(keys string, options ...chromedp.KeyOption) {
	p.t.Helper()
	// A key of a keyboard comes raw: only then can a page keep the browser from
	// typing its character.
	options = append(options, func(k *input.DispatchKeyEventParams) {
		if k.Type == input.DispatchKeyEventTypeKeyDown {
			k.Type = input.DispatchKeyEventTypeRawKeyDown
		}
	})
	p.must(p.tab.Run(chromedp.KeyEvent(keys, options...)))
}

// insert puts text in where the caret is, as an input method does at its end.
func (p *page) insert(text string) {
	p.t.Helper()
	call(p, input.InsertText, input.InsertTextParams{Text: text})
}

// compose shows text as the input method's guess so far.
func (p *page) compose(text string) {
	p.t.Helper()
	n := int64(len([]rune(text)))
	call(p, input.ImeSetComposition, input.ImeSetCompositionParams{Text: text, SelectionStart: n, SelectionEnd: n})
}

// click clicks on the middle of the element, with a mouse.
func (p *page) click(selector string) {
	p.t.Helper()
	p.wait("document.querySelector(" + quote(selector) + ")")
	p.must(p.tab.Run(chromedp.Click(chromedp.CSS(selector))))
}

// focus puts the caret into the search field by a click.
func (p *page) focus() {
	p.t.Helper()
	p.click(field)
	p.wait(`document.activeElement?.matches("` + field + `")`)
}

// replace types text over all that is in the search field.
func (p *page) replace(text string) {
	p.t.Helper()
	p.focus()
	p.must(p.tab.Eval(`document.querySelector("`+field+`").select()`, nil))
	p.insert(text)
}

func (p *page) withoutJavaScript() {
	p.t.Helper()
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

func call[P, R any](p *page, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	r, err := harness.Call(p.tab, command, params)
	p.must(err)
	return r
}

// shifted is a JavaScript function that says by how much a layout shift has moved what.
const shifted = `(e) => e.value + ": " + e.sources.map((s) => (s.node?.outerHTML ?? s.node?.data ?? "gone").slice(0, 100) + " from " + JSON.stringify(s.previousRect) + " to " + JSON.stringify(s.currentRect)).join("; ")`

// still fails the test if anything has moved since the page was opened, up to its second
// frame and a little later.
func (p *page) still(about string) {
	p.t.Helper()
	for _, shift := range eval[[]string](p, `new Promise((tell) => {
		const seen = [];
		new PerformanceObserver((list) => {
			for (const e of list.getEntries()) {
				seen.push((`+shifted+`)(e));
			}
		}).observe({ type: "layout-shift", buffered: true });
		requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => tell(seen), 100)));
	})`) {
		p.t.Errorf("%q: the layout shifts by %s", about, shift)
	}
}

// quote returns s as a JavaScript string.
func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return string(b)
}

// squeeze takes out white space, which a page may set as it likes.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

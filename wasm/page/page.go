//go:build js

package main

import (
	"net/url"
	"strconv"
	"strings"
	"syscall/js"

	"github.com/kanbao/kanbao/app/reader"
)

// page is the document as an reader.Page.
type page struct {
	root *url.URL
	lang string
	keep bool

	window, document, history js.Value
	html, main, status, skip  js.Value
	form, field, offers       js.Value
	title                     string // of the static page
	composing                 bool
}

func newPage(root string) *page {
	w := js.Global()
	d := w.Get("document")
	byID := func(id string) js.Value { return d.Call("getElementById", id) }
	u, err := url.Parse(root)
	if err != nil {
		panic("the root of the site is no address: " + root)
	}
	p := &page{
		root: u, window: w, document: d, history: w.Get("history"),
		html: d.Get("documentElement"), main: byID("kb-main"), status: byID("kb-status"),
		skip: d.Call("querySelector", ".skip"),
		form: byID("kb-search"), field: byID("kb-q"), title: d.Get("title").String(),
	}
	p.lang = p.html.Get("lang").String()
	p.keep = p.html.Get("dataset").Get("punctuation").Equal(js.ValueOf("keep"))
	p.offers = d.Call("createElement", "ul")
	return p
}

// URL implements reader.Page.
func (p *page) URL(to reader.Place) string {
	u := p.root.JoinPath(to.Path)
	u.RawQuery = to.Query()
	if to.Block > 0 {
		u.Fragment = "p" + strconv.Itoa(to.Block)
	}
	return u.String()
}

// Place implements reader.Page.
func (p *page) Place() reader.Place {
	u, err := url.Parse(p.window.Get("location").Get("href").String())
	if err != nil {
		return reader.Place{}
	}
	at := reader.Place{
		Path: strings.TrimSuffix(strings.TrimPrefix(u.Path, p.root.Path), "index.html"),
	}
	at.SetQuery(u.Query())
	if n, ok := strings.CutPrefix(u.Fragment, "p"); ok {
		at.Block, _ = strconv.Atoi(n) // any other fragment leads to no block
	}
	if state := p.history.Get("state"); state.Type() == js.TypeObject && state.Get("kanbao").Truthy() {
		at.Marks = state.Get("marks").String()
		at.Depth = state.Get("depth").Int()
		at.Scroll = state.Get("scroll").Int()
	}
	return at
}

// Shell implements reader.Page; the service worker says so.
func (p *page) Shell() bool { return p.html.Call("hasAttribute", "data-shell").Bool() }

// Push implements reader.Page. The entry that is left remembers how far the page
// was scrolled.
func (p *page) Push(to reader.Place) {
	left := p.Place()
	left.Scroll = p.window.Get("scrollY").Int()
	p.record("replaceState", left, p.window.Get("location").Get("href").String())
	p.record("pushState", to, p.URL(to))
}

// Replace implements reader.Page.
func (p *page) Replace(to reader.Place) { p.record("replaceState", to, p.URL(to)) }

// record writes to the history. Browsers refuse when it happens too often, which
// costs the reader an address that is some letters behind.
func (p *page) record(method string, at reader.Place, address string) {
	defer func() { _ = recover() }()
	p.history.Call(method, map[string]any{
		"kanbao": true, "marks": at.Marks, "depth": at.Depth, "scroll": at.Scroll,
	}, "", address)
}

// Back implements reader.Page.
func (p *page) Back() { p.history.Call("back") }

// Leave implements reader.Page.
func (p *page) Leave(to reader.Place) {
	location := p.window.Get("location")
	if now := p.Place(); now.Path == to.Path && now.Query() == to.Query() {
		location.Call("reload")
		return
	}
	location.Set("href", p.URL(to))
}

// Field implements reader.Page.
func (p *page) Field() string { return p.field.Get("value").String() }

// SetField implements reader.Page. The value is set only where it differs, for
// setting it moves the caret.
func (p *page) SetField(text string) {
	if p.Field() != text {
		p.field.Set("value", text)
	}
}

// FocusField implements reader.Page.
func (p *page) FocusField() { p.field.Call("focus") }

// Blur implements reader.Page. Who has a real keyboard goes on typing.
func (p *page) Blur() {
	if p.window.Call("matchMedia", "(pointer: coarse)").Get("matches").Bool() {
		p.field.Call("blur")
	}
}

// Offer implements reader.Page.
func (p *page) Offer(label string, offers []reader.Offer) {
	lines := make([]any, len(offers))
	for i, o := range offers {
		class := "kb-offer"
		if o.Quiet {
			class += " kb-quiet"
		}
		line := p.element("li", "id", offerID(i), "role", "option", "aria-selected", "false", "class", class)
		line.Call("append", p.text("span", o.Text), p.text("small", o.Note))
		lines[i] = line
	}
	p.offers.Call("replaceChildren", lines...)
	p.offers.Set("ariaLabel", label)
	p.offers.Set("hidden", len(offers) == 0)
	p.field.Call("setAttribute", "aria-expanded", strconv.FormatBool(len(offers) > 0))
	p.attribute("aria-activedescendant", "")
}

// Choose implements reader.Page.
func (p *page) Choose(i int) {
	lines := p.offers.Get("children")
	for n := range lines.Length() {
		lines.Index(n).Call("setAttribute", "aria-selected", strconv.FormatBool(n == i))
	}
	if i < 0 || i >= lines.Length() {
		p.attribute("aria-activedescendant", "")
		return
	}
	p.attribute("aria-activedescendant", offerID(i))
	p.Reveal(offerID(i))
}

func offerID(i int) string { return "kb-offer-" + strconv.Itoa(i) }

// element returns a new element with attributes, each a name and its value.
func (p *page) element(name string, attributes ...string) js.Value {
	e := p.document.Call("createElement", name)
	for i := 0; i+1 < len(attributes); i += 2 {
		e.Call("setAttribute", attributes[i], attributes[i+1])
	}
	return e
}

func (p *page) text(name, content string) js.Value {
	e := p.element(name)
	e.Set("textContent", content)
	return e
}

func (p *page) attribute(name, value string) {
	if value == "" {
		p.field.Call("removeAttribute", name)
	} else {
		p.field.Call("setAttribute", name, value)
	}
}

// Live implements reader.Page.
func (p *page) Live(live bool) {
	p.main.Set("hidden", live)
	p.html.Get("classList").Call("toggle", "kb-is-live", live)
	if p.skip.Truthy() {
		p.skip.Set("hidden", live) // the live view comes before what it skips
	}
}

// Title implements reader.Page.
func (p *page) Title(title string) {
	if title == "" {
		p.document.Set("title", p.title)
		return
	}
	if name := p.document.Call("querySelector", `meta[property="og:site_name"]`); name.Truthy() {
		title += " - " + name.Get("content").String()
	}
	p.document.Set("title", title)
}

// Say implements reader.Page.
func (p *page) Say(words string) {
	if p.status.Truthy() && p.status.Get("textContent").String() != words {
		p.status.Set("textContent", words)
	}
}

// Focus implements reader.Page.
func (p *page) Focus(id string) {
	if e := p.document.Call("getElementById", id); e.Truthy() {
		e.Call("focus", map[string]any{"preventScroll": true})
	}
}

// FocusLive implements reader.Page.
func (p *page) FocusLive() {
	if e := p.firstLive(); e.Truthy() {
		e.Call("focus")
	}
}

// firstLive returns the first place in the live view that can have the focus.
// On a phone what is not seen comes after what is.
func (p *page) firstLive() js.Value {
	return p.document.Call("querySelector", "#kb-live :is(a[href], button, summary)")
}

// Shown implements reader.Page.
func (p *page) Shown(id string) bool {
	e := p.document.Call("getElementById", id)
	return e.Truthy() && e.Get("offsetParent").Truthy()
}

// Reveal implements reader.Page.
func (p *page) Reveal(id string) {
	if e := p.document.Call("getElementById", id); e.Truthy() {
		e.Call("scrollIntoView", map[string]any{"block": "nearest"})
	}
}

// Scroll implements reader.Page.
func (p *page) Scroll(y int) { p.window.Call("scrollTo", 0, y) }

// ScrollTo implements reader.Page. The first match in the element comes into the
// middle, for a long paragraph may be higher than the screen.
func (p *page) ScrollTo(id string) {
	e := p.document.Call("getElementById", id)
	if !e.Truthy() {
		return
	}
	if m := e.Call("querySelector", "mark"); m.Truthy() {
		e = m
	}
	e.Call("scrollIntoView", map[string]any{"block": "center"})
}

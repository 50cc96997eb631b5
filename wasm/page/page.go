//go:build js

package main

import (
	"net/url"
	"strconv"
	"strings"
	"syscall/js"
	"time"

	"github.com/kanbao/kanbao/app/reader"
)

// page is the document as an reader.Page.
type page struct {
	root *url.URL
	keep bool

	window, document, history js.Value
	html, main, status, skip  js.Value
	field, offers             js.Value
	title                     string // of the static page

	// What web/live.js has made: home is the path of the static page, article fetches
	// one, dress gives one what scripts give a page, watch tells who else changes the live
	// view, place puts the list of offers where there is room, rest calls a function in a
	// task of its own, painted after the next frame, signal ends all listening when the
	// program ends, and listen has the field listened to by typing, as long as that.
	home                          string
	article, dress, watch, signal js.Value
	boot, typing                  js.Value

	moved func(reader.Place)
	owed  *entry // of the history, which is not written yet
	named string // what the title of the document will be
}

// entry is an entry of the history.
type entry struct {
	method  string // of the history, that makes it
	at      reader.Place
	address string
}

func newPage(boot js.Value) *page {
	w := js.Global()
	root := boot.Get("root").String()
	d := w.Get("document")
	byID := func(id string) js.Value { return d.Call("getElementById", id) }
	u, err := url.Parse(root)
	if err != nil {
		panic("the root of the site is no address: " + root)
	}
	p := &page{
		root: u, window: w, document: d, history: w.Get("history"),
		html: d.Get("documentElement"), main: byID("kb-main"), status: byID("kb-status"),
		skip:  d.Call("querySelector", ".skip"),
		field: byID("kb-q"), title: d.Get("title").String(),
		home: boot.Get("home").String(), article: boot.Get("article"), dress: boot.Get("dress"), watch: boot.Get("watch"), signal: boot.Get("signal"), boot: boot,
	}
	p.keep = p.html.Get("dataset").Get("punctuation").Equal(js.ValueOf("keep"))
	if p.offers = byID(offersID); !p.offers.Truthy() {
		p.offers = d.Call("createElement", "ul")
	}
	return p
}

// URL implements reader.Page.
func (p *page) URL(to reader.Place) string {
	u := *p.root
	if to.Path != "" { // JoinPath would take the slash from the root
		u = *p.root.JoinPath(to.Path)
	}
	u.RawQuery = to.Query()
	if to.Block > 0 {
		u.Fragment = "p" + strconv.Itoa(to.Block)
	}
	return u.String()
}

// Place implements reader.Page.
func (p *page) Place() reader.Place {
	if p.owed != nil {
		return p.owed.at
	}
	u, err := url.Parse(p.window.Get("location").Get("href").String())
	if err != nil {
		return reader.Place{}
	}
	at := reader.Place{Path: p.below(u)}
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

// below returns the path of an address from the site's root.
func (p *page) below(u *url.URL) string {
	return strings.TrimSuffix(strings.TrimPrefix(u.Path, p.root.Path), "index.html")
}

// Name implements reader.Page.
func (p *page) Name() string {
	if meta := p.document.Call("querySelector", "meta[property='og:site_name']"); meta.Truthy() {
		return meta.Get("content").String()
	}
	return p.root.Host
}

// Words implements reader.Page.
func (p *page) Words(text string) []string {
	segmenter := p.window.Get("Intl").Get("Segmenter")
	if !segmenter.Truthy() {
		return nil
	}
	found := segmenter.New(p.html.Get("lang"), map[string]any{"granularity": "word"}).Call("segment", text)
	all := p.window.Get("Array").Call("from", found)
	words := make([]string, all.Length())
	for i := range words {
		words[i] = all.Index(i).Get("segment").String()
	}
	return words
}

// Home implements reader.Page.
func (p *page) Home() string {
	u, err := url.Parse(p.home)
	if err != nil {
		return ""
	}
	return p.below(u)
}

// Disturbed implements reader.Page.
func (p *page) Disturbed() bool { return p.watch.Call("disturbed").Bool() }

// Drawn implements reader.Page.
func (p *page) Drawn() { p.watch.Call("drawn") }

// Dress implements reader.Page.
func (p *page) Dress(marks string) { p.dress.Invoke(marks, p.watch) }

// Rest implements reader.Page. Go gives the thread back once all goroutines wait. Those
// that sleep would wake together, in one task.
func (p *page) Rest() { p.waitFor("rest") }

// Painted implements reader.Page.
func (p *page) Painted() { p.waitFor("painted") }

// waitFor returns once a function of web/live.js calls back.
func (p *page) waitFor(name string) {
	called := make(chan struct{})
	done := js.FuncOf(func(js.Value, []js.Value) any {
		close(called)
		return nil
	})
	defer done.Release()
	p.boot.Call(name, done)
	<-called
}

// Log implements reader.Page.
func (p *page) Log(message string) { p.window.Get("console").Call("info", "Kanbao: "+message) }

// Shell implements reader.Page; the service worker says so.
func (p *page) Shell() bool { return p.html.Call("hasAttribute", "data-shell").Bool() }

// Push implements reader.Page. The entry that is left remembers how far the page
// was scrolled.
func (p *page) Push(to reader.Place) {
	p.settle()
	if p.owed == nil {
		left := p.Place()
		left.Scroll = p.leftAt()
		p.record("replaceState", left, p.window.Get("location").Get("href").String())
	}
	p.record("pushState", to, p.URL(to))
}

// leftAt returns how far the page was scrolled when the reader left it: before a key
// took them to the field, which may have scrolled the page (loader.js).
func (p *page) leftAt() int {
	set := p.field.Get("dataset")
	if before := set.Get("from"); before.Truthy() {
		set.Delete("from")
		if n, err := strconv.Atoi(before.String()); err == nil {
			return n
		}
	}
	return p.window.Get("scrollY").Int()
}

// pause is how long the address waits for more to be typed. A browser has much to do for
// each new one, while it should show hits, and refuses those that come too often.
const pause = 100 * time.Millisecond

// Replace implements reader.Page.
func (p *page) Replace(to reader.Place) { p.owe("replaceState", to, p.URL(to), pause) }

// owe writes to the history after a while, unless that is overtaken.
func (p *page) owe(method string, at reader.Place, address string, after time.Duration) {
	if p.owed != nil && p.owed.method == "pushState" {
		method = "pushState" // what is replaced is not there yet
	}
	owed := &entry{method, at, address}
	p.owed = owed
	time.AfterFunc(after, func() {
		if p.owed == owed {
			p.settle()
		}
	})
}

// settle writes what is owed.
func (p *page) settle() {
	if p.owed != nil {
		p.record(p.owed.method, p.owed.at, p.owed.address)
	}
}

// record writes to the history. Browsers refuse when it happens too often, by an
// error or without a word. Then it is tried again until it is done, or overtaken.
func (p *page) record(method string, at reader.Place, address string) {
	if p.owed != nil && p.owed.method == "pushState" {
		method = "pushState"
	}
	p.owed = nil
	p.write(method, at, address)
	if !p.window.Get("location").Get("href").Equal(p.window.Get("URL").New(address).Get("href")) {
		p.owe(method, at, address, time.Second)
	}
}

// write writes an address to the history, or nothing if the browser refuses.
func (p *page) write(method string, at reader.Place, address string) {
	defer func() { _ = recover() }()
	p.history.Call(method, map[string]any{
		"kanbao": true, "marks": at.Marks, "depth": at.Depth, "scroll": at.Scroll,
	}, "", address)
}

// Back implements reader.Page.
func (p *page) Back() {
	p.settle()
	if p.owed != nil && p.owed.method == "pushState" {
		p.owed = nil // the entry below is still the present one
		p.moved(p.Place())
		return
	}
	p.history.Call("back")
}

// Article implements reader.Page.
func (p *page) Article(path string) string {
	html := make(chan string, 1)
	take := js.FuncOf(func(_ js.Value, args []js.Value) any {
		html <- args[0].String()
		return nil
	})
	defer take.Release()
	p.article.Invoke(p.URL(reader.Place{Path: path})).Call("then", take)
	return <-html
}

// Leave implements reader.Page.
func (p *page) Leave(to reader.Place) {
	p.settle()
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
// setting it moves the caret, and not under what is being composed.
func (p *page) SetField(text string) {
	if p.Field() != text && !p.typing.Get("composing").Bool() {
		p.field.Set("value", text)
	}
}

// Focused implements reader.Page.
func (p *page) Focused() bool { return p.document.Get("activeElement").Equal(p.field) }

// FocusField implements reader.Page.
func (p *page) FocusField() { p.field.Call("focus") }

// Blur implements reader.Page. Who has a real keyboard goes on typing.
func (p *page) Blur() { p.typing.Call("putAway") }

// Offer implements reader.Page.
func (p *page) Offer(label string, offers []reader.Offer) {
	p.boot.Call("place", p.offers, false)
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

// Title implements reader.Page. It comes after what is on the page: a browser tells its
// own windows of it.
func (p *page) Title(title string) {
	if title == "" {
		title = p.title
	} else if name := p.document.Call("querySelector", `meta[property="og:site_name"]`); name.Truthy() {
		title += " - " + name.Get("content").String()
	}
	p.named = title
	go func() {
		p.Painted()
		if p.named == title {
			p.document.Set("title", title)
		}
	}()
}

// Say implements reader.Page.
func (p *page) Say(words string) {
	if p.status.Truthy() && p.status.Get("textContent").String() != words {
		p.status.Set("textContent", words)
	}
}

// Focus implements reader.Page.
func (p *page) Focus(id string) {
	e := p.document.Call("getElementById", id)
	if !e.Truthy() {
		return
	}
	if e.Get("tabIndex").Int() < 0 && !e.Call("hasAttribute", "tabindex").Bool() {
		// A heading of a static page, or the view itself. It has the attribute as long as it
		// has the focus: Tab passes by all that is in an item of body that has it.
		e.Set("tabIndex", -1)
		var left js.Func
		left = js.FuncOf(func(js.Value, []js.Value) any {
			left.Release()
			e.Call("removeAttribute", "tabindex")
			return nil
		})
		e.Call("addEventListener", "blur", left, map[string]any{"once": true})
	}
	e.Call("focus", map[string]any{"preventScroll": true})
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

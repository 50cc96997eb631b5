//go:build js

package main

import (
	"syscall/js"

	"github.com/kanbao/kanbao/app/reader"
)

// offersID is the list below the field.
const offersID = "kb-offers"

// Listen implements reader.Page.
func (p *page) Listen(h reader.Handlers) {
	p.release()
	// What has shown the first hits (web/early.js) listens no more.
	p.typing = p.boot.Call("listen", map[string]any{
		"typed": called(func(text js.Value) { h.Typed(text.String()) }),
		"pressed": called(func(e js.Value) {
			h.Pressed(reader.Key{
				Name: e.Get("key").String(), Shift: e.Get("shiftKey").Bool(),
				Prevent: func() { e.Call("preventDefault") },
			})
		}),
		"submitted": called(func(e js.Value) {
			e.Call("preventDefault")
			h.Submitted()
		}),
	}, p.signal)
	p.history.Set("scrollRestoration", "manual")

	p.field.Call("setAttribute", "role", "combobox")
	p.field.Call("setAttribute", "aria-autocomplete", "list")
	p.field.Call("setAttribute", "aria-haspopup", "listbox")
	p.field.Call("setAttribute", "aria-controls", offersID)
	p.offers.Set("id", offersID)
	p.offers.Call("setAttribute", "role", "listbox")
	p.Offer("", nil) // which puts it into the page
	if v := p.window.Get("visualViewport"); v.Truthy() {
		p.on(v, "resize", func(js.Value) { p.boot.Call("place", p.offers) })
	}

	// A press on an offer leaves the focus where it is, in the field.
	p.on(p.offers, "mousedown", func(e js.Value) { e.Call("preventDefault") })
	p.on(p.offers, "click", func(e js.Value) {
		line := e.Get("target").Call("closest", "[role=option]")
		for i := range p.offers.Get("children").Length() {
			if p.offers.Get("children").Index(i).Equal(line) {
				h.Taken(i)
			}
		}
	})
	p.on(p.field, "focus", func(js.Value) { h.Focused() })
	p.on(p.field, "blur", func(js.Value) {
		p.settle() // whoever leaves the page comes back to what was found
		h.Left()
	})
	p.on(p.window, "resize", func(js.Value) { h.Resized() })
	for _, event := range []string{"kb-choices", "storage", "pageshow"} { // as in web/choices.js
		p.on(p.window, event, func(js.Value) { h.Spoken(p.lang()) })
	}
	// The live view comes before the field in the document, and after it for
	// whoever goes from one to the next.
	p.on(p.document, "keydown", func(e js.Value) {
		if e.Get("key").String() == "Tab" && e.Get("shiftKey").Bool() && e.Get("target").Equal(p.firstLive()) {
			e.Call("preventDefault")
			p.FocusField()
		}
	})
	p.moved = h.Moved
	p.on(p.window, "popstate", func(js.Value) {
		p.owed = nil
		h.Moved(p.Place())
	})
	p.on(p.window, "pagehide", func(js.Value) {
		p.settle()
		p.history.Set("scrollRestoration", "auto")
	})
	p.on(p.window, "pageshow", func(js.Value) { p.history.Set("scrollRestoration", "manual") })
}

// on listens for as long as the program lives.
func (p *page) on(target js.Value, event string, f func(e js.Value)) {
	target.Call("addEventListener", event, called(f), map[string]any{"signal": p.signal})
}

// called returns what JavaScript calls with one argument.
func called(f func(js.Value)) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(args[0])
		return nil
	})
}

// release gives back what go-app has taken: with its handlers a click on any
// link of the static page would be its own navigation.
func (p *page) release() {
	for _, name := range []string{"onclick", "onpopstate", "onresize"} {
		p.window.Set(name, nil)
	}
	for _, name := range []string{"goappNav", "goappOnUpdate", "goappOnAppInstallChange", "kanbaoPage"} {
		p.window.Delete(name)
	}
}

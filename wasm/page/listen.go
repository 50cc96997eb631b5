//go:build js

package main

import (
	"syscall/js"

	"github.com/kanbao/kanbao/app/reader"
)

// composingKey is the key code of a key that an input method has taken.
const composingKey = 229

// composed is after how many milliseconds without a letter what a touch keyboard
// composes is searched for: it composes Latin letters, too, and may commit them only at
// the next space. web/element.js does the same.
const composed = 400

// offersID is the list below the field.
const offersID = "kb-offers"

// Listen implements reader.Page.
func (p *page) Listen(h reader.Handlers) {
	p.release()
	// What has shown the first hits (web/early.js) listens no more.
	p.composing = p.boot.Call("yield").Bool()
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

	later := js.Undefined() // a timer
	paused := js.FuncOf(func(js.Value, []js.Value) any {
		h.Typed(p.Field())
		return nil
	})
	p.on(p.field, "compositionstart", func(js.Value) { p.composing = true })
	p.on(p.field, "compositionend", func(js.Value) {
		p.composing = false
		p.window.Call("clearTimeout", later)
		h.Typed(p.Field())
	})
	p.on(p.field, "input", func(e js.Value) {
		p.window.Call("clearTimeout", later)
		switch {
		case !p.composing && !e.Get("isComposing").Truthy():
			h.Typed(p.Field())
		case p.window.Call("matchMedia", "(pointer: coarse)").Get("matches").Bool():
			later = p.window.Call("setTimeout", paused, composed)
		}
	})
	p.on(p.field, "keydown", func(e js.Value) {
		if p.composing || e.Get("isComposing").Truthy() || e.Get("keyCode").Int() == composingKey {
			return
		}
		if e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool() || e.Get("altKey").Bool() {
			return
		}
		h.Pressed(reader.Key{
			Name: e.Get("key").String(), Shift: e.Get("shiftKey").Bool(),
			Prevent: func() { e.Call("preventDefault") },
		})
	})
	p.on(p.form, "submit", func(e js.Value) {
		e.Call("preventDefault")
		if !p.composing {
			h.Submitted()
		}
	})
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
	p.on(p.field, "blur", func(js.Value) { h.Left() })
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
	p.on(p.window, "pagehide", func(js.Value) { p.history.Set("scrollRestoration", "auto") })
	p.on(p.window, "pageshow", func(js.Value) { p.history.Set("scrollRestoration", "manual") })
}

// on listens for as long as the program lives.
func (p *page) on(target js.Value, event string, f func(e js.Value)) {
	target.Call("addEventListener", event, js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(args[0])
		return nil
	}), map[string]any{"signal": p.signal})
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

//go:build js

package main

import (
	"slices"
	"strconv"
	"strings"
	"syscall/js"

	"github.com/kanbao/kanbao/app/text"
)

// What the page knows of the device: how much of it is seen, and what is kept on it.

// A list below the field would hide the hits on a narrow screen, and on a low one, which
// a phone has while its keyboard is shown. There suggestions are a row above them.
const (
	narrow = "(max-width: 48em)"
	low    = 608 // CSS pixels
)

// place puts the list of offers where the screen has room for it, and tells the style
// sheet how much of the screen is seen above a keyboard.
func (p *page) place() {
	seen := p.window.Get("innerHeight").Float()
	if v := p.window.Get("visualViewport"); v.Truthy() {
		seen = v.Get("height").Float() * v.Get("scale").Float()
	}
	row := seen <= low || p.window.Call("matchMedia", narrow).Get("matches").Bool()
	p.html.Get("classList").Call("toggle", "kb-chips", row)
	if row && p.status.Truthy() {
		if !p.status.Get("nextElementSibling").Equal(p.offers) {
			p.status.Call("after", p.offers)
		}
	} else if !p.offers.Get("parentElement").Equal(p.form) {
		p.form.Call("append", p.offers)
	}
	p.tell(int(seen))
}

// tell sets --kb-seen. A rule of its own is what the policy allows, and a style
// attribute is not.
func (p *page) tell(height int) {
	if height == p.seen {
		return
	}
	if p.seen = height; !p.sheet.Truthy() {
		make := p.window.Get("CSSStyleSheet")
		if !make.Truthy() || !make.Get("prototype").Get("replaceSync").Truthy() {
			return
		}
		p.sheet = make.New()
		p.document.Set("adoptedStyleSheets", p.document.Get("adoptedStyleSheets").Call("concat", []any{p.sheet}))
	}
	p.sheet.Call("replaceSync", ":root{--kb-seen:"+strconv.Itoa(height)+"px}")
}

// Remembers implements reader.Page.
func (p *page) Remembers() bool { return p.html.Get("dataset").Get("recent").IsUndefined() }

// forgets stands in the place of searches where none are to be remembered.
const forgets = "\x00"

// Recent implements reader.Page. A browser may keep nothing, and says so by an error.
func (p *page) Recent() (list []string, on bool) {
	defer func() {
		if recover() != nil {
			list, on = nil, false
		}
	}()
	kept := p.window.Get("localStorage").Call("getItem", p.recentKey())
	if kept.Type() != js.TypeString || kept.String() == "" {
		return nil, true
	}
	if kept.String() == forgets {
		return nil, false
	}
	return strings.Split(kept.String(), "\n"), true
}

// SetRecent implements reader.Page.
func (p *page) SetRecent(list []string, on bool) {
	defer func() { _ = recover() }() // it is full, or not to be had
	storage := p.window.Get("localStorage")
	switch {
	case !on:
		storage.Call("setItem", p.recentKey(), forgets)
	case len(list) == 0:
		storage.Call("removeItem", p.recentKey())
	default:
		storage.Call("setItem", p.recentKey(), strings.Join(list, "\n"))
	}
}

// recentKey has the path in it, for a host may have several sites.
func (p *page) recentKey() string { return "kanbao:" + p.root.Path + ":recent" }

// lang is the language of the interface: what the reader has chosen, else the page's.
// web/interface.js is the same.
func (p *page) lang() string {
	if chosen := p.html.Get("dataset").Get("lang"); chosen.Truthy() && slices.Contains(text.Languages(), chosen.String()) {
		return chosen.String()
	}
	return p.html.Get("lang").String()
}

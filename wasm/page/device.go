//go:build js

package main

import (
	"slices"
	"strings"
	"syscall/js"

	"github.com/kanbao/kanbao/app/text"
)

// What is kept on the device.

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

package svg

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"

	"github.com/aymerick/douceur/parser"
)

// A writer writes nodes as XML, with their styles as attributes.
type writer struct {
	to      *bytes.Buffer
	rules   []rule
	leftOut map[string]bool
}

func (w *writer) element(n *node) {
	w.to.WriteString("<" + n.name)
	if n.parent == nil {
		w.to.WriteString(` xmlns="` + svgSpace + `"`)
	}
	for _, a := range w.attributes(n) {
		w.to.WriteString(" " + a.name + `="`)
		w.text(a.value)
		w.to.WriteString(`"`)
	}
	if len(n.children) == 0 {
		w.to.WriteString("/>")
		return
	}
	w.to.WriteString(">")
	for _, child := range n.children {
		if child.name == "" {
			w.text(child.text)
		} else {
			w.element(child)
		}
	}
	w.to.WriteString("</" + n.name + ">")
}

// text writes text that means itself. A buffer does not fail.
func (w *writer) text(s string) { _ = xml.EscapeText(w.to, []byte(s)) }

// attributes are those of the element that are allowed, then what style sheets
// set, then its own style: the later one counts.
func (w *writer) attributes(n *node) []attribute {
	var all []attribute
	set := func(a attribute) {
		if i := slices.IndexFunc(all, func(b attribute) bool { return a.name == b.name }); i >= 0 {
			all[i] = a
		} else {
			all = append(all, a)
		}
	}
	for _, a := range n.attrs {
		if allowed(a.name, a.value) {
			set(a)
		} else if a.name == "href" || properties[a.name] {
			w.leftOut[a.name+" that refers to another file"] = true
		} else if strings.HasPrefix(strings.ToLower(a.name), "on") {
			w.leftOut["the attribute "+a.name] = true
		}
	}
	for i := range w.rules {
		if w.rules[i].matches(n) {
			for _, a := range w.rules[i].sets {
				set(a)
			}
		}
	}
	if len(n.inline) > maxInline {
		w.leftOut["a style that is too long"] = true
	} else if n.inline != "" {
		// The parser wants an end of the last one. What it cannot read it leaves out.
		list, err := parser.ParseDeclarations(n.inline + ";")
		if err != nil {
			w.leftOut["a style that is none"] = true
		}
		r := reader{leftOut: w.leftOut}
		for _, a := range r.declarations(list) {
			set(a)
		}
	}
	return all
}

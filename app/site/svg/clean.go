package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"
)

// Bounds of what is read. No drawing made by a person or a program for a page
// comes near them.
const (
	maxDepth    = 256
	maxElements = 200_000
	maxEntity   = 1024 // bytes of an entity's value
	maxEntities = 64
)

const svgSpace = "http://www.w3.org/2000/svg"

// A node is an element of a drawing, or text where name is empty.
type node struct {
	name     string
	text     string
	id       string
	classes  []string
	inline   string // the style attribute
	attrs    []attribute
	parent   *node
	children []*node
}

type attribute struct{ name, value string }

// Clean returns the drawing without what could run, fetch or lead anywhere, and
// what of it is left out although it may have been seen: names of elements and
// the like, for a warning. Metadata of drawing programs and comments are left out
// without a word. The result is well-formed XML and depends on data alone.
//
// It fails if data is no SVG, or one that is larger or deeper than any drawing.
func Clean(data []byte) (cleaned []byte, leftOut []string, err error) {
	r := reader{leftOut: make(map[string]bool)}
	root, err := r.read(data)
	if err != nil {
		return nil, nil, err
	}
	rules := r.rules()
	var b bytes.Buffer
	w := writer{to: &b, rules: rules, leftOut: r.leftOut}
	w.element(root)
	b.WriteByte('\n')
	for what := range r.leftOut {
		leftOut = append(leftOut, what)
	}
	slices.Sort(leftOut)
	return b.Bytes(), leftOut, nil
}

// A reader makes nodes out of XML.
type reader struct {
	leftOut  map[string]bool
	sheets   strings.Builder // the text of all style elements
	elements int
}

func (r *reader) read(data []byte) (*node, error) {
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.CharsetReader = charset.NewReaderLabel
	dec.Entity = make(map[string]string)
	for name, value := range xml.HTMLEntity {
		dec.Entity[name] = value
	}
	var root *node
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			if root == nil {
				return nil, errors.New("is no SVG: there is no <svg> in it")
			}
			return root, nil
		}
		if err != nil {
			return nil, fmt.Errorf("is no proper SVG: %w", err)
		}
		switch t := token.(type) {
		case xml.Directive:
			if err := entities(t, dec.Entity); err != nil {
				return nil, err
			}
		case xml.StartElement:
			if root != nil || t.Name.Local != "svg" || t.Name.Space != svgSpace && t.Name.Space != "" {
				return nil, fmt.Errorf("is no SVG: <%s> where one <svg> was expected", t.Name.Local)
			}
			r.elements++
			root = newNode(t, nil)
			if err := r.content(dec, root, 1); err != nil {
				return nil, err
			}
		}
	}
}

var entity = regexp.MustCompile(`<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>`)

// entities takes the entities out of a document type. Old drawing programs name
// their namespaces so. Values are text: what looks like mark-up in one stays text.
func entities(directive []byte, into map[string]string) error {
	found := entity.FindAllSubmatch(directive, maxEntities+1)
	if len(found) > maxEntities {
		return fmt.Errorf("has more than %d entities", maxEntities)
	}
	for _, m := range found {
		value := string(m[2]) + string(m[3])
		if len(value) > maxEntity {
			return fmt.Errorf("has an entity of %d bytes, at most %d are read", len(value), maxEntity)
		}
		into[string(m[1])] = value
	}
	return nil
}

// content reads what is in an element up to its end.
func (r *reader) content(dec *xml.Decoder, parent *node, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("is nested deeper than %d elements", maxDepth)
	}
	for {
		token, err := dec.Token()
		if err != nil {
			return fmt.Errorf("is no proper SVG: %w", err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			return nil
		case xml.CharData:
			if texts[parent.name] {
				parent.children = append(parent.children, &node{text: string(t), parent: parent})
			}
		case xml.StartElement:
			if r.elements++; r.elements > maxElements {
				return fmt.Errorf("has more than %d elements", maxElements)
			}
			if err := r.child(dec, t, parent, depth); err != nil {
				return err
			}
		}
	}
}

// child reads an element that begins in parent.
func (r *reader) child(dec *xml.Decoder, t xml.StartElement, parent *node, depth int) error {
	name := t.Name.Local
	switch {
	case t.Name.Space != svgSpace && t.Name.Space != "":
		// Of another language: what a drawing program keeps for itself, or a page.
		return dec.Skip()
	case name == "style":
		return r.sheet(dec)
	case name == "a":
		// A picture leads nowhere; what was drawn within the link stays.
		return r.content(dec, parent, depth+1)
	case name == "metadata":
		return dec.Skip()
	case !elements[name]:
		r.leftOut["<"+name+">"] = true
		return dec.Skip()
	}
	child := newNode(t, parent)
	parent.children = append(parent.children, child)
	return r.content(dec, child, depth+1)
}

func (r *reader) sheet(dec *xml.Decoder) error {
	for depth := 1; depth > 0; {
		token, err := dec.Token()
		if err != nil {
			return fmt.Errorf("is no proper SVG: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			// An XML parser that knows HTML could end the style here.
			r.leftOut["<"+t.Name.Local+"> within <style>"] = true
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 1 {
				r.sheets.Write(t)
				r.sheets.WriteByte('\n')
			}
		}
	}
	return nil
}

func newNode(t xml.StartElement, parent *node) *node {
	n := &node{name: t.Name.Local, parent: parent}
	for _, a := range t.Attr {
		switch {
		case a.Name.Space == "xmlns" || a.Name.Local == "xmlns" && a.Name.Space == "":
		case a.Name.Space == "http://www.w3.org/XML/1998/namespace" || a.Name.Space == "xml":
			if a.Name.Local == "space" || a.Name.Local == "lang" {
				n.attrs = append(n.attrs, attribute{"xml:" + a.Name.Local, a.Value})
			}
		case a.Name.Space == "http://www.w3.org/1999/xlink" || a.Name.Space == "xlink":
			if a.Name.Local == "href" {
				n.attrs = append(n.attrs, attribute{"href", a.Value})
			}
		case a.Name.Space != "":
		case a.Name.Local == "style":
			n.inline = a.Value
		case a.Name.Local == "class":
			n.classes = strings.Fields(a.Value)
		default:
			if a.Name.Local == "id" {
				n.id = a.Value
			}
			n.attrs = append(n.attrs, attribute{a.Name.Local, a.Value})
		}
	}
	return n
}

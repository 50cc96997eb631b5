package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">`

// out is how a drawing ends up whose root is that of open.
func out(inside string) string {
	if inside == "" {
		return strings.TrimSuffix(open, ">") + "/>\n"
	}
	return open + inside + "</svg>\n"
}

func TestClean(t *testing.T) {
	for _, c := range []struct {
		about, svg, want string
		leftOut          []string
	}{
		{"a drawing", open + `<defs><linearGradient id="g"/></defs><g fill="url(#g)"><path d="M0 0h9"/></g></svg>`,
			out(`<defs><linearGradient id="g"/></defs><g fill="url(#g)"><path d="M0 0h9"/></g>`), nil},
		{"text, as it stands", open + `<title>潮 汐</title><text x="1">潮 <tspan>A&amp;B</tspan></text></svg>`,
			out(`<title>潮 汐</title><text x="1">潮 <tspan>A&amp;B</tspan></text>`), nil},
		{"a style attribute", open + `<path fill="red" style="fill:#0f0;stroke : blue; -inkscape-x:1"/></svg>`,
			out(`<path fill="#0f0" stroke="blue"/>`), nil},
		{"a style sheet", open + `<style>.a{fill:red} path.a{fill:blue} #b,g>path{stroke:red}</style><g><path id="b" class="a" /></g></svg>`,
			out(`<g><path id="b" stroke="red" fill="blue"/></g>`), nil},
		{"an id outweighs a class that comes later", open + `<style>#b{fill:red} .a{fill:blue}</style><path id="b" class="a"/></svg>`,
			out(`<path id="b" fill="red"/>`), nil},
		{"a selector that is none of those", open + `<style>path:hover{fill:red}</style><path/></svg>`,
			out(`<path/>`), []string{"the style of path:hover"}},
		{"what a drawing program keeps", `<?xml version="1.0"?><!-- made by hand --><svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://sodipodi.example" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" s:docname="a.svg"><s:namedview zoom="1"/><metadata><rdf/></metadata><use xlink:href="#a" data-x="1"/></svg>`,
			out(`<use href="#a"/>`), nil},
		{"entities for namespaces", `<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg"> <!ENTITY c 'red'>]><svg xmlns="&ns;" viewBox="0 0 9 9"><path fill="&c;"/></svg>`,
			out(`<path fill="red"/>`), nil},
		{"an entity with mark-up is text", `<!DOCTYPE svg [<!ENTITY x "<script>alert(1)</script>">]>` + open + `<text>&x;</text></svg>`,
			out(`<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>`), nil},
		{"script", open + `<script>alert(1)</script></svg>`, out(""), []string{"<script>"}},
		{"script of HTML", open + `<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script></svg>`, out(""), nil},
		{"a handler", open + `<path onclick="alert(1)" ONLOAD="alert(1)"/></svg>`, out(`<path/>`), []string{"the attribute ONLOAD", "the attribute onclick"}},
		{"a page inside", open + `<switch><foreignObject><p>x</p></foreignObject><text>y</text></switch></svg>`,
			out(`<switch><text>y</text></switch>`), []string{"<foreignObject>"}},
		{"a link", open + `<a href="javascript:alert(1)"><path/></a></svg>`, out(`<path/>`), nil},
		{"another file", open + `<use href="https://evil.example/x.svg#y"/></svg>`, out(`<use/>`), []string{"href that refers to another file"}},
		{"a style that fetches", open + `<style>@import "//evil.example"; path{fill:url(//evil.example)}</style><path/></svg>`,
			out(`<path/>`), []string{"@import", "a style that fetches something"}},
		{"an element within a style sheet", open + `<style>a{}<title/>@import "//evil.example";</style></svg>`,
			out(""), []string{"<title> within <style>", "@import"}},
		{"… in an attribute", open + `<path fill="url(https://evil.example/x)"/></svg>`, out(`<path/>`), []string{"fill that refers to another file"}},
		{"… behind an escape", open + `<path style="fill: u\72l(//evil.example)"/></svg>`, out(`<path/>`), []string{"a style that fetches something"}},
		{"animation, which can set a link", open + `<use href="#x"><set attributeName="href" to="//evil.example"/></use></svg>`,
			out(`<use href="#x"/>`), []string{"<set>"}},
		{"a style sheet of another file", `<?xml-stylesheet href="//evil.example"?>` + open + `</svg>`, out(""), nil},
	} {
		got, leftOut, err := Clean([]byte(c.svg))
		if err != nil {
			t.Errorf("%s: %v", c.about, err)
			continue
		}
		if string(got) != c.want {
			t.Errorf("%s:\n%s\nbecame\n%s\nwant\n%s", c.about, c.svg, got, c.want)
		}
		if !slices.Equal(leftOut, c.leftOut) {
			t.Errorf("%s: %q is left out, want %q", c.about, leftOut, c.leftOut)
		}
		again, _, err := Clean(got)
		if err != nil || string(again) != string(got) {
			t.Errorf("%s: cleaned twice it is %s, %v", c.about, again, err)
		}
	}
}

func TestCleanRefuses(t *testing.T) {
	for _, c := range []struct{ about, svg, want string }{
		{"nothing", "", "there is no <svg>"},
		{"a page", "<html><svg/></html>", "<html> where one <svg> was expected"},
		{"no end", open + "<path>", "is no proper SVG"},
		{"two drawings", "<svg/><svg/>", "where one <svg> was expected"},
		{"depth", open + strings.Repeat("<g>", 300) + strings.Repeat("</g>", 300) + "</svg>", "nested deeper than 256"},
		{"a long entity", `<!DOCTYPE svg [<!ENTITY x "` + strings.Repeat("x", 2000) + `">]>` + open + `</svg>`, "an entity of 2000 bytes"},
	} {
		_, _, err := Clean([]byte(c.svg))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", c.about, err, c.want)
		}
	}
}

// FuzzClean feeds anything and reads what comes out as strictly as a browser.
func FuzzClean(f *testing.F) {
	f.Add([]byte(open + `<style>.a{fill:red}</style><g class="a" style="stroke:red"><text>潮</text></g></svg>`))
	f.Add([]byte(`<!DOCTYPE svg [<!ENTITY x "<script>">]>` + open + `<text xml:space="preserve">&x;&nbsp;</text></svg>`))
	f.Add([]byte(open + `<style>a{}<title/>@import</style><use href="#a"/></svg>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, _, err := Clean(data)
		if err != nil {
			return
		}
		dec := xml.NewDecoder(bytes.NewReader(got))
		for {
			token, err := dec.Token()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatalf("%q became %q: %v", data, got, err)
			}
			e, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			if !elements[e.Name.Local] {
				t.Fatalf("%q became %q: <%s>", data, got, e.Name.Local)
			}
			for _, a := range e.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") || properties[a.Name.Local] && fetches(a.Value) {
					t.Fatalf("%q became %q: %s", data, got, a.Name.Local)
				}
			}
		}
	})
}

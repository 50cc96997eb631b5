package site

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// drawing are the elements of a picture that is nothing but a picture.
const drawing = " svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon " +
	"text tspan textPath linearGradient radialGradient stop clipPath mask pattern marker style filter feBlend " +
	"feColorMatrix feComposite feDropShadow feFlood feGaussianBlur feMerge feMergeNode feOffset feTurbulence "

// checkSVG reports what of an SVG file could run or fetch something when a
// browser opens it by itself. Inside a page it could do neither.
func checkSVG(data []byte) error {
	dec := xml.NewDecoder(bytes.NewReader(data))
	style := false
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("is no proper SVG: %w", err)
		}
		switch t := token.(type) {
		case xml.Directive:
			if bytes.Contains(t, []byte("ENTITY")) {
				return errors.New("an SVG with entities of its own is not copied")
			}
		case xml.ProcInst:
			if t.Target != "xml" {
				return fmt.Errorf("an SVG with <?%s?> is not copied", t.Target)
			}
		case xml.StartElement:
			if err := checkSVGElement(t); err != nil {
				return err
			}
			style = t.Name.Local == "style"
		case xml.EndElement:
			style = false
		case xml.CharData:
			if style && fetches(string(t)) {
				return errors.New("an SVG whose style fetches something is not copied")
			}
		}
	}
}

func checkSVGElement(t xml.StartElement) error {
	if !strings.Contains(drawing, " "+t.Name.Local+" ") {
		return fmt.Errorf("an SVG with <%s> is not copied", t.Name.Local)
	}
	for _, a := range t.Attr {
		name, value := strings.ToLower(a.Name.Local), strings.TrimSpace(a.Value)
		switch {
		case strings.HasPrefix(name, "on"):
			return fmt.Errorf("an SVG with the attribute %s is not copied", name)
		case name == "href" && !strings.HasPrefix(value, "#"), name == "src":
			return fmt.Errorf("an SVG that refers to %q is not copied", value)
		case a.Name.Space != "xmlns" && name != "xmlns" && fetches(value):
			return fmt.Errorf("an SVG that fetches %q is not copied", value)
		}
	}
	return nil
}

// fetches reports whether a piece of CSS refers to another file. Escapes could
// hide one, so they count.
func fetches(css string) bool {
	css = strings.ToLower(strings.Join(strings.Fields(css), ""))
	for _, harmless := range []string{"url(#", `url("#`, "url('#"} {
		css = strings.ReplaceAll(css, harmless, "")
	}
	return strings.Contains(css, "url(") || strings.Contains(css, "@import") ||
		strings.Contains(css, "image-set") || strings.Contains(css, `\`)
}

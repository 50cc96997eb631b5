package rendition

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"image"
	_ "image/gif" // for their sizes
	_ "image/jpeg"
	_ "image/png"
	"math"
	"strconv"
	"strings"

	_ "golang.org/x/image/webp"
)

// A Size is how large a picture is shown, in pixels; both are 0 if that is not known.
type Size struct{ Width, Height int }

// SizeOf returns the size of a picture as a browser shows it, turned as the camera says.
func SizeOf(data []byte) Size {
	if c, format, err := image.DecodeConfig(bytes.NewReader(data)); err == nil {
		s := Size{c.Width, c.Height}
		if format == "jpeg" && orientation(data) > 4 {
			s.Width, s.Height = s.Height, s.Width
		}
		return s.within()
	}
	if len(data) > 12 && string(data[4:8]) == "ftyp" {
		return sizeOfAVIF(data).within()
	}
	return sizeOfDrawing(data).within()
}

// within returns nothing for a size that no picture has.
func (s Size) within() Size {
	if s.Width < 1 || s.Height < 1 || s.Width > 1<<20 || s.Height > 1<<20 {
		return Size{}
	}
	return s
}

// sizeOfAVIF returns the largest of the sizes that a file names, each in a box "ispe":
// that is the picture, the others are its parts.
func sizeOfAVIF(data []byte) Size {
	var best Size
	for rest := data; ; {
		i := bytes.Index(rest, []byte("ispe"))
		if i < 0 || len(rest) < i+16 {
			return best
		}
		w, h := binary.BigEndian.Uint32(rest[i+8:]), binary.BigEndian.Uint32(rest[i+12:])
		if s := (Size{int(min(w, 1<<21)), int(min(h, 1<<21))}).within(); s.Width*s.Height > best.Width*best.Height {
			best = s
		}
		rest = rest[i+16:]
	}
}

// sizeOfDrawing returns the size of an SVG: what its width and height say, or its
// viewBox.
func sizeOfDrawing(data []byte) Size {
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if err != nil {
			return Size{}
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Local != "svg" {
			return Size{}
		}
		var width, height float64
		var box []string
		for _, a := range start.Attr {
			switch a.Name.Local {
			case "width":
				width = length(a.Value)
			case "height":
				height = length(a.Value)
			case "viewBox":
				box = strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' || r == '\n' })
			}
		}
		if len(box) == 4 {
			w, h := length(box[2]), length(box[3])
			switch {
			case w <= 0 || h <= 0:
			case width > 0 && height <= 0:
				height = width * h / w
			case height > 0 && width <= 0:
				width = height * w / h
			case width <= 0:
				width, height = w, h
			}
		}
		return Size{int(math.Round(width)), int(math.Round(height))}
	}
}

// length reads a length in pixels, 0 if it is in anything else.
func length(s string) float64 {
	n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
	if err != nil || math.IsNaN(n) || n < 0 || n > 1<<21 {
		return 0
	}
	return n
}

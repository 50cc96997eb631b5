package logo

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"path"
	"regexp"
	"strconv"
	"strings"

	xdraw "golang.org/x/image/draw"

	"github.com/kanbao/kanbao/app/site/svg"
)

// A Logo is a picture that a site goes by.
type Logo struct {
	Ext     string // ".svg" or ".png"
	Data    []byte // as it is published
	Opaque  bool   // nothing shines through; not known of drawings
	LeftOut []string
	// Width and Height are its size; of a drawing, only their ratio counts.
	Width, Height float64

	picture image.Image // nil if it is a drawing
}

// mostPixels bounds a picture, which is unpacked whole.
const mostPixels = 16 << 20

// Read reads a logo; name tells what it is. Errors say what is wrong with it.
func Read(name string, data []byte) (*Logo, error) {
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".svg":
		return readDrawing(data)
	case ".png":
		return readPicture(data)
	default:
		return nil, fmt.Errorf("is of the kind %q; want SVG or PNG", ext)
	}
}

func readPicture(data []byte) (*Logo, error) {
	head, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("is no PNG: %w", err)
	}
	if head.Width*head.Height > mostPixels {
		return nil, fmt.Errorf("has %d × %d pixels; want at most %d million", head.Width, head.Height, mostPixels>>20)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("is no PNG: %w", err)
	}
	l := &Logo{Ext: ".png", Width: float64(head.Width), Height: float64(head.Height), picture: picture}
	if o, ok := picture.(interface{ Opaque() bool }); ok {
		l.Opaque = o.Opaque()
	}
	l.Data, err = l.shown()
	return l, err
}

// tallest is how many pixels of a logo are shown, three for each of 60 CSS pixels.
const tallest = 180

// shown returns the picture no larger than any screen shows it.
func (l *Logo) shown() ([]byte, error) {
	if l.Height <= tallest {
		return encode(l.picture)
	}
	size := image.Rect(0, 0, max(1, int(l.Width*tallest/l.Height)), tallest)
	small := image.NewNRGBA(size)
	xdraw.CatmullRom.Scale(small, size, l.picture, l.picture.Bounds(), draw.Src, nil)
	return encode(small)
}

func encode(p image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, p)
	return b.Bytes(), err
}

// root matches the first element of a drawing as package svg writes it, and
// attribute its attributes.
var (
	root      = regexp.MustCompile(`^<svg ([^>]*)>`)
	attribute = regexp.MustCompile(`([\w:-]+)="([^"]*)"`)
	number    = regexp.MustCompile(`^\s*([0-9]*\.?[0-9]+)(?:px)?\s*$`)
)

func readDrawing(data []byte) (*Logo, error) {
	clean, leftOut, err := svg.Clean(data)
	if err != nil {
		return nil, err
	}
	l := &Logo{Ext: ".svg", Data: clean, LeftOut: leftOut}
	m := root.FindSubmatch(clean)
	if m == nil {
		return nil, errors.New("is an empty drawing")
	}
	attrs := make(map[string]string)
	for _, a := range attribute.FindAllSubmatch(m[1], -1) {
		attrs[string(a[1])] = string(a[2])
	}
	if box := strings.FieldsFunc(attrs["viewBox"], func(r rune) bool { return r == ' ' || r == ',' }); len(box) == 4 {
		l.Width, l.Height = size(box[2]), size(box[3])
	} else {
		l.Width, l.Height = size(attrs["width"]), size(attrs["height"])
	}
	if l.Width == 0 || l.Height == 0 {
		return nil, errors.New(`does not say how large it is; give its <svg> a viewBox, as viewBox="0 0 64 64"`)
	}
	return l, nil
}

// size reads a length of a drawing; 0 is none.
func size(s string) float64 {
	m := number.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	v, err := strconv.ParseFloat(m[1], 64)
	if err != nil || v > 1e6 {
		return 0
	}
	return v
}

// wide is how many times as wide as high a logo is that has the paper's name in it.
const wide = 2

// IsName reports whether the logo is the name of the paper as it is printed, by its
// shape: then nobody wants to read the name once more beside it.
func (l *Logo) IsName() bool { return l.Width >= wide*l.Height }

// An Icon is a picture in one size.
type Icon struct {
	Name  string // plain name of the asset
	Sizes string // as web manifests have it
	Type  string
	// Purpose is "maskable" for one with a margin that systems may cut away.
	Purpose string
	Data    []byte
}

// paper is what stands behind an icon that must not be transparent: that of
// web/css/tokens.css.
var paper = color.NRGBA{0xfb, 0xf9, 0xf4, 0xff}

// Icons returns the icons of a site that goes by the logo. A drawing is one icon for
// all sizes; phones that want pictures alone show none.
func (l *Logo) Icons() ([]Icon, error) {
	if l.picture == nil {
		return []Icon{{"icon.svg", "any", "image/svg+xml", "", l.Data}}, nil
	}
	icons := []Icon{
		{Name: "icon-32.png", Sizes: "32x32"}, {Name: "icon-180.png", Sizes: "180x180"}, {Name: "icon-192.png", Sizes: "192x192"},
		{Name: "icon-512.png", Sizes: "512x512"}, {Name: "icon-maskable.png", Sizes: "512x512", Purpose: "maskable"},
	}
	for i := range icons {
		icon := &icons[i]
		icon.Type = "image/png"
		edge, _ := strconv.Atoi(strings.Split(icon.Sizes, "x")[0])
		inner, ground := edge, color.Color(color.Transparent)
		switch icon.Name {
		case "icon-180.png": // phones put black behind what is transparent
			inner, ground = edge*4/5, paper
		case "icon-maskable.png": // what a circle of four fifths has in it is safe
			inner, ground = edge*56/100, paper
		}
		data, err := encode(l.within(edge, inner, ground))
		if err != nil {
			return nil, err
		}
		icon.Data = data
	}
	return icons, nil
}

// within returns the picture in the middle of a square.
func (l *Logo) within(edge, inner int, ground color.Color) image.Image {
	icon := image.NewNRGBA(image.Rect(0, 0, edge, edge))
	draw.Draw(icon, icon.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	w, h := inner, inner
	if l.Width > l.Height {
		h = max(1, int(float64(inner)*l.Height/l.Width))
	} else {
		w = max(1, int(float64(inner)*l.Width/l.Height))
	}
	at := image.Rect((edge-w)/2, (edge-h)/2, (edge-w)/2+w, (edge-h)/2+h)
	xdraw.CatmullRom.Scale(icon, at, l.picture, l.picture.Bounds(), draw.Over, nil)
	return icon
}

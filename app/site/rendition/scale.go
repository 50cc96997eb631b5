package rendition

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

const (
	mostPixels = 100e6 // of a picture that is unpacked
	quality    = 82    // of a smaller JPEG
	// Version changes whenever the same picture is made otherwise.
	Version = "1"
)

// Widths returns the widths in which smaller pictures can be made of one, the narrowest
// first; none if it is small, moves, or would lose colours. Narrow is that of a phone
// with one pixel a point, and so on.
func Widths(data []byte) []int {
	c, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || float64(c.Width)*float64(c.Height) > mostPixels {
		return nil
	}
	switch {
	case format == "jpeg" && c.ColorModel != color.CMYKModel:
	case format == "png" && !paletted(c.ColorModel) && !hasChunk(data, "acTL") && !hasChunk(data, "iCCP"):
	default:
		return nil
	}
	var widths []int
	for _, w := range []int{400, 800, 1600} {
		if 3*w <= 2*SizeOf(data).Width {
			widths = append(widths, w)
		}
	}
	return widths
}

func paletted(m color.Model) bool {
	_, ok := m.(color.Palette)
	return ok
}

// hasChunk reports whether a PNG file has a chunk before its picture.
func hasChunk(data []byte, name string) bool {
	for at := int64(8); at+8 <= int64(len(data)); {
		switch kind := string(data[at+4 : at+8]); kind {
		case name:
			return true
		case "IDAT":
			return false
		}
		at += 12 + int64(binary.BigEndian.Uint32(data[at:]))
	}
	return false
}

// Scale makes pictures of some widths, in the same format and with the same colour
// profile. Those that would not be smaller files are nil.
func Scale(data []byte, widths []int) ([][]byte, error) {
	whole, format, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	turned := 1
	if format == "jpeg" {
		turned = orientation(data)
	}
	from := whole.Bounds()
	if turned > 4 {
		from = image.Rect(0, 0, from.Dy(), from.Dx())
	}
	out := make([][]byte, len(widths))
	for i, w := range widths {
		h := max(1, (w*from.Dy()+from.Dx()/2)/from.Dx())
		size := image.Rect(0, 0, w, h)
		if turned > 4 {
			size = image.Rect(0, 0, h, w)
		}
		small := canvas(whole, size)
		draw.CatmullRom.Scale(small, small.Bounds(), whole, whole.Bounds(), draw.Src, nil)
		var b bytes.Buffer
		if format == "jpeg" {
			err = jpeg.Encode(&b, turn(small, turned), &jpeg.Options{Quality: quality})
		} else {
			err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, small)
		}
		if err != nil {
			return nil, err
		}
		file := b.Bytes()
		if format == "jpeg" {
			file = withProfile(file, data)
		}
		if len(file) < len(data) {
			out[i] = file
		}
	}
	return out, nil
}

// canvas returns a picture to draw a smaller one of whole on.
func canvas(whole image.Image, size image.Rectangle) draw.Image {
	switch whole.(type) {
	case *image.Gray, *image.Gray16:
		return image.NewGray(size)
	case *image.NRGBA, *image.NRGBA64:
		return image.NewNRGBA(size)
	}
	return image.NewRGBA(size)
}

// turn returns a picture as Exif says that it is to be shown.
func turn(m draw.Image, orientation int) image.Image {
	if orientation == 1 {
		return m
	}
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	size := b
	if orientation > 4 {
		size = image.Rect(0, 0, h, w)
	}
	out := canvas(m, size)
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch orientation {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			out.Set(tx, ty, m.At(x, y))
		}
	}
	return out
}

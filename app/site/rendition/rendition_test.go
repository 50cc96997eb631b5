package rendition

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"
)

// scene is a picture whose left half is dark and whose noise no codec likes.
func scene(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	r := rand.New(rand.NewPCG(1, 2))
	for y := range h {
		for x := range w {
			c := uint8(r.IntN(60))
			if x >= w/2 {
				c += 180
			}
			m.Set(x, y, color.NRGBA{c, c, c, 255})
		}
	}
	return m
}

func asJPEG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withSegment puts a segment behind the beginning of a JPEG file.
func withSegment(picture []byte, marker byte, data string) []byte {
	s := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(data)+2))
	return append(append(append([]byte(nil), picture[:2]...), append(s, data...)...), picture[2:]...)
}

// exif is Exif data with nothing but an orientation.
func exif(orientation byte) string {
	return "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string([]byte{orientation}) + "\x00\x00\x00\x00\x00\x00"
}

func TestSizeOf(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want Size
	}{
		"jpeg":          {asJPEG(t, scene(30, 20)), Size{30, 20}},
		"turned":        {withSegment(asJPEG(t, scene(30, 20)), 0xe1, exif(6)), Size{20, 30}},
		"upside down":   {withSegment(asJPEG(t, scene(30, 20)), 0xe1, exif(3)), Size{30, 20}},
		"png":           {asPNG(t, scene(7, 9)), Size{7, 9}},
		"svg":           {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="40px" height="30"/>`), Size{40, 30}},
		"svg, box":      {[]byte(`<?xml version="1.0"?><!-- a --><svg viewBox="0 0 40.4 30"/>`), Size{40, 30}},
		"svg, one side": {[]byte(`<svg width="80" viewBox="0,0,40,30"/>`), Size{80, 60}},
		"svg, percent":  {[]byte(`<svg width="100%" height="100%" viewBox="0 0 4 3"/>`), Size{4, 3}},
		"svg, nothing":  {[]byte(`<svg/>`), Size{}},
		"svg, hostile":  {[]byte(`<svg width="NaN" height="1e300" viewBox="0 0 0 0"/>`), Size{}},
		"avif": {append([]byte("\x00\x00\x00\x1cftypavif"), "...\x14ispe\x00\x00\x00\x00\x00\x00\x00\x10\x00\x00\x00\x08"+
			"\x00\x00\x00\x14ispe\x00\x00\x00\x00\x00\x00\x02\x80\x00\x00\x01\xe0"...), Size{640, 480}},
		"cut short": {asPNG(t, scene(7, 9))[:20], Size{}},
		"text":      {[]byte("no picture"), Size{}},
		"empty":     {nil, Size{}},
	} {
		if got := SizeOf(c.data); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestWidths(t *testing.T) {
	palette := image.NewPaletted(image.Rect(0, 0, 2000, 10), color.Palette{color.Black, color.White})
	for name, c := range map[string]struct {
		data []byte
		want int
	}{
		"large":    {asJPEG(t, scene(2400, 10)), 3},
		"middle":   {asPNG(t, scene(1300, 10)), 2},
		"small":    {asJPEG(t, scene(599, 10)), 0},
		"turned":   {withSegment(asJPEG(t, scene(599, 1300)), 0xe1, exif(8)), 2},
		"palette":  {asPNG(t, palette), 0},
		"no image": {[]byte("x"), 0},
	} {
		if got := Widths(c.data); len(got) != c.want {
			t.Errorf("%s: %v, want %d widths", name, got, c.want)
		}
	}
}

// TestScaleTurnsAndKeepsTheProfile scales a picture that lies on its side, the dark
// half to the left in the file and on top as it is shown.
func TestScaleTurnsAndKeepsTheProfile(t *testing.T) {
	const profile = "ICC_PROFILE\x00\x01\x01not a real one"
	data := withSegment(withSegment(asJPEG(t, scene(900, 600)), 0xe2, profile), 0xe1, exif(6))
	files, err := Scale(data, []int{400})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(files[0], []byte(profile)) {
		t.Error("the colour profile is lost")
	}
	m, err := jpeg.Decode(bytes.NewReader(files[0]))
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Bounds().Size(); got != image.Pt(400, 600) {
		t.Fatalf("the picture is %v, want 400 × 600", got)
	}
	top, _, _, _ := m.At(200, 50).RGBA()
	bottom, _, _, _ := m.At(200, 550).RGBA()
	if top > bottom {
		t.Errorf("the upper half has %d and the lower %d; the dark one is to be above", top>>8, bottom>>8)
	}
}

func TestScaleKeepsTransparency(t *testing.T) {
	m := scene(1200, 400)
	for y := range 400 {
		for x := range 600 {
			m.Set(x, y, color.NRGBA{})
		}
	}
	files, err := Scale(asPNG(t, m), []int{400, 800})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []image.Point{{400, 133}, {800, 267}} {
		small, err := png.Decode(bytes.NewReader(files[i]))
		if err != nil {
			t.Fatal(err)
		}
		if small.Bounds().Size() != want {
			t.Errorf("%v, want %v", small.Bounds().Size(), want)
		}
		if _, _, _, a := small.At(10, 10).RGBA(); a != 0 {
			t.Errorf("what was clear has the opacity %d", a)
		}
	}
}

func TestScaleOfWhatIsNoPicture(t *testing.T) {
	data := asJPEG(t, scene(900, 600))
	if _, err := Scale(data[:len(data)/2], []int{400}); err == nil {
		t.Error("half a file is no error")
	}
}

func FuzzPicture(f *testing.F) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, scene(40, 30), nil); err != nil {
		f.Fatal(err)
	}
	f.Add(withSegment(b.Bytes(), 0xe1, exif(6)))
	f.Add([]byte(`<svg viewBox="0 0 4 3"/>`))
	f.Add([]byte("\x00\x00\x00\x1cftypavifispe\x00\x00\x00\x00\x00\x00\x00\x10\x00\x00\x00\x08"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if s := SizeOf(data); (s.Width == 0) != (s.Height == 0) || s.Width < 0 || s.Height < 0 {
			t.Errorf("the size is %v", s)
		}
		Widths(data)
		withProfile([]byte{0xff, 0xd8}, data)
	})
}

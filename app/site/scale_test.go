package site

import (
	"image"
	"image/color"
	"testing"
)

// TestShrink wants the mean of a picture to stay, edges where they were, and each
// pixel to be the mean of those it covers where these are whole.
func TestShrink(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 60, 40))
	for y := range 40 {
		for x := range 60 {
			m.SetRGBA(x, y, color.RGBA{uint8(4 * x), uint8(6 * y), uint8(37 * (x*y + x) % 256), 255})
		}
	}
	for _, size := range []image.Rectangle{image.Rect(0, 0, 30, 20), image.Rect(0, 0, 23, 17), image.Rect(0, 0, 1, 1), image.Rect(0, 0, 50, 39), image.Rect(0, 0, 49, 30)} {
		part := image.Rect(10, 1, 60, 40)
		got := shrink(m, part, size)
		var sum, want [4]float64
		for i, v := range got.Pix {
			sum[i%4] += float64(v) / float64(size.Dx()*size.Dy())
		}
		for y := part.Min.Y; y < part.Max.Y; y++ {
			for x := part.Min.X; x < part.Max.X; x++ {
				for i, v := range m.Pix[m.PixOffset(x, y):][:4] {
					want[i] += float64(v) / float64(part.Dx()*part.Dy())
				}
			}
		}
		for i := range sum {
			if d := sum[i] - want[i]; d > 0.75 || d < -0.75 {
				t.Errorf("%v: channel %d has the mean %.2f, want %.2f", size, i, sum[i], want[i])
			}
		}
	}
	half := shrink(m, m.Rect, image.Rect(0, 0, 30, 20))
	if c := half.RGBAAt(3, 5); c.R != 26 || c.G != 63 || c.A != 255 {
		t.Errorf("the pixel is %v, want the mean of four", c)
	}
	if same := shrink(m, m.Rect, m.Rect); string(same.Pix) != string(m.Pix) {
		t.Error("a picture of its own size is not the same")
	}
}

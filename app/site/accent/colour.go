package accent

import (
	"fmt"
	"math"
	"strconv"
)

// A colour has the three parts of sRGB.
type colour [3]uint8

func parse(s string) (c colour, ok bool) {
	n, err := strconv.ParseUint(s[min(1, len(s)):], 16, 24)
	return colour{uint8(n >> 16), uint8(n >> 8), uint8(n)}, err == nil && len(s) == len("#9e1b1f") && s[0] == '#'
}

func (c colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// parts is the begin of how a colour is written with an alpha.
func (c colour) parts() string { return fmt.Sprintf("rgb(%d %d %d /", c[0], c[1], c[2]) }

// luminance is the relative luminance of WCAG 2.2.
func (c colour) luminance() float64 {
	part := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c[0]) + 0.7152*part(c[1]) + 0.0722*part(c[2])
}

// contrast is the contrast ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b colour) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// toward mixes a colour with white or black, whichever the ground is not, until it
// has a contrast on the ground.
func (c colour) toward(ground colour, want float64) colour {
	end := colour{255, 255, 255}
	if ground.luminance() > 0.5 {
		end = colour{}
	}
	const steps = 50
	for i := range steps {
		mixed := c
		for j := range mixed {
			mixed[j] = uint8((int(c[j])*(steps-i) + int(end[j])*i + steps/2) / steps)
		}
		if contrast(mixed, ground) >= want {
			return mixed
		}
	}
	return end
}

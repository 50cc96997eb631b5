package layout

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// account reports characters that the page has not exactly once.
func account(s *Sheet, p *Page) error {
	seen := make([]int, len(s.Glyphs))
	text := func(t Text) {
		for _, g := range t.Glyphs {
			seen[g]++
		}
	}
	for _, st := range p.Stories {
		for _, t := range []Text{st.Kicker, st.Title, st.Subtitle, st.Label} {
			text(t)
		}
		for _, b := range st.Body {
			text(b.Text)
			for _, row := range b.Rows {
				for _, c := range row {
					text(c)
				}
			}
		}
	}
	for _, r := range p.Rest {
		text(r.Text)
	}
	for _, l := range p.LeftOut {
		seen[l.Glyph]++
	}
	for i, n := range seen {
		if n != 1 {
			return fmt.Errorf("character %d %q at %v is there %d times, want once", i, s.Glyphs[i].Rune, s.Glyphs[i].Box, n)
		}
	}
	return nil
}

// setter sets text on a sheet.
type setter struct {
	sheet *Sheet
	font  int
	bold  bool
}

// line sets a line with its upper left corner at x, y.
func (t *setter) line(x, y, size float64, s string) {
	for i, r := range []rune(s) {
		left := x + float64(i)*size
		t.sheet.Glyphs = append(t.sheet.Glyphs, Glyph{
			Rune: r, Box: Rect{left, y, left + size, y + size}, Size: size, Font: t.font, Bold: t.bold,
		})
	}
}

// column sets a paragraph in a column so many characters wide, its first line
// indented if begin is set, and returns where it ends.
func (t *setter) column(x, y, size float64, n int, s string, begin bool) float64 {
	r := []rune(s)
	for first := begin; len(r) > 0; first = false {
		left, room := x, n
		if first {
			left, room = x+2*size, n-2
		}
		k := min(room, len(r))
		t.line(left, y, size, string(r[:k]))
		r = r[k:]
		y += 1.5 * size
	}
	return y
}

func chars(rng *rand.Rand, n int) string {
	r := make([]rune, n)
	for i := range r {
		r[i] = rune(0x4E00 + rng.IntN(2000))
	}
	return string(r)
}

// TestNothingIsLost lays out pages at random, sensible ones and others, and
// wants each character exactly once.
func TestNothingIsLost(t *testing.T) {
	for seed := range uint64(120) {
		rng := rand.New(rand.NewPCG(seed, 1))
		s := randomPage(rng)
		if err := account(s, Analyze(s)); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		given := []Given{{Zones: []Rect{{100, 100, 500, 700}}, Title: "别题"}, {Zones: []Rect{{0, 600, 300, 1000}, {500, 600, 800, 900}}}}
		if err := account(s, AnalyzeGiven(s, given)); err != nil {
			t.Fatalf("seed %d, with stories given: %v", seed, err)
		}
	}
}

func randomPage(rng *rand.Rand) *Sheet {
	s := &Sheet{Width: 800, Height: 1100}
	t := &setter{sheet: s}
	for range 2 + rng.IntN(25) {
		x, y := rng.Float64()*780, rng.Float64()*1080
		size := 8 + rng.Float64()*4
		if rng.IntN(3) == 0 {
			size = 14 + rng.Float64()*40
		}
		t.font, t.bold = rng.IntN(4), rng.IntN(4) == 0
		switch rng.IntN(6) {
		case 0:
			t.line(x, y, size, chars(rng, 1+rng.IntN(14)))
		case 1: // a line that runs down
			for i, r := range []rune(chars(rng, 1+rng.IntN(14))) {
				top := y + float64(i)*size
				s.Glyphs = append(s.Glyphs, Glyph{Rune: r, Box: Rect{x, top, x + size, top + size}, Size: size})
			}
		case 2:
			s.Rules = append(s.Rules, Rect{x, y, x + rng.Float64()*500, y + 0.5})
		case 3:
			s.Rules = append(s.Rules, Rect{x, y, x + 0.5, y + rng.Float64()*500})
		case 4:
			r := Rect{x, y, x + rng.Float64()*400, y + rng.Float64()*400}
			s.Frames = append(s.Frames, r)
			s.Fills = append(s.Fills, Fill{r.Grow(-20), uint32(rng.IntN(1 << 24))})
			s.Pictures = append(s.Pictures, Rect{x / 2, y / 2, x/2 + 90, y/2 + 60})
		default:
			end := []string{"。", "", "（记者 何榕）", "下转A04版"}[rng.IntN(4)]
			t.column(x, y, size, 4+rng.IntN(16), []string{"", "【", "图为", "责编 何榕 校对 陈婵"}[rng.IntN(4)]+chars(rng, rng.IntN(150))+end, rng.IntN(2) == 0)
		}
	}
	return s
}

// FuzzAnalyze makes characters and lines of any bytes: nothing may be lost, and
// nothing may crash.
func FuzzAnalyze(f *testing.F) {
	f.Add([]byte("0123456789abcdef0123456789abcdef"))
	f.Add([]byte{255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 8000 {
			return
		}
		s := &Sheet{Width: 600, Height: 800}
		for len(data) >= 8 {
			x, y := float64(binary.LittleEndian.Uint16(data)), float64(binary.LittleEndian.Uint16(data[2:]))
			size, w := float64(data[4])/3, float64(data[5])
			r := Rect{x / 64, y / 64, x/64 + w, y/64 + size}
			switch data[6] % 6 {
			case 0:
				s.Rules = append(s.Rules, Rect{r.X0, r.Y0, r.X0 + 3*w, r.Y0})
			case 1:
				s.Frames = append(s.Frames, r.Grow(w))
			case 2:
				s.Fills = append(s.Fills, Fill{r.Grow(w), uint32(data[7])})
			default:
				g := Glyph{Rune: rune(0x4E00 + int(data[7])), Box: Rect{r.X0, r.Y0, r.X0 + size, r.Y1}, Size: max(size, 0.5), Font: int(data[7] % 3)}
				if data[7] == 1 {
					g.Box.X1 = math.Inf(1)
				}
				if data[7] == 2 {
					g.Box.Y0 = math.NaN()
				}
				s.Glyphs = append(s.Glyphs, g)
			}
			data = data[8:]
		}
		if err := account(s, Analyze(s)); err != nil {
			t.Fatal(err)
		}
	})
}

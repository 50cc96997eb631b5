package site

import "image"

// shrink makes a picture of a part of m that has the size of to, which is no larger
// than the part: each pixel is the mean of those that it covers. The scalers of
// golang.org/x/image take 32 bytes for each pixel of a page, and ten times as long.
func shrink(m *image.RGBA, part image.Rectangle, to image.Rectangle) *image.RGBA {
	out := image.NewRGBA(to)
	columns := spans(part.Dx(), to.Dx())
	sums := make([]uint64, 4*to.Dx())
	for y, row := range spans(part.Dy(), to.Dy()) {
		clear(sums)
		for k := row.from; k < row.to; k++ {
			weight := row.weight(k)
			line := m.Pix[m.PixOffset(part.Min.X, part.Min.Y+k):]
			for x, c := range columns {
				var r, g, b, a uint64
				for i := c.from; i < c.to; i++ {
					w := c.weight(i)
					p := line[4*i : 4*i+4 : 4*i+4]
					r, g, b, a = r+w*uint64(p[0]), g+w*uint64(p[1]), b+w*uint64(p[2]), a+w*uint64(p[3])
				}
				s := sums[4*x : 4*x+4 : 4*x+4]
				s[0], s[1], s[2], s[3] = s[0]+weight*r, s[1]+weight*g, s[2]+weight*b, s[3]+weight*a
			}
		}
		area := uint64(row.whole)
		for x, c := range columns {
			all := area * uint64(c.whole)
			for i := range 4 {
				out.Pix[y*out.Stride+4*x+i] = uint8((sums[4*x+i] + all/2) / all)
			}
		}
	}
	return out
}

// A span is the pixels that one of a smaller picture covers; the first and the last
// in part.
type span struct {
	from, to           int
	first, last, whole int // of 1/256 pixels
}

func (s *span) weight(i int) uint64 {
	switch {
	case i == s.from:
		return uint64(s.first)
	case i == s.to-1:
		return uint64(s.last)
	}
	return 256
}

// spans parts n pixels among fewer.
func spans(n, among int) []span {
	out := make([]span, among)
	for i := range out {
		a, b := i*n*256/among, (i+1)*n*256/among
		s := &out[i]
		s.from, s.to, s.whole = a/256, (b+255)/256, b-a
		s.first = min(256-a%256, b-a)
		s.last = b - (s.to-1)*256
		if s.to-s.from == 1 {
			s.last = s.first
		}
	}
	return out
}

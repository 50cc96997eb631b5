package layout

// A Sheet is what is printed on one page: characters, lines and pictures with
// their places. Lengths are points of 1/72 inch; x goes right and y goes down
// from the page's top left.
type Sheet struct {
	Width, Height float64
	// Glyphs are the characters in the order of the file, which need not be the
	// order in which they are read. White space and what the reader of the file
	// has put in by itself is not among them.
	Glyphs []Glyph
	// Rules are straight lines, horizontal or vertical, as thin rectangles.
	Rules []Rect
	// Frames are closed outlines: the borders of boxes.
	Frames []Rect
	// Fills are coloured areas: tints behind text, and the parts of drawings.
	Fills []Fill
	// Pictures are images.
	Pictures []Rect
}

// A Glyph is one character as printed.
type Glyph struct {
	Rune rune
	// Box is the character's cell: its advance wide and an em high, not its ink.
	Box Rect
	// Size is the em in points as printed.
	Size float64
	// Font numbers the fonts of the sheet.
	Font int
	// Bold is set where the font says so by weight or name.
	Bold bool
	// Color is 0xRRGGBB.
	Color uint32
	// Turned is set for a character that stands on its side: Latin in a line that
	// runs down the page.
	Turned bool
	// Down is set where the file says that the line runs down the page. Lines
	// may run down without saying so.
	Down bool
	// Spaced is set where the file has white space before the character.
	Spaced bool
	// Unmapped is set where the font has no mapping to Unicode; Rune is then a
	// guess or nothing.
	Unmapped bool
}

// A Fill is an area of one colour.
type Fill struct {
	Rect
	Color uint32 // 0xRRGGBB
}

// A Rect is an area of the page; X0 ≤ X1, Y0 ≤ Y1.
type Rect struct{ X0, Y0, X1, Y1 float64 }

// W returns the width.
func (r Rect) W() float64 { return r.X1 - r.X0 }

// H returns the height.
func (r Rect) H() float64 { return r.Y1 - r.Y0 }

// MidX returns the middle from left to right.
func (r Rect) MidX() float64 { return (r.X0 + r.X1) / 2 }

// MidY returns the middle from top to bottom.
func (r Rect) MidY() float64 { return (r.Y0 + r.Y1) / 2 }

// Area returns width times height.
func (r Rect) Area() float64 { return r.W() * r.H() }

// Empty reports whether nothing fits into r.
func (r Rect) Empty() bool { return !(r.X1 > r.X0 && r.Y1 > r.Y0) }

// Union returns the rectangle around both; an empty one adds nothing.
func (r Rect) Union(o Rect) Rect {
	switch {
	case r == Rect{}:
		return o
	case o == Rect{}:
		return r
	}
	return Rect{min(r.X0, o.X0), min(r.Y0, o.Y0), max(r.X1, o.X1), max(r.Y1, o.Y1)}
}

// Contains reports whether o lies in r, up to a margin outside of it.
func (r Rect) Contains(o Rect, margin float64) bool {
	return o.X0 >= r.X0-margin && o.Y0 >= r.Y0-margin && o.X1 <= r.X1+margin && o.Y1 <= r.Y1+margin
}

// Holds reports whether the point lies in r.
func (r Rect) Holds(x, y float64) bool { return x >= r.X0 && x <= r.X1 && y >= r.Y0 && y <= r.Y1 }

// Common returns what both cover; it may be empty.
func (r Rect) Common(o Rect) Rect {
	return Rect{max(r.X0, o.X0), max(r.Y0, o.Y0), min(r.X1, o.X1), min(r.Y1, o.Y1)}
}

// Touches reports whether the two have an area in common.
func (r Rect) Touches(o Rect) bool { return !r.Common(o).Empty() }

// Grow returns r with a margin added on all sides.
func (r Rect) Grow(m float64) Rect { return Rect{r.X0 - m, r.Y0 - m, r.X1 + m, r.Y1 + m} }

// overlap returns how much of two intervals is common; negative is the distance.
func overlap(a0, a1, b0, b1 float64) float64 { return min(a1, b1) - max(a0, b0) }

func (r Rect) overX(o Rect) float64 { return overlap(r.X0, r.X1, o.X0, o.X1) }
func (r Rect) overY(o Rect) float64 { return overlap(r.Y0, r.Y1, o.Y0, o.Y1) }

package pdfium

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/parse/layout"
	"github.com/kanbao/kanbao/index/parse/pdf/pdftest"
)

// sheet reads the only page of a file.
func sheet(t *testing.T, data []byte) *layout.Sheet {
	t.Helper()
	e := &Engine{}
	defer e.Close()
	d, err := e.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var s *layout.Sheet
	d.Read(context.Background(), func(p Page) bool {
		s, err = p.Sheet, p.Err
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// type3 is a page with text in a font of Type 3 without a name, an em of 20 points,
// of which A is 日, whose ink is narrow, B 上, and C one glyph for two dashes.
func type3(text string) []byte {
	return pdftest.File("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
		pdftest.Stream("BT /F 20 Tf 40 100 Td ("+text+") Tj ET"),
		"<</Type/Font/Subtype/Type3/FontBBox[0 -200 2000 900]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 65/LastChar 67/Widths[1000 1000 2000]"+
			"/Encoding<</Type/Encoding/Differences[65/a/b/c]>>/CharProcs<</a 6 0 R/b 7 0 R/c 8 0 R>>/ToUnicode 9 0 R/Resources<<>>>>",
		pdftest.Stream("1000 0 300 0 700 800 d1 300 0 400 800 re f"), pdftest.Stream("1000 0 50 -50 950 850 d1 50 0 900 800 re f"), pdftest.Stream("2000 0 0 350 2000 450 d1 0 350 2000 100 re f"),
		pdftest.Stream("/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"+
			"3 beginbfchar <41> <65E5> <42> <4E0A> <43> <20142014> endbfchar endcmap end"))
}

// TestCellsOfType3 wants characters of which PDFium has the box of the ink in the
// cells that they are set in, and the characters of one glyph side by side.
func TestCellsOfType3(t *testing.T) {
	s := sheet(t, type3("BACB"))
	var got strings.Builder
	x := 40.0
	for i := range s.Glyphs {
		g := &s.Glyphs[i]
		got.WriteRune(g.Rune)
		if math.Abs(g.Box.X0-x) > 0.1 || math.Abs(g.Box.W()-20) > 0.1 {
			t.Errorf("%c stands from %.1f to %.1f, want %.1f to %.1f", g.Rune, g.Box.X0, g.Box.X1, x, x+20)
		}
		x += 20
	}
	if got.String() != "上日——上" {
		t.Errorf("read %s", got.String())
	}
}

// TestFacesWithoutNames wants fonts without names that alternate within lines to be
// one typeface, and those that have a character in common to be two.
func TestFacesWithoutNames(t *testing.T) {
	var glyphs []layout.Glyph
	var fonts []pointer
	set := func(y float64, text string, of func(k int, r rune) pointer) {
		for k, r := range []rune(text) {
			glyphs = append(glyphs, layout.Glyph{Rune: r, Size: 10, Box: layout.Rect{X0: float64(10 * k), Y0: y, X1: float64(10*k + 10), Y1: y + 10}})
			fonts = append(fonts, of(k, r))
		}
	}
	// A typeface has its characters in four fonts, by their numbers; another has the
	// same characters in four others.
	plain := func(_ int, r rune) pointer { return pointer(100 + r%4) }
	other := func(_ int, r rune) pointer { return pointer(200 + r%4) }
	words := []string{"江边的早市天不亮就开了", "船工把缆绳一圈一圈收好", "孩子们沿着石阶跑下来去", "桥上的灯一盏一盏地亮了"}
	for i := range 12 {
		lead := i%4 == 0
		set(float64(16*i), words[i%4], func(k int, r rune) pointer {
			if lead && k < 5 {
				return other(k, r)
			}
			return plain(k, r)
		})
	}
	// One that has a name keeps its number.
	set(300, "名", func(int, rune) pointer { return 0 })
	tellFaces(glyphs, fonts, 3)
	for i, f := range fonts {
		want := 4
		switch {
		case f == 0:
			want = 0
		case f >= 200:
			want = 3
		}
		if glyphs[i].Font != want {
			t.Fatalf("%c, the %dth, is in typeface %d, want %d", glyphs[i].Rune, i, glyphs[i].Font, want)
		}
	}
}

// TestTwoDocumentsShareInstances reads two files with many pages at a time in one
// engine: neither may wait for instances that the other has.
func TestTwoDocumentsShareInstances(t *testing.T) {
	const pages = 30
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", ""}
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", i+3)
		objects = append(objects, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>")
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), pages)
	data := pdftest.File(objects...)
	e := &Engine{}
	defer e.Close()
	read := make(chan int, 2)
	for range 2 {
		go func() {
			n := 0
			defer func() { read <- n }()
			d, err := e.Open(context.Background(), data)
			if err != nil {
				t.Error(err)
				return
			}
			defer d.Close()
			d.Read(context.Background(), func(p Page) bool {
				if p.Err == nil && p.Number == n+1 {
					n++
				}
				return true
			})
		}()
	}
	for range 2 {
		if n := <-read; n != pages {
			t.Errorf("%d pages were read in order, want %d", n, pages)
		}
	}
}

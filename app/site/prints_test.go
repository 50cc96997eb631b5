package site

import (
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/kanbao/kanbao/index/article"
)

// printedFixture has two pages that were printed, from the PDF of the sample: its
// articles are made up, and the second page is not in the file.
func printedFixture(t *testing.T) *fixture {
	t.Helper()
	pdf, err := os.ReadFile("../../testdata/sample/2024-09-12/A06.pdf")
	if err != nil {
		t.Fatal(err)
	}
	sheet := func(page int) []article.Sheet { return []article.Sheet{{Page: page, Width: 793.7, Height: 1119.7}} }
	make := func(id, page string, of int, title string) *article.Article {
		return &article.Article{
			ID: id, Title: title, Date: "2024-09-12", File: "p.pdf", Line: of, Kicker: "引题" + id,
			Edition:  article.Edition{Paper: "某报", Date: "2024-09-12", Page: page},
			Zones:    []article.Zone{{Page: of, X0: 30, Y0: 70, X1: 560, Y1: 600}},
			Sheets:   sheet(of),
			Sections: []article.Section{{Blocks: []article.Block{{Text: "正文在这里。"}, {Kind: article.Caption, Text: `图为“伞”<b>`}}}},
		}
	}
	first := make("x1", "A01", 1, `标题"><script>`)
	first.Pictures = []article.Picture{{Zone: article.Zone{Page: 1, X0: 215, Y0: 170, X1: 567, Y1: 400}, Caption: `图为“伞”<b>`}}
	return &fixture{
		files:    map[string]string{"p.pdf": string(pdf)},
		articles: []*article.Article{first, make("x2", "A01", 1, "第二篇"), make("x3", "A02", 2, "没有图的一版")},
	}
}

func TestPrintedPages(t *testing.T) {
	b := printedFixture(t).build(t)
	ed := b.page("e/某报-2024-09-12/")
	zones := ed.Find(".kb-print svg a")
	if zones.Length() != 2 {
		t.Fatalf("%d zones, want those of two articles", zones.Length())
	}
	if name, _ := zones.First().Attr("aria-label"); name != `标题"><script>` {
		t.Errorf("the first zone is called %q", name)
	}
	if id, _ := zones.First().Attr("id"); id != "zone-x1" {
		t.Errorf("the first zone is #%s", id)
	}
	img := ed.Find(".kb-print img")
	w, _ := img.Attr("width")
	h, _ := img.Attr("height")
	src, _ := img.Attr("src")
	name := filepath.Join(b.dir, "e", "x", filepath.FromSlash(src))
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	size, err := jpeg.DecodeConfig(f)
	if err != nil || w != "1080" || size.Width != 1080 || h != "1524" || size.Height != 1524 {
		t.Errorf("the picture is %d × %d, its attributes %s × %s (%v)", size.Width, size.Height, w, h, err)
	}
	if info, _ := f.Stat(); info.Size() > smallBytes {
		t.Errorf("the picture has %d bytes", info.Size())
	}
	// The page that is not in the file costs nobody anything but its picture.
	if n := ed.Find(".kb-print").Length(); n != 1 {
		t.Errorf("%d pictures of pages, want 1", n)
	}
	if len(b.summary.Warnings) != 1 || !strings.Contains(b.summary.Warnings[0].Error(), "no picture of page 2") {
		t.Errorf("warnings: %v", b.summary.Warnings)
	}
	a := b.page("a/x1/")
	if to, _ := a.Find(".kb-to-zone").Attr("href"); !strings.HasSuffix(to, "#zone-x1") {
		t.Errorf("the article leads to the zone by %q", to)
	}
	if alt, _ := a.Find(".kb-picture img").Attr("alt"); alt != `图为“伞”<b>` {
		t.Errorf("the article's picture says %q", alt)
	}
	if a.Find(".kb-picture + .kb-caption").Length() != 1 || a.Find(".kb-kicker").Text() != "引题x1" {
		t.Error("the picture does not stand before its caption, or the kicker is not there")
	}
	if b.page("a/x3/").Find(".kb-to-zone").Length() != 0 {
		t.Error("an article of a page without a picture leads to one")
	}
}

// TestStoryOverTwoFiles wants a story that goes on on a page which is a file of its
// own as a zone on both pages, and an article that is nothing but its page as a
// picture that says what it is.
func TestStoryOverTwoFiles(t *testing.T) {
	f := printedFixture(t)
	f.files["q.pdf"] = f.files["p.pdf"]
	goesOn, second, alone := f.articles[0], f.articles[1], f.articles[2]
	goesOn.Zones = append(goesOn.Zones, article.Zone{Page: 1, X0: 40, Y0: 700, X1: 300, Y1: 900, File: "q.pdf"})
	goesOn.Sheets = append(goesOn.Sheets, article.Sheet{Page: 1, Width: 793.7, Height: 1119.7, File: "q.pdf"})
	second.File, second.Edition.Page = "q.pdf", "A02"
	whole := article.Zone{Page: 1, X1: 793.7, Y1: 1119.7}
	f.files["r.pdf"] = f.files["p.pdf"]
	alone.File, alone.Line, alone.Edition.Page, alone.Sections = "r.pdf", 1, "A03", make([]article.Section, 1)
	alone.Zones, alone.Sheets = []article.Zone{whole}, []article.Sheet{{Page: 1, Width: 793.7, Height: 1119.7}}
	alone.Pictures = []article.Picture{{Zone: whole}}
	b := f.build(t)
	if len(b.summary.Warnings) > 0 {
		t.Fatal(b.summary.Warnings)
	}
	prints := b.page("e/某报-2024-09-12/").Find(".kb-print")
	var zones []string
	prints.Each(func(_ int, s *goquery.Selection) {
		var names []string
		s.Find("svg a").Each(func(_ int, a *goquery.Selection) {
			name, _ := a.Attr("href")
			id, _ := a.Attr("id")
			names = append(names, name[strings.LastIndex(strings.TrimSuffix(name, "/"), "/")+1:]+id)
		})
		zones = append(zones, strings.Join(names, " "))
	})
	if got, want := strings.Join(zones, "|"), "x1/zone-x1|x1/ x2/zone-x2|x3/zone-x3"; got != want {
		t.Errorf("zones %q, want %q", got, want)
	}
	img := b.page("a/x3/").Find(".kb-picture img")
	if alt, _ := img.Attr("alt"); alt != "没有图的一版" || img.Length() != 1 {
		t.Errorf("%d pictures of the page that is nothing else, called %q", img.Length(), alt)
	}
}

// TestPicturesAreMadeOnce and come out as from a build from nothing.
func TestPicturesAreMadeOnce(t *testing.T) {
	f := printedFixture(t)
	f.articles = f.articles[:2]
	out := filepath.Join(t.TempDir(), "out")
	if _, err := f.buildIn(t, t.Context(), out); err != nil {
		t.Fatal(err)
	}
	times := func() map[string]int64 {
		all := make(map[string]int64)
		names, _ := filepath.Glob(filepath.Join(out, "media", "*.jpg"))
		for _, n := range names {
			info, err := os.Stat(n)
			if err != nil {
				t.Fatal(err)
			}
			all[n] = info.ModTime().UnixNano()
		}
		return all
	}
	before := times()
	if len(before) != 3 {
		t.Fatalf("%d pictures, want a small and a large one of the page and one of an article", len(before))
	}
	f.articles[1].Title = "另一个标题"
	if _, err := f.buildIn(t, t.Context(), out); err != nil {
		t.Fatal(err)
	}
	for n, when := range times() {
		if before[n] != when {
			t.Errorf("%s was made again", n)
		}
	}
	expectSame(t, f, out, "after a title has changed")
}

func TestLinkPrints(t *testing.T) {
	sheets := []sheetView{{Prints: []printView{{ID: "a"}}}, {}, {Prints: []printView{{ID: "b"}, {ID: "c"}}}}
	linkPrints(sheets)
	if a, b, c := sheets[0].Prints[0], sheets[2].Prints[0], sheets[2].Prints[1]; a.Prev != "" || a.Next != "b" || b.Prev != "a" || b.Next != "c" || c.Prev != "b" || c.Next != "" {
		t.Errorf("%+v %+v %+v", a, b, c)
	}
}

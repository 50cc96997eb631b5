package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/pdf/pdfium"
	"github.com/kanbao/kanbao/index/parse/pdf/pdftest"
	"github.com/kanbao/kanbao/index/parse/source"
)

var page = filepath.Join("testdata", "page.pdf")

func engine(t *testing.T) *pdfium.Engine {
	e := &pdfium.Engine{}
	t.Cleanup(func() { e.Close() })
	return e
}

func parse(t *testing.T, e *pdfium.Engine, name string, data []byte) (articles []*article.Article, faults []string) {
	t.Helper()
	for a, err := range New(e, article.Edition{}).Parse(name, bytes.NewReader(data)) {
		if err != nil {
			faults = append(faults, err.Error())
			continue
		}
		articles = append(articles, a)
	}
	return articles, faults
}

func describe(a *article.Article) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s|%s|%s\n", a.Kicker, a.Title, a.Subtitle)
	for _, s := range a.Sections {
		if s.Heading != "" {
			fmt.Fprintf(&b, "# %s\n", s.Heading)
		}
		for _, bl := range s.Blocks {
			r := []rune(bl.Text)
			fmt.Fprintf(&b, "%d %d %s…%s\n", bl.Kind, len(r)-strings.Count(bl.Text, " "), string(r[:4]), string(r[len(r)-4:]))
		}
	}
	return b.String()
}

// TestPage reads a page set in columns by Chromium, of testdata/page.html.
func TestPage(t *testing.T) {
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	articles, faults := parse(t, engine(t), "2026-03-18/B03.pdf", data)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	want := []string{
		"一座老粮仓的第二次开门|把书架搬进粮仓里|十二个仓筒变成十二间阅览室\n",
		"|春灯会今晚收灯|\n", "|西渡口恢复夜航|\n", "|图书漂流站增至九处|\n", "河边人家|水位尺旁的值班人|\n", "|渡口|\n",
	}
	if len(articles) != len(want) {
		t.Fatalf("%d articles, want %d", len(articles), len(want))
	}
	for i, a := range articles {
		if got := describe(a); !strings.HasPrefix(got, want[i]) {
			t.Errorf("article %d: %s want %s", i+1, got, want[i])
		}
		if len(a.Zones) != 1 || a.Edition != (article.Edition{Paper: "清河晚报", Date: "2026-03-18", Page: "B03", Name: "文化"}) {
			t.Errorf("article %d: zones %v, edition %+v", i+1, a.Zones, a.Edition)
		}
	}
	lead := `一座老粮仓的第二次开门|把书架搬进粮仓里|十二个仓筒变成十二间阅览室
0 12 本报记者…讯员何榕
0 74 城北的粮…了进去。
0 72 “我小时…然会动。
# 墙没有拆，窗开在高处
0 92 设计者给…也怕晒。
0 77 十二间阅…一米高。
# 夜里也亮着一盏灯
0 84 粮仓晚上…车司机。
0 43 记者离开…面朝上。
0 44 开馆第一…上称过。
`
	if got := describe(articles[0]); got != lead {
		t.Errorf("the first article:\n%s\nwant\n%s", got, lead)
	}
	if a := articles[1]; len(a.Pictures) != 1 || !strings.HasPrefix(a.Pictures[0].Caption, "图为工匠") {
		t.Errorf("pictures %+v", a.Pictures)
	}
	var kinds []string
	for _, r := range articles[0].Rest {
		kinds = append(kinds, r.Kind)
	}
	if got := strings.Join(kinds, " "); got != "folio folio folio label advertisement advertisement advertisement editors editors" {
		t.Errorf("the rest of the page: %s", got)
	}
}

// TestMalformed reads files that are damaged or strange: each is an error that
// says what is wrong, or is read.
func TestMalformed(t *testing.T) {
	whole, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	e := engine(t)
	const catalog = "<</Type/Catalog/Pages 2 0 R>>"
	text := pdftest.Stream("BT /F1 12 Tf 50 700 Td (some text on this page) Tj ET")
	font := "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
	kids := func(n int) string { return strings.Repeat("3 0 R ", n) }
	encrypted, err := os.ReadFile(filepath.Join("testdata", "encrypted.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name string
		data []byte
		want string // in the first fault; "" if the file is read
	}{
		{"encrypted", encrypted, "encrypted"},
		{"empty", nil, "not a PDF"},
		{"text", []byte("今天没有报纸"), "not a PDF"},
		{"head alone", []byte("%PDF-1.7\n"), "not a PDF"},
		{"cut", whole[:len(whole)/3], "*"},
		{"cut at the end", whole[:len(whole)-300], "*"},
		{"no xref", bytes.ReplaceAll(whole, []byte("startxref"), []byte("startxxxx")), "*"},
		{"zeros", append(bytes.Clone(whole[:2000]), make([]byte, 50000)...), "*"},
		{"no pages", pdftest.File(catalog, "<</Type/Pages/Kids[]/Count 0>>"), "no pages"},
		{"no text", pdftest.File(catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]>>"), "no text"},
		{"pages in a circle", pdftest.File(catalog, "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"), "*"},
		{"contents in a circle", pdftest.File(catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 3 0 R>>"), "no text"},
		{"form in itself", pdftest.File(catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>", pdftest.Stream("/X Do"),
			"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>\nstream\n/X Do\nendstream"), "no text"},
		{"five metres", pdftest.File(catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 14173 14173]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>", text, font), ""},
		{"no area", pdftest.File(catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 0 0]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>", text, font), "*"},
		{"a thousand pages", pdftest.File(catalog, "<</Type/Pages/Kids["+kids(1000)+"]/Count 1000>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>", text, font), "*"},
		{"a picture of a gigapixel", pdftest.File(catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>", pdftest.Stream("q 400 0 0 400 0 0 cm /I Do Q"),
			"<</Type/XObject/Subtype/Image/Width 40000/Height 40000/ColorSpace/DeviceRGB/BitsPerComponent 8/Length 1>>\nstream\n\x80\nendstream"), "only a picture"},
		{"a hundred thousand lines", pdftest.File(catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 4 0 R>>", pdftest.Stream(strings.Repeat("0 0 m 400 400 l S\n", 100_000))), "no text"},
		{"more characters than are read", pdftest.File(catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
			pdftest.Stream("BT /F1 1 Tf 9 9 Td "+strings.Repeat("("+strings.Repeat("x", 1000)+") Tj ", 210)+"ET"), font), "*"},
		{"states in states", pdftest.File(catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 4 0 R>>", pdftest.Stream(strings.Repeat("q ", 500_000))), "no text"},
		{"lists in lists", pdftest.File(catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 4 0 R>>", pdftest.Stream(strings.Repeat("[", 500_000))), "*"},
		{"no Unicode", pdftest.File(catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>", pdftest.Stream("BT /F1 12 Tf 50 700 Td <000100020003000400050006> Tj ET"),
			"<</Type/Font/Subtype/Type0/BaseFont/Nameless/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
			"<</Type/Font/Subtype/CIDFontType2/BaseFont/Nameless/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>"), "*"},
	}
	for _, c := range cases {
		articles, faults := parse(t, e, "a.pdf", c.data)
		if doc, err := e.Open(t.Context(), c.data); err == nil {
			r := pdfium.Raster{Page: 1, Width: 600, Height: 900}
			// One of these pages would take minutes. Whoever no longer waits for a page
			// is told so, as is whoever waits for as long as the engine allows.
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			doc.RenderEach(ctx, []pdfium.Raster{r}, func(_ pdfium.Raster, m *image.RGBA, err error) {
				if (m == nil) == (err == nil) || m != nil && m.Rect.Dx() != 600 {
					t.Errorf("%s: neither a picture nor an error: %v", c.name, err)
				}
			})
			cancel()
			doc.Close()
		}
		t.Logf("%s: %d articles, %q", c.name, len(articles), faults[:min(1, len(faults))])
		switch {
		case len(articles)+len(faults) == 0:
			t.Errorf("%s: neither an article nor an error", c.name)
		case c.want == "" && len(faults) > 0:
			t.Errorf("%s: %s, want it read", c.name, faults[0])
		case c.want != "" && c.want != "*" && (len(faults) == 0 || !strings.Contains(faults[0], c.want)):
			t.Errorf("%s: %d articles, faults %q, want a fault with %q", c.name, len(articles), faults, c.want)
		}
	}
}

// TestPagesWithoutText wants a page that is a picture, or whose letters have no
// Unicode, as a warning with its number and an article that is its picture; the page
// beside it is read.
func TestPagesWithoutText(t *testing.T) {
	const catalog = "<</Type/Catalog/Pages 2 0 R>>"
	page := func(contents int) string {
		return fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents %d 0 R/Resources<</Font<</F1 7 0 R/F2 8 0 R>>/XObject<</I 10 0 R>>>>>>", contents)
	}
	line := "(It had rained for three days when the ferry came back at last to us.) Tj 0 -14 Td "
	data := pdftest.File(catalog, "<</Type/Pages/Kids[3 0 R 4 0 R 11 0 R]/Count 3>>", page(5), page(6),
		pdftest.Stream("q 480 0 0 780 10 10 cm /I Do Q BT /F1 8 Tf 50 5 Td (A05) Tj ET"),
		pdftest.Stream("BT /F1 24 Tf 50 700 Td (A title) Tj /F1 10 Tf 0 -30 Td "+strings.Repeat(line, 6)+"ET"),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		"<</Type/Font/Subtype/Type0/BaseFont/Nameless/Encoding/Identity-H/DescendantFonts[9 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType2/BaseFont/Nameless/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>",
		"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\n\x80\nendstream",
		page(12), pdftest.Stream("BT /F2 12 Tf 50 700 Td <"+strings.Repeat("E001", 200)+"> Tj ET"))
	var said []string
	var alone []int
	texts := 0
	for a, err := range New(engine(t), article.Edition{}).Parse("2026-03-18/A05.pdf", bytes.NewReader(data)) {
		var e *source.Error
		switch {
		case errors.As(err, &e):
			if e.Grade != source.Warning {
				t.Errorf("%v is no warning", e)
			}
			said = append(said, e.Error())
		case a.Text() == "":
			alone = append(alone, a.Line)
			whole := article.Zone{Page: a.Line, X1: 500, Y1: 800}
			if len(a.Pictures) != 1 || a.Pictures[0].Zone != whole || len(a.Zones) != 1 || a.Zones[0] != whole || a.Title == "" || a.Date != "2026-03-18" {
				t.Errorf("page %d: %+v", a.Line, a)
			}
		default:
			texts++
		}
	}
	if len(said) != 2 || !strings.Contains(said[0], "page 1: no text, only a picture") || !strings.Contains(said[1], "page 3: ") {
		t.Errorf("said %q", said)
	}
	if !slices.Equal(alone, []int{1, 3}) || texts == 0 {
		t.Errorf("pages %v are pictures alone, %d articles have text", alone, texts)
	}
}

// TestZones writes the zones of the page, gives a story another title by hand,
// and wants the others as they were.
func TestZones(t *testing.T) {
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	e := engine(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "B03.pdf")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	read := func() (articles []*article.Article, faults []string) {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for a, err := range New(e, article.Edition{}).Parse("B03.pdf", f) {
			if err != nil {
				faults = append(faults, err.Error())
			} else {
				articles = append(articles, a)
			}
		}
		return articles, faults
	}
	before, _ := read()
	c, err := parseZones("B03.zones.toml", Zones(before))
	if err != nil || len(c.Story) != len(before) {
		t.Fatalf("%d stories written, want %d; %v", len(c.Story), len(before), err)
	}
	marks := strings.Replace(Zones(before), "title = '渡口'", `title = "渡口（外一首）"`, 1)
	if err := os.WriteFile(filepath.Join(dir, "B03.zones.toml"), []byte(marks), 0o644); err != nil {
		t.Fatal(err)
	}
	after, faults := read()
	if len(faults) > 0 || len(after) != len(before) {
		t.Fatalf("%d articles, want %d; %v", len(after), len(before), faults)
	}
	titles := ""
	for _, a := range after {
		titles += a.Title + "\n"
	}
	if !strings.Contains(titles, "渡口（外一首）\n") {
		t.Errorf("titles:\n%s", titles)
	}
	if err := os.WriteFile(filepath.Join(dir, "B03.zones.toml"), []byte("[[story]]\npage = 1\nzone = 3\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, faults := read(); len(faults) != 1 || !strings.HasPrefix(faults[0], "B03.zones.toml:3: ") {
		t.Errorf("faults %q, want one of B03.zones.toml:3", faults)
	}
}

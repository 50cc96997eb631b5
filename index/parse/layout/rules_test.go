package layout

import (
	"strings"
	"testing"
)

// set prints text on a sheet: lines of so many characters from a place, in a size.
func (s *Sheet) set(x, y, size, leading float64, font int, lines ...string) {
	for _, l := range lines {
		at := x
		for _, r := range l {
			w := size
			if r == '　' {
				at += w
				continue
			}
			s.Glyphs = append(s.Glyphs, Glyph{Rune: r, Box: Rect{at, y, at + w, y + size}, Size: size, Font: font, Bold: font > 0})
			at += w
		}
		y += leading
	}
}

// column is text of one story, 12 characters a line.
func column(begin string, lines int) []string {
	out := []string{"　　" + begin + strings.Repeat("文", 10-len([]rune(begin)))}
	for i := 1; i < lines-1; i++ {
		out = append(out, strings.Repeat("字", 12))
	}
	return append(out, "到这里就完了。")
}

func titles(p *Page) string {
	var out []string
	for i := range p.Stories {
		out = append(out, p.Stories[i].Title.String)
	}
	return strings.Join(out, "|")
}

// TestHeadlineOnAGround wants a headline in white on a dark ground to be that of the
// text below it, and the ground a part of its zone.
func TestHeadlineOnAGround(t *testing.T) {
	s := &Sheet{Width: 600, Height: 800, Fills: []Fill{{Rect{40, 40, 300, 130}, 0x23395d}}}
	s.set(60, 60, 20, 26, 1, "深色底上的标题有许多字", "下面才是它的正文呀好的")
	s.set(60, 140, 10, 16, 0, column("左边第一篇", 20)...)
	s.set(180, 140, 10, 16, 0, column("左边第二栏", 20)...)
	s.set(330, 60, 24, 30, 1, "右边的另一篇")
	s.set(330, 140, 10, 16, 0, column("右边的正文", 20)...)
	p := Analyze(s)
	if got := titles(p); got != "深色底上的标题有许多字下面才是它的正文呀好的|右边的另一篇" {
		t.Fatalf("titles %s", got)
	}
	if z := p.Stories[0].Zones[0]; z.X0 > 41 || z.Y0 > 41 {
		t.Errorf("the zone %v is without the ground", z)
	}
}

// TestPictureAboveAHeadline wants the picture with the headline below it, not with the
// story above.
func TestPictureAboveAHeadline(t *testing.T) {
	s := &Sheet{Width: 400, Height: 900, Pictures: []Rect{{60, 330, 180, 400}}}
	s.set(60, 40, 18, 24, 1, "上面的一篇")
	s.set(60, 80, 10, 16, 0, column("先说上面的", 14)...)
	s.set(60, 408, 18, 24, 1, "下面的一篇")
	s.set(60, 450, 10, 16, 0, column("再说下面的", 14)...)
	p := Analyze(s)
	if got := titles(p); got != "上面的一篇|下面的一篇" || len(p.Stories[0].Pictures) != 0 || len(p.Stories[1].Pictures) != 1 {
		t.Errorf("titles %s, %+v", got, p.Stories)
	}
}

// TestBriefsBesideAHeadline wants a column that begins with a small title beside a
// headline to be a story of its own.
func TestBriefsBesideAHeadline(t *testing.T) {
	s := &Sheet{Width: 600, Height: 800}
	s.set(80, 40, 26, 30, 1, "两栏的文章")
	s.set(60, 80, 10, 16, 0, column("这是第一栏", 20)...)
	s.set(195, 80, 10, 16, 0, column("这是第二栏", 20)...)
	s.set(330, 46, 12, 16, 1, "一条简讯的题")
	s.set(330, 66, 10, 16, 0, column("简讯的正文", 8)...)
	s.set(330, 204, 12, 16, 1, "又是一条简讯")
	s.set(330, 224, 10, 16, 0, column("它也有正文", 10)...)
	if got := titles(Analyze(s)); got != "两栏的文章|一条简讯的题|又是一条简讯" {
		t.Errorf("titles %s", got)
	}
}

// TestCaptionBesideText wants the caption of a picture in half a column apart from
// the text beside it.
func TestCaptionBesideText(t *testing.T) {
	s := &Sheet{Width: 400, Height: 800, Pictures: []Rect{{60, 100, 120, 160}}}
	s.set(60, 40, 24, 30, 1, "有图的文章")
	s.set(124, 92, 10, 16, 0, "　　图旁边的字", "一行只有七个", "字所以很窄的", "到图下面为止", "说明旁边的字")
	s.set(60, 164.5, 8, 11, 2, "图为渡口的船")
	s.set(60, 184, 10, 16, 0, column("图下面的字", 12)...)
	p := Analyze(s)
	if len(p.Stories) != 1 || len(p.Stories[0].Pictures) != 1 || p.Stories[0].Pictures[0].Caption < 0 {
		t.Fatalf("%+v", p.Stories)
	}
	if got := p.Stories[0].Body[p.Stories[0].Pictures[0].Caption].Text.String; got != "图为渡口的船" {
		t.Errorf("caption %q", got)
	}
}

// TestKickerAndSubtitleOnAGround wants all that is white on a ground to be the headline's,
// and a whole story in white to be a story.
func TestKickerAndSubtitleOnAGround(t *testing.T) {
	s := &Sheet{Width: 600, Height: 800, Fills: []Fill{{Rect{40, 40, 300, 132}, 0x23395d}}}
	s.set(50, 46, 11, 14, 0, "海边小城这十年的变化")
	s.set(50, 64, 24, 28, 1, "潮水退去以后")
	s.set(50, 92, 11, 14, 0, "——一条街怎样变了样子", "也说说那些没有变的")
	for i := range s.Glyphs {
		s.Glyphs[i].Color = 0xffffff
	}
	s.set(40, 145, 10, 16, 0, column("正文开头", 16)...)
	s.set(180, 145, 10, 16, 0, column("正文再来", 16)...)
	p := Analyze(s)
	if len(p.Stories) != 1 || p.Stories[0].Title.String != "潮水退去以后" || p.Stories[0].Kicker.String != "海边小城这十年的变化" {
		t.Errorf("titles %s", titles(p))
	}

	s = &Sheet{Width: 600, Height: 800, Fills: []Fill{{Rect{40, 40, 170, 330}, 0x23395d}}}
	s.set(50, 50, 20, 26, 1, "黑底白字")
	s.set(45, 85, 10, 16, 0, column("白字正文", 14)...)
	for i := range s.Glyphs {
		s.Glyphs[i].Color = 0xffffff
	}
	s.set(40, 345, 20, 26, 1, "下面这一篇")
	s.set(40, 375, 10, 16, 0, column("下面正文", 16)...)
	p = Analyze(s)
	if len(p.Stories) != 2 || p.Stories[0].Title.String != "黑底白字" || p.Stories[1].Title.String != "下面这一篇" {
		t.Errorf("titles %s", titles(p))
	}
}

// TestRuleBesideABox wants a rule that begins beside a box, just below its foot, to
// part what stands above it from what stands below the box.
func TestRuleBesideABox(t *testing.T) {
	s := &Sheet{Width: 420, Height: 700, Frames: []Rect{{40, 40, 190, 290}}, Rules: []Rect{{207, 299, 380, 299.5}}}
	s.set(55, 55, 20, 26, 1, "框里的一篇")
	s.set(55, 85, 10, 16, 0, column("框里的正文", 12)...)
	s.set(210, 50, 24, 26, 1, "框边的文章")
	s.set(210, 85, 10, 16, 0, column("框边的正文", 13)...)
	s.set(40, 310, 20, 26, 1, "下面这篇文章比较长一些")
	s.set(40, 340, 10, 16, 0, column("下面第一栏", 18)...)
	s.set(210, 340, 10, 16, 0, column("下面第二栏", 18)...)
	p := Analyze(s)
	for i, want := range []string{"框边的文章", "框里的一篇", "下面这篇文章比较长一些"} {
		if len(p.Stories) != 3 || p.Stories[i].Title.String != want {
			t.Fatalf("titles %s", titles(p))
		}
	}
	if z := p.Stories[0].Zones[0]; z.Y1 > 300 {
		t.Errorf("the story beside the box reaches to %v", z)
	}
}

// TestCaptionFarBeside wants a caption at the left of a picture, with its lines short of
// their measure, to be the picture's, and small type beside a picture that is no caption
// to be text.
func TestCaptionFarBeside(t *testing.T) {
	for _, c := range []struct{ words, caption string }{
		{"图为渡口的船何榕摄", "图为渡口的船何榕摄"},
		{"江水到秋天就退了", ""},
	} {
		s := &Sheet{Width: 400, Height: 800, Pictures: []Rect{{130, 250, 320, 350}}}
		s.set(60, 40, 24, 30, 1, "图边的说明")
		s.set(60, 80, 10, 16, 0, column("图上面的字", 10)...)
		s.set(200, 80, 10, 16, 0, column("图上面的字", 10)...)
		w := []rune(c.words)
		s.set(60, 300, 8, 11, 2, string(w[:6]), string(w[6:]))
		s.set(60, 370, 10, 16, 0, column("图下面的字", 10)...)
		s.set(200, 370, 10, 16, 0, column("图下面的字", 10)...)
		st := one(t, s)
		if len(st.Pictures) != 1 {
			t.Fatalf("%d pictures", len(st.Pictures))
		}
		got := ""
		if i := st.Pictures[0].Caption; i >= 0 {
			got = st.Body[i].Text.String
		}
		if got != c.caption {
			t.Errorf("%s: caption %q, want %q", c.words, got, c.caption)
		}
	}
}

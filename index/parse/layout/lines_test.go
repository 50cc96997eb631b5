package layout

import (
	"strings"
	"testing"
)

// paragraphs are the texts of a story's paragraphs.
func paragraphs(s *Story) string {
	var out []string
	for _, b := range s.Body {
		if b.Kind == Paragraph {
			out = append(out, b.Text.String)
		}
	}
	return strings.Join(out, "|")
}

// one analyzes a sheet that has one story.
func one(t *testing.T, s *Sheet) *Story {
	t.Helper()
	p := Analyze(s)
	if len(p.Stories) != 1 {
		t.Fatalf("%d stories, %s, want one", len(p.Stories), titles(p))
	}
	return &p.Stories[0]
}

// TestRowsThatTheFileInterleaves wants two rows, of which the file has a character of
// the one and one of the other in turns, to be rows and not columns of two.
func TestRowsThatTheFileInterleaves(t *testing.T) {
	s := &Sheet{Width: 400, Height: 600}
	s.set(60, 40, 24, 30, 1, "交错的两行字")
	rows := [][]rune{[]rune("　　江边的早市六点开张"), []rune("卖菜的人挑着担子来了又"), []rune("走到中午才安静。")}
	for k := range 11 {
		for i, row := range rows {
			if k < len(row) && row[k] != '　' {
				s.set(60+float64(10*k), 80+float64(13*i), 10, 13, 0, string(row[k]))
			}
		}
	}
	if got, want := paragraphs(one(t, s)), "江边的早市六点开张卖菜的人挑着担子来了又走到中午才安静。"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestMarksThatHang wants marks at the ends of lines that hang over the edge of their
// column to leave the white between columns that it is.
func TestMarksThatHang(t *testing.T) {
	s := &Sheet{Width: 400, Height: 600}
	s.set(60, 40, 24, 30, 1, "标点悬在栏边")
	var left, right []string
	for i := range 12 {
		end := "，" // hangs over the edge
		if i%3 == 2 {
			end = ""
		}
		left = append(left, strings.Repeat("左", 12)+end)
		right = append(right, strings.Repeat("右", 12))
	}
	left[0], right[11] = "　　"+strings.Repeat("左", 10)+"，", "右完了。"
	s.set(60, 80, 10, 16, 0, left...)
	s.set(195, 80, 10, 16, 0, right...)
	want := strings.TrimLeft(strings.Join(left, ""), "　") + strings.Join(right, "")
	if got := paragraphs(one(t, s)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestCharactersOfInkAlone wants no spaces beside characters of which only the box of
// the ink is known.
func TestCharactersOfInkAlone(t *testing.T) {
	s := &Sheet{Width: 400, Height: 600}
	s.set(60, 40, 24, 30, 1, "只有墨迹的框")
	s.set(60, 80, 10, 16, 0, "　　今日渡口有雨过江的", "人都带了伞，一日三班", "船照开。")
	for i := range s.Glyphs {
		if g := &s.Glyphs[i]; g.Rune == '日' {
			g.Box.X0, g.Box.X1 = g.Box.X0+1, g.Box.X1-4
		}
	}
	if got, want := paragraphs(one(t, s)), "今日渡口有雨过江的人都带了伞，一日三班船照开。"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestNamesOfColumns wants what stands above a headline without text of its own to be
// the name of a column, apart from the headline: by its place, or in white on a
// ground; and what stands above briefs to be in none of them.
func TestNamesOfColumns(t *testing.T) {
	for _, c := range []struct {
		name  string
		size  float64
		y     float64
		color uint32
	}{{"above", 16, 34, 0}, {"white", 12, 56, 0xFFFFFF}} {
		s := &Sheet{Width: 400, Height: 600}
		s.set(60, c.y, c.size, 20, 1, "新视野")
		for i := range s.Glyphs {
			s.Glyphs[i].Color = c.color
		}
		s.set(60, 72, 20, 30, 1, "栏下的标题")
		s.set(60, 110, 10, 16, 0, column("正文在这里", 9)...)
		st := one(t, s)
		if st.Label.String != "新视野" || st.Title.String != "栏下的标题" || st.Kicker.String != "" {
			t.Errorf("%s: name %q, kicker %q, title %q", c.name, st.Label.String, st.Kicker.String, st.Title.String)
		}
	}
	s := &Sheet{Width: 400, Height: 600}
	s.set(80, 40, 18, 24, 1, "简讯")
	s.set(60, 80, 10, 16, 0, column("【头一条】说", 5)...)
	s.set(60, 160, 10, 16, 0, column("【第二条】说", 5)...)
	p := Analyze(s)
	if got := titles(p); got != "头一条|第二条" || len(p.Rest) != 1 || p.Rest[0].Kind != "label" || p.Rest[0].Text.String != "简讯" {
		t.Errorf("titles %s, rest %+v", got, p.Rest)
	}
}

// TestTitlesToldByTypeAlone wants paragraphs that begin in another type, of the same
// size and as light, to be briefs: in a region of their own, beside the column of a
// story that a rule parts from them.
func TestTitlesToldByTypeAlone(t *testing.T) {
	for _, rule := range []bool{true} {
		s := &Sheet{Width: 400, Height: 600}
		y, want := 40.0, "渡口开新船|早市迁新址|旁边的标题"
		if rule { // alone tells them from the story
			y, want = 120, "旁边的标题|渡口开新船|早市迁新址"
		}
		for _, title := range []string{"渡口开新船", "早市迁新址"} {
			first := len(s.Glyphs)
			s.set(60, y, 10, 16, 0, column(title+"昨天早上", 7)...)
			for i := range 5 {
				s.Glyphs[first+i].Font = 2
			}
			y += 7 * 16
		}
		if rule {
			s.Rules = []Rect{{191, 30, 191.5, 400}, {60, 30, 340, 30.5}}
		}
		s.set(202, 40, 22, 26, 1, "旁边的标题")
		s.set(202, 70, 10, 16, 0, column("它的正文是", 14)...)
		if got := titles(Analyze(s)); got != want {
			t.Errorf("rule %v: titles %s", rule, got)
		}
	}
}

// TestTextThatBeginsInBold wants paragraphs that begin in bold below a headline to be
// those of one story, not briefs: questions, or words run into the text.
func TestTextThatBeginsInBold(t *testing.T) {
	s := &Sheet{Width: 400, Height: 600}
	s.set(60, 40, 15, 26, 1, "渡口的船为谁开")
	y := 80.0
	for _, lead := range []string{"船还开吗？", "谁来坐它？", "何时停航？"} {
		first := len(s.Glyphs)
		s.set(60, y, 10, 16, 0, column(lead+"回答是这样", 5)...)
		for i := range 5 {
			s.Glyphs[first+i].Bold, s.Glyphs[first+i].Font = true, 2
		}
		y += 5 * 16
	}
	st := one(t, s)
	if n := strings.Count(paragraphs(st), "|"); st.Title.String != "渡口的船为谁开" || n != 2 {
		t.Errorf("title %q, %d paragraphs", st.Title.String, n+1)
	}
}

// TestFirstAndLastCharacterOfATitle wants a title in two lines whole, where the file
// has the one character of the second line right after the first of the first, which
// is a narrow one, and cells are higher than an em.
func TestFirstAndLastCharacterOfATitle(t *testing.T) {
	for _, title := range []string{"3月起渡口添了两班船", "“新渡口”明天就开通", "A区的早市搬到江边了"} {
		r := []rune(title)
		s := &Sheet{Width: 400, Height: 600}
		s.set(60, 58, 12, 17, 1, string(r[0]))
		s.set(60, 75, 12, 17, 1, string(r[len(r)-1]))
		s.set(66, 58, 12, 17, 1, string(r[1:len(r)-1]))
		for i := range s.Glyphs {
			g := &s.Glyphs[i].Box
			g.Y0, g.Y1 = g.Y0-1.6, g.Y1+1.6
			if i == 0 {
				g.X1 = g.X0 + 6
			}
		}
		s.set(60, 97, 10, 16, 0, column("渡口的消息", 9)...)
		s.set(60, 250, 12, 17, 1, "又一条的题目")
		s.set(60, 270, 10, 16, 0, column("它的正文呀", 6)...)
		p := Analyze(s)
		if got := titles(p); got != title+"|又一条的题目" {
			t.Errorf("titles %s, want %s and another", got, title)
		}
	}
}

// TestHeadlineOfLettersApart wants a headline that runs down with white between its
// characters to run down, beside another line of it.
func TestHeadlineOfLettersApart(t *testing.T) {
	s := &Sheet{Width: 400, Height: 600}
	for i, r := range []rune("江边早市") {
		y := 60 + 34*float64(i)
		s.Glyphs = append(s.Glyphs, Glyph{Rune: r, Box: Rect{60, y, 84, y + 24}, Size: 24, Font: 1})
	}
	s.set(110, 60, 10, 16, 0, column("早市的消息", 12)...)
	if st := one(t, s); st.Title.String != "江边早市" {
		t.Errorf("title %q", st.Title.String)
	}
}

// TestWideSpacesAtColumnsEnds wants a space as wide as a gutter to be within its line,
// where that is the first, the last or the one before a picture, and the white between
// two columns to part them in those lines as well.
func TestWideSpacesAtColumnsEnds(t *testing.T) {
	brief := func(title string, lines int) []string {
		out := []string{title + "　" + strings.Repeat("文", 11-len([]rune(title)))}
		for range lines - 2 {
			out = append(out, strings.Repeat("字", 12))
		}
		return append(out, "这条就完了。")
	}
	s := &Sheet{Width: 400, Height: 600, Rules: []Rect{{60, 50, 320, 50.5}, {60, 300, 320, 300.5}}}
	y := 60.0
	for i, lines := range []int{5, 4, 2} {
		for _, x := range []float64{60, 200} {
			title := []string{"渡口的新船", "早市搬了家", "江边起雾了"}[i]
			if x > 60 {
				title = []string{"老桥要重修", "灯会明晚开", "茶山出新芽"}[i]
			}
			first := len(s.Glyphs)
			s.set(x, y, 10, 16, 0, brief(title, lines)...)
			for k := range 5 {
				s.Glyphs[first+k].Font, s.Glyphs[first+k].Bold = 1, true
			}
		}
		y += 16 * float64(lines)
	}
	// What begins the last brief of each column is all that it has: the last line.
	for _, x := range []float64{60, 200} {
		first := len(s.Glyphs)
		s.set(x, y, 10, 16, 0, map[float64]string{60: "米价没有变　还一样。", 200: "今晚要停水　到六点。"}[x])
		for k := range 5 {
			s.Glyphs[first+k].Font, s.Glyphs[first+k].Bold = 1, true
		}
	}
	want := "渡口的新船|早市搬了家|江边起雾了|米价没有变|老桥要重修|灯会明晚开|茶山出新芽|今晚要停水"
	p := Analyze(s)
	if got := titles(p); got != want {
		t.Fatalf("titles %s, want %s", got, want)
	}
	for i := range p.Stories {
		if n := len(p.Stories[i].Body); n != 1 {
			t.Errorf("%s has %d paragraphs", p.Stories[i].Title.String, n)
		}
	}
}

// TestGutterBelowAHeadline wants two columns parted just below a headline that goes
// across them, where the right one has a heading after its second line.
func TestGutterBelowAHeadline(t *testing.T) {
	s := &Sheet{Width: 400, Height: 600}
	s.set(80, 55, 24, 30, 1, "横跨两栏的标题")
	s.set(60, 81, 10, 16, 0, "　　左栏第一段的话写", strings.Repeat("左", 12), "写到这里完。")
	s.set(60, 129, 10, 16, 0, column("左栏第二段", 10)...)
	s.set(60, 289, 10, 16, 0, "　　左栏第三段的话写", strings.Repeat("末", 12))
	s.set(197, 81, 10, 16, 0, strings.Repeat("右", 12), "右栏也完。")
	s.set(230, 115, 11.5, 16, 1, "小标题在此")
	s.set(197, 135, 10, 16, 0, column("右栏第二段", 12)...)
	st := one(t, s)
	for _, b := range st.Body {
		if strings.Contains(b.Text.String, "右右") && !strings.Contains(b.Text.String, "末"+strings.Repeat("右", 12)+"右栏也完。") {
			t.Errorf("%s", b.Text.String)
		}
	}
}

// TestCharactersOneOverTheOther wants a headline whose characters are all printed at one
// place in the order of the file.
func TestCharactersOneOverTheOther(t *testing.T) {
	s := &Sheet{Width: 400, Height: 600}
	for i, r := range []rune("江边早市明天开") {
		y := 40 + float64(i*3%7)
		s.Glyphs = append(s.Glyphs, Glyph{Rune: r, Box: Rect{60, y, 100, y + 50}, Size: 40, Font: 1})
	}
	s.set(60, 110, 10, 16, 0, column("早市的消息", 12)...)
	if st := one(t, s); st.Title.String != "江边早市明天开" {
		t.Errorf("title %q", st.Title.String)
	}
}

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

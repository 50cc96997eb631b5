package layout

import (
	"strings"
	"testing"
)

// TestBesideATitle wants smaller lines beside a title to be its subtitle at the right,
// its kicker at the left, and the headline of another story to be that story's.
func TestBesideATitle(t *testing.T) {
	s := &Sheet{Width: 600, Height: 800}
	s.set(60, 34, 12, 16, 2, "江边小城的秋天")
	s.set(60, 54, 34, 40, 1, "早市搬新家")
	s.set(250, 56, 13, 16, 2, "——卖菜的说路近了", "买菜的说菜还新鲜")
	for i := range 3 {
		s.set(60+135*float64(i), 105, 10, 16, 0, column("第几栏的字", 15)...)
	}
	st := one(t, s)
	if st.Kicker.String != "江边小城的秋天" || st.Title.String != "早市搬新家" || st.Subtitle.String != "——卖菜的说路近了买菜的说菜还新鲜" {
		t.Errorf("kicker %q, title %q, subtitle %q", st.Kicker.String, st.Title.String, st.Subtitle.String)
	}

	s = &Sheet{Width: 600, Height: 800}
	s.set(70, 60, 14, 18, 2, "渡口十年")
	s.set(140, 54, 34, 40, 1, "一条船的账本")
	for i := range 3 {
		s.set(60+135*float64(i), 105, 10, 16, 0, column("第几栏的字", 15)...)
	}
	if st := one(t, s); st.Kicker.String != "渡口十年" || st.Title.String != "一条船的账本" {
		t.Errorf("kicker %q, title %q", st.Kicker.String, st.Title.String)
	}

	s = &Sheet{Width: 600, Height: 800}
	s.set(60, 54, 34, 40, 1, "左边大标题")
	s.set(250, 56, 16, 20, 1, "右边小标题")
	s.set(60, 105, 10, 16, 0, column("左边的正文", 20)...)
	s.set(250, 80, 10, 16, 0, column("右边的正文", 20)...)
	if got := titles(Analyze(s)); got != "左边大标题|右边小标题" {
		t.Errorf("titles %s", got)
	}
}

// TestTitlesInBoldAlone wants lines in bold of the text's own size to be titles of
// briefs, in one line or two, and paragraphs in bold to be paragraphs.
func TestTitlesInBoldAlone(t *testing.T) {
	s := &Sheet{Width: 400, Height: 700}
	y := 40.0
	for i, title := range [][]string{{"　　渡口添了新船"}, {"　　江边的早市明天起搬", "到老桥北头"}, {"　　茶山上开了花"}} {
		s.set(60, y, 10, 16, 1, title...)
		y += 16 * float64(len(title))
		s.set(60, y, 10, 16, 0, column("正文的话呀", 5+i)...)
		y += 16 * float64(5+i)
	}
	p := Analyze(s)
	if got := titles(p); got != "渡口添了新船|江边的早市明天起搬到老桥北头|茶山上开了花" {
		t.Errorf("titles %s", got)
	}

	s = &Sheet{Width: 400, Height: 700}
	s.set(60, 40, 24, 30, 1, "船长的一天")
	y = 80
	for range 3 {
		s.set(60, y, 10, 16, 1, "　　您几点钟起床？")
		s.set(60, y+16, 10, 16, 0, column("回答在这里", 5)...)
		y += 6 * 16
	}
	if st := one(t, s); strings.Count(paragraphs(st), "|") != 5 {
		t.Errorf("paragraphs %s", paragraphs(st))
	}
}

// TestHeadlineWithinAColumn wants a story that begins in the middle of a column to go
// on at the top of the next, beside the end of the story above it.
func TestHeadlineWithinAColumn(t *testing.T) {
	s := &Sheet{Width: 600, Height: 800}
	s.set(60, 40, 26, 30, 1, "跨两栏的头一篇文章")
	s.set(60, 80, 10, 16, 0, append(column("头篇第一栏", 29), strings.Repeat("连", 12))...)
	s.set(195, 80, 10, 16, 0, strings.Repeat("续", 12), "到此就完了。")
	s.set(195, 130, 18, 24, 1, "栏中间的题")
	s.set(195, 158, 10, 16, 0, append(column("后篇的开头", 24), strings.Repeat("再", 12))...)
	s.set(330, 40, 10, 16, 0, strings.Repeat("来", 12), strings.Repeat("字", 12), "这篇也完了。")
	p := Analyze(s)
	if got := titles(p); got != "跨两栏的头一篇文章|栏中间的题" {
		t.Fatalf("titles %s", got)
	}
	for i, end := range []string{"到此就完了。", "这篇也完了。"} {
		if got := paragraphs(&p.Stories[i]); !strings.HasSuffix(got, end) {
			t.Errorf("%s ends with %s", p.Stories[i].Title.String, got[max(0, len(got)-60):])
		}
	}
}

// TestTableWithoutAGrid wants rows of figures to be a table, and the rules above and
// below them not to part the story; and a poem in two columns to be none.
func TestTableWithoutAGrid(t *testing.T) {
	s := &Sheet{Width: 400, Height: 700, Rules: []Rect{{60, 252, 180, 252.5}, {60, 270, 180, 270.4}, {60, 352, 180, 352.5}}}
	s.set(60, 40, 18, 30, 1, "联赛又踢一轮")
	s.set(60, 80, 10, 16, 0, column("比赛的消息", 10)...)
	for i, row := range [][3]string{{"球队", "胜", "积分"}, {"江海", "5", "15"}, {"临江", "4", "13"}, {"南湖", "2", "7"}, {"东岭", "0", "1"}} {
		for k, x := range []float64{64, 110, 145} {
			s.set(x, 256+20*float64(i), 9, 14, 2, row[k])
		}
	}
	s.set(60, 362, 10, 16, 0, column("表后面的话", 5)...)
	st := one(t, s)
	var rows []string
	for _, b := range st.Body {
		for _, r := range b.Rows {
			rows = append(rows, r[0].String+r[1].String+r[2].String)
		}
	}
	if got := strings.Join(rows, "|"); got != "球队胜积分|江海515|临江413|南湖27|东岭01" || strings.Count(paragraphs(st), "|") != 1 {
		t.Errorf("table %s, paragraphs %s", got, paragraphs(st))
	}

	s = &Sheet{Width: 400, Height: 700}
	s.set(90, 40, 22, 30, 1, "渡口的诗")
	for i := range 6 {
		s.set(60, 80+18*float64(i), 10, 16, 0, "江上来了一条船")
		s.set(200, 80+18*float64(i), 10, 16, 0, "船上坐着卖花人")
	}
	for _, b := range one(t, s).Body {
		if b.Kind == Table {
			t.Errorf("a poem is a table: %+v", b.Rows)
		}
	}
}

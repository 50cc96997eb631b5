package source

import (
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestText(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("潮汐的话，说给沙滩听。")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ about, in, want, fault string }{
		{"plain", "甲\n乙", "甲\n乙", ""},
		{"empty", "", "", ""},
		{"byte order mark", "\xEF\xBB\xBF甲", "甲", ""},
		{"Windows line ends", "甲\r\n乙\r丙", "甲\n乙\n丙", ""},
		{"UTF-16", "\xFF\xFE\x32\x75", "甲", ""},
		{"GB18030", gb, "潮汐的话，说给沙滩听。", ""},
		{"damaged UTF-8", "第一行没有坏\n第二行坏了\xE7\x94一个字", "", "f.md:2: byte 0xE7 is not UTF-8; save the file as UTF-8"},
		{"NUL", "甲\n乙\x00", "", "f.md:2: NUL byte: this is not a text file; save it as UTF-8 text"},
	} {
		got, err := Text("f.md", strings.NewReader(c.in))
		fault := ""
		if err != nil {
			fault = err.Error()
		}
		if got != c.want || fault != c.fault {
			t.Errorf("%s: got %q, error %q; want %q, error %q", c.about, got, fault, c.want, c.fault)
		}
	}
}

func TestDate(t *testing.T) {
	for in, want := range map[string]string{
		"2024-09-05":                            "2024-09-05",
		"2024/9/5":                              "2024-09-05",
		"2024.09.05":                            "2024-09-05",
		"20240905":                              "2024-09-05",
		"2024年9月5日":                             "2024-09-05",
		"2024年9月5日 星期四":                         "2024-09-05",
		"2024-09-05T08:00:00+08:00":             "2024-09-05",
		"2024-09-05 08:00":                      "2024-09-05",
		"":                                      "",
		"2024-13-01":                            `! date "2024-13-01": month out of range; write dates as YYYY-MM-DD`,
		"2023-02-29":                            `! date "2023-02-29": day out of range; write dates as YYYY-MM-DD`,
		"2024年9月5日上午8时":                         "2024-09-05",
		"2024年9月5日20:00":                        "2024-09-05",
		"二〇二四年九月五日":                             "2024-09-05",
		"二○二四年十月二十一日":                           "2024-10-21",
		"Sep 5, 2024":                           "2024-09-05",
		"Thursday, September 5th, 2024 8:00 PM": "2024-09-05",
		"5 Sept 2024":                           "2024-09-05",
		"Thu, 05 Sep 24 08:00 +0800":            "2024-09-05",
		"Thu Sep  5 08:00:00 CST 2024":          "2024-09-05",
		"1725494400":                            "2024-09-05",
		"1725494400123":                         "2024-09-05",
		"Version 5, 2024":                       `! date "Version 5, 2024": not a date; write dates as YYYY-MM-DD`,
		"05/09/2024":                            `! date "05/09/2024": not a date; write dates as YYYY-MM-DD`,
		"昨天":                                    `! date "昨天": not a date; write dates as YYYY-MM-DD`,
	} {
		got, err := Date(in)
		if err != nil {
			got = "! " + err.Error()
		}
		if got != want {
			t.Errorf("Date(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFromName(t *testing.T) {
	for in, want := range map[string]article.Edition{
		"2024-09-05-A05-江海新闻.md":        {Date: "2024-09-05", Page: "A05", Name: "江海新闻"},
		"江门日报-20240905-03版.md":          {Paper: "江门日报", Date: "2024-09-05", Page: "03"},
		"江门日报2024年9月5日第3版要闻.md":         {Paper: "江门日报", Date: "2024-09-05", Page: "3", Name: "要闻"},
		"2024-09-05/A05-江海新闻.md":        {Date: "2024-09-05", Page: "A05", Name: "江海新闻"},
		"2024-09-05/03.md":              {Date: "2024-09-05", Page: "03"},
		"jianghai-page.md":              {},
		"江门日报.md":                       {},
		"20180105 How to use vi 101.md": {Date: "2018-01-05"},
		"notes-12.md":                   {},
		"rmrb2025101303.pdf":            {Date: "2025-10-13", Page: "03"},
		"临江日报-20251013-03版.pdf":         {Paper: "临江日报", Date: "2025-10-13", Page: "03"},
		"2025-10-13/A03.pdf":            {Date: "2025-10-13", Page: "A03"},
	} {
		if got := FromName(in); got != want {
			t.Errorf("FromName(%q) = %+v, want %+v", in, got, want)
		}
	}
}

func TestTitleAndDateFromName(t *testing.T) {
	for in, want := range map[string][2]string{
		"a/20180105 How to.md":      {"How to", "2018-01-05"},
		"2024-09-05/灯塔.md":          {"灯塔", "2024-09-05"},
		"2024-09-05.md":             {"2024-09-05", "2024-09-05"},
		"潮汐_表.md":                   {"潮汐 表", ""},
		"2024/09/05/灯塔/index.html":  {"index", "2024-09-05"},
		"art/2024/9/5/art_1_7.html": {"art 1 7", "2024-09-05"},
		"html/2024-09/05/nw_2.htm":  {"nw 2", "2024-09-05"},
		"2024/13/05/月.md":           {"月", ""},
		"2024/3/12.md":              {"12", ""}, // the twelfth of an issue, or a day
		"20181399 not a date.md":    {"20181399 not a date", ""},
		"1234567890123 number.md":   {"1234567890123 number", ""},
	} {
		if got := [2]string{TitleFromName(in), DateFromName(in)}; got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestSplit(t *testing.T) {
	text := "---\ntitle: 灯塔\npage: 03\ndate: 2024年9月5日\nauthor:\n  - 林晓\n  - {name: 何榕, role: 摄影}\ntags: 海, 灯\nlayout: x\n---\n\n正文\n"
	meta, body, line, err := Split("f.md", text)
	if err != nil {
		t.Fatal(err)
	}
	if meta.Title != "灯塔" || meta.Page != "03" || meta.Date != "2024-09-05" || body != "\n正文\n" || line != 11 {
		t.Errorf("got %+v, body %q from line %d", meta, body, line)
	}
	if len(meta.Author) != 2 || meta.Author[1] != (article.Author{Name: "何榕", Role: "摄影"}) || len(meta.Tags) != 2 {
		t.Errorf("authors %v, tags %v", meta.Author, meta.Tags)
	}
	if _, body, line, err := Split("f.md", "---\n\n不是\n"); err != nil || body != "---\n\n不是\n" || line != 1 {
		t.Errorf("a rule at the top was taken for front matter: %q, line %d, %v", body, line, err)
	}
}

// A terminal acts upon control characters, and a name may have them.
func TestErrorsAreSafeToPrint(t *testing.T) {
	got := Errorf("文\x1b[31m\n\u202e\xff.md", 3, "link %q, or %s", "é", "a\rb").Error()
	if want := `文\x1b[31m\n\u202e\xff.md:3: link "é", or a\rb`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

package jsonl

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
)

func parseAll(text string) (articles []*article.Article, faults []string) {
	for a, err := range (Parser{}).Parse("news.jsonl", strings.NewReader(text)) {
		if err != nil {
			faults = append(faults, err.Error())
			continue
		}
		articles = append(articles, a)
	}
	return articles, faults
}

func TestLine(t *testing.T) {
	got, faults := parseAll("\xEF\xBB\xBF" + `{"id":"t1","title":"潮汐","subtitle":"一天两次","date":"2024年9月5日","author":[{"name":"林晓","role":"记者"},"何榕"],` +
		`"source":"海港晚报","tags":["海","月"],"page":3,"edition":{"paper":"海港晚报"},"text":["甲。"," ","乙。"],` +
		`"sections":[{"heading":"后来","paragraphs":["丙。"],"captions":["图"]}]}` + "\r\n\n" + `{"id":7,"title":"一段","text":"甲。\n\n乙。"}`)
	if len(got) != 2 || len(faults) != 0 {
		t.Fatalf("%d articles, faults %q", len(got), faults)
	}
	a := got[0]
	if want := "甲。\n乙。\n后来\n丙。\n图\n"; a.Text() != want {
		t.Errorf("text %q, want %q", a.Text(), want)
	}
	if a.ID != "t1" || a.Date != "2024-09-05" || a.Edition.Page != "3" || a.Edition.Paper != "海港晚报" || fmt.Sprint(a.Authors) != "[{林晓 记者} {何榕 }]" || len(a.Tags) != 2 || a.Line != 1 {
		t.Errorf("got %+v", a)
	}
	if b := got[1]; b.ID != "7" || b.Text() != "甲。\n乙。\n" || b.Line != 3 {
		t.Errorf("got %+v", b)
	}
}

func TestBadLineIsNamedAndTheNextIsRead(t *testing.T) {
	lines := []struct{ in, fault string }{
		{`{"title":"好","text":"甲"}`, ""},
		{`{"title":`, "not JSON at byte 9 of the line: unexpected end of JSON input"},
		{`[1]`, "found a JSON array, want an object"},
		{`{"title":["好"],"text":"甲"}`, "title: found a list, want one word or sentence\nnews.jsonl:4: no title; every article needs \"title\" and \"text\""},
		{`{"text":"甲"}`, `no title; every article needs "title" and "text"`},
		{`{"title":"好"}`, `no text; give "text" as a string or an array of paragraphs`},
		{`{"title":"好","text":"甲","date":"2024-13-01"}`, `date: date "2024-13-01": month out of range; write dates as YYYY-MM-DD`},
		{"{\"title\":\"好\",\"text\":\"\xff\"}", "the line is not UTF-8; save the file as UTF-8"},
		{`{"title":"好","text":"甲","author":[{"role":"记者"}]}`, "author: found an author without a name, want {name, role}"},
		{`{"title":"好","text":"甲"}`, ""},
	}
	var text strings.Builder
	var want []string
	for i, l := range lines {
		text.WriteString(l.in + "\n")
		if l.fault != "" {
			want = append(want, fmt.Sprintf("news.jsonl:%d: %s", i+1, l.fault))
		}
	}
	got, faults := parseAll(text.String())
	if strings.Join(faults, "\n") != strings.Join(want, "\n") {
		t.Errorf("faults\n%s\nwant\n%s", strings.Join(faults, "\n"), strings.Join(want, "\n"))
	}
	// What is wrong with a date or an author costs no article.
	if len(got) != 4 || got[1].Date != "" || got[3].ID != "news-10" {
		t.Errorf("%d articles, want those of lines 1, 7, 9 and 10", len(got))
	}
}

func TestHugeLine(t *testing.T) {
	long := strings.Repeat("潮", 1<<20)
	got, faults := parseAll(`{"title":"长","text":["` + long + `"]}` + "\n" + `{"title":"短","text":[]}`)
	if len(got) != 2 || len(faults) != 0 || got[0].Sections[0].Blocks[0].Text != long {
		t.Errorf("%d articles, faults %q", len(got), faults)
	}
}

func FuzzParseJSONL(f *testing.F) {
	for _, s := range []string{"", "{}", `{"id":1,"title":"a","text":["b"]}`, "\n\n[", `{"title":"a","text":{},"sections":[{}]}`, "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		articles, _ := parseAll(s)
		for _, a := range articles {
			if a.Title == "" || a.ID == "" || len(a.Sections) == 0 {
				t.Errorf("an incomplete article: %+v", a)
			}
		}
	})
}

func TestArrays(t *testing.T) {
	for in, want := range map[string]string{
		"[\n{\"title\":\"甲\",\"text\":\"乙\"},\n {\"title\":\"丙\"},\n{\"title\":\"丁\",\"content\":[\"戊\"]}]":                      "甲:2 !news.json:3 丁:4",
		"{\"version\":\"1\",\n\"items\":[{\"title\":\"甲\",\"content_text\":\"乙\",\"date_published\":\"2024-09-05T08:00:00Z\"}]}": "甲:2",
		"{\"title\":\"甲\",\"body\":\"乙\"}":   "甲:1",
		"{\"name\":\"x\",\"version\":\"1\"}": "none",
		// The items of a JSON Feed need no title.
		"{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"content_text\":\"灯亮了。船回来了。\"},{\"content_html\":\"<p>潮<b>退</b>了！</p><p>又涨</p>\"},{\"title\":\"\",\"content_text\":\"雾\"},{\"id\":\"4\"},{\"content_html\":\"<img src='a.png'>\",\"date_published\":\"2024-09-05\"},{\"content_html\":\"<p><img src='a.png'></p>\"}]}": "灯亮了:1 潮退了:1 雾:1 !news.json:1 2024-09-05:1 news:1",
		"{\"version\":\"2\",\"items\":[{\"title\":\"甲\",\"text\":\"乙\"},{\"text\":\"丙\"}]}": "甲:1 !news.json:1",
		"[1,2]":                                "none",
		"{\"title\":\"settings\",\"port\":80}": "none",
		"not JSON":                             "none",
	} {
		got := "none"
		if IsArticles(in) {
			var parts []string
			for a, err := range (Array{}).Parse("news.json", strings.NewReader(in)) {
				if err != nil {
					parts = append(parts, "!"+strings.Join(strings.SplitN(err.Error(), ":", 3)[:2], ":"))
					continue
				}
				parts = append(parts, fmt.Sprintf("%s:%d", a.Title, a.Line))
			}
			got = strings.Join(parts, " ")
		}
		if got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

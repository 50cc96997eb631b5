package feed

import (
	"strings"
	"testing"
)

// A feed has moments in Greenwich, and the addresses of its items the day where it was written.
func TestDayOfAnItemIsThatOfItsAddress(t *testing.T) {
	item := func(link, date string) string {
		return `<item><title>起风</title><link>` + link + `</link><description>海风在午后变大。</description><pubDate>` + date + `</pubDate></item>`
	}
	for about, c := range map[string]struct{ link, date, want string }{
		"the day after":     {"https://a.example.cn/2024/09/12/qifeng/", "Wed, 11 Sep 2024 16:00:00 GMT", "2024-09-12"},
		"no day":            {"https://a.example.cn/posts/qifeng/", "Wed, 11 Sep 2024 16:00:00 +0000", "2024-09-11"},
		"another day":       {"https://a.example.cn/2023/01/02/qifeng/", "Wed, 11 Sep 2024 16:00:00 GMT", "2024-09-11"},
		"a zone of its own": {"https://a.example.cn/2024/09/12/qifeng/", "Wed, 11 Sep 2024 16:00:00 +0800", "2024-09-11"},
	} {
		feed := `<?xml version="1.0"?><rss version="2.0"><channel><title>手记</title>` + item(c.link, c.date) + `</channel></rss>`
		n := 0
		for a, err := range New().Parse("feed.xml", strings.NewReader(feed)) {
			if err != nil {
				t.Fatal(err)
			}
			n++
			if a.Date != c.want {
				t.Errorf("%s: the date is %s, want %s", about, a.Date, c.want)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d items", about, n)
		}
	}
}

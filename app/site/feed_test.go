package site

import (
	"encoding/xml"
	"testing"
)

// TestFeedSaysTextOfText reads the feed as strictly as a feed reader may: what an
// author wrote arrives as it was written, and is text.
func TestFeedSaysTextOfText(t *testing.T) {
	const title, opening = `<b>潮</b> & "汐" ]]> &lt;`, `用<br>和 &amp; 写的第一段：1 < 2，<script>alert(1)</script>。`
	f := paper()
	hostile := piece("hostile", title, "2024-09-07", opening)
	f.articles = append(f.articles, hostile)
	var feed struct {
		Entries []struct {
			Title   string `xml:"title"`
			Summary struct {
				Type string `xml:"type,attr"`
				Text string `xml:",chardata"`
			} `xml:"summary"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(f.build(t).read("feed.xml")), &feed); err != nil {
		t.Fatal(err)
	}
	if len(feed.Entries) != len(f.articles) {
		t.Fatalf("%d entries of %d articles", len(feed.Entries), len(f.articles))
	}
	for _, e := range feed.Entries {
		if e.Summary.Type != "text" {
			t.Errorf("%s: the summary is said to be %q", e.Title, e.Summary.Type)
		}
	}
	if newest := feed.Entries[0]; newest.Title != title || newest.Summary.Text != opening {
		t.Errorf("%q: %q", newest.Title, newest.Summary.Text)
	}
}

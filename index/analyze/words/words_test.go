package words

import (
	"strings"
	"testing"
)

func TestWordsAreTheWholeText(t *testing.T) {
	c, err := FromList("江海", "江海区", "党建", "wifi")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"江海区党建":    "江海区|党建",
		"在江海，看":    "在|江海|，|看",
		"wifi与gps": "wifi|与|gps",
		"𠮷野家":      "𠮷|野|家",
		"":         "",
	} {
		at := 0
		var got []string
		for _, w := range c.Segment([]byte(text)) {
			if w.Start != at {
				t.Fatalf("%q: a word begins at byte %d, the one before ends at %d", text, w.Start, at)
			}
			at = w.End
			got = append(got, text[w.Start:w.End])
		}
		if at != len(text) {
			t.Errorf("%q: the words end at byte %d of %d", text, at, len(text))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q: %s, want %s", text, s, want)
		}
	}
}

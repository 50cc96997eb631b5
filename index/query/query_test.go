package query

import (
	"html"
	"testing"
)

func TestMarkedIsHTML(t *testing.T) {
	for _, text := range []string{"", "潮", `<b>"海" & 'x'</b>`, "a<", "&&", "<>&'\"", "潮\x00\xff<"} {
		escaped := html.EscapeString(text)
		m := Marked{{Text: text}, {Text: text, Mark: true}}
		if got, want := m.HTML(), escaped+"<mark>"+escaped+"</mark>"; got != want {
			t.Errorf("%q as HTML is %q, want %q", text, got, want)
		}
		if got := m.String(); got != text+text {
			t.Errorf("%q as text is %q", text, got)
		}
	}
}

package accent

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/web"
)

func tokens(t *testing.T) string {
	t.Helper()
	data, err := fs.ReadFile(web.Files(), "css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// In every theme that the style sheet has, text in the accent can be read.
func TestAccentCanBeReadInEveryTheme(t *testing.T) {
	css := tokens(t)
	for _, c := range [][2]string{{"#0b5394", ""}, {"#000000", ""}, {"#14532d", "#86efac"}, {"#9e1b1f", "#f08a7d"}} {
		out, err := Apply(css, c[0], c[1])
		if err != nil {
			t.Fatalf("%v: %v", c, err)
		}
		if strings.Count(out, "{") != strings.Count(css, "{") || strings.Count(out, "\n") != strings.Count(css, "\n") {
			t.Errorf("%v: more has changed than colours", c)
		}
		root, themes := map[string]string{}, 0
		for _, rule := range block.FindAllString(out, -1) {
			own := make(map[string]string)
			for name, value := range root {
				own[name] = value
			}
			for _, m := range token.FindAllStringSubmatch(rule, -1) {
				own[m[1]] = m[2]
			}
			if !strings.Contains(rule, "--kb-paper:") {
				continue
			}
			if len(root) == 0 {
				root = own
			}
			themes++
			accent, _ := parse(own["accent"])
			paper, _ := parse(own["paper"])
			ink, _ := parse(own["ink"])
			line, _ := parse(own["line"])
			want := readable
			if contrast(paper, ink) > 20.9 {
				want = high
			}
			if got := contrast(accent, paper); got < want {
				t.Errorf("%v: %s on %s has %.2f:1, want %.1f:1", c, accent, paper, got, want)
			}
			if got := contrast(line, paper); got < seen {
				t.Errorf("%v: the line %s on %s has %.2f:1", c, line, paper, got)
			}
		}
		if themes < 5 {
			t.Errorf("only %d themes were looked at", themes)
		}
	}
}

func TestAccentThatCannotBeReadIsNamed(t *testing.T) {
	css := tokens(t)
	for _, c := range []struct{ light, dark, want string }{
		{"#ff8800", "", `accent "#ff8800" with the page #fbf9f4 has a contrast of 2.27:1, which is 2.23 short of 4.5:1; choose a darker colour`},
		{"#0b5394", "#0b5394", `accent_dark "#0b5394" with the page #191714 has a contrast of 2.28:1, which is 2.22 short of 4.5:1; choose a lighter colour`},
		{"#767676", "", `accent "#767676" with the page #fbf9f4 has a contrast of 4.31:1, which is 0.19 short of 4.5:1; choose a darker colour`},
	} {
		_, err := Apply(css, c.light, c.dark)
		var fault *Fault
		if !errors.As(err, &fault) || err.Error() != c.want {
			t.Errorf("%s, %s: %v, want %s", c.light, c.dark, err, c.want)
		}
	}
	for _, bad := range []string{"", "#12345", "9e1b1f", "#9e1b1g", "#é1b1f"} {
		if _, err := Apply(css, bad, ""); err == nil {
			t.Errorf("%q is taken for a colour", bad)
		}
	}
}

func TestContrastIsThatOfTheRule(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#ffffff", "#000000", 21}, {"#777777", "#ffffff", 4.478}, {"#9e1b1f", "#9e1b1f", 1}} {
		a, _ := parse(c.a)
		b, _ := parse(c.b)
		if got := contrast(a, b); got < c.want-0.001 || got > c.want+0.001 {
			t.Errorf("%s and %s: %.3f, want %.3f", c.a, c.b, got, c.want)
		}
	}
}

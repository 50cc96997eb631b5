package accent

import (
	"fmt"
	"math"
	"regexp"
	"strings"
)

// What WCAG 2.2 asks of text: level AA, and AAA where the reader wants high contrast.
const (
	readable = 4.5
	high     = 7
	seen     = 3 // of a line
)

// A Fault is a pair of colours that cannot be told apart well enough.
type Fault struct {
	Key    string // of kanbao.toml
	Accent string
	Ground string
	What   string // the ground is
	Got    float64
	Want   float64
}

func (f *Fault) Error() string {
	advice := "darker"
	if g, _ := parse(f.Ground); g.luminance() < 0.5 {
		advice = "lighter"
	}
	// Rounded down: what fails must not look as if it did not.
	got := math.Floor(f.Got*100) / 100
	return fmt.Sprintf("%s %q with %s %s has a contrast of %.2f:1, which is %.2f short of %.1f:1; choose a %s colour",
		f.Key, f.Accent, f.What, f.Ground, got, f.Want-got, f.Want, advice)
}

// What an accent stands beside.
const (
	onPaper  = "the page"
	onSheet  = "the ground of quotations and code"
	onAccent = "the text upon it"
)

var (
	// block matches a rule of a style sheet.
	block = regexp.MustCompile(`\{[^{}]*\}`)
	// token matches a colour that a rule gives a name to.
	token = regexp.MustCompile(`--kb-([a-z-]+): *(#[0-9a-fA-F]{6});`)
)

// Apply returns the style sheet of tokens with another accent, light for pages that
// are light and dark for those that are dark; where dark is empty, it is made of
// light, and so are those of high contrast. The error is a *Fault if a colour that is
// given has too little contrast in one of the rules.
func Apply(css, light, dark string) (string, error) {
	given, ok := parse(light)
	if !ok {
		return "", fmt.Errorf("accent %q is no colour such as #9e1b1f", light)
	}
	a := applying{light: given, root: map[string]string{}}
	if dark != "" {
		if a.dark, ok = parse(dark); !ok {
			return "", fmt.Errorf("accent_dark %q is no colour such as #f08a7d", dark)
		}
		a.darkGiven = true
	}
	out := block.ReplaceAllStringFunc(css, a.rule)
	return out, a.fault
}

type applying struct {
	light, dark colour
	darkGiven   bool
	root        map[string]string // colours of the first rule, which the others inherit
	fault       error
}

// rule returns a rule with the accent in it.
func (a *applying) rule(rule string) string {
	own := make(map[string]string)
	for _, m := range token.FindAllStringSubmatch(rule, -1) {
		own[m[1]] = strings.ToLower(m[2])
	}
	if own["paper"] == "" {
		return rule
	}
	if len(a.root) == 0 {
		a.root = own
	}
	get := func(name string) colour {
		s := own[name]
		if s == "" {
			s = a.root[name]
		}
		c, _ := parse(s)
		return c
	}
	paper := get("paper")
	accent, key := a.accentOn(paper, contrast(paper, get("ink")) > 20.9)
	for _, g := range []struct{ token, what string }{{"paper", onPaper}, {"sheet", onSheet}, {"on-accent", onAccent}} {
		if got := contrast(accent, get(g.token)); got < readable && a.fault == nil {
			a.fault = &Fault{key, accent.String(), get(g.token).String(), g.what, got, readable}
		}
	}
	was := own["accent"]
	if c, ok := parse(was); ok {
		// With some of the ground shining through.
		rule = strings.ReplaceAll(rule, c.parts(), accent.parts())
	}
	return token.ReplaceAllStringFunc(rule, func(s string) string {
		m := token.FindStringSubmatch(s)
		value := strings.ToLower(m[2])
		switch {
		case was != "" && value == was:
			value = accent.String()
		case m[1] == "line":
			value = a.light.toward(paper, seen).String()
		}
		return "--kb-" + m[1] + ": " + value + ";"
	})
}

// accentOn returns the accent for a page of a colour, and the key that it is from.
func (a *applying) accentOn(paper colour, highContrast bool) (colour, string) {
	isLight := paper.luminance() > 0.5
	accent, key := a.light, "accent"
	if !isLight && a.darkGiven {
		accent, key = a.dark, "accent_dark"
	}
	switch {
	case highContrast:
		return accent.toward(paper, high+0.5), key
	case !isLight && !a.darkGiven:
		// A little more than must be: it stands on grounds that are lighter, too.
		return accent.toward(paper, readable+1.5), key
	}
	return accent, key
}

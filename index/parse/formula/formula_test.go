package formula

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func TestKnownCommandsAreShown(t *testing.T) {
	args := map[string]string{
		"frac": "{a}{b}", "binom": "{a}{b}", "tbinom": "{a}{b}", "sqrt": "{a}", "text": "{a}", "textbf": "{a}", "textit": "{a}",
		"overset": "{a}{b}", "underset": "{a}{b}", "left": "( x \\right)", "not": "=", "pmod": "{n}", "substack": `{a \\ b}`, "phantom": "{a}",
		"overbrace": "{a}", "underbrace": "{a}",
	}
	for _, c := range commands {
		switch c {
		case "right", "begin", "end", "hline":
			continue
		}
		arg, ok := args[c]
		if !ok {
			arg = "{x}"
		}
		if out, ok := MathML("$\\" + c + arg + "$"); !ok || strings.Contains(out, "merror") {
			t.Errorf("\\%s: %v %s", c, ok, out)
		}
	}
	for _, e := range environments {
		spec := ""
		if e == "array" {
			spec = "{cc}"
		}
		if out, ok := MathML(`\[\begin{` + e + "}" + spec + `a & b \\ c & d\end{` + e + `}\]`); !ok || strings.Contains(out, "merror") {
			t.Errorf("%s: %v %s", e, ok, out)
		}
	}
}

func TestMathML(t *testing.T) {
	got, ok := MathML(`$x<y$`)
	want := `<math display="inline"><semantics><mrow><mi>x</mi><mo>&lt;</mo><mi>y</mi></mrow><annotation encoding="application/x-tex">$x&lt;y$</annotation></semantics></math>`
	if !ok || got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	for _, s := range []string{`$\unknown{x}$`, `$\frac{1$`, `$\text{<b>}$`, `$\newcommand{\a}{b}\a$`, `$\right)$`, `$$`, `x`, `$\begin{evil}\end{evil}$`, `$\href{javascript:1}{x}$`} {
		if out, ok := MathML(s); ok {
			t.Errorf("%s became %s", s, out)
		}
	}
}

// What comes out is MathML and nothing else, whatever goes in, and the same each
// time.
func FuzzMathML(f *testing.F) {
	for _, s := range []string{`\frac{1}{2}`, `\left\{a_1\right\}`, `\begin{matrix}a&b\\c\end{matrix}`, `<script>`, `\text{<img>}`, `{{{`, `\\`, `_^`, `\sqrt[3]{x}`, `x^{y^{z}}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, tex string) {
		if len(tex) > 500 {
			return
		}
		out, ok := MathML("$" + tex + "$")
		if !ok {
			return
		}
		if again, _ := MathML("$" + tex + "$"); again != out {
			t.Errorf("%q: once %s, once %s", tex, out, again)
		}
		nodes, err := html.ParseFragment(strings.NewReader(out), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
		if err != nil || len(nodes) != 1 {
			t.Fatalf("%q: %d nodes of %s, %v", tex, len(nodes), out, err)
		}
		for n := range nodes[0].Descendants() {
			if n.Type == html.ElementNode && n.Namespace != "math" {
				t.Errorf("%q: <%s> in %s", tex, n.Data, out)
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.Contains(a.Key, "href") {
					t.Errorf("%q: %s=%q", tex, a.Key, a.Val)
				}
			}
		}
	})
}

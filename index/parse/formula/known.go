package formula

import (
	"regexp"
	"slices"
	"strings"
)

// command matches a command of TeX.
var command = regexp.MustCompile(`\\(?:[A-Za-z]+\*?|.|$)`)

// known returns a formula in the words of the library, or false if it has a
// command that is not in the lists below: the library would put a mark of an error
// in its place, or write to the standard error.
func known(tex string) (string, bool) {
	left := 0
	ok := true
	out := command.ReplaceAllStringFunc(tex, func(c string) string {
		name := strings.TrimPrefix(c, `\`)
		if other, found := renamed[name]; found {
			return other
		}
		switch name {
		case "left":
			left++
		case "right":
			left--
			ok = ok && left >= 0
		}
		switch {
		case len(name) == 1 && strings.Contains(`,;:!{}|\ %$&_#>`, name):
		case !slices.Contains(commands, name):
			ok = false
		}
		return c
	})
	for _, m := range environment.FindAllStringSubmatch(out, -1) {
		ok = ok && slices.Contains(environments, m[1])
	}
	return out, ok && left == 0 && !strings.ContainsAny(inText(out), "<>&")
}

var (
	environment = regexp.MustCompile(`\\begin\{([^}]*)\}`)
	text        = regexp.MustCompile(`\\(?:text[a-z]*|mbox|mathop)\s*\{([^}]*)`)
)

// inText returns what stands in \text{…}, which the library passes on as HTML.
func inText(tex string) string {
	var b strings.Builder
	for _, m := range text.FindAllStringSubmatch(tex, -1) {
		b.WriteString(m[1])
	}
	return b.String()
}

// renamed has the commands that the library knows by another name or should not
// see.
var renamed = map[string]string{
	"operatorname": `\mathrm`, "operatorname*": `\mathrm`, "bm": `\mathbf`, "boldsymbol": `\mathbf`, "pmb": `\mathbf`,
	"rm": `\mathrm`, "nonumber": "", "notag": "", "limits": "", "nolimits": "", "mbox": `\text`, "textrm": `\text`, "textbf": `\text`, "textit": `\text`, "arg": `\mathrm{arg}`,
	"dfrac": `\frac`, "tfrac": `\frac`, "cfrac": `\frac`, "colon": ":", "lbrace": `\{`, "rbrace": `\}`, "lbrack": "[", "rbrack": "]",
	"middle": "", "big": "", "Big": "", "bigg": "", "Bigg": "", "bigl": "", "bigr": "", "Bigl": "", "Bigr": "",
	"biggl": "", "biggr": "", "Biggl": "", "Biggr": "", "displaystyle": "", "textstyle": "", "implies": `\Longrightarrow`,
	"iff": `\Longleftrightarrow`, "dots": `\ldots`, "lt": "<", "gt": ">", "thinspace": `\,`, "lvert": "|", "rvert": "|",
	"lVert": `\|`, "rVert": `\|`, "vert": "|", "Vert": `\|`, "le": `\leq`, "ge": `\geq`, "ne": `\neq`, "to": `\rightarrow`,
	"gets": `\leftarrow`, "land": `\wedge`, "lor": `\vee`, "lnot": `\neg`, "hfill": "", "quad": `\quad`,
}

var commands = strings.Fields(`
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho sigma
varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
frac binom tbinom sqrt sum prod int iint iiint oint coprod bigcup bigcap bigoplus bigotimes bigvee bigwedge lim limsup liminf
max min sup inf det dim exp gcd hom ker log ln lg sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth deg Pr
left right begin end text mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr
hat bar vec dot ddot tilde widehat widetilde overline underline overbrace underbrace overset underset overrightarrow
leq geq neq equiv approx sim simeq cong propto ll gg prec succ preceq succeq subset supset subseteq supseteq in notin ni
cup cap setminus emptyset varnothing forall exists nexists neg wedge vee oplus otimes odot times div cdot ast star circ bullet pm mp
rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow Longrightarrow Longleftrightarrow longrightarrow
longleftarrow mapsto uparrow downarrow nearrow searrow hookrightarrow rightharpoonup rightleftharpoons
infty partial nabla hbar ell Re Im aleph angle triangle square perp parallel mid nmid vdots ddots ldots cdots
langle rangle lfloor rfloor lceil rceil prime dagger therefore because top bot models vdash
quad qquad not pmod bmod substack hline`)

// whole are the environments that hold a formula and say nothing more of it.
var whole = []string{"equation", "displaymath", "math"}

// alone are those besides that TeX reads outside of a formula. Not all of them can be
// shown, and what cannot be shown stays TeX.
var alone = []string{"align", "alignat", "flalign", "gather", "multline", "eqnarray", "split", "cases", "array", "matrix", "pmatrix", "bmatrix", "vmatrix", "aligned", "gathered"}

// IsEnvironment reports whether \begin{name} begins a formula.
func IsEnvironment(name string) bool {
	name = strings.TrimSuffix(name, "*")
	return slices.Contains(whole, name) || slices.Contains(alone, name)
}

var environments = strings.Fields(`
matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array cases align align* aligned split gather gather* gathered`)

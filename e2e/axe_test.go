package e2e

import (
	"fmt"
	"os"
	"sync"
)

// axe is the script of axe-core.
var axe = sync.OnceValues(func() (string, error) {
	script, err := os.ReadFile("../build/axe-core/node_modules/axe-core/axe.min.js")
	if err != nil {
		return "", fmt.Errorf("%w: ./build.sh test installs axe-core", err)
	}
	return string(script) + ";0", nil
})

// loadAxe puts axe-core into the page.
func (p *page) loadAxe() {
	p.t.Helper()
	script, err := axe()
	p.must(err)
	p.must(p.tab.Eval(script, nil))
}

// What axe-core is asked. It takes a third of a second for all rules. Most are about what
// is there, so that in other colours or sizes the few that are about these are enough.
const (
	everyRule     = `{}`
	ruleOfColours = `{ runOnly: ["color-contrast", "link-in-text-block"] }`
	ruleOfSizes   = `{ runOnly: ["color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"] }`
	// For easy reading contrast is higher by a rule that is off by default.
	everyRuleOfCare     = `{ rules: { "color-contrast-enhanced": { enabled: true } } }`
	ruleOfColoursOfCare = `{ runOnly: ["color-contrast", "color-contrast-enhanced", "link-in-text-block"], rules: { "color-contrast-enhanced": { enabled: true } } }`
)

// violations asks axe-core, which is in the page, about what is seen, and returns those
// that a JavaScript expression of v is true for. Only violations are written out in full.
func (p *page) violations(rules, worth string) []string {
	p.t.Helper()
	return eval[[]string](p, `axe.run(Object.assign({ resultTypes: ["violations"] }, `+rules+`)).then((r) => r.violations
		.filter((v) => `+worth+`)
		.map((v) => v.impact + " " + v.id + ": " + v.help + "\n" + v.nodes.slice(0, 3).map((n) => "  " + n.html.slice(0, 200) + " " + n.failureSummary).join("\n")))`)
}

// accessible fails the test on a serious fault in a scheme of colours.
func (p *page) accessible(scheme, rules string) {
	p.t.Helper()
	p.wait(`matchMedia("(prefers-color-scheme: ` + scheme + `)").matches && ` + atRest)
	for _, fault := range p.violations(rules, `v.impact === "serious" || v.impact === "critical"`) {
		p.t.Errorf("%s: %s", scheme, fault)
	}
}

// atRest is true when nothing moves.
const atRest = `document.getAnimations().every((a) => a.playState !== "running")`

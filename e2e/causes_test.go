package e2e

import (
	"net/http"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/e2e/harness"
)

// Each failure names its cause: to the reader, in the page's language, in the kind of
// the error, and in the console, where it is said what to do.
func TestCausesAreNamed(t *testing.T) {
	refuse := func(status int, ending string) func(w http.ResponseWriter, r *http.Request) bool {
		return func(w http.ResponseWriter, r *http.Request) bool {
			if strings.HasPrefix(r.URL.Path, base) && strings.Contains(r.URL.Path, ending) {
				w.WriteHeader(status)
				return true
			}
			return false
		}
	}
	for name, c := range map[string]struct {
		page      hostPage
		intercept func(w http.ResponseWriter, r *http.Request) bool
		kind      string
		said      string // to the reader
		advice    string // a part of what the console has
	}{
		"no wasm":          {page: hostPage{headers: []string{"Content-Security-Policy: script-src 'self'"}}, kind: "policy", said: "安全策略", advice: "'wasm-unsafe-eval'"},
		"connect-src":      {page: hostPage{headers: []string{"Content-Security-Policy: connect-src https://example.cn"}}, kind: "policy", said: "安全策略", advice: "connect-src 'self'"},
		"wrong base":       {page: hostPage{body: `<kanbao-search base="/nothing/"></kanbao-search>`}, kind: "no-index", said: "还没有准备好", advice: "/nothing/"},
		".kb is refused":   {intercept: refuse(404, ".kb"), kind: "refused", said: "不肯发送", advice: "manifest.kb: 404"},
		".kb is forbidden": {intercept: refuse(403, ".kb"), kind: "refused", said: "不肯发送", advice: "manifest.kb: 403"},
		"chunks are refused": {intercept: func(w http.ResponseWriter, r *http.Request) bool {
			return !strings.Contains(r.URL.Path, "manifest") && refuse(404, ".kb")(w, r)
		}, kind: "refused", said: "不肯发送", advice: ".kb: 404"},
		"wasm is refused": {intercept: refuse(404, ".wasm"), kind: "refused", said: "不肯发送", advice: ".wasm: 404"},
		"a page for .kb": {intercept: func(w http.ResponseWriter, r *http.Request) bool {
			return strings.Contains(r.URL.Path, ".kb") && portal(w)
		}, kind: "page", said: "用网页代替了", advice: "manifest.kb"},
		"a page for .wasm": {intercept: func(w http.ResponseWriter, r *http.Request) bool {
			return strings.Contains(r.URL.Path, ".wasm") && portal(w)
		}, kind: "page", said: "用网页代替了", advice: ".wasm"},
		"a wrong attribute":         {page: hostPage{body: `<kanbao-search filters="red"></kanbao-search>`}, kind: "usage", said: "没有设置好", advice: "red"},
		"a field that is not there": {page: hostPage{body: `<kanbao-search filters="colour:red"></kanbao-search>`}, kind: "usage", said: "没有设置好", advice: "colour"},
		"the site in English":       {page: hostPage{body: `<kanbao-search base="/nothing/" lang="en"></kanbao-search>`}, kind: "no-index", said: "not ready here", advice: "/nothing/"},
	} {
		t.Run(name, func(t *testing.T) {
			p := c.page.visit(t)
			p.tab.Allow(`40[34]|看报：|Content Security|script-src|connect-src|Failed to fetch|csp|/nothing/`)
			p.server.Intercept(c.intercept)
			causeIs(p, c.kind, c.said, c.advice)
		})
	}
}

// causeIs searches in vain and looks at what is said of it.
func causeIs(p *page, kind, said, advice string) {
	p.t.Helper()
	p.must(p.tab.Eval(`{
		window.errors = [];
		window.consoled = [];
		console.warn = (text) => { consoled.push(text); };
		addEventListener("kanbao:error", ({ detail }) => errors.push(detail.kind));
	}`, nil))
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.insert(word)
	p.wait(`errors.length`)
	if got := eval[string](p, `errors[0]`); got != kind {
		p.t.Errorf("the kind is %q, want %q", got, kind)
	}
	if got := eval[string](p, inElement+`.querySelector("[role=status]").textContent`); !strings.Contains(got, said) || strings.Contains(got, "刚刚更新") {
		p.t.Errorf("the reader is told %q, want %q", got, said)
	}
	if got := strings.Join(eval[[]string](p, `consoled`), "\n"); !strings.Contains(got, advice) || !strings.Contains(got, "看报：") {
		p.t.Errorf("the console has %q, want %q", got, advice)
	}
}

func TestAnotherOriginThatDoesNotAllowItIsNamed(t *testing.T) {
	other, err := harness.Serve(sample, base)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Stop()
	p := hostPage{body: `<kanbao-search base="` + other.URL("") + `"></kanbao-search>`}.visit(t)
	p.tab.Allow(`CORS|ERR_FAILED|Access-Control|看报`)
	causeIs(p, "cors", "不允许这个网页读取", "Access-Control-Allow-Origin")
	other.Stop()
}

// A network that is down is no one's fault.
func TestServerThatIsGoneIsUnreachable(t *testing.T) {
	p := widget(t)
	p.tab.Allow(`ERR_CONNECTION_REFUSED|Failed to fetch`)
	p.server.Stop()
	kind := eval[string](p, `import("`+base+`kanbao.js").then(({ open }) => open()).catch((error) => error.kind)`)
	if kind != "unreachable" {
		t.Errorf("the kind is %q", kind)
	}
}

package e2e

import (
	"encoding/json"
	"os/exec"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/e2e/cases"
	"github.com/kanbao/kanbao/index/query"
)

// module opens the index with kanbao.js in a page of somebody else; it is ix.
func module(t *testing.T) *page {
	p := prepare(t, sample)
	p.server.Page("/gov/", strings.Replace(foreign, ` href="data:,"`, ` href="/favicon.ico"`, 1))
	p.must(p.tab.Open(p.server.Origin() + "/gov/"))
	p.must(p.tab.Eval(`import("`+base+`kanbao.js").then(async ({ open }) => { globalThis.ix = await open("`+base+`") })`, nil))
	return p
}

// native asks the command and returns what it prints.
func native(t *testing.T, args ...string) []byte {
	t.Helper()
	out, err := exec.Command(kanbao, append([]string{"query", sample, "--json"}, args...)...).Output()
	if err != nil {
		t.Fatalf("kanbao query %q: %v", args, err)
	}
	return out
}

// flags returns a query as flags of the command.
func flags(q query.Query) []string {
	args := []string{"--limit", strconv.Itoa(q.Limit), "--offset", strconv.Itoa(q.Offset)}
	if q.Sort != query.Relevance {
		args = append(args, "--sort", string(q.Sort))
	}
	for _, f := range q.Filters {
		is := "="
		if f.Not {
			is = "!="
		}
		for _, v := range f.Values {
			args = append(args, "--filter", string(f.Field)+is+v)
		}
	}
	for _, f := range q.Facets {
		args = append(args, "--facets", string(f))
	}
	return append(args, "--", q.Text)
}

// TestCasesInTheBrowser runs the table of cases through kanbao.js. All of each
// answer, down to scores and marks, is that of the command.
func TestCasesInTheBrowser(t *testing.T) {
	p := module(t)
	for _, c := range cases.All() {
		options, err := json.Marshal(c.Query)
		if err != nil {
			t.Fatal(err)
		}
		answer := eval[map[string]any](p, `(({ text, ...options }) => ix.search(text, options))(`+string(options)+`).then((a) => {
			for (const passage of a.hits.flatMap((hit) => [hit, ...hit.more])) {
				if (!passage.href.startsWith(location.origin)) throw passage.href;
				passage.href = ""; // the command knows no address of the site
				delete passage.excerpt;
			}
			return a;
		})`)
		browser, err := json.Marshal(answer)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range c.Faults(browser) {
			t.Errorf("%s: %q: %s", c.About, c.Query.Text, fault)
		}
		if command := native(t, flags(c.Query)...); !sameJSON(t, command, browser) {
			t.Errorf("%s: %q:\nthe command: %s\nthe browser: %s", c.About, c.Query.Text, command, browser)
		}
	}
	for _, o := range cases.Offers() {
		browser := eval[json.RawMessage](p, `ix.suggest(`+quote(o.Typed)+`, { limit: 8 })`)
		if command := native(t, "--suggest", "--limit", "8", "--", o.Typed); !sameJSON(t, command, browser) {
			t.Errorf("%q is completed\nby the command: %s\nby the browser: %s", o.Typed, command, browser)
		}
	}
	if empty := eval[cases.Answer](p, `ix.search("")`); empty.Total != 0 {
		t.Errorf("nothing was asked for and %d articles found", empty.Total)
	}
	p.must(p.tab.Eval(`ix.close()`, nil))
}

func sameJSON(t *testing.T, a, b []byte) bool {
	t.Helper()
	var x, y any
	if err := json.Unmarshal(a, &x); err != nil {
		t.Fatalf("%v: %s", err, a)
	}
	if err := json.Unmarshal(b, &y); err != nil {
		t.Fatalf("%v: %s", err, b)
	}
	return reflect.DeepEqual(x, y)
}

package e2e

import (
	"net/http"
	"strings"
	"testing"
)

// A signal ends what it was given to and nothing that is done already.
func TestSignalsEndWithTheirCalls(t *testing.T) {
	p := widget(t)
	bad := inModule[[]string](p, `
		const bad = [], stop = new AbortController(), { signal } = stop;
		let listeners = 0;
		const add = signal.addEventListener, remove = signal.removeEventListener;
		signal.addEventListener = function (...args) { listeners++; add.apply(this, args); };
		signal.removeEventListener = function (...args) { listeners--; remove.apply(this, args); };
		const index = await open("/news/", { signal });
		for (let i = 0; i < 3; i++) await index.search("`+word+`", { signal });
		await index.article("nothing", { signal }).catch(() => {});
		await new Promise((resolve) => { setTimeout(resolve, 50); });
		if (listeners) bad.push(listeners + " listeners are left at a signal");
		stop.abort(new Error("enough"));
		await new Promise((resolve) => { setTimeout(resolve, 50); });
		const again = await index.search("`+word+`").catch((error) => error);
		if (!again.total) bad.push("an index is open no more when the signal of its opening is aborted later: " + again.message);
		index.close();
		index.close();
		return bad;`)
	for _, b := range bad {
		t.Error(b)
	}
}

// What cannot be an option is told, and not waited for.
func TestOptionsThatAreNoOptions(t *testing.T) {
	p := widget(t)
	for _, bad := range inModule[[]string](p, `
		const index = await open("/news/"), bad = [];
		const calls = { list: [], inherited: Object.create({ sort() {} }), given: new (class { get limit() { return "3"; } })(), method: { sort() {} } };
		for (const [name, options] of Object.entries(calls)) {
			const error = await index.search("`+word+`", options).catch((error) => error);
			if (error.kind !== "usage") bad.push(name + ": " + error.kind);
		}
		if (!(await index.search("`+word+`", Object.create({ limit: 1 }))).hits.length) bad.push("an option that is inherited is one");
		index.close();
		return bad;`) {
		t.Error(bad)
	}
}

// A form may have a field that is called as a property of forms is.
func TestFormWithFieldsNamedAsItsProperties(t *testing.T) {
	p := hostPage{body: `<kanbao-search><form action="/find"><input type="search" name="words"><input type="hidden" name="action" value="search"><input type="hidden" name="method" value="x"></form></kanbao-search>`}.visit(t)
	p.server.PageWith("/find", `<!doctype html><title>全部</title><link rel="icon" href="data:,">`)
	p.find(word)
	p.press(enter)
	p.wait(`location.pathname + location.search === "/find?words=" + encodeURIComponent("` + word + `") + "&action=search&method=x"`)
}

// A page may set what is searched for before the script of the element has come.
func TestValueSetBeforeTheScript(t *testing.T) {
	p := hostPage{body: `<kanbao-search></kanbao-search><script>document.querySelector("kanbao-search").value = "` + word + `"</script>`}.visit(t)
	p.wait(inElement + `.querySelector("[part=hit] mark")`)
	p.must(p.tab.Eval(`(() => { const e = document.createElement("kanbao-search"); e.setAttribute("mode", "button"); e.show(); })()`, nil))
	p.must(p.tab.Eval(element+`.value = "`+absent+`"`, nil))
	p.wait(inElement + `.querySelector("[role=status]").textContent.includes("没有找到")`)
}

// Hits never lead to a site that they are not of.
func TestBaseChangesDuringASearch(t *testing.T) {
	other := bureau(t)
	p := hostPage{}.visit(t)
	release := make(chan struct{})
	p.server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, ".wasm") {
			<-release
		}
		return false
	})
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.insert(word)
	p.must(p.tab.Eval(element+`.setAttribute("base", "`+other.URL("")+`")`, nil))
	close(release)
	p.wait(hitsInElement + `.length === 1 && ` + hitsInElement + `[0].href.startsWith("` + other.URL("") + `")`)
}

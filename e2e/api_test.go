package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/kanbao/kanbao/e2e/harness"
)

// bureau is a site of two articles, of which one has the word.
func bureau(t *testing.T) *harness.Server {
	t.Helper()
	content, dir := t.TempDir(), filepath.Join(t.TempDir(), "site")
	for name, text := range map[string]string{
		"one.md": "---\ntitle: 观潮通知\ndate: 2025-01-02\ncategories: [通知]\n---\n\n初三" + word + "最高，请在堤内观看。\n",
		"two.md": "---\ntitle: 值班安排\ndate: 2025-01-03\ncategories: [通知]\n---\n\n节日期间照常值班。\n",
	} {
		if err := os.WriteFile(filepath.Join(content, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.Command(kanbao, "build", content, "-o", dir, "--base", base).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	server, err := harness.Serve(dir, base)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	server.Share()
	return server
}

// inModule imports kanbao.js, and runs the body of an async function with it.
func inModule[T any](p *page, body string) T {
	p.t.Helper()
	return eval[T](p, `import("`+base+`kanbao.js").then(async ({ open }) => { `+body+` })`)
}

func TestSeveralSitesAreSearchedAsOne(t *testing.T) {
	other := bureau(t)
	p := hostPage{}.visit(t)
	type hit struct {
		Index       int
		Href, Title string
		Score       float64
	}
	got := inModule[struct {
		Total    int
		Hits     []hit
		Apart    []int
		Facets   int
		Failed   int
		Articles []string
	}](p, `
		const bases = ["/news/", "`+other.URL("")+`"];
		const all = await open(bases), each = await Promise.all(bases.map((base) => open(base)));
		const { total, hits, facets, failed } = await all.search("`+word+`", { limit: 99, facets: ["category"] });
		const answers = await Promise.all(each.map((index) => index.search("`+word+`", { facets: ["category"] })));
		const count = (list) => list.flatMap(({ values }) => values).reduce((sum, { count }) => sum + count, 0);
		const articles = await Promise.all(hits.map(async ({ id, index }) => (await all.article(id, { index })).title));
		const whole = await all.facets({ fields: ["category"] });
		const parts = await Promise.all(each.map((index) => index.facets({ fields: ["category"] })));
		if (count(whole) !== count(parts.flat())) throw new Error("facets of all: " + JSON.stringify([whole, parts]));
		for (const index of [all, ...each]) index.close();
		return { total, hits, failed: failed.length, facets: count(facets) - count(answers.flatMap((a) => a.facets)), apart: answers.map((a) => a.total), articles };`)
	if len(got.Apart) != 2 || got.Apart[0] == 0 || got.Apart[1] != 1 || got.Total != got.Apart[0]+got.Apart[1] || got.Facets != 0 || got.Failed != 0 {
		t.Errorf("%+v: want the sums of both sites", got)
	}
	of := [2]int{}
	for i, h := range got.Hits {
		of[h.Index]++
		origin := []string{p.server.Origin(), other.Origin()}[h.Index]
		if len(h.Href) < len(origin) || h.Href[:len(origin)] != origin {
			t.Errorf("hit %d of index %d leads to %s", i, h.Index, h.Href)
		}
		if i > 0 && h.Score > got.Hits[i-1].Score {
			t.Errorf("hit %d scores more than the one before it: %+v", i, got.Hits)
		}
		if got.Articles[i] != h.Title {
			t.Errorf("article %d is %q, the hit %q", i, got.Articles[i], h.Title)
		}
	}
	if of[1] != 1 || of[0] != got.Apart[0] {
		t.Errorf("%d hits of the first and %d of the second", of[0], of[1])
	}
}

func TestOneOfSeveralSitesMayFail(t *testing.T) {
	p := widget(t)
	p.tab.Allow(`404|看报`)
	got := inModule[[]any](p, `
		const index = await open(["/news/", "/nothing/"]);
		const first = await index.search("`+word+`");
		let last = first;
		while (last.failed[0].kind !== "no-index") {
			await new Promise((resolve) => { setTimeout(resolve, 50); });
			last = await index.search("`+word+`");
		}
		return [first.total, first.failed.length, first.failed[0].base === location.origin + "/nothing/", last.failed[0].kind, last.failed[0].message !== ""];`)
	if got[0].(float64) == 0 || got[1].(float64) != 1 || got[2] != true || got[3] != "no-index" || got[4] != true {
		t.Errorf("found, failed: %v", got)
	}
	kind := inModule[string](p, `return open(["/nothing/", "/nowhere/"]).catch((error) => error.kind);`)
	if kind != "no-index" {
		t.Errorf("where all fail the kind is %q", kind)
	}
}

// Every misuse is told as such, before anything is fetched, and nothing else is.
func TestMisuseIsUsage(t *testing.T) {
	p := widget(t)
	wrong := inModule[[]string](p, `
		const index = await open();
		const calls = {
			base: () => open(7), bases: () => open([]), scheme: () => open("javascript:alert(1)"), address: () => open("http://"), signal: () => open("/news/", { signal: 1 }),
			text: () => index.search(), number: () => index.search(7), options: () => index.search("a", null),
			limit: () => index.search("a", { limit: 0 }), half: () => index.search("a", { limit: 1.5 }), offset: () => index.search("a", { offset: -1 }),
			sort: () => index.search("潮水", { sort: "best" }), order: () => index.search("a", { sort: 1 }), field: () => index.search("a", { facets: ["colour"] }), nameless: () => index.search("a", { facets: [""] }), facets: () => index.search("a", { facets: "tag" }),
			filter: () => index.search("a", { filters: [{ field: "tag", values: "a" }] }), filters: () => index.search("a", { filters: { field: "tag" } }), unknown: () => index.search("a", { limits: 3 }), capital: () => index.search("a", { Limit: 3 }), other: () => index.suggest("a", { offset: 1 }),
			opened: () => open("/news/", { lang: "en" }), articles: () => index.article("a", { signals: 1 }), all: () => index.facets({ facets: ["tag"] }), key: () => index.search("a", { filters: [{ field: "tag", values: ["a"], negate: true }] }), confirm: () => index.search("a", { confirm: 1 }), nul: () => index.search("a", { filters: [null] }),
			suggest: () => index.suggest(null), article: () => index.article(7), part: () => index.article("a", { index: "0" }), counted: () => index.facets({ fields: ["x"] }),
		};
		const bad = [];
		const check = async (name, call) => {
			const error = await call().then(() => null, (error) => error);
			if (error?.name !== "KanbaoError" || error.kind !== "usage" || !error.message) bad.push(name + ": " + error?.kind + " " + error?.message);
		};
		for (const [name, call] of Object.entries(calls)) await check(name, call);
		for (const [name, call] of [["limits", calls.unknown], ["offset", calls.other], ["lang", calls.opened], ["facets", calls.all]]) {
			const { message } = await call().then(() => ({ message: "" }), (error) => error);
			if (!message.includes(JSON.stringify(name))) bad.push("the option " + name + " is not named: " + message);
		}
		const missing = await index.article("nothing").catch((error) => error.kind);
		if (missing !== "not-found") bad.push("an article that is not there: " + missing);
		const { signal } = Object.assign(new AbortController(), {});
		if (!(await index.search("`+word+`", { signal, limit: undefined })).total) bad.push("options that are undefined are none");
		const stop = new AbortController(), aborted = index.search("`+word+`", { signal: stop.signal });
		stop.abort(new Error("enough"));
		if (await aborted.catch((error) => error.message) !== "enough") bad.push("a search that was aborted");
		const never = new AbortController(), opening = open("/news/", { signal: never.signal });
		never.abort(new Error("enough"));
		if (await opening.catch((error) => error.message) !== "enough") bad.push("an opening that was aborted");
		const last = index.search("`+word+`");
		index.close();
		const kind = await last.catch((error) => error.kind);
		if (kind !== "cancelled") bad.push("a search that was closed: " + kind);
		await check("closed", () => index.search("a"));
		return bad;`)
	for _, w := range wrong {
		t.Error(w)
	}
}

// An article comes as the index has it.
func TestArticleByID(t *testing.T) {
	p := widget(t)
	got := inModule[[]string](p, `
		const index = await open();
		const { hits: [hit] } = await index.search("`+word+`", { limit: 1 });
		const article = await index.article(hit.id);
		const block = article.sections.flatMap(({ blocks }) => blocks).find(({ block }) => block === hit.block);
		return [article.title, hit.title, article.href, new URL(hit.url, location.origin + "/news/").href, block.text, hit.snippet.replace(/<\/?mark>|^…|…$/g, "")];`)
	if got[0] != got[1] || got[2] != got[3] || len(got[4]) == 0 {
		t.Errorf("the article and the hit: %q", got)
	}
}

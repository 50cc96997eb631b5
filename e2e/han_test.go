package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	cdp "github.com/chromedp/cdproto/page"
)

// beforePages runs a script in the tab's next pages before their own scripts.
func (p *page) beforePages(script string) {
	p.t.Helper()
	call(p, cdp.AddScriptToEvaluateOnNewDocument, cdp.AddScriptToEvaluateOnNewDocumentParams{Source: script})
}

// siteOf builds a site of one article and returns its folder and the article's path.
func siteOf(t *testing.T, markdown string) (dir, path string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "site")
	content := filepath.Join(t.TempDir(), "content")
	if err := os.MkdirAll(content, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(content, "one.md"), []byte(markdown), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(kanbao, "build", content, "-o", dir, "--base", base).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	found, err := filepath.Glob(filepath.Join(dir, "a", "*", "index.html"))
	if err != nil || len(found) != 1 {
		t.Fatalf("the articles are %q, %v", found, err)
	}
	return dir, "a/" + filepath.Base(filepath.Dir(found[0])) + "/"
}

// showIn has the page shown in a script, by the dialog.
func (p *page) showIn(han string) {
	p.t.Helper()
	p.click("#kb-settings")
	p.wait(`document.querySelector("dialog[open]")`)
	p.click(`dialog [name="kb-han"][value="` + han + `"]`)
	p.press(escape)
	p.wait(`!document.querySelector("dialog[open]")`)
}

const ofHair = `---
title: 理发师的头发
date: 2024-09-05
---

他发现头**发**很干，里面的干部发了面条。“皇后以后”是一只鸟。

Code ` + "`头发`" + ` stays，也是。

- 发里
- 面子

這一段本來就是繁體，公里、皇后和乾隆都不改。
`

func TestPageIsShownInTheOtherScript(t *testing.T) {
	dir, path := siteOf(t, ofHair)
	p := prepare(t, dir)
	p.goTo(path)
	if n := p.server.Count(".txt"); n > 0 {
		t.Errorf("%d tables are fetched before anybody wants one", n)
	}
	text := func(selector string) string {
		return eval[string](p, `document.querySelector(`+quote(selector)+`).textContent`)
	}
	p.must(p.tab.Eval(`document.querySelector("#p3 li").lang = ""`, nil))
	html := eval[string](p, `[...document.querySelectorAll("main :is(h1, #p1, #p2, #p3, #p4)")].map((e) => e.textContent).join("|")`)
	p.must(p.tab.Eval(`document.querySelector("#p3 li").lang = "ja"`, nil))
	p.showIn("hant")
	p.wait(`document.querySelector("h1.kb-title").textContent === "理髮師的頭髮"`)
	for selector, want := range map[string]string{
		"#p1":                 "他發現頭髮很乾，裏面的幹部發了麪條。“皇后以後”是一隻鳥。",
		"#p1 strong":          "髮",
		"#p2 code":            "头发",
		"#p3 li:nth-child(1)": "发里",
		"#p3 li:nth-child(2)": "面子",
		"#p4":                 "這一段本來就是繁體，公里、皇后和乾隆都不改。",
		"#kb-settings":        "閱讀設置",
	} {
		if got := text(selector); got != want {
			t.Errorf("%s reads %q, want %q", selector, got, want)
		}
	}
	p.is(`document.querySelector("#kb-q").placeholder.includes("輸入")`, "the hint in the field is shown so, too")

	// What is copied is what the author wrote.
	copied := eval[[]string](p, `(() => {
		const range = new Range();
		range.setStart(document.querySelector("#p1").firstChild, 3);
		range.setEnd(document.querySelector("#p2 code").firstChild, 1);
		getSelection().removeAllRanges();
		getSelection().addRange(range);
		const data = new DataTransfer();
		document.querySelector("#p1").dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
		return [data.getData("text/plain"), data.getData("text/html")];
	})()`)
	if want := "头发很干，里面的干部发了面条。“皇后以后”是一只鸟。\n\nCode 头"; strings.TrimSpace(copied[0]) != want {
		t.Errorf("copied is %q, want %q", copied[0], want)
	}
	if !strings.Contains(copied[1], "头<strong>发</strong>很干") || strings.ContainsAny(copied[1], "髮發裏") {
		t.Errorf("copied as HTML is %q", copied[1])
	}

	// Scripts that quote or search the page are told it, too.
	if got := eval[string](p, `(() => {
		const detail = { of: getSelection(), text: "" };
		dispatchEvent(new CustomEvent("kb-written", { detail }));
		return detail.text;
	})()`); !strings.HasPrefix(got, "头发很干，里面的干部") {
		t.Errorf("a quotation would be %q", got)
	}

	// A script that marks words in the page splits text nodes; nothing is lost by it.
	p.must(p.tab.Eval(`(() => {
		const node = [...document.querySelector("#p1").childNodes].filter((n) => n instanceof Text && n.data.trim()).at(-1);
		const range = new Range();
		range.setStart(node, 4);
		range.setEnd(node, 5);
		range.surroundContents(document.createElement("mark"));
	})()`, nil))
	p.wait(`document.querySelector("#p1 mark").textContent === "面"`)
	p.must(p.tab.Eval(`document.querySelector("#p3 li").lang = ""`, nil))
	p.showIn("written")
	p.wait(`document.querySelector("#p1").textContent.startsWith("他发现头发很干，里面")`)
	p.must(p.tab.Eval(`(() => { const m = document.querySelector("#p1 mark"); m.replaceWith(...m.childNodes); document.querySelector("#p1").normalize(); })()`, nil))
	if got := eval[string](p, `[...document.querySelectorAll("main :is(h1, #p1, #p2, #p3, #p4)")].map((e) => e.textContent).join("|")`); got != html {
		t.Errorf("shown as written again, the page is\n%s\nand was\n%s", got, html)
	}
}

func TestLiveViewsAreShownInTheOtherScript(t *testing.T) {
	dir, _ := siteOf(t, ofHair)
	p := prepare(t, dir)
	p.goTo("")
	p.choose(`{"han":"hant"}`)
	p.goTo("search/?q=头发")
	p.wait(`document.querySelector("#kb-hits .kb-hit-title")?.textContent === "理髮師的頭髮"`)
	p.is(`[...document.querySelectorAll("#kb-hits mark")].map((m) => m.textContent).join("|").includes("頭髮")`, "the marks are on what was found")
	p.is(`document.querySelector("#kb-q").value === "头发"`, "what was typed stays")
	p.click(".kb-hit")
	p.wait(`document.querySelector("#kb-live .kb-text")?.textContent.includes("他發現頭髮很乾")`)
	p.is(`document.title.includes("理发师的头发")`, "the title, which is kept elsewhere, is the author's")
}

// TestLongPageIsShownPieceByPiece: no turn of the page's own work may take long.
func TestLongPageIsShownPieceByPiece(t *testing.T) {
	var long strings.Builder
	long.WriteString("---\ntitle: 长文\n---\n\n")
	for range 6000 {
		long.WriteString("头发很干，里面的干部发了面条，以后的发展和历史的关系是一只鸟。系统里的面子只有一里。\n\n")
	}
	dir, path := siteOf(t, long.String())
	p := prepare(t, dir)
	p.goTo(path)
	p.must(p.tab.Eval(`window.turns = 0; new MutationObserver(() => { window.turns++; }).observe(document.body, { characterData: true, subtree: true })`, nil))
	p.must(p.tab.Eval(`document.documentElement; localStorage.setItem("kanbao", '{"han":"hant"}'); dispatchEvent(new CustomEvent("kb-choices"))`, nil))
	p.wait(`document.querySelector("#p6000").textContent.startsWith("頭髮很乾")`)
	if turns := eval[int](p, `window.turns`); turns < 5 {
		t.Errorf("a page of 250,000 characters is converted in %d turns", turns)
	}
}

package e2e

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/kanbao/kanbao/app/text"
)

// inLanguage builds the sample as a site in a language.
func inLanguage(t *testing.T, lang string) string {
	t.Helper()
	folder, dir := filepath.Join(t.TempDir(), "content"), filepath.Join(t.TempDir(), "site")
	if err := os.CopyFS(folder, os.DirFS(content)); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(folder, "kanbao.toml")
	config, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(config), `lang = "zh-Hans"`, `lang = "`+lang+`"`, 1)
	if err := os.WriteFile(name, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(kanbao, "build", folder, "-o", dir, "--base", base).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir
}

// TestReaderChoosesTheLanguage in the dialog, and has it on the pages that follow.
func TestReaderChoosesTheLanguage(t *testing.T) {
	p := open(t, articles(t)[0].Path())
	written := eval[string](p, `document.querySelector(".kb-text").innerText`)
	p.click("#kb-settings")
	p.wait(`document.querySelector("dialog[open]")`)
	p.click(`dialog [name="kb-lang"][value="en"]`)
	p.wait(`document.querySelector("#kb-settings").textContent === "Reading settings"`)
	p.wait(`document.querySelector("dialog[open] h2").textContent === "Reading settings"`)
	p.is(`document.querySelectorAll("dialog").length === 1 && document.activeElement.matches("dialog [value=en]") && document.activeElement.checked`, "the dialog speaks English, too, and the focus is where it was")
	p.press(escape)
	p.wait(`!document.querySelector("dialog[open]") && document.activeElement.id === "kb-settings"`)
	p.is(`document.querySelector(".kb-text").innerText === `+quote(written), "the article stays as it was written")
	p.is(`document.documentElement.lang === "zh-Hans" && document.querySelector("#kb-settings").lang === "en" && !document.querySelector(".kb-text").closest("[lang=en]")`, "each text says which language it is in")

	for range 2 { // the second time out of the cache
		p.goTo("archive/")
		p.wait(`document.querySelector("main h1").textContent === "Archive"`)
		p.is(`document.querySelector(".kb-search button").textContent === "Search" && document.title.startsWith("Archive - ")`, "the masthead is in English")
	}
	p.focus()
	p.insert(word)
	p.hits()
	p.wait(`/\d+ articles? found|About \d+ article/.test(document.querySelector("#kb-status").textContent)`)
	p.is(`document.querySelector(".kb-orders button").textContent === `+quote(text.LiveFor("en").Best), "the orders are in English")
	p.is(`document.querySelector("#kb-live").lang === "en" && document.querySelector(".kb-hit").lang === "zh-Hans"`, "results say which language they are in")
	p.click(".kb-hit")
	p.opened()
	p.wait(`document.querySelector("#kb-live .kb-colophon dt")`)
	p.is(`document.querySelector("#kb-live .kb-colophon dt").textContent.match(/^[A-Z]/) && document.querySelector("#kb-live .kb-back").innerText.match(/^[\x20-\x7e]+$/)`, "an article out of the index is in English, but for what was written")
	p.is(`!document.querySelector("#kb-live .kb-text").closest("[lang=en], [lang='']") || document.querySelector("#kb-live .kb-text").closest("[lang]").lang === "zh-Hans"`, "its text is not")
	p.reload()
	p.wait(`document.querySelector("#kb-settings")?.textContent === "Reading settings"`)

	p.click("#kb-settings")
	p.wait(`document.querySelector("dialog[open]")`)
	p.click(`dialog [name="kb-lang"][value="zh-Hant"]`)
	p.wait(`document.querySelector("#kb-settings").textContent === "閱讀設定" && document.querySelector("dialog[open] h2").textContent === "閱讀設定"`)
	p.must(p.tab.Eval(`document.querySelector(".kb-choose-foot button").click()`, nil))
	p.wait(`document.querySelector("#kb-settings").textContent === "阅读设置" && !document.querySelector("#kb-settings").lang && document.querySelector("dialog[open] h2").textContent === "阅读设置"`)
}

// TestLiveViewFollowsTheLanguage: it is chosen over results.
func TestLiveViewFollowsTheLanguage(t *testing.T) {
	p := open(t, "search/?q="+word)
	p.hits()
	for lang, says := range map[string]string{"en": text.LiveFor("en").Narrow, "zh-Hant": text.LiveFor("zh-Hant").Narrow, "zh-Hans": text.LiveFor("zh-Hans").Narrow} {
		p.click("#kb-settings")
		p.wait(`document.querySelector("dialog[open]")`)
		p.click(`dialog [name="kb-lang"][value="` + lang + `"]`)
		p.wait(`document.querySelector(".kb-facets h2")?.textContent === ` + quote(says) + ` && document.querySelector("dialog[open]").lang === ` + quote(lang))
		p.press(escape)
		p.is(`document.querySelectorAll("#kb-hits .kb-hit").length`, "the hits stay")
	}
}

// said is all that a page says, but where words of the site are within what was written:
// citations, and names of what authors have in their text.
const said = `(() => {
	const lines = [];
	for (const e of document.querySelectorAll("title, body *")) {
		if (e.closest("script, noscript, .kb-text, .kb-citation, .kb-colophon dd, #kb-live")) continue;
		const name = e.localName + (e.className.baseVal ?? e.className).replace(/^(?=.)/, ".");
		for (const node of e.childNodes) if (node instanceof Text && node.data.trim()) lines.push(name + ": " + node.data.replace(/\s+/g, " "));
		for (const a of ["aria-label", "title", "placeholder", "alt", "abbr"]) if (e.getAttribute(a)) lines.push(name + "[" + a + "]: " + e.getAttribute(a));
	}
	return lines;
})()`

// TestPagesSayAllInTheLanguage compares pages in the language that was chosen with those
// of a site in that language.
func TestPagesSayAllInTheLanguage(t *testing.T) {
	_, _, printedEdition := printedArticle(t)
	paths := []string{
		"", edition(t), printedEdition, "archive/", "archive/2024-09/", "t/", "by/", "by/姜禾/", "c/", "search/", "404.html", "e/海岬晚报-2024-09-05/",
	}
	paths = append(paths, longArticle(t))
	for i, a := range articles(t) {
		if i%6 == 0 { // each has much of what others have
			paths = append(paths, a.Path())
		}
	}
	for _, c := range []struct{ from, to string }{{text.Hans, text.English}, {text.Hans, text.Hant}, {text.English, text.Hans}} {
		t.Run(c.from+" "+c.to, func(t *testing.T) {
			p, other := prepare(t, inLanguage(t, c.from)), prepare(t, inLanguage(t, c.to))
			p.goTo("404.html")
			p.choose(`{"lang":"` + c.to + `"}`)
			for _, path := range paths {
				p.goTo(path)
				other.goTo(path)
				p.wait(`document.readyState === "complete" && !("wait" in document.documentElement.dataset)`)
				got, want := eval[[]string](p, said), eval[[]string](other, said)
				if len(got) != len(want) {
					t.Errorf("%q says %d things, want %d", path, len(got), len(want))
				}
				for i := range min(len(got), len(want)) {
					if got[i] != want[i] {
						t.Errorf("%q says %q, want %q", path, got[i], want[i])
					}
				}
			}
		})
	}
}

// TestLanguageIsThereBeforeThePageIsSeen looks for shifts, and at the first frame.
func TestLanguageIsThereBeforeThePageIsSeen(t *testing.T) {
	article := articles(t)[0].Path()
	p := open(t, "404.html")
	p.choose(`{"lang":"en"}`)
	for _, width := range []int64{390, 1280} {
		p.narrow(width)
		for _, path := range []string{"", article, "archive/", "search/"} {
			p.goTo(path)
			p.still(fmt.Sprintf("%s at %d pixels", path, width))
			p.is(`document.querySelector("#kb-settings").textContent === "Reading settings" && document.querySelector("#kb-settings").checkVisibility({ visibilityProperty: true })`, "the page is in English")
		}
	}
}

// TestNothingMovesWhileAPageComes: a browser paints what has come of a page, and what comes
// later moves nothing of that, wherever it was cut.
func TestNothingMovesWhileAPageComes(t *testing.T) {
	file, err := os.ReadFile(filepath.Join(sample, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	front := string(file)
	// The line with the date and, on a desk, a section of one article, whose opening stands
	// beside it.
	date := cuts(t, front, `<div class="kb-dateline">`, `<div class="kb-calendar-in">`)
	section := cuts(t, front, `<section class="kb-sheet" aria-labelledby="v2">`, `</article>`)
	p := open(t, "404.html")
	rest := make(chan struct{})
	p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		at, err := strconv.Atoi(r.URL.Query().Get("cut"))
		if err != nil {
			return false
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, front[:at])
		w.(http.Flusher).Flush()
		<-rest
		_, _ = io.WriteString(w, front[at:])
		return true
	})
	for _, c := range []struct {
		choices string
		width   int64
		cuts    []int
	}{
		{`{}`, 390, date},
		{`{}`, 1280, append(date, section...)},
		{`{"lang":"en"}`, 390, date},
		{`{"lang":"en"}`, 1280, date},
	} {
		p.choose(c.choices)
		p.narrow(c.width)
		for _, at := range c.cuts {
			p.must(p.tab.Eval(fmt.Sprintf(`setTimeout(() => { location.href = %s })`, quote(p.server.URL(fmt.Sprintf("?cut=%d", at)))), nil))
			p.wait(fmt.Sprintf(`location.search === "?cut=%d" && performance.getEntriesByType("paint").length`, at))
			rest <- struct{}{}
			p.wait(`document.readyState === "complete"`)
			p.still(fmt.Sprintf("%s, %d pixels, cut before %q", c.choices, c.width, front[at:min(at+40, len(front))]))
		}
	}
}

// cuts returns where the tags are, and the text in elements, from one string to the next
// other one.
func cuts(t *testing.T, page, from, to string) (at []int) {
	t.Helper()
	i := strings.Index(page, from)
	if i < 0 {
		t.Fatalf("the page has no %s", from)
	}
	end := strings.Index(page[i:], to)
	if end < 0 {
		t.Fatalf("the page has no %s after %s", to, from)
	}
	for end += i; i < end; i++ {
		if page[i] == '<' || page[i-1] == '>' && page[i] != '\n' {
			at = append(at, i)
		}
	}
	return at
}

// TestNoFaultOfAccessibilityInAnotherLanguage has axe-core look at pages that are in
// another language than their articles.
func TestNoFaultOfAccessibilityInAnotherLanguage(t *testing.T) {
	p := open(t, "404.html")
	p.choose(`{"lang":"en"}`)
	for _, c := range []struct{ name, path, until string }{
		{"front page", "", ""},
		{"settings", longArticle(t), ""},
		{"results", "search/?q=" + word, `document.querySelector("#kb-hits .kb-hit mark")`},
		{"article out of the index", "search/?q=" + word, `document.querySelector("#kb-live .kb-article mark")`},
	} {
		for _, width := range []int64{390, 1280} {
			call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 844, DeviceScaleFactor: 1})
			p.goTo(c.path)
			p.prepareState(c.name)
			if c.until != "" {
				p.wait(c.until)
			}
			p.loadAxe()
			p.scheme("light")
			p.accessible("light", everyRule)
			if over := eval[int](p, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
				t.Errorf("%s at %d pixels is %d pixels too wide", c.name, width, over)
			}
		}
	}
}

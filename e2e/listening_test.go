package e2e

import (
	"strings"
	"testing"
)

// aVoice stands in for the voices of a browser, of which Chromium without a screen has
// none: it hears what is spoken, and ends a sentence when it is told to.
const aVoice = `(() => {
	let current;
	const said = [];
	const voices = [{ lang: "en-US", name: "English", default: true, localService: true }, { lang: "zh-CN", name: "Chinese", default: false, localService: true }];
	const stop = () => { const last = current; current = undefined; last?.onerror?.({ error: "canceled" }); };
	Object.defineProperty(window, "speechSynthesis", { value: { getVoices: () => voices, cancel: stop, pause() {}, resume() {}, addEventListener() {},
		speak(u) { if (current) throw new Error("two at once"); current = u; said.push({ text: u.text, rate: u.rate, voice: u.voice?.name, lang: u.lang }); } } });
	window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
	window.heard = { said, voices, end: () => { const last = current; current = undefined; last.onend({}); }, fail: () => { const last = current; current = undefined; last.onerror({ error: "synthesis-failed" }); }, get speaking() { return current !== undefined; } };
	addEventListener("pagehide", () => sessionStorage.setItem("left", String(current !== undefined)));
})()`

// withVoice gives the tab's next pages a stand-in for the browser's voices.
func (p *page) withVoice() {
	p.t.Helper()
	p.beforePages(aVoice)
}

// said returns what has been said last.
func (p *page) said() string { return eval[string](p, `heard.said.at(-1)?.text ?? ""`) }

// highlighted returns what is marked as being read.
const highlighted = `[...(CSS.highlights.get("kb-spoken") ?? [])].join("")`

// written is the article's HTML but for its outline, whose mark goes where the reader is.
const written = `(() => {
	const article = document.querySelector(".kb-article").cloneNode(true);
	article.querySelector(".kb-outline")?.remove();
	return article.outerHTML;
})()`

func TestArticleIsReadAloud(t *testing.T) {
	p := prepare(t, sample)
	p.withVoice()
	a := longArticle(t)
	p.goTo(a)
	before := eval[string](p, written)
	p.click("#kb-listen")
	p.wait(`heard.said.length === 1`)
	p.is(`heard.said[0].voice === "Chinese" && heard.said[0].rate === 1`, "the voice is one for the language")
	p.is(`document.querySelector("#kb-listen").getAttribute("aria-pressed") === "true"`, "the button is pressed")
	p.is(highlighted+` === heard.said[0].text`, "the sentence is marked")

	// To the end, one sentence after the other: all that is text has been said.
	want := squeeze(eval[string](p, `[...document.querySelectorAll(".kb-title, .kb-subtitle, .kb-text > :is(p, h2, h3), .kb-text figcaption")].map((e) => e.textContent).join("")`))
	for range 400 {
		if !eval[bool](p, `heard.speaking`) {
			break
		}
		p.is(highlighted+` === heard.said.at(-1).text && (() => { const r = [...CSS.highlights.get("kb-spoken")][0].getBoundingClientRect(); return r.height > 0; })()`, "each sentence is marked while it is read")
		p.must(p.tab.Eval(`heard.end()`, nil))
	}
	said := squeeze(strings.Join(eval[[]string](p, `heard.said.map((s) => s.text)`), ""))
	if !strings.Contains(said, want[:len(want)/2]) || len(said) < len(want) {
		t.Errorf("the article reads\n%s\nand was read as\n%s", want, said)
	}
	for _, s := range eval[[]string](p, `heard.said.map((s) => s.text)`) {
		if strings.Count(s, "“") != strings.Count(s, "”") {
			t.Errorf("quotation marks are torn apart in %q", s)
		}
	}
	p.is(`!document.querySelector(".kb-listening") && document.querySelector("#kb-listen").getAttribute("aria-pressed") === "false"`, "at the end the bar is gone")
	if after := eval[string](p, written); after != before {
		t.Errorf("reading has changed the article from\n%s\nto\n%s", before, after)
	}
}

func TestReadingAloudIsSteered(t *testing.T) {
	p := prepare(t, sample)
	p.withVoice()
	p.goTo(longArticle(t))
	p.click("#kb-listen")
	p.wait(`heard.said.length === 1`)
	paragraphs := eval[[]string](p, `[...document.querySelectorAll(".kb-title, .kb-subtitle, .kb-text > *")].map((e) => e.textContent)`)
	p.click("#kb-later")
	p.click("#kb-later")
	if said := p.said(); !strings.HasPrefix(paragraphs[2], said) {
		t.Errorf("two paragraphs on it says %q, want the beginning of %q", said, paragraphs[2])
	}
	p.click("#kb-earlier")
	if said := p.said(); !strings.HasPrefix(paragraphs[1], said) {
		t.Errorf("one paragraph back it says %q, want the beginning of %q", said, paragraphs[1])
	}
	p.click("#kb-pause")
	p.is(`!heard.speaking && document.querySelector("#kb-pause").getAttribute("aria-pressed") === "true"`, "a pause is one")
	n := eval[int](p, `heard.said.length`)
	p.click("#kb-later")
	p.is(`!heard.speaking`, "a step while it pauses says nothing")
	p.click("#kb-pause")
	p.is(`heard.speaking && document.querySelector("#kb-pause").getAttribute("aria-pressed") === "false"`, "it goes on")
	if got := eval[int](p, `heard.said.length`); got != n+1 {
		t.Errorf("after the pause %d sentences have been said, want %d", got, n+1)
	}
	p.must(p.tab.Eval(`(() => { const s = document.querySelector("#kb-speed"); s.value = "1.5"; s.dispatchEvent(new Event("change", { bubbles: true })); })()`, nil))
	p.is(`heard.speaking && heard.said.at(-1).rate === 1.5 && heard.said.at(-1).text === heard.said.at(-2).text`, "another speed begins the sentence again")
	p.is(`(() => { const rates = [...document.querySelectorAll("#kb-speed option")].map((o) => Number(o.value)); return Math.min(...rates) === 0.8 && Math.max(...rates) === 1.5; })()`, "the speeds go from 0.8 to 1.5")
	p.is(`[...document.querySelectorAll(".kb-listening :is(button, select)")].every((e) => (e.textContent.trim() || e.ariaLabel) && e.getBoundingClientRect().height >= 44)`, "all buttons have names and are large")
	p.must(p.tab.Eval(`heard.fail()`, nil))
	p.is(`document.querySelector(".kb-listening [role=status]").textContent && !heard.speaking`, "a voice that fails is said to")
	p.click("#kb-pause")
	p.is(`heard.speaking && !document.querySelector(".kb-listening [role=status]").textContent`, "it can be tried again")
	p.goTo("archive/")
	p.is(`sessionStorage.getItem("left") === "false" || sessionStorage.getItem("left") === "true"`, "the page was left")
	p.is(`!document.querySelector("#kb-listen").checkVisibility()`, "a list is not read aloud")
}

func TestReadingAloudEndsWithTheArticle(t *testing.T) {
	p := prepare(t, sample)
	p.withVoice()
	p.goTo("search/?q=" + word)
	p.hits()
	p.is(`!document.querySelector("#kb-listen").checkVisibility()`, "hits are not read aloud")
	p.click(".kb-hit")
	p.opened()
	p.click("#kb-listen")
	p.wait(`heard.speaking`)
	p.must(p.tab.Eval(`history.back()`, nil))
	p.hits()
	p.wait(`!heard.speaking && !document.querySelector(".kb-listening")`)
}

func TestNothingOffersToReadWithoutAVoice(t *testing.T) {
	p := prepare(t, sample)
	p.beforePages(strings.Replace(aVoice, `{ lang: "zh-CN", name: "Chinese", default: false, localService: true }`, `{ lang: "ja-JP", name: "Japanese", default: false, localService: true }`, 1))
	p.goTo(longArticle(t))
	p.is(`!document.querySelector("#kb-listen").checkVisibility()`, "no voice, no button")
}

// longArticle returns the path of the article with the longest text.
func longArticle(t *testing.T) string {
	t.Helper()
	best, size := "", 0
	for _, a := range articles(t) {
		if n := len(a.Text()); n > size {
			best, size = a.Path(), n
		}
	}
	return best
}

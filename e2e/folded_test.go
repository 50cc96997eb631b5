package e2e

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// ofTides has text that is folded, a name of the author's that begins as those of blocks
// do, and footnotes behind figures.
const ofTides = `---
title: 党建与潮汐
date: 2024-09-05
---

开头一句，见[后面](#petrel)。潮高达到30[^1]厘米，后来是31[^1]。

<details>
<summary>展开来看</summary>

<p>折叠里的海燕飞过党建广场。</p>

<details><summary>再展开</summary><p>最里面的灯塔。</p></details>

</details>

结尾的<a id="petrel"></a>海燕。

[^1]: 量自码头。
`

func TestWhatIsFoldedIsFoundReadAndPrinted(t *testing.T) {
	dir, path := siteOf(t, ofTides)
	shown := func(text string) string {
		return `[...document.querySelectorAll(".kb-text p")].find((e) => e.textContent.includes(` + quote(text) + `)).checkVisibility()`
	}
	t.Run("found", func(t *testing.T) {
		p := prepare(t, dir)
		p.goTo(path + "?q=" + url.QueryEscape("灯塔"))
		p.wait(findBar + ` === "1/1"`)
		p.is(shown("灯塔"), "the place is unfolded")
		p.is(`document.querySelector("mark").getBoundingClientRect().bottom > 0`, "the place is seen")
	})
	t.Run("counted", func(t *testing.T) {
		p := prepare(t, dir)
		p.goTo(path + "?q=" + url.QueryEscape("海燕"))
		p.wait(findBar + ` === "1/2"`)
		p.is(`document.querySelectorAll("mark").length === 2 && !document.querySelector("mark mark")`, "a place is marked once")
	})
	t.Run("in the other script", func(t *testing.T) {
		p := prepare(t, dir)
		p.goTo(path + "?q=" + url.QueryEscape("黨建 燈塔") + "#%")
		p.wait(findBar + ` === "1/3"`)
		p.is(`[...document.querySelectorAll("mark")].map((m) => m.textContent).join() === "党建,党建,灯塔"`, "what the author wrote is marked")
	})
	t.Run("read", func(t *testing.T) {
		p := prepare(t, dir)
		p.withVoice()
		p.goTo(path)
		p.click("#kb-listen")
		p.wait(`heard.said.length === 1`)
		for range 40 {
			if !eval[bool](p, `heard.speaking`) {
				break
			}
			p.is(`document.querySelector(".kb-listening") && [...CSS.highlights.get("kb-spoken")][0].getBoundingClientRect().height > 0`, "what is read is seen")
			p.must(p.tab.Eval(`heard.end()`, nil))
		}
		want := []string{
			"党建与潮汐", "开头一句，见后面。", "潮高达到30厘米，后来是31。", "展开来看", "折叠里的海燕飞过党建广场。", "再展开", "最里面的灯塔。", "结尾的海燕。", "量自码头。",
		}
		if got := eval[[]string](p, `heard.said.map((s) => s.text)`); !slices.Equal(got, want) {
			t.Errorf("what is said is %q, want %q", strings.Join(got, "|"), strings.Join(want, "|"))
		}
	})
	t.Run("printed", func(t *testing.T) {
		p := prepare(t, dir)
		p.goTo(path)
		p.is("!"+shown("灯塔"), "it is folded")
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		p.is(shown("灯塔")+" && "+shown("广场"), "it is on paper")
	})
}

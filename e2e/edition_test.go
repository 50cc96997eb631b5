package e2e

import "testing"

// stopped is what the device remembers of articles.
const stopped = `JSON.parse(localStorage.getItem("kanbao:stopped") ?? "[]")`

// TestReadingGoesOnWhereItStopped: it is offered, and never done unasked.
func TestReadingGoesOnWhereItStopped(t *testing.T) {
	long, most := "", 0
	for _, a := range articles(t) {
		if n := len(a.Text()); n > most {
			long, most = a.Path(), n
		}
	}
	p := prepare(t, sample)
	p.narrow(390)
	p.goTo(long)
	p.is(`document.querySelector("#kb-resume").hidden`, "nothing is offered at first")
	p.must(p.tab.Eval(`document.querySelector("#p5").scrollIntoView()`, nil))
	p.wait(stopped + `.some(([path, n]) => path === location.pathname && n >= 4)`)
	p.goTo("")
	p.goTo(long)
	p.wait(`!document.querySelector("#kb-resume").hidden`)
	p.is(`scrollY === 0`, "the page stands at its begin")
	p.click("#kb-resume button")
	p.wait(`Math.abs(document.activeElement.getBoundingClientRect().top) < innerHeight / 2 && scrollY > 100`)
	p.is(`document.querySelector("#kb-resume").hidden`, "the offer is gone")

	// Who follows a link to a passage is left alone.
	p.goTo("")
	p.goTo(long + "#p2")
	p.is(`document.querySelector("#kb-resume").hidden`, "nothing is offered to who has come for a passage")

	// Refused is forgotten.
	p.goTo("")
	p.goTo(long)
	p.wait(`!document.querySelector("#kb-resume").hidden`)
	p.click("#kb-resume button:last-child")
	p.wait(`document.querySelector("#kb-resume").hidden && ` + stopped + `.length === 0`)
}

// TestDateOpensItsMonth by keyboard, and a day of it leads to its edition.
func TestDateOpensItsMonth(t *testing.T) {
	p := prepare(t, sample)
	p.goTo("")
	p.must(p.tab.Eval(`document.querySelector(".kb-calendar summary").focus()`, nil))
	p.press("\r")
	p.wait(`document.querySelector(".kb-month td a")?.checkVisibility()`)
	p.click(`.kb-month td a:not([aria-current])`)
	p.wait(`location.pathname.includes("2024-09-05") && document.readyState === "complete"`)
	p.click(`.kb-turn > a[rel=next]`)
	p.wait(`location.pathname.includes("2024-09-12") && document.readyState === "complete"`)
}

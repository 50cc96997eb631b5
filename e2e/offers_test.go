package e2e

import "testing"

// offer returns an expression for the line of that number below the field.
func offer(n string) string { return `document.querySelector("#kb-offer-` + n + `")` }

func TestOffersAreChosenByKeyboard(t *testing.T) {
	p := open(t, "")
	p.focus()
	p.insert("潮")
	p.wait(`document.querySelectorAll(".kb-offer").length > 1`)
	p.is(`document.querySelector("`+field+`").ariaExpanded === "true"`, "the field says that there is a list")
	p.is(`document.querySelector("#kb-offers").matches("[role=listbox][aria-label]")`, "the list has a name")
	p.press(arrowDown)
	p.wait(offer("0") + `.ariaSelected === "true"`)
	p.is(`document.querySelector("`+field+`").getAttribute("aria-activedescendant") === "kb-offer-0"`, "the field names the chosen line")
	p.press(arrowDown)
	p.wait(offer("1") + `.ariaSelected === "true"`)
	p.is(offer("0")+`.ariaSelected !== "true"`, "one line is chosen")
	p.press(arrowUp)
	p.wait(offer("0") + `.ariaSelected === "true"`)
	p.is(`document.querySelector("`+field+`").value === "潮"`, "the field keeps what was typed")
	taken := eval[string](p, offer("0")+`.firstChild.textContent`)
	p.press(enter)
	p.wait(`document.querySelector("` + field + `").value === ` + quote(taken))
	p.hits()
	p.is(`document.querySelector("#kb-offers").hidden`, "the list is gone")
	p.is(`document.activeElement.matches("`+field+`")`, "the caret stays in the field")
}

func TestEscapeClosesTheListBeforeTheResults(t *testing.T) {
	p := open(t, "")
	p.focus()
	p.insert("潮")
	p.wait(`document.querySelector(".kb-offer") && document.querySelector(".kb-hit mark")`)
	p.press(escape)
	p.wait(`document.querySelector("#kb-offers").hidden`)
	p.is(`document.querySelector(".kb-hit")?.checkVisibility()`, "the results are there")
	p.press(escape)
	p.wait(`document.querySelector("#kb-main").checkVisibility()`)
}

func TestOfferIsTakenByAClick(t *testing.T) {
	p := open(t, "")
	p.focus()
	p.insert("潮")
	p.wait(`document.querySelectorAll(".kb-offer").length > 1`)
	taken := eval[string](p, offer("1")+`.firstChild.textContent`)
	p.click("#kb-offer-1")
	p.wait(`document.querySelector("` + field + `").value === ` + quote(taken))
	p.hits()
	p.is(`document.querySelector("#kb-offers").hidden`, "the list is gone")
}

// TestNothingHappensToTheListWhileComposing: keys belong to the input method.
func TestNothingHappensToTheListWhileComposing(t *testing.T) {
	p := open(t, "")
	p.focus()
	p.insert("潮")
	p.wait(`document.querySelector(".kb-offer")`)
	before := eval[string](p, `document.querySelector("#kb-offers").innerHTML`)
	for _, guess := range []string{"s", "sh", "shu", "shui"} {
		p.compose(guess)
		p.press(arrowDown)
	}
	p.is(`document.querySelector("#kb-offers").innerHTML === `+quote(before), "the list is what it was")
	p.insert("水")
	p.hits()
	p.is(`document.querySelector("`+field+`").value === "潮水"`, "the field holds what was composed")
}

package reader

import (
	"errors"
	"strings"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/index/query"
)

// trouble is an error in a reader's words. What the program says of it is not among
// them: it is in English, and for who looks for the fault (Page.Log).
type trouble struct {
	title, help string
	reload      bool // loading the page anew helps, trying again does not
	final       bool // nothing helps but asking for something else
}

func (r *Reader) trouble(err error) trouble {
	w := r.words
	switch {
	case errors.Is(err, query.ErrUnreachable):
		return trouble{title: w.Unreachable, help: w.UnreachableHelp}
	case errors.Is(err, query.ErrOutdated):
		return trouble{title: w.Outdated, help: w.OutdatedHelp, reload: true}
	case errors.Is(err, query.ErrDamaged):
		help := w.DamagedHelp
		if file := fileOf(err); file != "" {
			help += " " + file
		}
		return trouble{title: w.Damaged, help: help}
	case errors.Is(err, query.ErrTooLong):
		return trouble{title: w.TooLong, help: w.TooLongHelp(query.MaxCharacters, query.MaxWords), final: true}
	case errors.Is(err, query.ErrNotFound):
		return trouble{title: w.Missing, help: w.MissingHelp}
	}
	return trouble{title: w.Failed, help: w.FailedHelp}
}

// fileOf returns the file of an index that an error names, or "".
func fileOf(err error) string {
	for _, word := range strings.Fields(err.Error()) {
		if word = strings.Trim(word, ":,;"); strings.HasSuffix(word, ".kb") {
			return word
		}
	}
	return ""
}

// renderTrouble says what went wrong and offers what can be done.
func (r *Reader) renderTrouble(err error, again func()) ui.UI {
	t := r.trouble(err)
	label, act := r.words.Again, again
	if t.reload {
		label, act = r.words.Reload, func() { r.Page.Leave(r.place) }
	}
	return ui.Div().Class("kb-state").Body(
		ui.H2().Text(t.title),
		ui.P().Text(t.help),
		ui.If(!t.final, func() ui.UI {
			return ui.P().Body(ui.Button().Type("button").Class("kb-act").Text(label).
				OnClick(func(ui.Context, ui.Event) { act() }, ui.EventScope(label)))
		}),
	)
}

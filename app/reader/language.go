package reader

import (
	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/app/text"
)

// speak has the interface in another language.
func (r *Reader) speak(lang string) {
	if lang == r.Lang {
		return
	}
	r.Lang = lang
	r.words, r.site = text.LiveFor(lang), text.For(lang)
	if r.view == results && r.searching.at.asks() && (r.searching.answer != nil || r.searching.err != nil) {
		r.said()
	}
	if r.suggesting.open {
		r.closeSuggestions()
	}
}

// spoken is the language of what the live view says itself, "" if it is that of the
// page, and written that of what authors say, "" if it is that of the interface.
func (r *Reader) spoken() string {
	if r.Lang == r.Written {
		return ""
	}
	return r.Lang
}

func (r *Reader) written() string {
	if r.Lang == r.Written {
		return ""
	}
	return r.Written
}

// within says which language an element is in, if that is not clear.
func within[E interface {
	ui.UI
	Attr(name string, value any) E
}](e E, lang string) E {
	if lang == "" {
		return e
	}
	return e.Attr("lang", lang)
}

// openTag returns the start tag of an element in a language.
func openTag(name, lang string) string {
	if lang == "" {
		return "<" + name + ">"
	}
	return "<" + name + ` lang="` + lang + `">` // which is one of the site's settings
}

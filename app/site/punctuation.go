package site

import (
	"html/template"

	"github.com/kanbao/kanbao/index/fullwidth"
	"github.com/kanbao/kanbao/index/parse"
)

// widens reports whether pages show half-width punctuation of Chinese in full width.
func widens(cfg *parse.Config) bool { return cfg.Punctuation != "keep" }

// widen makes the entry what is shown of its article.
func (e *entry) widen() {
	for _, s := range []*string{&e.Kicker, &e.Title, &e.Subtitle, &e.Byline, &e.section, &e.edition.Name} {
		*s = fullwidth.Text(*s)
	}
	for i, s := range e.Lead {
		e.Lead[i] = fullwidth.Text(s)
	}
}

// widen makes of the view what is shown.
func (v *articleView) widen() {
	v.Source = fullwidth.Text(v.Source)
	for i := range v.Sections {
		s := &v.Sections[i]
		s.Heading = fullwidth.Text(s.Heading)
		for j := range s.Blocks {
			b := &s.Blocks[j]
			b.widen()
			if b.Below != nil {
				b.Below.widen()
			}
		}
	}
}

func (b *blockView) widen() {
	b.Text, b.HTML = fullwidth.Text(b.Text), template.HTML(fullwidth.HTML(string(b.HTML))) //nolint:gosec // no tag has changed
}

package site

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/app/text"
	"github.com/kanbao/kanbao/index/article"
)

// addPictures puts the pictures that were printed with an article before their
// captions, or at its head where they have none.
func addPictures(a *article.Article, e *entry, words *text.Article) {
	headless := 0
	for _, c := range e.cuts {
		if c.Path == "" {
			continue
		}
		alt := c.Caption
		if len(a.Sections) == 1 && len(a.Sections[0].Blocks) == 0 {
			alt = a.Title // the picture is all that there is
		}
		alt = html.EscapeString(strings.Join(strings.Fields(alt), " "))
		label := words.Enlarge
		if alt != "" {
			label += words.Colon + alt
		}
		block := article.Block{Kind: article.Rich, HTML: fmt.Sprintf(
			`<a class="kb-enlarge" href="%s" aria-label="%s"><img src="%s" width="%d" height="%d" alt="%s" loading="lazy" decoding="async"></a>`,
			toRoot+c.Path, label, toRoot+c.Path, c.Width, c.Height, alt)}
		if s, at := captionOf(a, c.Caption); s != nil {
			s.Blocks = slices.Insert(s.Blocks, at, block)
			continue
		}
		first := &a.Sections[0]
		first.Blocks = slices.Insert(first.Blocks, headless, block)
		headless++
	}
}

// captionOf finds the caption that has no picture before it yet.
func captionOf(a *article.Article, caption string) (*article.Section, int) {
	if caption == "" {
		return nil, 0
	}
	for i := range a.Sections {
		s := &a.Sections[i]
		for j, b := range s.Blocks {
			if b.Kind == article.Caption && b.Text == caption && (j == 0 || s.Blocks[j-1].Kind != article.Rich) {
				return s, j
			}
		}
	}
	return nil, 0
}

package protocol

import (
	"fmt"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
)

// What an article may have to be shown live. To make as much as that takes a page
// about half a second, in which it answers to nothing; its static page, which the
// browser shows part by part, has no such bound.
const (
	maxArticleBytes = 256 << 10 // of text and HTML
	maxArticleParts = 1500      // headings and blocks
)

// checkSize returns an error that wraps query.ErrTooLarge for an article that is too
// large to be shown live.
func checkSize(a *article.Article) error {
	size, parts := 0, 0
	for _, s := range a.Sections {
		parts += 1 + len(s.Blocks)
		size += len(s.Heading)
		for i := range s.Blocks {
			size += len(s.Blocks[i].Text) + len(s.Blocks[i].HTML)
		}
	}
	if size > maxArticleBytes || parts > maxArticleParts {
		return fmt.Errorf("%w: %d bytes, %d headings and blocks", query.ErrTooLarge, size, parts)
	}
	return nil
}

package read

import "github.com/kanbao/kanbao/index/article"

// Address returns the address of an article's page, relative to the site. Of the
// article only the ID need be known.
func (ix *Index) Address(a *article.Article) string {
	if _, ok := ix.Manifest.Pages(); ok {
		return a.ID
	}
	return a.Path()
}

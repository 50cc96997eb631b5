package html

import (
	"path"
	"strings"
)

// Options say what the settings of a site can change.
type Options struct {
	// Skip has patterns of the files that are no articles: each is matched, as
	// path.Match has it, against the whole path and every part of it that ends
	// where the path or one of its folders does and begins where one begins.
	Skip []string
}

// DefaultSkip has the pages that generators of sites make of other pages: all of
// a book in one to print, the articles with a tag or of a month, the second page
// of a list.
var defaultSkip = []string{
	"print.html", "404.html", "search.html", "sitemap.html", "tags", "tag", "categories", "category", "archives", "archive", "authors", "author",
	"page/[0-9]*", "tags.html", "categories.html", "archives.html", "genindex.html", "toc.html",
}

// DefaultSkip returns the patterns that New skips by.
func DefaultSkip() []string { return append([]string(nil), defaultSkip...) }

// skipped returns the pattern that says that a file is no article.
func (o *Options) skipped(name string) (pattern string, ok bool) {
	parts := strings.Split(name, "/")
	for _, pattern := range o.Skip {
		n := 1 + strings.Count(pattern, "/")
		for i := 0; i+n <= len(parts); i++ {
			if hit, err := path.Match(strings.ToLower(pattern), strings.ToLower(strings.Join(parts[i:i+n], "/"))); err == nil && hit {
				return pattern, true
			}
		}
	}
	return "", false
}

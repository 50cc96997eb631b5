package site

import "github.com/kanbao/kanbao/index/article"

// mostBuffered is how many bytes of articles are kept in memory from the survey on. A
// day's articles fit, and all of a small site. Where more is new, the content is read
// a second time, and memory does not grow with it.
const mostBuffered = 8 << 20

// An articleBuffer has the articles that the survey has read and that the last index
// does not have as they are now.
type articleBuffer struct {
	articles []*article.Article // by entry; nil where the last index has the article
	size     int                // bytes of text and HTML
	most     int                // bytes from which the buffer is full
	full     bool               // it was too small, and is empty now
}

func (b *articleBuffer) add(e *entry, a *article.Article) {
	if b.full {
		return
	}
	if e.unchanged {
		b.articles = append(b.articles, nil)
		return
	}
	b.articles = append(b.articles, a)
	for _, block := range a.Blocks {
		b.size += len(block.Text) + len(block.HTML)
	}
	if b.size > b.most {
		b.articles, b.full = nil, true
	}
}

// changes reports whether the article has anything for a cleaner to do: HTML, or
// pictures to be put in their places.
func changes(a *article.Article) bool {
	if len(a.Pictures) > 0 {
		return true
	}
	for _, b := range a.Blocks {
		if b.HTML != "" {
			return true
		}
	}
	return false
}

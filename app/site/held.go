package site

import "github.com/kanbao/kanbao/index/article"

// mostHeld is how many bytes of articles are held from the survey on. A day's
// articles fit, and all of a small site; where more is new, the content is read
// a second time and memory does not grow with it.
const mostHeld = 8 << 20

// held are the articles that the survey has read and that are not in the last
// index as they are.
type held struct {
	articles []*article.Article // by entry; nil where the index has it
	size     int
	most     int
	full     bool
}

func (h *held) add(e *entry, a *article.Article) {
	if h.full {
		return
	}
	if e.unchanged {
		h.articles = append(h.articles, nil)
		return
	}
	h.articles = append(h.articles, a)
	for _, b := range a.Blocks {
		h.size += len(b.Text) + len(b.HTML)
	}
	if h.size > h.most {
		h.articles, h.full = nil, true
	}
}

// hasHTML reports whether the article has anything for a cleaner to do.
func hasHTML(a *article.Article) bool {
	for _, b := range a.Blocks {
		if b.HTML != "" {
			return true
		}
	}
	return false
}

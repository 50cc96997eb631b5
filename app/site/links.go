package site

import (
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
)

// toRoot is the way from an article's page to the site's root. Every article
// lies equally deep, so its HTML is the same on its page and in the index.
const toRoot = "../../"

// link returns where a link of the content leads on the site. Links to other
// sites stay; a link to a file of the content becomes one to its article, or to
// a copy of the file; false means that it leads nowhere and should be text.
func (w *cleaning) link(href string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(href))
	switch {
	case err != nil:
		return "", false
	case u.Scheme != "":
		return href, true
	case u.Host != "":
		u.Scheme = "https"
		return u.String(), true
	case u.Path == "":
		return w.within(u.Fragment)
	}
	name, ok := contentName(w.article.File, u.Path)
	if !ok {
		w.warn("link %q leads out of the content; it is shown as text", href)
		return "", false
	}
	for _, try := range []string{name, name + ".md", path.Join(name, "index.md"), path.Join(name, "README.md"),
		strings.TrimSuffix(name, path.Ext(name)) + ".md", strings.TrimSuffix(name, path.Ext(name)) + ".html"} {
		if e, ok := w.content.byFile[try]; ok {
			return w.toArticle(e, u.Fragment), true
		}
	}
	if file, err := w.media.add(w.article.File, u.Path, fileTypes); err == nil {
		return toRoot + file.path, true
	}
	w.warn("link %q leads to nothing that the site has; it is shown as text", href)
	return "", false
}

// within resolves a link to a place of the same article.
func (w *cleaning) within(fragment string) (string, bool) {
	if w.ids[fragment] && footnoteID.MatchString(fragment) {
		return "#" + fragment, true
	}
	if i := slices.Index(w.anchors, anchor(fragment)); i >= 0 && fragment != "" {
		return "#" + sectionID(i), true
	}
	return "", false
}

func (w *cleaning) toArticle(e *entry, fragment string) string {
	to := toRoot + (&url.URL{Path: e.Path}).EscapedPath()
	if i := slices.Index(e.anchors, anchor(fragment)); i >= 0 && fragment != "" {
		to += "#" + sectionID(i)
	}
	return to
}

// sectionID is the ID of an article's i-th heading, from 0.
func sectionID(i int) string { return "s" + strconv.Itoa(i+1) }

// contentName returns the name of the file, relative to the content folder,
// that a path in another file means. Paths that begin with a slash count from
// the content folder.
func contentName(from, ref string) (string, bool) {
	var name string
	if rest, ok := strings.CutPrefix(ref, "/"); ok {
		name = path.Clean(rest)
	} else {
		name = path.Join(path.Dir(from), ref)
	}
	if name == ".." || strings.HasPrefix(name, "../") {
		return "", false
	}
	return name, true
}

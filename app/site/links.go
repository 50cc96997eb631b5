package site

import (
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
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
	case w.content.isOwn(u):
		// An address of this very site.
		if to, ok := w.target(&url.URL{Path: "/" + strings.TrimPrefix(u.Path, w.content.own.Path), Fragment: u.Fragment}, href); ok {
			return to, true
		}
		return href, true
	case u.Scheme != "":
		return href, true
	case u.Host != "":
		u.Scheme = "https"
		return u.String(), true
	case u.Path == "":
		return w.within(u.Fragment, href)
	}
	if _, ok := contentName(w.article.File, u.Path); !ok {
		w.warn("link %q leads out of the content; it is shown as text", readable(href))
		return "", false
	}
	if to, ok := w.target(u, href); ok {
		return to, true
	}
	w.warn("link %q leads to nothing that the site has; it is shown as text", readable(href))
	return "", false
}

// target returns where a path of the content leads.
func (w *cleaning) target(u *url.URL, href string) (string, bool) {
	for _, name := range w.names(u.Path) {
		if e := w.content.entryAt(name); e != nil {
			return w.toArticle(e, u.Fragment, href), true
		}
	}
	for _, name := range w.names(u.Path) {
		if copied, err := w.media.add("", "/"+(&url.URL{Path: name}).EscapedPath(), fileTypes); err == nil {
			return toRoot + copied.path, true
		}
	}
	// Generators find a page by its name alone.
	if dir := path.Dir(strings.Trim(u.Path, "/")); dir == "." || strings.HasPrefix(u.Path, "/") {
		if e := w.content.byName[nameOf(u.Path)]; e != nil {
			return w.toArticle(e, u.Fragment, href), true
		}
	}
	return "", false
}

// names returns the names of content files that a path may mean. One that begins
// with a slash counts from the root of the site, which is the content folder or
// one of those that the article lies in, as "content" and "docs" are; the path
// that the site lies under may stand before it.
func (w *cleaning) names(ref string) []string {
	name, ok := contentName(w.article.File, ref)
	if !ok {
		return nil
	}
	names := []string{name}
	if !strings.HasPrefix(ref, "/") {
		return names
	}
	if own := w.content.own; own != nil && len(own.Path) > 1 && strings.HasPrefix(ref, own.Path) {
		names = append(names, path.Clean(strings.TrimPrefix(ref, own.Path)))
	}
	for dir := path.Dir(w.article.File); dir != "."; dir = path.Dir(dir) {
		names = append(names, path.Join(dir, name))
	}
	return names
}

// entryAt returns the article that a path without a slash before it means, with or
// without an ending.
func (c *content) entryAt(name string) *entry {
	name = strings.TrimSuffix(name, "/")
	stem := strings.TrimSuffix(name, path.Ext(name))
	for _, try := range []string{name, name + ".md", path.Join(name, "index.md"), path.Join(name, "README.md"), path.Join(name, "_index.md"),
		stem + ".md", stem + ".html", name + ".html", name + ".mdx", path.Join(name, "index.html"), path.Join(stem, "index.md")} {
		if e, ok := c.byFile[try]; ok {
			return e
		}
	}
	return nil
}

// isOwn reports whether an address is one below that of the site.
func (c *content) isOwn(u *url.URL) bool {
	return c.own != nil && u.Host != "" && strings.EqualFold(u.Host, c.own.Host) && (u.Scheme == "" || u.Scheme == "http" || u.Scheme == "https") &&
		strings.HasPrefix(u.Path+"/", c.own.Path)
}

// nameOf returns the last part of a path without its ending and without the date
// that Jekyll puts before it.
func nameOf(p string) string {
	name := path.Base(strings.TrimSuffix(p, "/"))
	switch path.Ext(name) {
	case ".md", ".html", ".htm", ".markdown", ".mdx":
		name = strings.TrimSuffix(name, path.Ext(name))
	}
	if datePrefix.MatchString(name) {
		name = name[len("2006-01-02-"):]
	}
	switch name {
	case "index", "README", "_index", "readme":
		return ""
	}
	return name
}

var datePrefix = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}-.`)

// remember takes note of the article's name, if no other has it.
func (c *content) remember(e *entry) {
	name := nameOf(e.File)
	if path.Base(path.Dir(e.File)) != "." && name == "" {
		name = path.Base(path.Dir(e.File))
	}
	if name == "" {
		return
	}
	if other, ok := c.byName[name]; ok && (other == nil || other.File != e.File) {
		c.byName[name] = nil
		return
	} else if ok {
		return
	}
	c.byName[name] = e
}

// within resolves a link to a place of the same article.
func (w *cleaning) within(fragment, href string) (string, bool) {
	if w.ids[fragment] && footnoteID.MatchString(fragment) {
		return "#" + fragment, true
	}
	if id, ok := w.anchors.find(fragment); ok {
		return "#" + id, true
	}
	w.warn("link %q leads to no place of the article; it is shown as text", readable(href))
	return "", false
}

// readable writes an address as somebody would type it, with Chinese as Chinese.
func readable(href string) string {
	if s, err := url.PathUnescape(href); err == nil && utf8.ValidString(s) {
		return s
	}
	return href
}

func (w *cleaning) toArticle(e *entry, fragment, href string) string {
	to := toRoot + (&url.URL{Path: e.Path}).EscapedPath()
	if fragment == "" {
		return to
	}
	id, ok := e.anchors.find(fragment)
	if !ok {
		w.warn("link %q leads to no place of %s; it leads to its beginning", readable(href), e.File)
		return to
	}
	if id == titleID {
		return to
	}
	return to + "#" + id
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

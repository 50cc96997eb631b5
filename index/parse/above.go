package parse

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/source"
)

// An above is what the page of a folder says of whether all that is in it is
// published, as Hugo has it.
type above struct {
	file    string // that says it
	path    string // a pattern of the paths that it is about; all if empty
	release article.Release
}

// folderFiles are the pages that say something of their folder, in the order in which
// they are looked for.
var folderFiles = []string{"_index.md", "_index.markdown", "_index.html", "index.md", "README.md", "readme.md"}

// pageOf reads the page of a folder, or answers "" for its name.
func (w *walker) pageOf(dir string) (name string, meta source.Meta, body string) {
	for _, base := range folderFiles {
		name := path.Join(dir, base)
		data, err := source.Read(w.root, name, w.config.mostText())
		if err != nil {
			continue
		}
		text, err := source.Text(name, bytes.NewReader(data))
		if err != nil {
			continue
		}
		if meta, body, _, err = source.Split(name, text); err == nil {
			return name, meta, body
		}
	}
	return "", meta, ""
}

// said returns what the page of a folder says of the release of all that is in it:
// of a section that is a draft nothing is published, of a bundle that is one, nothing
// but its page is a page anyway, and cascade is for whatever lies below.
func said(file string, meta *source.Meta, inHugo bool) (all []above) {
	r := meta.Publication.Release
	switch {
	case strings.HasPrefix(path.Base(file), "_index."):
		// A section that is not rendered has pages that are.
		if slices.Contains([]string{"build", "_build", "headless"}, r.Held) {
			r.Held = ""
		}
		if path.Dir(file) != "." {
			all = append(all, above{file: file, release: r})
		}
	case path.Base(file) == "index.md" && (inHugo || r.Held == "headless"):
		all = append(all, above{file: file, release: r})
	}
	for _, c := range meta.Cascade {
		all = append(all, above{file: file, path: c.Path, release: c.Release})
	}
	return all
}

// heldAbove says why an article is held back by what the pages of its folders say, or
// answers "".
func (w *walker) heldAbove(name string, all []above) string {
	for _, a := range all {
		if a.file == name || a.path != "" && !isBelow(a.path, name) {
			continue
		}
		if why := source.HeldBack(a.release, "", w.config.now(), w.config.Drafts, w.config.Future); why != "" {
			return why + ", says " + a.file
		}
	}
	return ""
}

// isBelow reports whether a pattern of Hugo's paths, which begin at its content folder
// and have no extension, means a file.
func isBelow(pattern, name string) bool {
	pattern = strings.ToLower(pattern)
	name = strings.ToLower(name)
	for {
		for _, p := range []string{"/" + name, "/" + strings.TrimSuffix(name, path.Ext(name)), "/" + path.Dir(name)} {
			if doublestar.MatchUnvalidated(pattern, p) {
				return true
			}
		}
		_, rest, found := strings.Cut(name, "/")
		if !found {
			return false
		}
		name = rest
	}
}

package site

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/manifest"
)

// placeholder is the line of sw.js, without what is for the type checker, that the build's
// data takes the place of.
const placeholder = "const BUILD = ({});"

// Every visitor who searches fetches sw.js, so it names no more files than it
// stores ahead.
const (
	// chunksKept is how many chunks an index may have to be stored whole. Those of
	// a larger one are stored as they are used; the manifest has their names.
	chunksKept = 15
	// pagesKept is how many further pages are stored, those of the newest days
	// first. Where there are more, articles are not: offline they are opened out of
	// the index.
	pagesKept = 100
)

// A precache is what a service worker needs to know of the build that it
// belongs to. All paths are relative to the site's root.
type precache struct {
	Version string   `json:"version"` // a hash over every file of the site
	Core    []string `json:"core"`    // what reading and searching need
	Index   []string `json:"index"`   // the manifest, then the chunks if they are to be stored
	Whole   bool     `json:"whole"`   // they are, and there are no others
	Pages   []string `json:"pages"`   // further pages to be stored
	Format  string   `json:"format"`  // what a manifest begins with, in hexadecimal
	// Sums are the hashes of those files that have none in their names, as an inventory
	// has them.
	Sums map[string]string `json:"sums"`
	Off  bool              `json:"off,omitempty"` // the site wants no worker any more
}

// An offlineCopy is what offline.json says: all that a reader stores who asks for
// the whole site, in the order in which it is fetched.
type offlineCopy struct {
	Version string       `json:"version"`
	Bytes   int64        `json:"bytes"`
	Files   []copiedFile `json:"files"`
}

// A copiedFile is a path and about how many bytes are fetched of it.
type copiedFile struct {
	Path  string
	Bytes int64
}

// MarshalJSON writes it as a list of the two.
func (f copiedFile) MarshalJSON() ([]byte, error) { return json.Marshal([]any{f.Path, f.Bytes}) }

// offlineName is the file with an offlineCopy.
const offlineName = "offline.json"

// fileOf returns the file that answers for a path of a site.
func fileOf(path string) string {
	if path == "./" || strings.HasSuffix(path, "/") {
		return index(strings.TrimPrefix(path, "./"))
	}
	return path
}

// addSums adds the hashes of the files that have none in their names.
func (p *precache) addSums(files inventory) {
	p.Sums = make(map[string]string)
	for _, name := range slices.Concat(p.Core, p.Index, p.Pages) {
		f, ok := files[fileOf(name)]
		if ok && (strings.HasSuffix(name, "/") || path.Base(name) == manifestName) {
			p.Sums[name] = f.sum
		}
	}
}

// offlineCopy lists all that is to be stored, the chunks of the index last. Bundles, which
// have the same again, are not among it.
func (p *precache) offlineCopy(files inventory, index []string, bundles map[string]bool) offlineCopy {
	c := offlineCopy{Version: p.Version}
	add := func(name string) {
		file := fileOf(name)
		f := files[file]
		if packed, ok := files[file+".gz"]; ok && path.Ext(file) == ".wasm" {
			f = packed
		}
		c.Files = append(c.Files, copiedFile{name, f.size})
		c.Bytes += f.size
	}
	for _, name := range slices.Concat(p.Core, p.Pages) {
		add(name)
	}
	for _, name := range index {
		if !bundles[name] {
			add(name)
		}
	}
	return c
}

// entryPages are the pages that lead to all others. 404.html is not among them: some
// hosts answer with that status when it is asked for, and offline the search
// page stands in for whatever is missing.
var entryPages = []string{"./", "search/", "archive/"}

func newPrecache(a *assets, pages, index []string, version string) precache {
	p := precache{Version: version, Core: slices.Clone(entryPages), Index: []string{}, Pages: []string{}, Format: hex.EncodeToString(manifest.Head()), Whole: len(index) <= 1+chunksKept}
	p.Core = append(p.Core, "manifest.webmanifest")
	p.Core = append(p.Core, a.needed()...)
	for _, name := range []string{"icon.svg", "icon-32.png", "logo.svg", "logo.png"} {
		if at := a.paths[name]; at != "" {
			p.Core = append(p.Core, at)
		}
	}
	for _, name := range index {
		if path.Base(name) == manifestName {
			p.Index = slices.Insert(p.Index, 0, name)
		} else if p.Whole {
			p.Index = append(p.Index, name)
		}
	}
	var articles, more []string
	for _, name := range pages {
		name = strings.TrimSuffix(name, "index.html")
		switch {
		case name == "" || name == "404.html" || slices.Contains(p.Core, name):
		case strings.HasPrefix(name, "a/"):
			articles = append(articles, name)
		case strings.HasPrefix(name, "by/"), strings.HasPrefix(name, "c/"), strings.HasPrefix(name, foldersPath):
			more = append(more, name) // they lead to what others lead to
		default:
			p.Pages = append(p.Pages, name)
		}
	}
	if len(articles)+len(p.Pages) <= pagesKept {
		p.Pages = append(articles, p.Pages...)
	}
	if len(p.Pages)+len(more) <= pagesKept {
		p.Pages = append(p.Pages, more...)
	}
	slices.SortStableFunc(p.Pages, func(a, b string) int { return strings.Compare(day(b), day(a)) })
	p.Pages = p.Pages[:min(len(p.Pages), pagesKept)]
	return p
}

// day returns the day or month that a page of a list is about, or "".
func day(name string) string {
	if last := path.Base(name); strings.HasPrefix(name, "e/") || strings.HasPrefix(name, "archive/") {
		return last
	}
	return ""
}

// serviceWorker returns sw.js with the build's data in it.
func (p precache) serviceWorker(sw []byte) ([]byte, error) {
	if bytes.Count(sw, []byte(placeholder)) != 1 {
		return nil, errors.New("site: sw.js must have the line " + placeholder + " once; the build's data goes there")
	}
	data, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	return bytes.Replace(sw, []byte(placeholder), slices.Concat([]byte("const BUILD = "), data, []byte(";")), 1), nil
}

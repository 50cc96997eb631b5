package parse

import (
	"context"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/parse/html"
	"github.com/kanbao/kanbao/index/parse/source"
)

// pageExtensions are those of the files that are pages of a finished site.
var pageExtensions = []string{".html", ".htm", ".xhtml", ".shtml"}

// A Site is a finished site, whose pages are read as they are. Its methods may be
// called from several goroutines.
type Site struct {
	root   string
	config *Config
	html   *html.Parser
	all    *html.Parser // reads what the settings include, whatever it is called
}

// NewSite returns the site in a folder. Of the settings, exclude, include, skip and
// largest_text count.
func NewSite(root string, cfg *Config) *Site {
	p := html.New()
	if cfg.Skip != nil {
		p = p.With(html.Options{Skip: cfg.Skip})
	}
	return &Site{root: root, config: cfg, html: p, all: p.With(html.Options{})}
}

// Names returns the pages of the site in order, relative to its folder and with
// slashes. Hidden files and folders are passed over, links to folders are not
// followed, and folders for which without answers true are left out. What cannot be
// read is among the errors.
func (s *Site) Names(ctx context.Context, without func(dir string) bool) (names []string, faults []*Error, err error) {
	err = filepath.WalkDir(s.root, func(at string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		rel, failed := filepath.Rel(s.root, at)
		if failed != nil {
			return failed
		}
		name := filepath.ToSlash(rel)
		switch {
		case err != nil && name == ".":
			return err
		case err != nil:
			faults = append(faults, source.Errorf(name, 0, "cannot be read: %v", err))
			return nil
		case name == ".":
			return nil
		case strings.HasPrefix(d.Name(), "."), matches(s.config.Exclude, name), d.IsDir() && without(at):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !d.IsDir() && slices.Contains(pageExtensions, extension(name)):
			names = append(names, name)
		}
		return nil
	})
	slices.SortStableFunc(names, func(a, b string) int { return strings.Compare(Natural(a), Natural(b)) })
	return names, faults, err
}

// Read returns the bytes of a page. Its error is an *Error.
func (s *Site) Read(name string) ([]byte, error) {
	data, err := source.Read(s.root, name, s.config.mostText())
	if err != nil {
		return nil, source.Errorf(name, 0, "%v", err)
	}
	return data, nil
}

// Page reads a page as html.Parser.Page does. The ID of its article is PageAddress.
func (s *Site) Page(name string, raw []byte) (*html.Page, error) {
	p := s.html
	if matches(s.config.Include, name) {
		p = s.all
	}
	page, err := p.Page(name, raw)
	if err != nil {
		return nil, err
	}
	page.ID = PageAddress(name)
	return page, nil
}

// Expired says why a page is not to be found any more, or answers "". Whatever its
// date is, it is on the site already.
func (s *Site) Expired(until string) string {
	return source.Expired(until, s.config.now())
}

// PageAddress returns the address of a file of a site, relative to the site: of the
// page of a folder, that of the folder.
func PageAddress(name string) string {
	if dir, base := path.Split(name); base == "index.html" {
		name = dir
	}
	if name == "" {
		return "./"
	}
	var b strings.Builder
	for _, c := range []byte(name) {
		if c <= ' ' || c == 0x7f || strings.IndexByte("%?#\\\"<>", c) >= 0 {
			const digits = "0123456789ABCDEF"
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
			continue
		}
		b.WriteByte(c)
	}
	if first, _, _ := strings.Cut(b.String(), "/"); strings.Contains(first, ":") {
		return "./" + b.String()
	}
	return b.String()
}

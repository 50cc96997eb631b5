package site

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/read"
)

// A Problem is something about a site that is not as the build has made it, or not
// as a site must be.
type Problem struct {
	File string // relative to the site's root
	Msg  string
}

func (p Problem) String() string { return p.File + ": " + p.Msg }

// A Checked is what Check has found, and how much it has looked at.
type Checked struct {
	Files, Pages, Articles int
	Problems               []Problem
}

// Check looks over the site in a folder: each file against the list of the build
// that made it, each chunk of the index against its name, each article of the index
// against its page, and each page for links that lead nowhere, identifiers that are
// there twice, and what the policy of docs/hosting.md forbids. Files that no build
// has made are left alone, but links may lead to them. It changes nothing; it fails
// if there is no site to check.
func Check(ctx context.Context, out string) (*Checked, error) {
	dir, err := resolveTarget(out)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(inventoryName)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("site: %s is no site, or one that a build was ended in: there is no %s; build it again", out, inventoryName)
	}
	if err != nil {
		return nil, err
	}
	listed := readInventory(data)
	if listed == nil {
		return nil, fmt.Errorf("site: %s/%s is damaged, so nothing can be compared with it; move the folder away and build it again", out, inventoryName)
	}
	c := &checking{dir: dir, listed: listed, pages: make(map[string]*checkedPage)}
	for _, step := range []func(context.Context) error{c.files, c.marker, c.index, c.readPages, c.links, c.others} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return &c.result, nil
}

type checking struct {
	dir      string
	listed   inventory
	of       string          // where the site lies whose pages the index is of, if it is no site itself
	pictures map[string]bool // origins that pages may show pictures of
	pages    map[string]*checkedPage
	result   Checked
}

func (c *checking) say(name, format string, args ...any) {
	c.result.Problems = append(c.result.Problems, Problem{name, fmt.Sprintf(format, args...)})
}

func (c *checking) place(name string) string { return filepath.Join(c.dir, filepath.FromSlash(name)) }

// files compares each file with the list.
func (c *checking) files(ctx context.Context) error {
	ended := 0
	for _, name := range sortedKeys(c.listed) {
		if err := ctx.Err(); err != nil {
			return err
		}
		c.result.Files++
		f := c.listed[name]
		info, err := os.Lstat(c.place(name))
		switch {
		case f.sum == unknown:
			ended++
		case errors.Is(err, fs.ErrNotExist):
			c.say(name, "is missing")
		case err != nil:
			c.say(name, "cannot be read: %v", err)
		case !info.Mode().IsRegular():
			c.say(name, "is no file, but a link or the like")
		case info.Size() != f.size:
			c.say(name, "has %d bytes, and the build has made %d", info.Size(), f.size)
		case sumOf(c.place(name)) != f.sum:
			c.say(name, "has other bytes than the build has made, as many as they are")
		}
	}
	if ended > 0 {
		c.say(inventoryName, "a build was ended while it replaced %d files; build again", ended)
	}
	return nil
}

func (c *checking) marker(context.Context) error {
	c.pictures = make(map[string]bool)
	var m Marker
	data, err := os.ReadFile(c.place(markerName))
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		c.say(markerName, "cannot be read: %v", err)
	}
	c.of = m.Pages
	for _, p := range m.Pictures {
		if !origin.MatchString(p) {
			c.say(markerName, "%q is no origin of pictures", p)
			continue
		}
		c.pictures[p] = true
	}
	return nil
}

// index reads every chunk and every article of the index.
func (c *checking) index(ctx context.Context) error {
	name := indexFolder + "/" + manifestName
	source := chunk.Verified(chunk.Dir(c.place(indexFolder)))
	ix, err := read.Open(ctx, source, read.Options{})
	if err != nil {
		c.say(name, "%v", err)
		return ctx.Err()
	}
	for _, s := range ix.Segments() {
		for _, part := range s.Chunks {
			if ix.Manifest.Pack != (chunk.ID{}) {
				break // all of them are in one file, which is open
			}
			if _, err := source.Get(ctx, part.ID); err != nil {
				c.say(indexFolder+"/"+part.ID.Name(), "%v", err)
			}
		}
		gone, err := s.Deleted(ctx)
		if err != nil {
			c.say(name, "which articles are deleted cannot be read: %v", err)
			return ctx.Err()
		}
		for doc := range uint32(s.Docs) {
			if gone == nil || gone[doc/8]>>(doc%8)&1 == 0 {
				c.article(ctx, ix, s.Base+doc)
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
	}
	return c.articles(name)
}

// article checks that an article of the index has a page.
func (c *checking) article(ctx context.Context, ix *read.Index, doc uint32) {
	a, err := ix.Article(ctx, doc)
	if err != nil {
		c.say(indexFolder+"/"+manifestName, "article %d cannot be read: %v", doc, err)
		return
	}
	c.result.Articles++
	if c.of != "" {
		c.pageOf(a)
		return
	}
	page := index(a.Path())
	if _, ok := c.listed[page]; !ok {
		c.say(page, "is not there, and the index has the article %q", a.ID)
		return
	}
	if c.pages[page] != nil {
		c.say(page, "is the page of two articles of the index, one of them %q", a.ID)
		return
	}
	c.pages[page] = &checkedPage{blocks: blocksOf(a)}
}

// pageOf checks that the page of another site that an article is of is there.
func (c *checking) pageOf(a *article.Article) {
	name, err := url.PathUnescape(a.ID)
	if err == nil && (name == "./" || strings.HasSuffix(name, "/")) {
		name = path.Join(name, "index.html")
	}
	at := filepath.Join(c.dir, filepath.FromSlash(c.of), filepath.FromSlash(name))
	if info, failed := os.Stat(at); err != nil || failed != nil || !info.Mode().IsRegular() {
		c.say(indexFolder+"/"+manifestName, "has the page %s, which is not there any more; run kanbao index again", a.ID)
	}
}

func blocksOf(a *article.Article) int {
	n := 0
	for range a.Blocks {
		n++
	}
	return n
}

// articles checks that each page of an article has its article in the index.
func (c *checking) articles(manifest string) error {
	for _, name := range sortedKeys(c.listed) {
		if ok, _ := path.Match("a/*/index.html", name); ok && c.pages[name] == nil && c.isOwn(name) {
			c.say(name, "is the page of an article that %s does not have", manifest)
		}
	}
	return nil
}

// isOwn reports whether a file is a page that the templates have made, and not a
// redirect or what is published as it is.
func (c *checking) isOwn(name string) bool {
	data, err := os.ReadFile(c.place(name))
	return err == nil && bytes.Contains(data, []byte(`<meta name="generator" content="Kanbao">`))
}

// others checks files that name others: the service worker, the web manifest and
// the feed.
func (c *checking) others(context.Context) error {
	if data, err := os.ReadFile(c.place(workerName)); err == nil {
		c.worker(data)
	}
	if data, err := os.ReadFile(c.place("manifest.webmanifest")); err == nil {
		var m webManifest
		if err := json.Unmarshal(data, &m); err != nil {
			c.say("manifest.webmanifest", "is no JSON: %v", err)
		}
		for _, i := range m.Icons {
			c.needs("manifest.webmanifest", i.Src)
		}
	}
	if data, err := os.ReadFile(c.place("feed.xml")); err == nil && c.listed["feed.xml"].size > 0 {
		dec := xml.NewDecoder(bytes.NewReader(data))
		for err == nil {
			_, err = dec.Token()
		}
		if !errors.Is(err, io.EOF) {
			c.say("feed.xml", "is no XML: %v", err)
		}
	}
	return nil
}

func (c *checking) worker(data []byte) {
	_, rest, found := strings.Cut(string(data), "const BUILD = ")
	var p precache
	if err := json.NewDecoder(strings.NewReader(rest)).Decode(&p); !found || err != nil {
		c.say(workerName, "does not say what it stores: %v", err)
		return
	}
	for _, list := range [][]string{p.Core, p.Index, p.Pages} {
		for _, name := range list {
			c.needs(workerName, name)
		}
	}
}

// needs checks that a file of the site is there that another names.
func (c *checking) needs(by, name string) {
	at := path.Clean(name)
	if strings.HasSuffix(name, "/") {
		at = index(name)
	}
	if info, err := os.Stat(c.place(at)); err != nil || !info.Mode().IsRegular() {
		c.say(by, "names %s, which is not there", name)
	}
}

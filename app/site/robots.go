package site

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

const (
	sitemapName = "sitemap.xml"
	robotsName  = "robots.txt"
	// What sitemaps.org allows in one file.
	mostInSitemap     = 50_000
	mostSitemapBytes  = 50 << 20
	sitemapSpace      = "http://www.sitemaps.org/schemas/sitemap/0.9"
	sitemapHeadLength = 200
)

// A sitemapURL is a page in a sitemap, or in an index of sitemaps a part.
type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"` // YYYY-MM-DD
}

type sitemap struct {
	XMLName xml.Name
	URLs    []sitemapURL `xml:"url,omitempty"`
	Parts   []sitemapURL `xml:"sitemap,omitempty"`
}

// sitemaps returns the files of the sitemap by name: one, or an index and its parts.
// A part has at most that many pages and bytes.
func (p *pages) sitemaps(urls []sitemapURL, most, mostBytes int) (map[string][]byte, error) {
	var parts [][]byte
	for len(urls) > 0 {
		n, size := 0, sitemapHeadLength
		for n < len(urls) && n < most {
			line, err := xml.Marshal(urls[n])
			if err != nil {
				return nil, err
			}
			if size += len(line) + len("\n"); size > mostBytes && n > 0 {
				break
			}
			n++
		}
		data, err := sitemapOf(sitemap{XMLName: xml.Name{Space: sitemapSpace, Local: "urlset"}, URLs: urls[:n]})
		if err != nil {
			return nil, err
		}
		parts, urls = append(parts, data), urls[n:]
	}
	if len(parts) == 1 {
		return map[string][]byte{sitemapName: parts[0]}, nil
	}
	files := make(map[string][]byte)
	index := sitemap{XMLName: xml.Name{Space: sitemapSpace, Local: "sitemapindex"}}
	for i, data := range parts {
		name := fmt.Sprintf("sitemap-%d.xml", i+1)
		files[name] = data
		index.Parts = append(index.Parts, sitemapURL{Loc: p.absolute(name)})
	}
	data, err := sitemapOf(index)
	files[sitemapName] = data
	return files, err
}

func sitemapOf(m sitemap) ([]byte, error) {
	data, err := xml.MarshalIndent(m, "", "")
	return append(append([]byte(xml.Header), data...), '\n'), err
}

// siteURLs are the addresses of all pages that a search engine may show, with the day
// on which each has last changed, as far as that is known.
func (p *pages) siteURLs(names []string) []sitemapURL {
	changed := make(map[string]string)
	newest := ""
	for _, e := range p.content.entries {
		day := max(e.Date, e.Updated)
		changed[index(e.Path)], newest = day, max(newest, day)
	}
	for _, ed := range p.content.editions {
		for i := range ed.pages() {
			changed[index(partPath(ed.Path, i+1))] = ed.Date
		}
	}
	changed["index.html"] = newest
	var urls []sitemapURL
	for _, name := range names {
		if name == "404.html" || name == index("search") {
			continue
		}
		urls = append(urls, sitemapURL{p.absolute(strings.TrimSuffix(name, "index.html")), changed[name]})
	}
	return urls
}

// writeForRobots writes what search engines and readers of feeds look for, unless
// the editor has a file of that name. Without the public address of the site there is
// none of it.
func (b *builder) writeForRobots() error {
	if b.pages.config.URL == "" || len(b.survey.entries) == 0 {
		return nil
	}
	urls := b.pages.siteURLs(b.out.names(b.isPage))
	files, err := b.pages.sitemaps(urls, mostInSitemap, mostSitemapBytes)
	if err != nil {
		return fmt.Errorf("site: sitemap: %w", err)
	}
	if files[jsonFeedName], err = b.pages.jsonFeed(); err != nil {
		return fmt.Errorf("site: feed: %w", err)
	}
	if b.pages.base == "/" {
		// Robots ask for it at the root of a host alone.
		files[robotsName] = []byte("User-agent: *\nAllow: /\n\nSitemap: " + b.pages.absolute(sitemapName) + "\n")
	}
	for _, name := range sortedKeys(files) {
		if b.editorHas(name) {
			continue
		}
		if err := b.out.write(name, files[name]); err != nil {
			return err
		}
	}
	return nil
}

// editorHas reports whether a file is the editor's: among those that are published as
// they are, or put into the folder of the site by hand.
func (b *builder) editorHas(name string) bool {
	taken := newOccupied(sortedKeys(b.static.files))
	if taken.conflict(name) != "" {
		return true
	}
	if _, ours := b.out.old.listed[name]; ours {
		return false
	}
	_, err := os.Lstat(b.out.final(name))
	return !errors.Is(err, fs.ErrNotExist)
}

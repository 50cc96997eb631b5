package site

import (
	"net/url"
	"strings"

	"github.com/kanbao/kanbao/index/parse"
)

// canonicals tell which pages of a site others name as those to be found. Where the
// site lies on the web is learned from the pages that name themselves.
type canonicals struct {
	base map[string]string // the path of the site by host, "" for no host
}

func newCanonicals(pages []*surveyed) *canonicals {
	c := &canonicals{base: make(map[string]string)}
	votes := make(map[string]map[string]int)
	for _, p := range pages {
		host, path, ok := placeOnWeb(p)
		if !ok {
			continue
		}
		own, err := url.PathUnescape(strings.TrimPrefix(p.ID, "./"))
		if err != nil {
			continue
		}
		base, ok := strings.CutSuffix(path, own)
		if !ok || !strings.HasSuffix(base, "/") {
			continue
		}
		if votes[host] == nil {
			votes[host] = make(map[string]int)
		}
		votes[host][base]++
	}
	for host, bases := range votes {
		best := ""
		for _, base := range sortedKeys(bases) {
			if bases[base] > bases[best] {
				best = base
			}
		}
		c.base[host] = best
	}
	// An address without a host is of the one that the site has, if it has said so.
	if hosts := sortedKeys(c.base); len(hosts) == 0 {
		c.base[""] = "/"
	} else if len(hosts) == 1 {
		c.base[""] = c.base[hosts[0]]
	}
	return c
}

// placeOnWeb returns the canonical address of a page as host and path, written as the
// IDs of pages are; it is not ok if the page names none.
func placeOnWeb(p *surveyed) (host, path string, ok bool) {
	u, err := url.Parse(p.note.Canonical)
	if err != nil || p.note.Canonical == "" {
		return "", "", false
	}
	if u.Host == "" && !strings.HasPrefix(u.Path, "/") {
		return "", "", false
	}
	path = strings.TrimSuffix("/"+strings.TrimPrefix(u.Path, "/"), "index.html")
	return strings.ToLower(u.Host), path, true
}

// address returns the ID that the canonical address of a page would have, or "" if it
// names none of this site.
func (c *canonicals) address(p *surveyed) string {
	host, path, ok := placeOnWeb(p)
	if !ok {
		return ""
	}
	base, ok := c.base[host]
	if !ok {
		return ""
	}
	rest, ok := strings.CutPrefix(path, base)
	switch {
	case !ok:
		return ""
	case rest == "":
		return "./"
	}
	return parse.PageAddress(rest)
}

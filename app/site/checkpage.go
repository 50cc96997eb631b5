package site

import (
	"bytes"
	"context"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A checkedPage is what other pages may lead to, and where it leads itself.
type checkedPage struct {
	blocks int // of its article, if it has one
	ids    map[string]bool
	root   string // the way to the site's root, where that is absolute
	links  []pageLink
}

// A pageLink is an address that a page has.
type pageLink struct{ element, attr, to string }

// readPages reads every page of the site's own.
func (c *checking) readPages(ctx context.Context) error {
	for _, name := range sortedKeys(c.listed) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if path.Ext(name) != ".html" {
			continue
		}
		data, err := os.ReadFile(c.place(name))
		if err != nil {
			continue // known from the list
		}
		own := bytes.Contains(data, []byte(`<meta name="generator" content="Kanbao">`))
		if !own && !bytes.Contains(data, []byte(`<meta http-equiv="refresh"`)) {
			continue // published as it is
		}
		doc, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			c.say(name, "is no HTML: %v", err)
			continue
		}
		c.result.Pages++
		c.readPage(name, doc)
	}
	return nil
}

func (c *checking) readPage(name string, doc *html.Node) {
	p := c.pages[name]
	if p == nil {
		p = new(checkedPage)
		c.pages[name] = p
	}
	p.ids = make(map[string]bool)
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		c.forbidden(name, n)
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				if p.ids[a.Val] {
					c.say(name, "has the identifier %q twice", a.Val)
				}
				p.ids[a.Val] = true
			case "data-root":
				if strings.HasPrefix(a.Val, "/") {
					p.root = a.Val
				}
			case "href", "src", "action", "poster", "srcset":
				p.links = append(p.links, pageLink{n.Data, a.Key, a.Val})
			}
		}
	}
	for i := 1; i <= p.blocks; i++ {
		if id := "p" + strconv.Itoa(i); !p.ids[id] {
			c.say(name, "has no element %q, and the index has that block of the article", id)
			break
		}
	}
}

// linkedType is the type of data that stands in a page; a policy has nothing to say
// of it, since no browser runs it.
const linkedType = "application/ld+json"

// forbidden names what a page has that the policy does not allow.
func (c *checking) forbidden(name string, n *html.Node) {
	switch n.DataAtom {
	case atom.Script:
		if attribute(n, "src") == "" && attribute(n, "type") != linkedType {
			c.say(name, "has a script in it, which the policy forbids")
		}
	case atom.Style, atom.Iframe, atom.Object, atom.Embed, atom.Base, atom.Applet, atom.Frame:
		c.say(name, "has an element <%s>, which the policy forbids", n.Data)
	}
	for _, a := range n.Attr {
		if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" {
			c.say(name, "has an attribute %s, which the policy forbids", a.Key)
		}
	}
}

// links follows every address of every page.
func (c *checking) links(ctx context.Context) error {
	there := make(map[string]bool)
	for _, name := range sortedKeys(c.pages) {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, l := range c.pages[name].links {
			c.link(name, l, there)
		}
	}
	return nil
}

func (c *checking) link(name string, l pageLink, there map[string]bool) {
	u, err := url.Parse(strings.TrimSpace(l.to))
	if err != nil {
		c.say(name, "%s=%q is no address", l.attr, l.to)
		return
	}
	fetched := l.attr != "href" || l.element == "link"
	switch {
	case u.Scheme == "javascript" || u.Scheme == "data" || u.Scheme == "vbscript":
		c.say(name, "%s=%q runs or holds something, which the policy forbids", l.attr, l.to)
		return
	case u.Host != "" || u.Scheme != "":
		// A canonical address is read, and nothing is fetched from there.
		if fetched && l.element != "link" && !(l.element == "img" && c.pictures[strings.ToLower(u.Scheme+"://"+u.Host)]) {
			c.say(name, "<%s> fetches %q from another host, which the policy forbids", l.element, l.to)
		}
		return
	}
	to, ok := c.target(name, u.Path)
	if !ok {
		c.say(name, "%s=%q leads out of the site", l.attr, l.to)
		return
	}
	if !there[to] {
		if info, err := os.Stat(c.place(to)); err != nil || !info.Mode().IsRegular() {
			c.say(name, "%s=%q leads to nothing", l.attr, l.to)
			return
		}
		there[to] = true
	}
	if page := c.pages[to]; u.Fragment != "" && page != nil && page.ids != nil && !page.ids[u.Fragment] {
		c.say(name, "%s=%q leads to no place on %s", l.attr, l.to, to)
	}
}

// target returns the file that a path on a page means.
func (c *checking) target(name, to string) (string, bool) {
	switch root := c.pages[name].root; {
	case to == "":
		return name, true
	case strings.HasPrefix(to, "/"):
		rest, ok := strings.CutPrefix(to, root)
		if !ok || root == "" {
			return "", false
		}
		to = "./" + rest
	default:
		to = path.Dir(name) + "/" + to
	}
	at := path.Clean(to)
	if at == ".." || strings.HasPrefix(at, "../") {
		return "", false
	}
	if strings.HasSuffix(to, "/") || at == "." || strings.HasSuffix(to, "/.") || strings.HasSuffix(to, "/..") {
		at = index(at)
	}
	return at, true
}

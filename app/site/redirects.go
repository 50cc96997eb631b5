package site

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/kanbao/kanbao/index/parse"
)

// redirectPage leads from an address that an article once had to where it is. It
// needs no script, and nothing of the site but the article.
var redirectPage = template.Must(template.New("").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<title>{{.Title}}</title>
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={{.To}}">
<link rel="canonical" href="{{.Canonical}}">
</head>
<body>
<p><a href="{{.To}}">{{.Title}}</a></p>
</body>
</html>
`))

// writeRedirects writes a page at each address that an article names as its own
// besides the one that it has. It returns the names of the pages, and what is wrong
// with addresses that can lead nowhere.
func (p *pages) writeRedirects(out *output) (names []string, warnings []error, err error) {
	taken := newOccupied(out.names(func(string) bool { return true }))
	for _, name := range []string{workerName, markerName, inventoryName, lockName} {
		taken.add(name)
	}
	for _, e := range p.content.entries {
		for _, a := range addressesOf(e) {
			address := a.text
			name, fault := p.redirectName(a.whole)
			if name == index(e.Path) || name == "" && fault == "" {
				continue
			}
			if other := taken.conflict(name); fault == "" && other != "" {
				fault = "is the address of " + other + " already"
			}
			if fault != "" && a.guess {
				continue
			}
			if fault != "" {
				warnings = append(warnings, &parse.Error{File: e.File, Line: e.Line, Msg: fmt.Sprintf("address %q %s; nothing leads from there", address, fault)})
				continue
			}
			taken.add(name)
			if err := p.writeRedirect(out, name, e); err != nil {
				return nil, nil, err
			}
			names = append(names, name)
		}
	}
	return names, warnings, nil
}

// An address is one that an article names, and what it is counted from the site's root.
type address struct {
	text, whole string
	guess       bool // it may as well be meant otherwise
}

// addressesOf returns the addresses that an article names. For Hugo, one without a slash
// before it counts from where the page lies, for others from the site's root; where it
// is plain which is meant, it is that, else both.
func addressesOf(e *entry) []address {
	var all []address
	for _, text := range e.addresses {
		s := strings.TrimSpace(text)
		dots := strings.HasPrefix(s, "./") || strings.HasPrefix(s, "../")
		if !dots {
			all = append(all, address{text: text, whole: s})
		}
		dir := dirOfPage(e.File)
		isName := strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > unicode.MaxASCII }) // of a note, as Obsidian has them
		if !dots && (strings.HasPrefix(s, "/") || strings.Contains(s, ":") || isName || dir == "") {
			continue
		}
		whole := path.Join("/", dir, s)
		if up := path.Join(dir, s); up == ".." || strings.HasPrefix(up, "../") {
			whole = s // which leads nowhere, and is told
		} else if strings.HasSuffix(s, "/") {
			whole += "/"
		}
		all = append(all, address{text: text, whole: whole, guess: !dots})
	}
	return all
}

// dirOfPage returns the folder that Hugo has the page of a file in, "" for the topmost.
func dirOfPage(file string) string {
	page := strings.TrimPrefix(strings.TrimSuffix(file, path.Ext(file)), "content/")
	if base := path.Base(page); base == "index" || base == "_index" {
		page = path.Dir(page)
	}
	if dir := path.Dir(page); dir != "." {
		return dir
	}
	return ""
}

func (p *pages) writeRedirect(out *output, name string, e *entry) error {
	to := relRoot(name) + (&url.URL{Path: e.Path}).EscapedPath()
	canonical := to
	if p.config.URL != "" {
		canonical = p.absolute(e.Path)
	}
	var b bytes.Buffer
	err := redirectPage.Execute(&b, map[string]string{"Lang": p.site.Lang, "Title": e.Title, "To": to, "Canonical": canonical})
	if err != nil {
		return fmt.Errorf("site: page %s: %w", name, err)
	}
	return out.write(name, b.Bytes())
}

// patterns are what Jekyll has for the shape of all addresses, and no address.
var patterns = []string{"pretty", "date", "none", "ordinal", "weekdate"}

// redirectName returns the file that answers at an address of the site, below its
// root. It is empty for an address of another site.
func (p *pages) redirectName(address string) (name, fault string) {
	if slices.Contains(patterns, address) || strings.Contains(address, "/:") {
		return "", ""
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Opaque != "" {
		return "", "is no address"
	}
	if u.Host != "" {
		if own, err := url.Parse(p.config.URL); err != nil || own.Host != u.Host {
			return "", ""
		}
	}
	if u.RawQuery != "" {
		return "", "has a question mark, and a site of files cannot tell what follows it"
	}
	at := u.Path
	if rest, ok := strings.CutPrefix(at, p.base); ok && p.base != "/" {
		at = rest
	}
	folder := strings.HasSuffix(at, "/")
	at = strings.Trim(at, "/")
	if at == "" || !fs.ValidPath(at) || strings.ContainsAny(at, "\\\x00\n\r") {
		return "", "is no address below the site's"
	}
	for part := range strings.SplitSeq(at, "/") {
		if len(part) > 200 || strings.HasPrefix(part, ".") {
			return "", "has a part that is too long, or hidden"
		}
	}
	if ext := strings.ToLower(path.Ext(at)); !folder && (ext == ".html" || ext == ".htm") {
		return at, ""
	}
	return index(at), ""
}

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
		for _, address := range e.addresses {
			name, fault := p.redirectName(address)
			if name == index(e.Path) || name == "" && fault == "" {
				continue
			}
			if other := taken.conflict(name); fault == "" && other != "" {
				fault = "is the address of " + other + " already"
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

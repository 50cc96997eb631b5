package site

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/kanbao/kanbao/app/site/rendition"
	"github.com/kanbao/kanbao/app/text"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/parse/formula"
	"golang.org/x/net/html"
)

// An inventory comes back as it was written and with no byte changed, and whatever
// is read as one is written again as the same.
func FuzzReadInventory(f *testing.F) {
	f.Add([]byte("zyxwvtsrqpnmk c0ffee0000000 3456 a/潮 水/index.html\n0123456789abc - 12 sw.js\n"), "a/潮 水/index.html", "sw.js", int64(12), 40)
	f.Add([]byte("a b 1 ../x\n"), "x", "x", int64(-1), 0)
	f.Add([]byte("a b -1 x"), ".", "", int64(1<<62), -1)
	f.Fuzz(func(t *testing.T, lines []byte, first, second string, size int64, at int) {
		if v := readInventory(append([]byte(inventoryHead+chunk.Sum(lines).String()+"\n"), lines...)); v != nil {
			if again := readInventory(v.bytes()); !maps.Equal(again, v) {
				t.Fatalf("%q is %v, which is read back as %v", lines, v, again)
			}
		}
		v := make(inventory)
		for _, name := range []string{first, second} {
			// Names are those of files that a build has made: of slugs and hashes.
			if !strings.Contains(name, "\n") && fs.ValidPath(name) && utf8.ValidString(name) {
				v[name] = file{chunk.Sum([]byte(name)).String(), unknown, max(size, 0)}
			}
		}
		written := v.bytes()
		if got := readInventory(written); !maps.Equal(got, v) {
			t.Fatalf("wrote %v, read %v", v, got)
		}
		if at >= 0 && at < len(written) {
			damaged := bytes.Clone(written)
			damaged[at] ^= 1 + byte(at%255)
			if got := readInventory(damaged); got != nil {
				t.Fatalf("%q is read as %v", damaged, got)
			}
		}
	})
}

// fuzzCleaner returns a cleaner of a site with an article, guide/start.md, and a
// picture.
func fuzzCleaner(t testing.TB) *cleaner {
	m := newMedia(t.TempDir(), nil, nil, &parse.Config{})
	m.copies["guide/sea.png"] = copied{path: "media/0123456789abcdef.png"}
	m.sizes["media/0123456789abcdef.png"] = sized{copied: m.copies["guide/sea.png"], Size: rendition.Size{Width: 1200, Height: 800},
		smaller: []smaller{{"media/0123456789abcdef-400.png", 400}}}
	start := &entry{ID: "start", Path: "a/start/", File: "guide/start.md"}
	start.anchors = anchorsOf(&article.Article{ID: "start", Sections: []article.Section{{Heading: "潮 水", Level: 2}}})
	return newCleaner(&content{entries: []*entry{start}, byFile: map[string]*entry{start.File: start}}, m, text.ArticleFor(text.Hans))
}

// allowed are the elements that an article may have on the site. They are written
// down here once more: a policy that lets in another should have to say so twice.
var allowed = strings.Fields("a abbr acronym b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em " +
	"rb rtc figcaption figure h1 h2 h3 h4 h5 h6 hgroup hr i img ins kbd li mark ol p pre q rp rt ruby s samp section article aside " +
	"small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr map area meter progress " +
	"header footer main nav center address")

// harmless are their attributes, and those of the cleaner.
var harmless = strings.Fields("abbr align alt cite class colspan coords datetime decoding dir height href hreflang id " +
	"lang loading low high max min optimum name open rel rowspan scope shape span src start summary target title type usemap " +
	"valign value headers width nowrap referrerpolicy tabindex role aria-label srcset sizes")

// Whatever an article brings, what the site gets of it runs nothing, fetches nothing,
// stays within its block, and reads the same on its page as it did when it was cleaned.
func FuzzClean(f *testing.F) {
	for _, s := range append([]string{
		`<p onclick="alert(1)" style="position:fixed">文</p><a href=" JaVaScRiPt:alert(1)">文</a>`,
		`<img src=x onerror=alert(1)><img src="sea.png"><img src="https://evil.example/pixel.png"><img src="data:image/svg+xml,<svg onload=alert(1)>">`,
		`<svg><style><img src=x onerror=alert(1)></style></svg><math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
		`<iframe src="https://evil.example"></iframe><form action="//evil.example"><input name=q></form><noscript><p title="</noscript><img src=x>">`,
		`<p id="kb-q">文<li id="fn:1">一<li id="fn:1">二</li><a href="#fn:1">↩</a></div></main><div id="kb-live">`,
		`<a href="start.md#潮-水">潮</a><a href="../../x">x</a><a href="//example.net/x">y</a><table><a href="/guide/start"><tr><td>z`,
		`<template><script>1</script></template><select><option>x</select><textarea></div></textarea><plaintext>`,
		"<a><table><tr><td><a href=x>1</a></table><b><p></b>\x00</p><pre>\n\n潮</pre>&amp;lt;script&gt;&#0;",
		`<math display="block"><mfrac><mi>x</mi><mn>2</mn></mfrac><mtext>文<b>文</b></mtext></math><math><mi><p>x</math>`,
	}, attacks...) {
		f.Add(s)
	}
	c := fuzzCleaner(f)
	f.Fuzz(func(t *testing.T, fragment string) {
		a := &article.Article{ID: "next", File: "guide/next.md", Line: 1, Sections: []article.Section{{}, {Heading: "潮 水", Level: 2}}}
		a.Sections[0].Blocks = []article.Block{{Kind: article.Rich, HTML: fragment}, {Kind: article.Rich, HTML: fragment}}
		_, warnings := c.clean(a)
		for _, err := range warnings {
			var fault *parse.Error
			if !errors.As(err, &fault) || fault.File != a.File || fault.Line != 1 {
				t.Fatalf("%q: %v", fragment, err)
			}
		}
		ids := make(map[string]bool)
		for _, b := range a.Sections[0].Blocks {
			doc, err := html.Parse(strings.NewReader(`<!doctype html><main><div class="kb-rich">` + b.HTML + `</div><p class="after"></p></main>`))
			if err != nil {
				t.Fatal(err)
			}
			var block *html.Node
			after := 0
			for n := range doc.Descendants() {
				switch {
				case n.Type == html.ElementNode && attribute(n, "class") == "kb-rich":
					block = n
				case n.Type == html.ElementNode && attribute(n, "class") == "after":
					if after++; n.Parent.Data != "main" || block == nil || n.Parent != block.Parent {
						t.Fatalf("%q\nis %q, which does not end where its block does", fragment, b.HTML)
					}
				}
			}
			if block == nil || after != 1 {
				t.Fatalf("%q\nis %q, after which the page has %d ends", fragment, b.HTML, after)
			}
			for n := range block.Descendants() {
				switch n.Type {
				case html.TextNode:
				case html.ElementNode:
					expectHarmless(t, n, ids)
				default:
					t.Fatalf("%q\nis %q, with a node of type %d", fragment, b.HTML, n.Type)
				}
			}
		}
	})
}

// expectHarmless fails the test if an element could run or fetch something, or has an
// identifier of the page or of another element.
func expectHarmless(t *testing.T, n *html.Node, ids map[string]bool) {
	t.Helper()
	formulas := n.Namespace == "math" && (n.Data == "math" || slices.Contains(formula.Elements, n.Data))
	if !formulas && (n.Namespace != "" || !slices.Contains(allowed, n.Data)) {
		t.Fatalf("<%s> of the namespace %q", n.Data, n.Namespace)
	}
	for _, a := range n.Attr {
		bad := a.Namespace != "" || !slices.Contains(harmless, a.Key) && !(formulas && slices.Contains(formula.Attributes, a.Key))
		switch a.Key {
		case "src":
			bad = !strings.HasPrefix(a.Val, toRoot+"media/") || path.Clean(a.Val) != a.Val
		case "href":
			scheme, _, found := strings.Cut(strings.ToLower(a.Val), ":")
			known := slices.Contains([]string{"http", "https", "mailto", "tel"}, scheme)
			bad = !(found && known) && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, toRoot)
		case "id":
			bad = !footnoteID.MatchString(a.Val) || ids[a.Val]
			ids[a.Val] = true
		}
		if bad {
			t.Fatalf("<%s %s=%q>", n.Data, a.Key, a.Val)
		}
	}
}

// A feed is XML to a strict reader, who gets what the author wrote, but for the
// characters that XML has no place for.
func FuzzFeed(f *testing.F) {
	f.Add("<b>潮</b> & ]]>", "\x00\x0b\uFFFE\xff", "2024-09-05", "a/潮 水/", "甲<乙>")
	f.Add("", "", "", "", "")
	f.Fuzz(func(t *testing.T, title, opening, date, address, byline string) {
		p := &pages{config: &parse.Config{URL: "https://example.org/paper/"}, content: &content{entries: []*entry{
			{ID: "1", Path: "a/" + article.Slug(address) + "/", Title: title, Lead: []string{opening}, Date: date, Byline: byline},
		}}}
		p.site.Title, p.site.Description, p.site.HasFeed = title, opening, true
		data, err := p.feed()
		if err != nil {
			t.Fatal(err)
		}
		var feed struct {
			Entries []struct {
				Title   string `xml:"title"`
				Summary struct {
					Type string `xml:"type,attr"`
					Text string `xml:",chardata"`
				} `xml:"summary"`
			} `xml:"entry"`
		}
		d := xml.NewDecoder(bytes.NewReader(data))
		if err := d.Decode(&feed); err != nil {
			t.Fatalf("%v in %s", err, data)
		}
		if _, err := d.Token(); err != io.EOF && err != nil {
			t.Fatalf("%v behind the end of %s", err, data)
		}
		if len(feed.Entries) != 1 || feed.Entries[0].Title != inXML(title) {
			t.Fatalf("%q is titled %+v", title, feed.Entries)
		}
		if s := feed.Entries[0].Summary; s.Text != "" && s.Type != "text" || s.Text != inXML(cmp.Or(p.content.entries[0].Opening(), title)) {
			t.Fatalf("%q begins %+v", opening, s)
		}
	})
}

// inXML returns what an XML reader gets of a text.
func inXML(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r != 0xFFFE && r != 0xFFFF {
			return r
		}
		return utf8.RuneError
	}, string([]rune(s)))
}

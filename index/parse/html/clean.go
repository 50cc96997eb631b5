package html

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/parse/blocks"
	"golang.org/x/net/html"
)

// dropped elements are never text that somebody has written for readers of the
// article.
var dropped = set("script style template select button input textarea dialog frame link meta title base " +
	"datalist optgroup option keygen")

// furniture matches the words of class and id that sites give to what stands
// around an article, and asides those of what stands within one and is not it.
var (
	furniture = regexp.MustCompile(`^(?:nav(?:bar|igation|-?menu|-?bar)?|(?:main|top|sub|site|side|left|right|global|header|footer|bottom|page|post)-?_?(?:nav|menu|bar|navigation)|` +
		`menu|bread-?_?crumbs?|crumbs?|location|position|path|foot(?:er)?(?:-?_?(?:wrap|box|bar|inner|content))?|site-?_?(?:footer|header|info)|copyright|copy-?right|beian|` +
		`side-?_?bar|comments?(?:-?_?(?:list|area|box))?|pagination|pager|pages|page-?_?nav(?:igation)?|post-?_?nav(?:igation)?|prev-?_?next|` +
		`search(?:-?_?(?:box|form))?|login|topbar|toolbar|related(?:-?_?(?:posts?|news|articles?|list))?|recommend(?:ed|s|-?_?list)?|hot-?_?(?:news|list)|friend-?_?links?|skip-?_?link)$`)
	asides = regexp.MustCompile(`^(?:ads?|advert(?:isement)?|ad-?_?(?:box|wrap|banner|sense)|adsbygoogle|share(?:-?_?(?:box|bar|buttons?|wrap))?|social(?:-?_?share)?|bdsharebuttonbox|jiathis.*|qr-?_?code|` +
		`print(?:-?_?(?:btn|box))?|copy-?_?(?:btn|button|code)|header-?_?(?:link|anchor)|heading-?_?anchor|anchor-?_?link|hash-?_?link|permalink|edit-?_?link|toc|table-of-contents|sr-only|visually-hidden|screen-reader-text|` +
		`toolbar-item|theme-doc-version-badge|newdigg|diggbox|boxoff|actbox|dede_pages|post-?_?(?:copyright|share|reward)|reward|like-?_?(?:btn|box)|qr_code_pc(?:_outer)?|rich_media_tool|js_pc_qr_code|jammer|sharedaddy|sd-sharing(?:-.*)?|jp-relatedposts|addtoany.*|a2a_kit|more-?_?link|page-?_?links|original_primary_card_tips)$`)
	// replies are what WordPress calls the letters of readers, which may be longer than
	// what they are about.
	replies     = regexp.MustCompile(`^(?:wp-block-comments|comments-area|comment-?list|comment-respond)$`)
	lineNumbers = regexp.MustCompile(`^(?:gutter|linenos?|line-?numbers?|line-?nums?|line-?numbers-?rows|hljs-ln-numbers|hljs-ln-n|rouge-gutter|lntd-?nums?|lnt|ln|blob-num|code-line-number|linenodiv)$`)
)

// hasName reports whether a class or the id of n is one that re matches.
func hasName(n *html.Node, re *regexp.Regexp) bool {
	if re.MatchString(strings.ToLower(attr(n, "id"))) {
		return true
	}
	for c := range strings.FieldsSeq(attr(n, "class")) {
		if re.MatchString(strings.ToLower(c)) {
			return true
		}
	}
	return false
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func setAttr(n *html.Node, key, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

// clean takes out of the tree what is no text of anybody, and puts the rest as
// the blocks want it: formulas once, as they were written; pictures that wait for
// a script with their address; code without the numbers of its lines.
func clean(root *html.Node) {
	formulas(root)
	var take []*html.Node
	visit(root, func(n *html.Node) bool {
		if attr(n, "role") == "tabpanel" { // whose tab shows it
			n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "hidden" || a.Key == "aria-hidden" })
		}
		switch {
		case n.Type == html.CommentNode:
			take = append(take, n)
			return false
		case n.Type != html.ElementNode:
			return false
		case dropped[n.Data] && !(n.Data == "title" && inside(n, "svg")), isHidden(n), hasName(n, asides) && !holdsProse(n) && !(n.Data == "span" && (inside(n, "pre") || inside(n, "code"))):
			take = append(take, n)
			return false
		case noScript[n.Data] && !insideNoScript(n) && blocks.IsExcuse(textOf(n)), n.Data == "img" && insideNoScript(n),
			n.Data == "menu" && !holdsItems(n):
			take = append(take, n)
			return false
		case n.Data == "span" && attr(n, "class") == "lang" && strings.HasPrefix(attr(n.Parent, "class"), "language-"):
			take = append(take, n) // VitePress names the language of code
			return false
		case n.Data == "img":
			lazyPicture(n)
		case n.Data == "table":
			codeTable(n)
			layoutTable(n)
		case hasName(n, lineNumbers) && isNumbers(codeOf(n)):
			take = append(take, n)
			return false
		case n.Data == "xmp", n.Data == "plaintext", n.Data == "listing":
			n.Data, n.DataAtom = "pre", atomOf("pre")
		}
		return true
	})
	for _, n := range take {
		n.Parent.RemoveChild(n)
	}
}

var notDisplayed = regexp.MustCompile(`(?i)(?:^|[;\s])display\s*:\s*none\b`)

// isHidden reports whether the page says that n is not shown. WeChat's text is invisible
// by its style until a script shows it, so only one that is not displayed counts, as the
// letters by which forums keep others from copying; what has sentences is for a script to
// show, as the text of a tab.
func isHidden(n *html.Node) bool {
	if notDisplayed.MatchString(attr(n, "style")) && attr(n, "id") != "js_content" && !holdsProse(n) {
		return true
	}
	if hasAttr(n, "hidden") && attr(n, "hidden") != "until-found" {
		return true
	}
	// Who sees the page sees what is only not read aloud: icons, and sometimes sentences.
	return attr(n, "aria-hidden") == "true" && attr(n, "id") != "js_content" && !holdsProse(n)
}

// holdsProse reports whether there are sentences in n: what has those is no
// button for sharing, whatever it is called.
func holdsProse(n *html.Node) bool {
	text := textOf(n)
	return utf8.RuneCountInString(text) >= 60 && strings.ContainsAny(text, "。！？") || len(text) > 400 && strings.Contains(text, ". ")
}

// visit calls do for n and what is in it, in order, but not for what is in a
// node for which do returns false.
func visit(n *html.Node, do func(*html.Node) bool) {
	if !do(n) {
		return
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		visit(c, do)
		c = next
	}
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// codeOf returns the text of a cell with code, whose lines may be parted by <br> or
// stand in a block each.
func codeOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		case d.Data == "br", blockElements[d.Data] && b.Len() > 0 && !strings.HasSuffix(b.String(), "\n"):
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// lazyPicture gives a picture the address that a script would give it.
func lazyPicture(n *html.Node) {
	src := attr(n, "src")
	if src != "" && !strings.HasPrefix(src, "data:") && !placeholder.MatchString(src) {
		return
	}
	for _, key := range []string{"data-src", "data-original", "data-lazy-src", "data-actualsrc"} {
		if real := attr(n, key); real != "" {
			setAttr(n, "src", real)
			return
		}
	}
}

var placeholder = regexp.MustCompile(`(?i)(?:^|/)(?:blank|placeholder|loading|spacer|transparent|pixel|lazy[^/]*)\.(?:gif|png|svg|jpg)`)

// codeTable makes a table that sets the numbers of lines beside code into the
// code.
func codeTable(table *html.Node) {
	var code []*html.Node
	rows := 0
	ok := true
	visit(table, func(n *html.Node) bool {
		if !ok || n.Type != html.ElementNode {
			return false
		}
		if n.Data != "tr" {
			return n == table || n.Data == "tbody" || n.Data == "thead"
		}
		cells := cellsOf(n)
		rows++
		if len(cells) != 2 || !isNumbers(numberText(cells[0])) || !isCode(cells[1], table) {
			ok = false
			return false
		}
		code = append(code, cells[1])
		return false
	})
	if !ok || rows == 0 {
		return
	}
	pre := &html.Node{Type: html.ElementNode, Data: "pre", DataAtom: atomOf("pre")}
	for i, c := range code {
		if i > 0 {
			pre.AppendChild(&html.Node{Type: html.TextNode, Data: "\n"})
		}
		text := strings.Trim(codeOf(c), "\n")
		pre.AppendChild(&html.Node{Type: html.TextNode, Data: text})
	}
	table.Parent.InsertBefore(pre, table)
	// The table itself stays in the walk, without anything in it.
	for c := table.FirstChild; c != nil; c = table.FirstChild {
		table.RemoveChild(c)
	}
}

// layoutTable makes containers of a table of one column that holds whole
// paragraphs: it was there for the layout, not for its rows.
func layoutTable(table *html.Node) {
	var parts []*html.Node
	blocks, ok := false, true
	visit(table, func(n *html.Node) bool {
		switch {
		case n == table:
			return true
		case n.Type != html.ElementNode:
			return false
		case n.Data == "tbody", n.Data == "thead", n.Data == "tfoot":
			parts = append(parts, n)
			return true
		case n.Data == "caption", n.Data == "colgroup":
			ok = ok && n.Data == "colgroup"
			return false
		case n.Data != "tr":
			ok = false
			return false
		}
		cells := cellsOf(n)
		ok = ok && len(cells) <= 1
		for _, c := range cells {
			for d := range c.ChildNodes() {
				blocks = blocks || d.Type == html.ElementNode && blockElements[d.Data] && d.Data != "table"
			}
			blocks = blocks || strings.ContainsRune(textOf(c), '。')
			parts = append(parts, c)
		}
		parts = append(parts, n)
		return false
	})
	if !ok || !blocks {
		return
	}
	for _, n := range append(parts, table) {
		n.Data, n.DataAtom = "div", atomOf("div")
		n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return !keptOfCell(a.Key) })
	}
}

// keptOfCell reports whether an attribute of a table says what is in it, not how it is set.
func keptOfCell(key string) bool {
	return key == "id" || key == "class" || strings.HasPrefix(key, "data-kanbao-") || strings.HasPrefix(key, "data-pagefind-")
}

// numberText returns the text of a cell, or the number that its attribute has
// for a style sheet to show.
func numberText(cell *html.Node) string {
	if text := strings.TrimSpace(codeOf(cell)); text != "" {
		return text
	}
	return attr(cell, "data-line-number")
}

func cellsOf(row *html.Node) []*html.Node {
	var out []*html.Node
	for c := range row.ChildNodes() {
		if c.Type == html.ElementNode && (c.Data == "td" || c.Data == "th") {
			out = append(out, c)
		}
	}
	return out
}

// isNumbers reports whether text is numbers that count up by one, and nothing
// else.
func isNumbers(text string) bool {
	last := -1
	for w := range strings.FieldsSeq(text) {
		n := 0
		for _, r := range w {
			if r < '0' || r > '9' || n > 1e6 {
				return false
			}
			n = n*10 + int(r-'0')
		}
		if last >= 0 && n != last+1 {
			return false
		}
		last = n
	}
	return last >= 0
}

// isCode reports whether a cell beside numbers holds code: it says so, or its
// table does.
func isCode(cell, table *html.Node) bool {
	for d := range cell.Descendants() {
		if d.Type == html.ElementNode && (d.Data == "pre" || d.Data == "code") {
			return true
		}
	}
	for n := cell; n != nil; n = n.Parent {
		if hasName(n, codeNames) {
			return true
		}
	}
	return false
}

var codeNames = regexp.MustCompile(`^(?:code|highlight(?:-.*|table)?|lntable|rouge.*|syntaxhighlighter|hljs.*|blob-code.*|crayon.*|codehilite.*|source-?code)$`)

package html

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// Containers of the content systems in use, the surest first. Those of the first
// list have the article's text and all of it, whatever stands beside them; those
// of the second are sometimes given to less.
var (
	sureContainers = []string{"#js_content", "#ucap-content", ".trs_editor", ".trs_editor_view", ".trs_ueditor", ".trs_paper_default",
		"#zoom", "#ozoom", ".pages_content", ".ucap-content", "founder-content", "#vsb_content", "#vsb_content_2", ".v_news_content", ".wp_articlecontent", "#artibody", "#endtext"}
	containers = []string{"#articlecontent", "#article-content", "#article_content", ".article-content", ".article_content", ".article-body",
		"#content_views", ".rich_media_content", ".entry-content", ".post-content", ".post-body", ".post__content", ".news_content", ".news-content",
		".markdown-body", ".e-content", "itemprop=articlebody", "article", "main", "role=main"}
)

// matches reports whether n is what a container's name says: an id, a class, an
// attribute or an element.
func matches(n *html.Node, container string) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch key, value, found := strings.Cut(container, "="); {
	case found:
		return strings.EqualFold(attr(n, key), value)
	case container[0] == '#':
		return strings.EqualFold(attr(n, "id"), container[1:])
	case container[0] == '.':
		for c := range strings.FieldsSeq(attr(n, "class")) {
			if strings.EqualFold(c, container[1:]) {
				return true
			}
		}
		return false
	}
	return n.Data == container
}

// mainContent returns the nodes, in order, that hold the article: what a content
// system has put into its container, or else the smallest element that holds all
// sentences of the page. The tree must be clean. title is that of the window.
func mainContent(root *html.Node, title string) []*html.Node {
	takeFurniture(root)
	m := measureTree(root)
	if found := outermost(root, sureContainers...); len(found) > 0 && m.chars(found) > 0 {
		return append(span(found), attachments(found[len(found)-1])...)
	}
	all := m.of[root].prose
	for _, c := range containers {
		found := outermost(root, c)
		in, chars := m.prose(found), m.chars(found)
		// A list of links has no sentences, and beside it there may be a line of one.
		if isList := in == 0 && all < 60 && chars > 2*all; chars > 0 && (m.bare || (all-in)*4 <= in || isList) {
			return m.withoutEdges(span(found), true)
		}
	}
	holder := root
	for next := root; next != nil; next = m.childWithAll(holder) {
		holder = next
	}
	for holder != root && !holds(holder) {
		holder = holder.Parent
	}
	nodes := m.withoutEdges(childrenOf(holder), false)
	if h := headingBefore(holder); h != nil && !strings.Contains(title, words(textOf(h))) {
		nodes = append([]*html.Node{h}, nodes...)
	}
	return nodes
}

// headingBefore returns the heading that stands alone in the element before n, or
// nil. That of the first level is the title, and elsewhere found as such.
func headingBefore(n *html.Node) *html.Node {
	before := n.PrevSibling
	for before != nil && (before.Type != html.ElementNode || visible(textOf(before)) == 0) {
		before = before.PrevSibling
	}
	if before == nil {
		return nil
	}
	var found *html.Node
	visit(before, func(d *html.Node) bool {
		if found == nil && d.Type == html.ElementNode && isHeading(d) && d.Data != "h1" {
			found = d
		}
		return found == nil
	})
	if found == nil || visible(textOf(found)) != visible(textOf(before)) || elsewhere.MatchString(textOf(found)) {
		return nil
	}
	return found
}

// outermost returns the elements that match one of the containers and are not in one
// that does.
func outermost(root *html.Node, containers ...string) []*html.Node {
	var found []*html.Node
	visit(root, func(n *html.Node) bool {
		if slices.ContainsFunc(containers, func(c string) bool { return matches(n, c) }) {
			found = append(found, n)
			return false
		}
		return true
	})
	return found
}

// span returns what is in the one node, or where there are several, all that
// stands from the first to the last of them in the smallest element that holds
// them.
func span(found []*html.Node) []*html.Node {
	if len(found) == 1 {
		return childrenOf(found[0])
	}
	first, last := lineage(found[0]), lineage(found[len(found)-1])
	i := 0
	for i+1 < len(first) && i+1 < len(last) && first[i] == last[i] {
		i++
	}
	var out []*html.Node
	for n := first[i]; n != nil; n = n.NextSibling {
		out = append(out, n)
		if n == last[i] {
			break
		}
	}
	return out
}

// lineage returns n and its ancestors, the outermost first.
func lineage(n *html.Node) []*html.Node {
	var out []*html.Node
	for ; n != nil; n = n.Parent {
		out = append([]*html.Node{n}, out...)
	}
	return out
}

func childrenOf(n *html.Node) []*html.Node {
	var out []*html.Node
	for c := range n.ChildNodes() {
		out = append(out, c)
	}
	return out
}

// holds reports whether an element may hold a whole article.
func holds(n *html.Node) bool {
	switch n.Data {
	case "body", "div", "section", "article", "main", "td", "center", "form", "details", "fieldset":
		return true
	}
	return strings.Contains(n.Data, "-")
}

// A measure is how much text an element has, in characters.
type measure struct {
	chars  int // all
	linked int // in links
	links  int // how many links
	prose  int // in lines that are sentences
}

func (m *measure) add(o measure) {
	m.chars += o.chars
	m.linked += o.linked
	m.links += o.links
	m.prose += o.prose
}

type measures struct {
	of   map[*html.Node]measure
	bare bool // the page has no sentences
}

// measureTree measures every element of the tree. A page without sentences has
// its prose in all lines that are no links.
func measureTree(root *html.Node) measures {
	m := measures{of: map[*html.Node]measure{}}
	m.take(root, false, isSentence)
	if m.of[root].prose == 0 {
		m.bare = true
		m.take(root, false, func(line string) bool { return !boilerplate.MatchString(line) })
	}
	return m
}

// take measures n and returns the text of n that belongs to the line around n,
// if n is no block.
func (m measures) take(n *html.Node, inLink bool, sentence func(string) bool) (sum measure, line string) {
	if n.Type == html.TextNode {
		sum.chars = visible(n.Data)
		if inLink {
			sum.linked = sum.chars
		}
		return sum, n.Data
	}
	isLink := n.Data == "a" && attr(n, "href") != ""
	if isLink {
		sum.links++
	}
	var text strings.Builder
	var own measure // of the line that is being read
	flush := func() {
		if (own.chars-own.linked)*2 > own.chars && sentence(text.String()) {
			sum.prose += own.chars - own.linked
		}
		text.Reset()
		own = measure{}
	}
	block := n.Type == html.ElementNode && (blockElements[n.Data] || n.Data == "body")
	for c := range n.ChildNodes() {
		got, inner := m.take(c, inLink || isLink, sentence)
		sum.add(got)
		if c.Type == html.ElementNode && blockElements[c.Data] {
			flush()
			continue
		}
		own.chars += got.chars
		own.linked += got.linked
		text.WriteString(inner)
	}
	if block && (m.bare || !isHeading(n)) {
		flush()
	}
	m.of[n] = sum
	if block {
		return sum, ""
	}
	return sum, text.String()
}

func isHeading(n *html.Node) bool {
	return len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6'
}

func visible(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// boilerplate matches lines that every page of a site has, at its edges.
var boilerplate = regexp.MustCompile(`(?i)版权所有|copyright|©|all rights reserved|ICP[备备案]|公安?网安备|网站标识码|主办单位|承办单位|技术支持|联系我们|powered by|建议使用.{0,20}浏览器|` +
	`^\s*(?:当前位置|您?现?在?的?位置|您的位置|您现在的位置|分享到|上一[篇页]|下一[篇页]|首页\s*[>›»/])`)

// about matches a line that says where a text is from, and is none of it.
var about = regexp.MustCompile(`^\s*[\[【(（]?\s*(?:信息|稿件|文章|新闻)?(?:来源|來源|作\s?者|发布(?:时间|日期|机构)?|日期|时间|時間|责任编辑|编辑|字号|字体|浏览(?:次数|量)?|阅读(?:次数|量)?|点击(?:次数|量)?|索引号)\s*[:：][^。！？]*$`)

// isSentence reports whether a line is part of a text, and not of a menu or a
// footer.
func isSentence(line string) bool {
	line = strings.TrimSpace(line)
	n := utf8.RuneCountInString(line)
	if n < 300 && (boilerplate.MatchString(line) || about.MatchString(line)) {
		return false
	}
	return n >= 4 && strings.ContainsAny(line, "。！？；…") || n >= 10 && strings.ContainsAny(line, "，、：,:;!?") || n >= 25
}

func (m measures) chars(nodes []*html.Node) (sum int) {
	for _, n := range nodes {
		sum += m.of[n].chars
	}
	return sum
}

func (m measures) prose(nodes []*html.Node) (sum int) {
	for _, n := range nodes {
		sum += m.of[n].prose
	}
	return sum
}

// childWithAll returns the child of n that has all of its sentences, or nil.
func (m measures) childWithAll(n *html.Node) *html.Node {
	all := m.of[n].prose
	if all == 0 {
		return nil
	}
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && m.of[c].prose == all {
			return c
		}
	}
	return nil
}

// withoutEdges leaves out menus before the first of the nodes with sentences and
// behind the last. Links under a heading stay: an author's list of sources is
// such; and so does, in a container that is known, a paragraph of links to elsewhere.
func (m measures) withoutEdges(nodes []*html.Node, known bool) []*html.Node {
	first, last := -1, -1
	for i, n := range nodes {
		if n.Type == html.TextNode && visible(n.Data) > 0 || m.of[n].prose > 0 {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return nodes
	}
	var out []*html.Node
	headed := false
	for i, n := range nodes {
		if n.Type == html.ElementNode {
			if (i < first || i > last) && m.isMenu(n) && !headed && !(known && areSources(n)) {
				continue
			}
			if m.of[n].chars > 0 {
				headed = isHeading(n) && !elsewhere.MatchString(textOf(n))
			}
		}
		out = append(out, n)
	}
	return out
}

// areSources reports whether n is a paragraph whose links all lead to other hosts, as far
// as one can see.
func areSources(n *html.Node) bool {
	if n.Data != "p" || boilerplate.MatchString(textOf(n)) || elsewhere.MatchString(textOf(n)) {
		return false
	}
	links := 0
	for d := range n.Descendants() {
		if href := attr(d, "href"); d.Data == "a" && href != "" {
			if !strings.HasPrefix(href, "http://") && !strings.HasPrefix(href, "https://") {
				return false
			}
			links++
		}
	}
	return links > 0
}

// elsewhere matches the headings of links to other articles.
var elsewhere = regexp.MustCompile(`^\s*(?:相关|推荐|热门|更多|猜你|最新|上一篇|下一篇|阅读排行|分享)`)

func (m measures) isMenu(n *html.Node) bool {
	switch of := m.of[n]; {
	case of.chars == 0 || isHeading(n) || n.Data == "pre":
		return false
	case of.links > 0 && of.linked*10 >= of.chars*7:
		return true
	}
	text := textOf(n)
	return utf8.RuneCountInString(text) < 300 && boilerplate.MatchString(text)
}

// repliedTo is how many characters of sentences there are at least beside letters of
// readers.
const repliedTo = 30

// takeFurniture takes out what the page itself says stands around the article:
// navigation, footers, sidebars, comments. What has more than a third of the
// page's sentences is the article, whatever it is called.
func takeFurniture(root *html.Node) {
	m := measureTree(root)
	all := m.of[root]
	var take []*html.Node
	visit(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return false
		}
		if n != root && (isFurniture(n) && (m.of[n].prose*3 < all.prose || m.isMenu(n) || m.bare && n.Data == "nav") ||
			hasName(n, replies) && all.prose-m.of[n].prose >= repliedTo) {
			take = append(take, n)
			return false
		}
		return true
	})
	for _, n := range take {
		n.Parent.RemoveChild(n)
	}
}

func isFurniture(n *html.Node) bool {
	switch n.Data {
	case "nav":
		return true
	case "footer", "aside":
		// Of a quotation, it says who said it; of an article, it has the notes.
		return !inside(n, "blockquote") && !inside(n, "figure") && !hasName(n, notes) && !(inside(n, "article") && holdsProse(n) && !boilerplate.MatchString(textOf(n)))
	}
	switch attr(n, "role") {
	case "navigation", "search", "contentinfo", "complementary":
		return true
	}
	return hasName(n, furniture) && !inText(n)
}

// inText reports whether n is a part of a line of text or of code, where names of
// classes mean other things: programs that colour code call a remark in it a comment.
func inText(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		switch p.Data {
		case "pre", "code":
			return true
		case "p", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "blockquote":
			return inlineElements[n.Data]
		}
	}
	return false
}

var notes = regexp.MustCompile(`^(?:foot-?notes?|end-?notes?|notes?|references?)$`)

func inside(n *html.Node, name string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == name {
			return true
		}
	}
	return false
}

package html

import (
	"strconv"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"golang.org/x/net/html"
)

// prefixes are those of the attributes by which a page says what is to be indexed: ours
// and Pagefind's, which mean the same.
var prefixes = []string{"data-kanbao-", "data-pagefind-"}

// said returns what an attribute of either prefix says of n.
func said(n *html.Node, name string) (value string, ok bool) {
	for _, prefix := range prefixes {
		for _, a := range n.Attr {
			if a.Key == prefix+name {
				return strings.TrimSpace(a.Val), true
			}
		}
	}
	return "", false
}

// A property is a value under a name, as an element says it.
type property struct{ name, value string }

// properties returns what an attribute says: "name" is the element's text,
// "name[attr]" the value of another attribute, "name:value" what is written there, which
// goes to the end. Several are parted by commas.
func properties(n *html.Node, spec string) []property {
	var all []property
	for spec != "" {
		name, rest, more := strings.Cut(spec, ",")
		before, value, inline := strings.Cut(name, ":")
		if inline {
			name, more = before, false
			_, value, _ = strings.Cut(spec, ":")
		} else if of, key, found := strings.Cut(strings.TrimSpace(name), "["); found {
			name = of
			value = attr(n, strings.ToLower(strings.TrimSpace(strings.TrimSuffix(key, "]"))))
		} else {
			value = textWithoutIgnored(n)
		}
		if name, value = propertyName(name), words(value); name != "" && value != "" {
			all = append(all, property{name, value})
		}
		if !more {
			break
		}
		spec = rest
	}
	return all
}

// propertyName is a name without the signs that part it from its value elsewhere.
func propertyName(name string) string {
	return words(strings.Map(func(r rune) rune {
		if strings.ContainsRune("=:,[]()", r) || r < ' ' {
			return -1
		}
		return r
	}, name))
}

// textWithoutIgnored returns the text of n without what in it is to be left out.
func textWithoutIgnored(n *html.Node) string {
	var b strings.Builder
	visit(n, func(d *html.Node) bool {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
			return false
		}
		_, ignored := said(d, "ignore")
		return (d == n || !ignored) && d.Data != "script" && d.Data != "style"
	})
	return b.String()
}

// declarations are what the attributes of a page say.
type declarations struct {
	filters, meta, sorts []property
}

// readDeclarations takes out what is not to be looked at at all and reads the rest.
func readDeclarations(root *html.Node) *declarations {
	remove(root, func(n *html.Node) bool {
		how, ignored := said(n, "ignore")
		return ignored && n != root && strings.EqualFold(how, "all")
	})
	d := &declarations{}
	var defaults []property
	visit(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return false
		}
		for name, to := range map[string]*[]property{"filter": &d.filters, "meta": &d.meta, "sort": &d.sorts, "default-meta": &defaults} {
			if spec, ok := said(n, name); ok {
				*to = append(*to, properties(n, spec)...)
			}
		}
		return true
	})
	for _, p := range defaults {
		if valueOf(d.meta, p.name) == "" {
			d.meta = append(d.meta, p)
		}
	}
	return d
}

func valueOf(list []property, name string) string {
	for _, p := range list {
		if p.name == name {
			return p.value
		}
	}
	return ""
}

// remove takes out the outermost nodes for which which answers true.
func remove(root *html.Node, which func(*html.Node) bool) {
	var take []*html.Node
	visit(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return false
		}
		if n.Parent != nil && which(n) {
			take = append(take, n)
			return false
		}
		return true
	})
	for _, n := range take {
		n.Parent.RemoveChild(n)
	}
}

// prepare puts the tree as its attributes say: without what is to be left out, with the
// attributes that count as text, and with a mark before each text that weighs more or
// less than others.
func prepare(root *html.Node) {
	remove(root, func(n *html.Node) bool {
		_, ignored := said(n, "ignore")
		return ignored
	})
	visit(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return false
		}
		names, ok := said(n, "index-attrs")
		if !ok {
			return true
		}
		var texts []string
		for name := range strings.FieldsFuncSeq(names, func(r rune) bool { return r == ',' || r == ' ' }) {
			if value := words(attr(n, strings.ToLower(name))); value != "" {
				texts = append(texts, value)
			}
		}
		switch text := strings.Join(texts, " "); {
		case text == "":
		case voidElements[n.Data] && n.Parent != nil:
			n.Parent.InsertBefore(apart(text, n.PrevSibling, n.NextSibling), n)
		default:
			n.InsertBefore(apart(text, nil, n.FirstChild), n.FirstChild)
		}
		return true
	})
	markWeights(root, "")
}

// apart makes a node of a text that is to stand between two others, with a space where
// those have none.
func apart(text string, before, behind *html.Node) *html.Node {
	if before != nil && strings.TrimRight(before.Data, " \t\r\n") == before.Data {
		text = " " + text
	}
	if behind != nil && strings.TrimLeft(behind.Data, " \t\r\n") == behind.Data {
		text += " "
	}
	return &html.Node{Type: html.TextNode, Data: text}
}

// weightMark is what the id of a mark begins with.
const weightMark = "kanbao-weight-"

// markWeights puts a mark before each text in an element that has a weight: of an
// empty anchor, package blocks tells in which block it stands, whatever becomes of the
// elements around it.
func markWeights(n *html.Node, weight string) {
	if n.Type == html.ElementNode {
		if w, ok := said(n, "weight"); ok {
			if v, err := strconv.ParseFloat(w, 64); err == nil && v >= 0 && v <= 10 {
				weight = strconv.FormatFloat(max(v, 0.01), 'f', 2, 64)
			}
		}
		if n.Data == "math" || n.Data == "svg" || dropped[n.Data] {
			return
		}
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.TextNode && weight != "" && strings.TrimSpace(c.Data) != "" {
			mark := &html.Node{Type: html.ElementNode, Data: "a", DataAtom: atomOf("a"), Attr: []html.Attribute{{Key: "id", Val: weightMark + weight}}}
			n.InsertBefore(mark, c)
		}
		markWeights(c, weight)
		c = next
	}
}

// takeWeight takes the marks of weights out of the names of a place, and returns the
// greatest of them, 0 if there is none.
func takeWeight(anchors string) (rest []string, weight float64) {
	for name := range strings.FieldsSeq(anchors) {
		w, ok := strings.CutPrefix(name, weightMark)
		if v, err := strconv.ParseFloat(w, 64); ok && err == nil {
			weight = max(weight, min(v, 10))
			continue
		}
		rest = append(rest, name)
	}
	return rest, weight
}

// declare puts what the attributes of a page say into its article.
func (d *declarations) declare(a *article.Article) {
	var authors, tags, categories []string
	for _, f := range d.filters {
		switch f.name {
		case "author":
			authors = append(authors, f.value)
		case "tag":
			tags = append(tags, f.value)
		case "category":
			categories = append(categories, f.value)
		case "source":
			a.Source = f.value
		case "page":
			a.Edition.Page = f.value
		case "date":
			a.Date = dateOr(f.value, a.Date)
		default:
			addProperty(a, article.Filtered, f)
		}
	}
	if authors != nil {
		a.Authors = nil
		for _, name := range authors {
			a.Authors = append(a.Authors, article.Author{Name: name})
		}
	}
	if tags != nil {
		a.Tags = tags
	}
	if categories != nil {
		a.Categories = categories
	}
	for _, s := range d.sorts {
		if s.name == "date" {
			a.Date = dateOr(s.value, a.Date)
		}
		addProperty(a, article.Sorted, s)
	}
	for _, m := range d.meta {
		switch m.name {
		case "title":
			continue // it is the title
		case "date":
			a.Date = dateOr(m.value, a.Date)
		}
		addProperty(a, article.Shown, m)
	}
}

// addProperty adds a property, of those that are shown and sorted by the first of each
// name.
func addProperty(a *article.Article, use article.Use, p property) {
	for _, have := range a.Properties {
		if have.Use == use && have.Name == p.name && (use != article.Filtered || have.Value == p.value) {
			return
		}
	}
	a.Properties = append(a.Properties, article.Property{Use: use, Name: p.name, Value: p.value})
}

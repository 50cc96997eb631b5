package feed

import (
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"iter"
	"path"
	"regexp"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/blocks"
	"github.com/kanbao/kanbao/index/parse/source"
)

// A Parser reads feeds.
type Parser struct{ blocks *blocks.Reader }

// New makes a Parser.
func New() *Parser { return &Parser{blocks: blocks.NewReader()} }

// opening matches the first element of a feed behind what may stand before it.
var opening = regexp.MustCompile(`^\s*(?:<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<(?:rss|feed|rdf:RDF)[\s>]`)

// Is reports whether text is a feed.
func Is(text string) bool { return opening.MatchString(text[:min(len(text), 4096)]) }

// An item is an item of RSS or an entry of Atom.
type item struct {
	Title      markup     `xml:"title"`
	Links      []link     `xml:"link"`
	ID         string     `xml:"id"`
	Published  string     `xml:"published"`
	Updated    string     `xml:"updated"`
	PubDate    string     `xml:"pubDate"`
	Date       string     `xml:"http://purl.org/dc/elements/1.1/ date"`
	Creator    []string   `xml:"http://purl.org/dc/elements/1.1/ creator"`
	Authors    []person   `xml:"author"`
	Categories []category `xml:"category"`
	Encoded    string     `xml:"http://purl.org/rss/1.0/modules/content/ encoded"`
	Content    markup     `xml:"http://www.w3.org/2005/Atom content"`
	Summary    markup     `xml:"summary"`
	About      string     `xml:"description"`
	export
}

type link struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Text string `xml:",chardata"`
}

type person struct {
	Name string `xml:"name"`
	Text string `xml:",chardata"`
}

type category struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr"`
	Text   string `xml:",chardata"`
}

// markup is text, HTML as text, or elements of XHTML.
type markup struct {
	Type  string `xml:"type,attr"`
	Text  string `xml:",chardata"`
	Inner string `xml:",innerxml"`
}

// html is the mark-up as HTML.
func (m markup) html() string {
	switch m.Type {
	case "xhtml":
		return m.Inner
	case "html", "text/html":
		return m.Text
	}
	return html.EscapeString(m.Text)
}

// Parse yields an article, or an error, for every item.
func (p *Parser) Parse(name string, r io.Reader) iter.Seq2[*article.Article, error] {
	return func(yield func(*article.Article, error) bool) {
		dec := xml.NewDecoder(r)
		dec.Strict, dec.Entity = false, xml.HTMLEntity
		// The text is UTF-8 by now, whatever the declaration says.
		dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
		n := 0
		others := map[string]int{}
		for {
			token, err := dec.Token()
			line, _ := dec.InputPos()
			if err == io.EOF {
				if len(others) > 0 {
					yield(nil, passed(name, others))
				}
				return
			}
			if err != nil {
				yield(nil, source.Errorf(name, line, "not XML: %v", err))
				return
			}
			start, ok := token.(xml.StartElement)
			if !ok || start.Name.Local != "item" && start.Name.Local != "entry" {
				continue
			}
			n++
			var it item
			if err := dec.DecodeElement(&it, &start); err != nil {
				yield(nil, source.Errorf(name, line, "not XML: %v", err))
				return
			}
			if kind := it.other(); kind != "" {
				others[kind]++
				continue
			}
			a, err := p.article(name, line, n, &it)
			if !yield(a, err) {
				return
			}
		}
	}
}

func (p *Parser) article(name string, line, n int, it *item) (*article.Article, error) {
	a := &article.Article{
		ID: fmt.Sprintf("%s-%d", strings.TrimSuffix(name, path.Ext(name)), n), File: name, Line: line,
	}
	title, err := p.blocks.Read(it.Title.html(), "")
	if err != nil {
		return nil, source.Errorf(name, line, "%v", err)
	}
	a.Title = strings.Join(strings.Fields(strings.TrimSpace(title.Title+" "+(&article.Article{Sections: title.Sections}).Text())), " ")
	for _, text := range []string{it.body(), it.Content.html(), it.About, it.Summary.html()} {
		if strings.TrimSpace(text) == "" {
			continue
		}
		doc, err := p.blocks.Read(text, a.Title)
		if err != nil {
			return nil, source.Errorf(name, line, "%v", err)
		}
		if a.Sections == nil {
			a.Sections = doc.Sections
		} else if a.Summary == "" {
			a.Summary = strings.Join(strings.Fields((&article.Article{Sections: doc.Sections}).Text()), " ")
		}
	}
	if a.Sections == nil {
		a.Sections = []article.Section{{}}
	}
	if a.Title == "" {
		a.Title = source.FirstSentence((&article.Article{Sections: a.Sections}).Text())
	}
	if a.Title == "" {
		return nil, source.Errorf(name, line, "the item has neither a title nor a text")
	}
	for _, l := range it.Links {
		if to := strings.TrimSpace(l.Href + l.Text); to != "" && (l.Rel == "" || l.Rel == "alternate") {
			a.Publication.Addresses = append(a.Publication.Addresses, to)
		}
	}
	a.Publication.Release = it.release(name, line)
	for _, s := range []string{it.Published, it.PubDate, it.Date, it.PostDate, it.Updated} {
		if date, moment, ok := dateOf(s, a.Publication.Addresses); ok {
			a.Date, a.Publication.Release.Date = date, moment
			break
		}
	}
	for _, who := range it.Authors {
		if s := strings.TrimSpace(who.Name + who.Text); s != "" && !strings.Contains(s, "@") {
			a.Authors = append(a.Authors, article.Author{Name: s})
		}
	}
	for _, who := range it.Creator {
		if who = strings.TrimSpace(who); who != "" {
			a.Authors = append(a.Authors, article.Author{Name: who})
		}
	}
	for _, c := range it.Categories {
		if s := strings.TrimSpace(c.Term + c.Text); s != "" && !c.isKind() {
			a.Categories = append(a.Categories, s)
		}
	}
	return a, nil
}

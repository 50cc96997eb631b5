package newspaper

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/byline"
	"github.com/kanbao/kanbao/index/parse/markdown"
	"github.com/kanbao/kanbao/index/parse/source"
)

// A Parser reads newspaper pages.
type Parser struct {
	// Edition is what is known of the edition from elsewhere; front matter and
	// the file's name come before it.
	Edition article.Edition

	md *markdown.Parser
}

// New makes a Parser; md reads what a page has of Markdown besides text.
func New(edition article.Edition, md *markdown.Parser) *Parser {
	return &Parser{Edition: edition, md: md}
}

// Parse yields the articles of a page in the order in which they stand on it.
func (p *Parser) Parse(name string, r io.Reader) iter.Seq2[*article.Article, error] {
	return func(yield func(*article.Article, error) bool) {
		text, err := source.Text(name, r)
		if err != nil {
			yield(nil, err)
			return
		}
		meta, body, line, err := source.Split(name, text)
		if err != nil {
			yield(nil, err)
			return
		}
		pg := page{parser: p, name: name, meta: meta}
		pieces := lex(body, line)
		unmarked := !hasHeading(pieces)
		if unmarked {
			unmarked = markHeadlines(pieces) == 0
		}
		head, rest, level := cutHead(pieces)
		folio, preamble := readFolio(head)
		pg.edition = firstOf(meta.Edition(), source.FromName(name), folio, p.Edition)
		if i := nextPiece(preamble); len(rest) > 0 && i >= 0 && preamble[i].kind == prose && preamble[i].text == pg.edition.Name && nextPiece(preamble[i+1:]) < 0 {
			preamble = nil // the name of the page is part of its head
		}
		kicker := ""
		if len(preamble) == 1 && len(rest) > 0 && preamble[0].kind == prose && isHeadline(preamble[0].text) {
			kicker, preamble = preamble[0].text, nil
		}
		if i := nextPiece(preamble); i >= 0 {
			// Text before the first headline is nobody's; it is kept as an
			// article so that it can be read and found.
			lead := piece{kind: heading, level: level, line: preamble[i].line}
			rest = append(append([]piece{lead}, preamble...), rest...)
		}
		for i, s := range stories(rest, level) {
			if i == 0 && s.kicker == "" {
				s.kicker = kicker
			}
			a, err := pg.article(s, level)
			if !yield(a, err) {
				return
			}
		}
		if unmarked && pg.count > 0 {
			yield(nil, source.Warningf(name, line, "no headline was found on this page, so it is one article; write \"## \" before each headline"))
		}
	}
}

func hasHeading(pieces []piece) bool {
	return slices.ContainsFunc(pieces, func(p piece) bool { return p.kind == heading })
}

// cutHead parts what stands before the first headline from the articles, and
// finds the level of the headlines. A single heading above them, with a date or
// a page's number in it, is the head of the page and no headline.
func cutHead(pieces []piece) (head, articles []piece, level int) {
	first, count := -1, map[int]int{}
	level = 7
	for i, p := range pieces {
		if p.kind != heading {
			continue
		}
		if first < 0 {
			first = i
		}
		count[p.level]++
		level = min(level, p.level)
	}
	if first < 0 {
		return pieces, nil, 2
	}
	if count[level] == 1 && pieces[first].level == level && count[level+1] > 0 {
		if _, rest := readFolio(pieces[first : first+1]); len(rest) == 0 {
			pieces[first].kind = prose
			for i := first; i < len(pieces); i++ {
				if pieces[i].kind == heading {
					return pieces[:i], pieces[i:], level + 1
				}
			}
		}
	}
	for i := range pieces[:first] {
		if pieces[i].kind == heading {
			first = i
		}
	}
	return pieces[:first], pieces[first:], level
}

// firstOf takes each field from the first edition that has it.
func firstOf(editions ...article.Edition) article.Edition {
	var e article.Edition
	for _, o := range editions {
		e.Paper = cmp.Or(e.Paper, o.Paper)
		e.Date = cmp.Or(e.Date, o.Date)
		e.Page = cmp.Or(e.Page, o.Page)
		e.Name = cmp.Or(e.Name, o.Name)
	}
	return e
}

// page is one page while its articles are made.
type page struct {
	parser  *Parser
	name    string
	meta    source.Meta
	edition article.Edition
	count   int
}

func (pg *page) frontTitle() string {
	for _, t := range []string{pg.meta.Title, strings.TrimSpace(pg.edition.Page + " " + pg.edition.Name)} {
		if t != "" {
			return t
		}
	}
	return source.TitleFromName(pg.name)
}

// article makes an article of a story.
func (pg *page) article(st story, level int) (*article.Article, error) {
	pg.count++
	id := pg.meta.ID
	if id == "" {
		id = strings.TrimSuffix(pg.name, path.Ext(pg.name))
	}
	a := &article.Article{
		ID: fmt.Sprintf("%s-%d", id, pg.count), Kicker: st.kicker, Date: pg.edition.Date, Source: pg.meta.Source,
		Edition: pg.edition, Tags: pg.meta.Tags, Sections: make([]article.Section, 1),
		File: pg.name, Line: st.line,
	}
	if a.Title, a.Subtitle = st.title, st.subtitle; a.Subtitle == "" {
		a.Title, a.Subtitle = splitHeadline(st.title)
	}
	if a.Title == "" {
		a.Title = pg.frontTitle()
	}
	pieces := st.body
	from := 0
	for i := 0; i <= len(pieces); i++ {
		if i < len(pieces) && pieces[i].kind != heading {
			continue
		}
		if err := pg.fill(&a.Sections[len(a.Sections)-1], pieces[from:i]); err != nil {
			return nil, source.Errorf(pg.name, st.line, "%v", err)
		}
		if i < len(pieces) {
			h := pieces[i]
			a.Sections = append(a.Sections, article.Section{Heading: h.text, Level: min(max(h.level-level+1, 2), 6)})
			from = i + 1
		}
	}
	if i := nextPiece(st.body); i >= 0 && isBare(st.body[i:]) {
		if c, ok := byline.Bare(st.body[i].text); ok {
			byline.AddAuthor(a, c.Authors[0])
		}
	}
	byline.Note(a, append(pg.meta.Author, pg.meta.Authors...), pg.edition.Paper)
	return a, nil
}

// fill makes the blocks of a section.
func (pg *page) fill(s *article.Section, pieces []piece) error {
	for _, p := range mend(pieces) {
		switch p.kind {
		case running:
		case picture, markup:
			doc, err := pg.parser.md.Blocks(p.raw, "")
			if err != nil {
				return err
			}
			for _, sec := range doc.Sections {
				s.Blocks = append(s.Blocks, sec.Blocks...)
			}
		case verse:
			s.Blocks = append(s.Blocks, verseBlock(p))
		case caption:
			b, err := pg.inline(p.text)
			if err != nil {
				return err
			}
			b.Kind = article.Caption
			s.Blocks = append(s.Blocks, b)
		default:
			b, err := pg.inline(p.text)
			if err != nil {
				return err
			}
			s.Blocks = append(s.Blocks, b)
		}
	}
	return nil
}

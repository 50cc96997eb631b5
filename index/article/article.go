package article

import (
	"strings"
	"unicode"
)

// An Article is one piece of writing as its author left it. Nothing in it is
// normalized: characters, widths and spaces are those of the source.
type Article struct {
	// ID names the article for as long as the site lives and is unique in it.
	// Parsers that find none in the source derive one from file and position.
	ID       string
	Kicker   string // 引题: the line above the title
	Title    string
	Subtitle string
	// Date is YYYY-MM-DD, or empty where the source has none.
	Date    string
	Source  string // 来源: the paper or bureau that the text is from
	Edition Edition
	Authors []Author
	Tags    []string
	// Categories are what the source puts the article under, the widest first.
	Categories []string
	Summary    string
	// Sections has at least one element; the first has an empty heading and
	// holds what stands before the first heading.
	Sections []Section

	// Zones are where the article stands on the pages that it was printed on, if
	// it was read from those, and Sheets the sizes of these pages. Pictures stand
	// within it. Rest is what its page has besides articles; of the articles of a
	// page, the first has it.
	Zones    []Zone    `json:"-"`
	Sheets   []Sheet   `json:"-"`
	Pictures []Picture `json:"-"`
	Rest     []Rest    `json:"-"`

	// Properties are what the page of another site says of the article besides: the
	// index has them where it has no field for them.
	Properties []Property `json:"-"`

	File string // source file, relative to the content folder
	Line int    // line in File on which the article begins, from 1

	Publication Publication `json:"-"`
}

// A Publication is what the source says of how the article is published. It is the
// site's business; the index has none of it.
type Publication struct {
	Slug      string   // what the last part of the address should be
	Addresses []string // other addresses that should lead to the article, as written
	Weight    *float64 // its place among its siblings, the lightest first; nil if it has none
	Lang      string   // of the article, where it is not the site's
	Updated   string   // YYYY-MM-DD
	Cover     string   // a picture, as written
	Release   Release

	// Order puts undated articles in order, by comparison of strings, and Folder is
	// what the folder that they lie in is called. Package parse makes both.
	Order  string
	Folder string
}

// A Release says whether and when an article may be shown; dates are as written.
type Release struct {
	Held  string // why it is not to be shown at all, such as "draft"
	Date  string // of the article, with the time of day if it has one
	From  string // not before
	Until string // not from then on
}

// Edition tells where in a paper an article was printed.
type Edition struct {
	Paper string // 江门日报
	Date  string // YYYY-MM-DD
	Page  string // the page's number as printed: "A05", "03"
	Name  string // the page's name: 江海新闻
}

// A Property is a value that a site has given an article under a name of its own.
type Property struct {
	Use   Use
	Name  string // of letters, digits and marks; none of '=', ':' and ','
	Value string
}

// Use is what a property is for.
type Use uint8

// The uses of properties. Their numbers are part of the index format.
const (
	Filtered Use = iota // to be filtered and counted by
	Shown               // to be shown with a hit
	Sorted              // to order hits by
)

// A Zone is a rectangle on a page of the file that the article was read from,
// in points of 1/72 inch from the page's top left.
type Zone struct {
	Page           int // of the file, from 1
	X0, Y0, X1, Y1 float64
	// File is the file where it is not the article's: it goes on on a page that is
	// a file of its own.
	File string
}

// A Sheet is a page of the file that an article was read from: its number, from
// 1, and its size in points.
type Sheet struct {
	Page          int
	Width, Height float64
	File          string // as in a Zone
}

// A Picture is an image printed with an article.
type Picture struct {
	Zone
	// Caption is the text that belongs to it; it is also a block of the article.
	Caption string
}

// Rest is text that was printed beside articles and is none: the folio, the
// editors' names, advertisements.
type Rest struct {
	Kind string // "folio", "editors", "advertisement", "contents", "label", "other"
	Text string
	Zone
}

// PageName returns number and name of the page: "A05 江海新闻".
func (e Edition) PageName() string { return strings.TrimSpace(e.Page + " " + e.Name) }

// IsZero reports whether nothing is known of the edition.
func (e Edition) IsZero() bool { return e == Edition{} }

// An Author is one name with the role it was printed with (记者, 通讯员,
// 实习生, 摄影, …), which may be empty.
type Author struct {
	Name string
	Role string
}

// A Section is a heading and what follows it up to the next heading.
type Section struct {
	Heading string // empty for the section before the first heading
	Level   int    // 0 for the section before the first heading, else 2 to 6
	Blocks  []Block
	// Anchors are the names, parted by spaces, by which links of the source call
	// the heading, besides those that can be made of its text. Line is its line in
	// File, or 0. The index has neither.
	Anchors string
	Line    int
	// Anchor is the id on the article's page that leads to the section, if the page is
	// another program's. The index has it.
	Anchor string `json:"-"`
	// Weight is that of the heading, as Block.Weight.
	Weight float64 `json:"-"`
}

// Kind says what a Block is.
type Kind uint8

// The kinds of blocks. A kind's number is part of the index format.
const (
	Paragraph Kind = iota // running text
	Caption               // text that belongs to a picture
	Rich                  // anything with structure of its own: list, table, quotation, code, picture
)

// A Block is the unit that the reader can link to (#p12 is the twelfth block
// of an article, counted from 1 over all sections) and within which a phrase
// must stand to be found as one.
type Block struct {
	Kind Kind
	// Text is all that a person reads in the block, without markup. It is what
	// the index holds and what offsets of marks count in.
	Text string
	// HTML is the block as sanitized HTML, or empty if the block is nothing but
	// Text. Its text content equals Text, but for two elements that show their
	// text in another way: of <math> only the <annotation> counts, which has the
	// formula as it was written; and the readings in <rt> stand at the end of Text,
	// in a line of their own with a space between them, so that what they stand
	// beside is found whole.
	HTML string
	// Anchors are the names, parted by spaces, by which links of the source call
	// a place in the block. Line is the block's line in File, or 0; LinkLines are
	// the lines of its links and pictures in their order, parted by spaces, where
	// they are known to be others. The index has none of these.
	Anchors   string
	Line      int
	LinkLines string
	// Weight is how much the words of the block count, from above 0 to 10, where the
	// source says so; 0 is as ever, which is 1.
	Weight float64 `json:"-"`
}

// Blocks calls yield for every block in reading order with its number, from 1.
func (a *Article) Blocks(yield func(n int, b *Block) bool) {
	n := 0
	for i := range a.Sections {
		for j := range a.Sections[i].Blocks {
			n++
			if !yield(n, &a.Sections[i].Blocks[j]) {
				return
			}
		}
	}
}

// Text returns headings and blocks, one a line, without title and subtitle.
func (a *Article) Text() string {
	var b strings.Builder
	for _, s := range a.Sections {
		if s.Heading != "" {
			b.WriteString(s.Heading)
			b.WriteByte('\n')
		}
		for _, bl := range s.Blocks {
			b.WriteString(bl.Text)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// EditionKey names the edition that the article belongs to: articles with equal
// keys share a front page and are each other's previous and next. It is the
// edition's date (else the article's) with the paper's name before it where
// that is known, and empty for an article that has no date.
func (a *Article) EditionKey() string {
	date := a.Edition.Date
	if date == "" {
		date = a.Date
	}
	if date == "" || a.Edition.Paper == "" {
		return date
	}
	return a.Edition.Paper + " " + date
}

// Path returns the address of the article's page relative to the site's root:
// "a/", the ID with whatever is unsafe in a path replaced, and a slash.
func (a *Article) Path() string { return "a/" + Slug(a.ID) + "/" }

// Slug makes a path segment of an ID: letters (of any script), digits, '-', '_'
// and '.' stay, each run of anything else becomes one '-'. A segment of dots
// alone, which a browser would take for a folder, loses them.
func Slug(id string) string {
	var b strings.Builder
	dash := false
	for _, r := range id {
		if !slugRune(r) {
			dash = true
			continue
		}
		if dash && b.Len() > 0 {
			b.WriteByte('-')
		}
		dash = false
		b.WriteRune(r)
	}
	if s := b.String(); strings.Trim(s, ".") != "" {
		return s
	}
	return "_"
}

func slugRune(r rune) bool {
	switch {
	case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '-', r == '_', r == '.':
		return true
	case r < 0x80:
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

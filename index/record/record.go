package record

import (
	"encoding/binary"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/format"
)

// A Coder writes and reads the strings of a record.
type Coder interface {
	AppendString(b []byte, s string) []byte
	ReadString(c *format.Cursor) string
}

// Plain writes strings as UTF-8.
type Plain struct{}

// AppendString implements Coder.
func (Plain) AppendString(b []byte, s string) []byte { return format.AppendString(b, s) }

// ReadString implements Coder.
func (Plain) ReadString(c *format.Cursor) string { return c.String() }

// Coded writes strings in the codes of a segment's alphabet.
type Coded struct{ Alphabet *format.Alphabet }

// AppendString implements Coder.
func (k Coded) AppendString(b []byte, s string) []byte {
	return format.AppendBlock(b, k.Alphabet.AppendText(nil, s))
}

// ReadString implements Coder.
func (k Coded) ReadString(c *format.Cursor) string {
	s, ok := k.Alphabet.Text(c.Block())
	if !ok {
		c.Fail("a string that the alphabet does not have")
	}
	return s
}

// Append appends an article to b, which Read takes for all that is left. File, Line
// and Publication, which belong to the folder that it was parsed from, are left out.
func Append(b []byte, a *article.Article, k Coder) []byte {
	for _, s := range []string{
		a.ID, a.Title, a.Subtitle, a.Date, a.Source, a.Summary,
		a.Edition.Paper, a.Edition.Date, a.Edition.Page, a.Edition.Name,
	} {
		b = k.AppendString(b, s)
	}
	b = binary.AppendUvarint(b, uint64(len(a.Authors)))
	for _, w := range a.Authors {
		b = k.AppendString(k.AppendString(b, w.Name), w.Role)
	}
	b = binary.AppendUvarint(b, uint64(len(a.Tags)))
	for _, t := range a.Tags {
		b = k.AppendString(b, t)
	}
	b = binary.AppendUvarint(b, uint64(len(a.Sections)))
	for _, s := range a.Sections {
		b = k.AppendString(b, s.Heading)
		b = append(b, byte(s.Level))
		b = binary.AppendUvarint(b, uint64(len(s.Blocks)))
		for _, block := range s.Blocks {
			b = appendBlock(b, block, k)
		}
	}
	page := appendPage(nil, a, k)
	if len(a.Categories) > 0 || a.Kicker != "" || page != nil { // without any, a record ends here
		b = binary.AppendUvarint(b, uint64(len(a.Categories)))
		for _, name := range a.Categories {
			b = k.AppendString(b, name)
		}
	}
	if a.Kicker != "" || page != nil {
		b = k.AppendString(b, a.Kicker)
	}
	return append(b, page...)
}

const hasHTML = 1 << 7

func appendBlock(b []byte, block article.Block, k Coder) []byte {
	if block.HTML == "" {
		return k.AppendString(append(b, byte(block.Kind)), block.Text)
	}
	b = append(b, byte(block.Kind)|hasHTML)
	return k.AppendString(k.AppendString(b, block.Text), block.HTML)
}

// Read reads an article. What is wrong with it becomes the cursor's error.
func Read(c *format.Cursor, k Coder) *article.Article {
	a := new(article.Article)
	for _, s := range []*string{
		&a.ID, &a.Title, &a.Subtitle, &a.Date, &a.Source, &a.Summary,
		&a.Edition.Paper, &a.Edition.Date, &a.Edition.Page, &a.Edition.Name,
	} {
		*s = k.ReadString(c)
	}
	for range c.Count(2) {
		a.Authors = append(a.Authors, article.Author{Name: k.ReadString(c), Role: k.ReadString(c)})
	}
	for range c.Count(1) {
		a.Tags = append(a.Tags, k.ReadString(c))
	}
	for range c.Count(3) {
		s := article.Section{Heading: k.ReadString(c), Level: int(c.Byte())}
		for range c.Count(2) {
			s.Blocks = append(s.Blocks, readBlock(c, k))
		}
		a.Sections = append(a.Sections, s)
	}
	if c.Err() == nil && c.Len() > 0 {
		n := c.Count(1)
		for range n {
			a.Categories = append(a.Categories, k.ReadString(c))
		}
		if c.Len() > 0 {
			a.Kicker = k.ReadString(c)
		} else if n == 0 {
			c.Fail("an empty list of categories")
		}
		if c.Err() == nil && c.Len() > 0 {
			readPage(c, a, k)
		}
	}
	return a
}

func readBlock(c *format.Cursor, k Coder) article.Block {
	kind := c.Byte()
	block := article.Block{Kind: article.Kind(kind &^ hasHTML), Text: k.ReadString(c)}
	if kind&hasHTML != 0 {
		block.HTML = k.ReadString(c)
	}
	if block.Kind > article.Rich {
		c.Fail("block of kind %d", kind)
	}
	return block
}

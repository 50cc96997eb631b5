package words

import "github.com/kanbao/kanbao/index/analyze"

// A Line is a line of text, folded and segmented.
type Line struct {
	Text   string // as it stands in the article
	Folded analyze.Folded
	UTF8   []byte // Folded as UTF-8
	Words  []Word // of UTF8
	Title  bool   // a title or heading
}

// Line folds and segments a line.
func (c *Segmenter) Line(text string, title bool, folder analyze.Folder) Line {
	folded := folder.Fold(text)
	utf8 := []byte(folded.String())
	return Line{Text: text, Folded: folded, UTF8: utf8, Words: c.Segment(utf8), Title: title}
}

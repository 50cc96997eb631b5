package words

import "github.com/kanbao/kanbao/index/analyze"

// A Line is a line of text, folded and cut.
type Line struct {
	Text   string // as it stands in the article
	Folded analyze.Folded
	Cut    []byte // Folded as UTF-8
	Words  []Word // of Cut
	Title  bool   // a title or heading
}

// Line folds and cuts a line.
func (c *Cutter) Line(text string, title bool, folder analyze.Folder) Line {
	folded := folder.Fold(text)
	cut := []byte(folded.String())
	return Line{Text: text, Folded: folded, Cut: cut, Words: c.Cut(cut), Title: title}
}

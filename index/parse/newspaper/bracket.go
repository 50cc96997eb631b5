package newspaper

import "strings"

// closers has the closing bracket or quotation mark for each opening one, at
// the same place.
const (
	openers = "“‘「『（《〈【"
	closers = "”’」』）》〉】"
)

// wide returns r, or the full-width form of a half-width bracket.
func wide(r rune) rune {
	switch r {
	case '(':
		return '（'
	case ')':
		return '）'
	case '[':
		return '【'
	case ']':
		return '】'
	}
	return r
}

func closerOf(r rune) (rune, bool) {
	i := strings.IndexRune(openers, wide(r))
	if i < 0 {
		return 0, false
	}
	c := []rune(closers[i:])[0]
	return c, true
}

func isCloser(r rune) bool { return strings.ContainsRune(closers, wide(r)) }

// unclosed returns the closing marks that text waits for, the innermost last.
func unclosed(text string) []rune {
	open, _ := scan(text)
	return open
}

// firstCloser returns the first closing mark of text that nothing in text has
// opened.
func firstCloser(text string) (rune, bool) {
	_, stray := scan(text)
	if len(stray) == 0 {
		return 0, false
	}
	return stray[0], true
}

func balanced(text string) bool {
	open, stray := scan(text)
	return len(open) == 0 && len(stray) == 0
}

func scan(text string) (open, stray []rune) {
	for _, r := range text {
		if c, ok := closerOf(r); ok {
			open = append(open, c)
			continue
		}
		if !isCloser(r) {
			continue
		}
		if last := len(open) - 1; last >= 0 && open[last] == wide(r) {
			open = open[:last]
		} else {
			stray = append(stray, wide(r))
		}
	}
	return open, stray
}

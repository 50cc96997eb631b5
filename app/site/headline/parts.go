package headline

import (
	"strings"
	"unicode"
)

// Parts parts a headline at the spaces between Han characters: there its lines should
// end if it needs several. A space within brackets parts nothing.
func Parts(title string) []string {
	var out []string
	runes := []rune(strings.Join(strings.Fields(title), " "))
	from, depth := 0, 0
	for i, r := range runes {
		switch {
		case opens(r):
			depth++
		case closes(r):
			depth = max(0, depth-1)
		case r == ' ' && (depth == 0 || !closesLater(runes[i:])) && !isLatin(runes[i-1]) && !isLatin(runes[i+1]):
			out = append(out, string(runes[from:i]))
			from, depth = i+1, 0
		}
	}
	return append(out, string(runes[from:]))
}

const brackets = "【】《》〈〉「」『』（）()〔〕［］[]“”"

func opens(r rune) bool {
	i := indexOf(r)
	return i >= 0 && i%2 == 0
}

func closes(r rune) bool { return indexOf(r)%2 == 1 }

// indexOf is the place of a bracket among the brackets, -1 for anything else.
func indexOf(r rune) int {
	n := 0
	for _, b := range brackets {
		if b == r {
			return n
		}
		n++
	}
	return -1
}

func closesLater(runes []rune) bool {
	for _, r := range runes {
		if closes(r) {
			return true
		}
	}
	return false
}

// bracketed returns the first stretch of a text in brackets that has a space, short
// enough for a line; without one, from and to are the end of the text.
func bracketed(text string) (from, to int) {
	depth, start, n := 0, 0, 0
	space := false
	for i, r := range text {
		switch {
		case opens(r):
			if depth == 0 {
				start, n, space = i, 0, false
			}
			depth++
		case r == ' ' && depth > 0:
			space = true
		case closes(r) && depth > 0:
			if depth--; depth == 0 && space && n < 2*whole {
				return start, i + len(string(r))
			}
		}
		n++
	}
	return len(text), len(text)
}

// isLatin reports whether words of the character's script are parted by spaces.
func isLatin(r rune) bool {
	return !unicode.Is(unicode.Han, r) && (unicode.IsLetter(r) || unicode.IsDigit(r) || r < unicode.MaxASCII)
}

package markdown

import (
	"fmt"
	"strings"

	"github.com/kanbao/kanbao/index/parse/blocks"
)

// sayDrawings puts in the place of each drawing (SVG) outside of code the words in it.
// A drawing is no Markdown, and may well have blank lines.
func sayDrawings(lines []line) []line {
	text, starts := joinLines(lines)
	// Letters of ASCII alone: places in the one are places in the other.
	lower := strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, text)
	if len(lower) != len(text) || !strings.Contains(lower, "<svg") {
		return lines
	}
	inCode := codeRanges(lines, starts, text)
	p := placer{text: text}
	var edits []edit
	for at := 0; ; {
		i := strings.Index(lower[at:], "<svg")
		if i < 0 {
			break
		}
		i += at
		if end := inCode(i); end > i {
			at = end
			continue
		}
		end := strings.Index(lower[i:], "</svg>")
		if end < 0 {
			break
		}
		if end += i; inCode(end) > end || strings.Contains(lower[i:end], "\n\n<svg") {
			at = i + len("<svg") // it is spoken of
			continue
		}
		end += len("</svg>")
		if at = i + len("<svg"); strings.IndexByte(" \t\n/>", text[at]) < 0 {
			continue // <svgx>
		}
		words := blocks.WordsOfDrawing(text[i:end])
		edits = append(edits, edit{from: i, to: end, text: literally(words), block: words != "" && p.alone(i, end)})
		at = end
	}
	if len(edits) == 0 {
		return lines
	}
	return p.apply(lines, starts, edits)
}

// literally writes text so that neither Markdown nor HTML finds a mark in it.
func literally(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r > ' ' && r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a' || r > 'z' && r < 0x7f {
			fmt.Fprintf(&b, "&#%d;", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

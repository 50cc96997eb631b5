package layout

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// text writes the glyphs of a line, with a space where the file has one or a
// gap in the line shows one.
func text(glyphs []Glyph, l *line) string {
	var b strings.Builder
	usual := usualGap(glyphs, l)
	for k, i := range l.glyphs {
		if k > 0 && spaceBetween(&glyphs[l.glyphs[k-1]], &glyphs[i], l.down, usual) {
			b.WriteByte(' ')
		}
		b.WriteRune(plain(glyphs[i].Rune))
	}
	return b.String()
}

// plain returns the character that a form of it stands for: fonts have forms of
// punctuation for lines that run down, and files name characters by radicals
// that look the same.
func plain(r rune) rune {
	switch {
	case r >= 0xFE10 && r <= 0xFE19, r >= 0xFE30 && r <= 0xFE48, r >= 0x2E80 && r <= 0x2FDF, r >= 0xF900 && r <= 0xFAFF:
		if to, ok := upright[r]; ok {
			return to
		}
		if s := []rune(norm.NFKC.String(string(r))); len(s) == 1 {
			return s[0]
		}
	}
	return r
}

// upright has the forms that NFKC makes something else of than is printed in a
// Chinese text.
var upright = map[rune]rune{
	0xFE10: '，', 0xFE11: '、', 0xFE12: '。', 0xFE13: '：', 0xFE14: '；', 0xFE15: '！', 0xFE16: '？', 0xFE19: '…',
	0xFE31: '—', 0xFE32: '–', 0xFE35: '（', 0xFE36: '）', 0xFE33: '＿', 0xFE37: '｛', 0xFE38: '｝',
}

// gapBetween returns how far b stands from a along the line, in ems. A Chinese
// character takes an em, whatever the file says of its width.
func gapBetween(a, b *Glyph, down bool) float64 {
	from, end, to := a.Box.X0, a.Box.X1, b.Box.X0
	if down {
		from, end, to = a.Box.Y0, a.Box.Y1, b.Box.Y0
	}
	if a.Rune >= 0x2E80 && !isWide(a.Rune) {
		end = max(end, from+a.Size)
	}
	return (to - end) / max(a.Size, b.Size)
}

// usualGap is the gap in the middle of all gaps of a line: lines are set to
// their measure by gaps between all characters.
func usualGap(glyphs []Glyph, l *line) float64 {
	if len(l.glyphs) < 3 {
		return 0
	}
	gaps := make([]float64, 0, len(l.glyphs)-1)
	for k := 1; k < len(l.glyphs); k++ {
		gaps = append(gaps, gapBetween(&glyphs[l.glyphs[k-1]], &glyphs[l.glyphs[k]], l.down))
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}

// A gap this much wider than the others of its line, in ems, is a space.
const spaceGap = 0.2

func spaceBetween(a, b *Glyph, down bool, usual float64) bool {
	gap := gapBetween(a, b, down)
	if b.Spaced && gap > 0.05 {
		// White space that the file's reader makes of a justified line is none.
		return gap-usual > 0.12 || isLatin(a.Rune) && isLatin(b.Rune)
	}
	if isWide(a.Rune) || isWide(b.Rune) {
		return false
	}
	return gap-usual > spaceGap
}

// isWide reports whether r is punctuation whose cell is half empty.
func isWide(r rune) bool {
	return r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFF20 || strings.ContainsRune("“”‘’…—·", r)
}

func isLatin(r rune) bool {
	return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r > 0x20)
}

// ending reports whether s ends as a paragraph does.
func ending(s string) bool {
	s = strings.TrimRight(s, "”’」』）)】》〉\"' ")
	r := []rune(s)
	return len(r) > 0 && strings.ContainsRune("。！？!?.…；;：:", r[len(r)-1]) || len(r) > 0 && len([]rune(s)) == 0
}

// joinText puts what is on two lines of one paragraph together. Between Latin
// words a line's end is a space.
func joinText(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	ra, rb := []rune(a), []rune(b)
	x, y := ra[len(ra)-1], rb[0]
	if x < 0x250 && unicode.IsLetter(x) && y < 0x250 && unicode.IsLetter(y) && !inAddress(a, b) {
		return a + " " + b
	}
	return a + b
}

// inAddress reports whether a line's end falls into a web or mail address.
func inAddress(a, b string) bool {
	tail := a[strings.LastIndexAny(a, " ")+1:]
	head, _, _ := strings.Cut(b, " ")
	return strings.Contains(tail, "://") || strings.Contains(tail, "www.") || strings.ContainsAny(tail, "@_") || strings.ContainsAny(head, "@/_") && !strings.ContainsAny(head, "，。")
}

package variants

import (
	"embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"

	"github.com/kanbao/kanbao/index/analyze"
)

// Name names the table. It is part of the settings of an index; whoever changes
// the table changes it.
const Name = "opencc 0.3.13, letters 1"

//go:embed opencc/*.txt
var dictionaries embed.FS

// Table returns the table: a character to the one that stands for it and its
// like, which itself is in the table as no key. Nobody may change it.
var Table = sync.OnceValue(func() map[rune]rune {
	t := make(map[rune]rune)
	for _, e := range dictionary("TSCharacters") {
		if e.key != e.values[0] {
			t[e.key] = e.values[0]
		}
	}
	for _, name := range []string{"TWVariants", "HKVariants", "JPVariants"} {
		for _, e := range dictionary(name) {
			for _, v := range e.values {
				relate(t, e.key, v)
			}
		}
	}
	addDoubles(t)
	addLetters(t)
	for r := range t {
		t[r] = last(t, r)
		if t[r] == r {
			delete(t, r)
		}
	}
	return t
})

// relate makes a character and its variant one unless the table has something
// else for the variant. The one that simplified text has stands for both; if it
// has both, they mean different things there: 芸 is written for 藝 in Japan and
// is a herb and a name in China.
func relate(t map[rune]rune, r, variant rune) {
	_, other := t[r]
	_, known := t[variant]
	switch {
	case known || last(t, r) == variant:
	case !simplified(variant):
		t[variant] = r
	case !other && !simplified(r):
		t[r] = variant
	}
}

// last follows the table to its end. The table has no circles, but for a moment
// of relate it would be a long way round one.
func last(t map[rune]rune, r rune) rune {
	for range 8 {
		next, ok := t[r]
		if !ok || next == r {
			break
		}
		r = next
	}
	return r
}

// simplified reports whether a character is one of the 6763 of GB 2312, which
// are those in which simplified text is written.
func simplified(r rune) bool {
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(string(r)))
	return err == nil && len(b) == 2 && b[0] >= 0xB0 && b[0] <= 0xF7 && b[1] >= 0xA1
}

// entry is a line of a dictionary: a character and what it may become.
type entry struct {
	key    rune
	values []rune
}

func dictionary(name string) []entry {
	file, err := dictionaries.ReadFile("opencc/" + name + ".txt")
	if err != nil {
		return nil // it is embedded, and a test misses what it says
	}
	var entries []entry
	for line := range strings.Lines(string(file)) {
		key, values, _ := strings.Cut(strings.TrimSpace(line), "\t")
		e := entry{key: single(key)}
		for _, v := range strings.Fields(values) {
			e.values = append(e.values, single(v))
		}
		if e.key > 0 && len(e.values) > 0 {
			entries = append(entries, e)
		}
	}
	return entries
}

// single returns the only character of s, or 0.
func single(s string) rune {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || n != len(s) {
		return 0
	}
	return r
}

// radicals are the characters of Unicode's supplement of radicals that text out
// of a PDF has in place of the ideographs that they look like, each before it.
const radicals = "⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"

// addDoubles adds what Unicode has twice: radicals and ideographs for the sake of
// other encodings. Fonts of PDF files give them where the common one is meant.
func addDoubles(t map[rune]rune) {
	for _, block := range [][2]rune{{0x2E80, 0x2FDF}, {0xF900, 0xFAFF}} {
		for r := block[0]; r <= block[1]; r++ {
			if to := single(norm.NFKC.String(string(r))); to > 0 && to != r {
				t[r] = to
			}
		}
	}
	pairs := []rune(radicals)
	for i := 0; i+1 < len(pairs); i += 2 {
		t[pairs[i]] = pairs[i+1]
	}
}

// alike are letters that Unicode does not take apart, before what a keyboard
// without them writes.
const alike = "øoØođdĐdłlŁlħhĦhŧtŦtıi"

// addLetters makes a letter with marks one with the letter alone, in either case,
// and what looks like a letter, a digit or a punctuation mark one with it: letters
// of mathematics, which stand for bold type where there is none, and marks for
// vertical text and of small width.
func addLetters(t map[rune]rune) {
	for _, block := range [][2]rune{{0xC0, 0x24F}, {0x1E00, 0x1EFF}, {0x370, 0x3FF}, {0x1F00, 0x1FFF}, {0x400, 0x4FF}} {
		for r := block[0]; r <= block[1]; r++ {
			if base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r))); base != r {
				t[r] = unicode.ToLower(base)
			}
		}
	}
	for _, block := range [][2]rune{{0xFE10, 0xFE19}, {0xFE30, 0xFE6B}, {0x1D400, 0x1D7FF}} {
		for r := block[0]; r <= block[1]; r++ {
			if to := single(norm.NFKC.String(string(r))); to > 0 && to != r {
				t[r] = unicode.ToLower(to)
			}
		}
	}
	t['∶'] = ':'
	pairs := []rune(alike)
	for i := 0; i+1 < len(pairs); i += 2 {
		t[pairs[i]] = pairs[i+1]
	}
	first, others := '·', []rune(analyze.MiddleDots)[1:]
	for _, r := range others {
		t[r] = first
	}
}

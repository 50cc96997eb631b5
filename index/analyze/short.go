package analyze

// ShortMost is how many letters and digits a short word of Latin has at most.
const ShortMost = 3

// Short reports whether a folded word is one that stands within many others by
// chance, so that it is looked for as a whole: of at most ShortMost ASCII letters
// and digits, one of them a letter, or with the signs of Sign.
func Short(word []rune) bool {
	letters, n := false, 0
	for _, r := range word {
		if !alnum(r) {
			continue
		}
		n++
		letters = letters || r > '9'
	}
	return letters && (n == len(word) && n <= ShortMost || n > 0 && Sign(word, 0) == len(word))
}

// Sign returns where the word ends that begins at a place in a folded line and has
// signs: ASCII letters and digits with a dot before them (.net), or with + or #
// behind them (c++, c#) where no letter or digit follows. Without one it returns the
// place. A single + between two words is none (ai+教育), nor is the second # of #ai#.
func Sign(line []rune, from int) int {
	if from > 0 && (alnum(line[from-1]) || line[from-1] == '.') {
		return from
	}
	at := from
	dotted := line[at] == '.'
	if dotted {
		at++
	}
	first := at
	for at < len(line) && alnum(line[at]) {
		at++
	}
	if at == first || line[first] <= '9' {
		return from
	}
	end := at
	for end < len(line) && (line[end] == '+' || line[end] == '#') {
		end++
	}
	switch {
	case end < len(line) && alnum(line[end]), from > 0 && line[from-1] == '#',
		end == at+1 && line[at] == '+' && end < len(line) && Wordly(line[end]):
		end = at
	}
	if end == at && !dotted {
		return from
	}
	return end
}

// Apart reports whether what stands between two places in a folded line is no part
// of a longer run of ASCII letters and digits.
func Apart(line []rune, from, to int) bool {
	return !(from > 0 && alnum(line[from-1]) && alnum(line[from])) && !(to < len(line) && alnum(line[to-1]) && alnum(line[to]))
}

func alnum(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }

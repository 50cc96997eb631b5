package markdown

import (
	"slices"
	"strings"
)

// codeRanges returns a function that says where the code ends in which an offset
// of the text lies, or 0: lines of code, and code spans in what is left.
func codeRanges(lines []line, starts []int, text string) func(int) int {
	var ranges [][2]int
	from := -1
	flush := func(to int) {
		if from >= 0 {
			ranges = append(ranges, codeSpans(text, from, to)...)
			from = -1
		}
	}
	for i, l := range lines {
		end := starts[i] + len(l.text)
		switch {
		case l.code:
			flush(starts[i])
			ranges = append(ranges, [2]int{starts[i], end})
		case isBlank(l.text):
			flush(starts[i])
		case from < 0:
			from = starts[i]
		}
	}
	flush(len(text))
	return func(at int) int {
		i, found := slices.BinarySearchFunc(ranges, at, func(r [2]int, at int) int { return r[0] - at })
		if !found {
			i--
		}
		if i >= 0 && at < ranges[i][1] {
			return ranges[i][1]
		}
		return 0
	}
}

// codeSpans returns where the code spans of a paragraph lie.
func codeSpans(text string, from, to int) [][2]int {
	runs := make(map[int][]int) // where runs of so many backticks begin
	for i := from; i < to; {
		n := tickRun(text[i:to])
		if n == 0 {
			next := strings.IndexByte(text[i:to], '`')
			if next < 0 {
				break
			}
			i += next
			continue
		}
		runs[n] = append(runs[n], i)
		i += n
	}
	var out [][2]int
	for i := from; i < to; {
		next := strings.IndexByte(text[i:to], '`')
		if next < 0 {
			break
		}
		i += next
		n := tickRun(text[i:to])
		same := runs[n]
		k, _ := slices.BinarySearch(same, i+1)
		if k == len(same) {
			i += n
			continue
		}
		out = append(out, [2]int{i, same[k] + n})
		i = same[k] + n
	}
	return out
}

func tickRun(s string) int { return len(s) - len(strings.TrimLeft(s, "`")) }

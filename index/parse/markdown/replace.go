package markdown

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// replaceShortcodes writes what the shortcodes of all lines stand for. number gives
// containers numbers that no other has.
func replaceShortcodes(lines []line, number *int) []line {
	text, starts := joinLines(lines)
	if !strings.Contains(text, "{{") && !strings.Contains(text, "{%") && !strings.Contains(text, ":material-") && !strings.Contains(text, ":fontawesome-") && !strings.Contains(text, ":octicons-") {
		return lines
	}
	codes, edits := scanShortcodes(text, codeRanges(lines, starts, text))
	p := placer{text: text, number: number}
	for i := range codes {
		edits = append(edits, p.edit(codes, i)...)
	}
	if len(edits) == 0 {
		return lines
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return a.from - b.from })
	return p.apply(lines, starts, edits)
}

func joinLines(lines []line) (text string, starts []int) {
	var b strings.Builder
	for _, l := range lines {
		starts = append(starts, b.Len())
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	return b.String(), starts
}

type placer struct {
	text   string
	number *int
}

// prefixOf returns what stands before at in its line if that is only what a line
// of a quotation or with an indent begins with.
func (p *placer) prefixOf(at int) (prefix string, own bool) {
	start := strings.LastIndexByte(p.text[:at], '\n') + 1
	before := p.text[start:at]
	prefix = before[:len(before)-len(strings.TrimLeft(before, " \t>"))]
	return prefix, len(prefix) == len(before)
}

// edit returns what becomes of the i-th shortcode. That of a pair is made with its
// first half.
func (p *placer) edit(codes []shortcode, i int) []edit {
	c := &codes[i]
	switch {
	case c.inside:
		return nil
	case c.partner < 0:
		if c.end {
			return []edit{{from: c.from, to: c.to}}
		}
		text, block := c.single()
		return []edit{{from: c.from, to: c.to, text: text, block: block && p.alone(c.from, c.to)}}
	case c.partner < i:
		return nil
	}
	end := &codes[c.partner]
	if verbatim[c.name] {
		return p.code(c, end)
	}
	_, own := p.prefixOf(c.from)
	inner := p.text[c.to:end.from]
	if c.holds() || !own || c.depth >= deepestContainer {
		edits := []edit{{from: c.from, to: c.to}, {from: end.from, to: end.to}}
		if title := c.title(); title != "" && !c.holds() {
			edits[0].text = "**" + escape(title) + "** "
		}
		return append(edits, p.parts(inner, c.to)...)
	}
	*p.number++
	mark := strconv.Itoa(*p.number)
	return append([]edit{
		{from: c.from, to: c.to, text: containerOpens + mark + " " + escape(c.title()), block: true},
		{from: end.from, to: end.to, text: containerCloses + mark, block: true},
	}, p.parts(inner, c.to)...)
}

// partOpens matches the comment that begins a tab of NexT, or a moment of Butterfly's
// timeline, up to its title.
var partOpens = regexp.MustCompile(`<!-- (?:tab|timeline)\b`)

// parts returns the titles of such parts, which are comments.
func (p *placer) parts(inner string, offset int) []edit {
	var edits []edit
	for at := 0; ; {
		found := partOpens.FindStringIndex(inner[at:])
		if found == nil {
			return edits
		}
		i := at + found[0]
		end := strings.Index(inner[i:], "-->")
		if end < 0 {
			return edits
		}
		title, _, _ := strings.Cut(inner[at+found[1]:i+end], "@")
		if title = strings.TrimSpace(title); title != "" {
			edits = append(edits, edit{from: offset + i, to: offset + i + end + 3, text: "**" + escape(title) + "**", block: true})
		}
		at = i + end + 3
	}
}

// alone reports whether nothing else is in the line.
func (p *placer) alone(from, to int) bool {
	if _, own := p.prefixOf(from); !own {
		return false
	}
	rest, _, _ := strings.Cut(p.text[to:], "\n")
	return strings.TrimSpace(rest) == ""
}

// code makes a fence of a pair with code between.
func (p *placer) code(c, end *shortcode) []edit {
	inner := p.text[c.to:end.from]
	switch {
	case c.name == "comment":
		return []edit{{from: c.from, to: end.to}}
	case c.name == "raw" || c.name == "verbatim" || strings.Contains(inner, "```"):
		edits := []edit{{from: c.from, to: c.to}, {from: end.from, to: end.to}}
		if t := c.get("title", "filename"); t != "" {
			edits[0] = edit{from: c.from, to: c.to, text: "**" + escape(t) + "**", block: true}
		}
		return edits
	case !strings.Contains(inner, "\n"):
		if c.name == "math" || c.name == "katex" {
			return []edit{{from: c.from, to: c.to, text: "$"}, {from: end.from, to: end.to, text: "$"}}
		}
		return []edit{{from: c.from, to: end.to, text: "`" + inner + "`"}}
	case c.name == "math" || c.name == "katex":
		return []edit{{from: c.from, to: c.to, text: "$$", block: true}, {from: end.from, to: end.to, text: "$$", block: true}}
	}
	var words []string
	if c.name == "codeblock" || c.name == "source" || c.name == "code" {
		for _, a := range c.args {
			if !strings.HasPrefix(a, "lang:") && !strings.Contains(a, "://") && !strings.Contains(a, ":") {
				words = append(words, a)
			}
		}
	}
	open := "```" + c.language()
	if t := cmp.Or(c.get("title", "filename"), strings.Join(words, " ")); t != "" {
		open += " [" + strings.NewReplacer("`", "", "[", "", "]", "").Replace(t) + "]"
	}
	return []edit{{from: c.from, to: c.to, text: open, block: true}, {from: end.from, to: end.to, text: "```", block: true}}
}

// apply writes the lines with the edits in them, which are in order. Of edits that
// overlap the first counts.
func (p *placer) apply(lines []line, starts []int, edits []edit) []line {
	var out []line
	current := line{n: lines[0].n, code: lines[0].code}
	row := 0
	write := func(from, to int) {
		for from < to {
			i := strings.IndexByte(p.text[from:to], '\n')
			if i < 0 {
				current.text += p.text[from:to]
				return
			}
			current.text += p.text[from : from+i]
			out = append(out, current)
			from += i + 1
			if row+1 < len(lines) {
				row++
			}
			current = line{n: lines[row].n, code: lines[row].code}
		}
	}
	at := 0
	for _, e := range edits {
		if e.from < at {
			continue
		}
		write(at, e.from)
		at = e.to
		if !e.block {
			current.text += e.text
			write(e.to, e.to)
		} else {
			prefix, _ := p.prefixOf(e.from)
			if strings.TrimLeft(current.text, " \t>") != "" {
				out = append(out, current)
			}
			if !strings.HasPrefix(e.text, "```") && !strings.HasPrefix(e.text, "\x01") && strings.TrimLeft(current.text, " \t>") == "" {
				out = append(out, line{strings.TrimRight(prefix, " \t"), current.n, false})
			}
			out = append(out, line{prefix + e.text, current.n, false})
			current = line{text: prefix, n: current.n}
			if !strings.HasPrefix(e.text, "```") && !strings.HasPrefix(e.text, "\x01") {
				out = append(out, line{strings.TrimRight(prefix, " \t"), current.n, false})
			}
		}
		for row+1 < len(lines) && starts[row+1] <= at {
			row++
		}
		if strings.HasPrefix(p.text[at:], "\n") && e.block {
			// The rest of the line is empty.
			at++
			if row+1 < len(lines) {
				row++
			}
			current = line{n: lines[row].n, code: lines[row].code}
		} else {
			current.n = lines[row].n
		}
	}
	write(at, len(p.text))
	return out
}

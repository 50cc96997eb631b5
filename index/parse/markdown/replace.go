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

	// The line that was asked about last, from start up to next, and how much of it is
	// its prefix. A line may have very many shortcodes.
	start, next, prefix int
	// parts were looked for up to here.
	parted int
}

// prefixOf returns what the line of at begins with, before at, if it is one of a
// quotation or has an indent, and whether nothing else stands before at.
func (p *placer) prefixOf(at int) (prefix string, own bool) {
	if at < p.start || at >= p.next {
		p.start, p.next = strings.LastIndexByte(p.text[:at], '\n')+1, len(p.text)
		if i := strings.IndexByte(p.text[at:], '\n'); i >= 0 {
			p.next = at + i + 1
		}
		line := p.text[p.start:p.next]
		p.prefix = len(line) - len(strings.TrimLeft(line, " \t>"))
	}
	n := min(p.prefix, at-p.start)
	return p.text[p.start:][:n], n == at-p.start
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
	if c.holds() || !own || c.depth >= deepestContainer {
		edits := []edit{{from: c.from, to: c.to}, {from: end.from, to: end.to}}
		if title := c.title(); title != "" && (!c.holds() || c.name == "timeline") {
			edits[0].text = "**" + escape(title) + "** "
		}
		if c.name == "rawhtml" && own {
			// HTML goes on to a blank line, and what follows is none.
			edits[1].block = p.endsLine(end.to)
		}
		return append(edits, p.parts(c.to, end.from)...)
	}
	*p.number++
	mark := strconv.Itoa(*p.number)
	return append([]edit{
		{from: c.from, to: c.to, text: containerOpens + mark + " " + escape(c.title()), block: true},
		{from: end.from, to: end.to, text: containerCloses + mark, block: true},
	}, p.parts(c.to, end.from)...)
}

// partOpens matches the comment that begins a tab of NexT, or a moment of Butterfly's
// timeline, up to its title.
var partOpens = regexp.MustCompile(`<!-- (?:tab|timeline)\b`)

// parts returns the titles of such parts between two places, but for those that were
// found between the halves of a pair around these.
func (p *placer) parts(from, to int) []edit {
	var edits []edit
	for at := max(from, p.parted); at < to; {
		p.parted = to
		found := partOpens.FindStringIndex(p.text[at:to])
		if found == nil {
			break
		}
		opens, title := at+found[0], at+found[1]
		n := strings.Index(p.text[title:to], "-->")
		if n < 0 {
			break
		}
		at = title + n + len("-->")
		words, _, _ := strings.Cut(p.text[title:title+n], "@")
		if words = strings.TrimSpace(words); words != "" {
			edits = append(edits, edit{from: opens, to: at, text: "**" + escape(words) + "**", block: true})
		}
	}
	return edits
}

// endsLine reports whether nothing else follows in the line.
func (p *placer) endsLine(at int) bool {
	rest, _, _ := strings.Cut(p.text[at:], "\n")
	return strings.TrimSpace(rest) == ""
}

// alone reports whether nothing else is in the line.
func (p *placer) alone(from, to int) bool {
	_, own := p.prefixOf(from)
	return own && p.endsLine(to)
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

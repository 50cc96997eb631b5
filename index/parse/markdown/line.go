package markdown

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// A line is a line as goldmark gets it, with its number in the file.
type line struct {
	text string
	n    int
	// code is set for what no mark-up is looked for in.
	code bool
}

// A rewriter turns the lines of other generators into those of one Markdown. It
// knows code by its fences, and leaves it alone.
type rewriter struct {
	out    []line
	fence  string // that the code we are in began with, "" outside of code
	quoted bool   // … and that the code is in a quotation
	indent []opened
	open   []opened // containers by :::
	next   int      // number of the next container
	// list is how far the text of the list item that we are in is indented, 0
	// outside of lists.
	list int
	// chinese is set in lines with an indent that are no code.
	chinese  bool
	indented bool   // in code by indent
	exports  bool   // in a statement of JavaScript
	mdx      bool   // the file is one of MDX
	within   string // the element of HTML whose text is Markdown, by its attribute
	raw      string // what ends the HTML that we are in, which is no Markdown
	fault    func(n int, format string, args ...any)
}

// An opened is a container that has not ended. The text of one that is marked by
// its indent begins behind so many columns.
type opened struct {
	number, colons, indent int
	prefix                 string
	bare                   bool // nothing to show for it
	unseen                 bool // nor for what is in it, which begins behind so many lines
	behind                 int
}

const (
	// deepestContainer is how deep containers, quotations and lists may be nested.
	deepestContainer = 40
	// widestIndent is how many columns of indent are kept.
	widestIndent = 200
)

// The marks by which a container begins and ends. No text has them, for control
// characters are taken out of it.
const (
	containerOpens  = "\x01+"
	containerCloses = "\x01-"
)

// rewrite does all lines.
func (r *rewriter) rewrite(lines []line) []line {
	ends := make(map[string]int)
	for i, l := range lines {
		if !r.rawHTML(lines, i, ends) {
			r.line(l)
		}
	}
	for len(r.indent) > 0 {
		r.closeIndented(0)
	}
	return r.out
}

// rawHTML writes the line if it is one of a script, a style, a comment or text that
// is set already. ends has the last line that each of their ends stands in.
func (r *rewriter) rawHTML(lines []line, i int, ends map[string]int) bool {
	if r.raw == "" {
		if r.fence != "" {
			return false
		}
		rest := strings.ToLower(strings.TrimLeft(lines[i].text[:min(len(lines[i].text), widestIndent)], " "))
		for begin, end := range rawElements {
			if !strings.HasPrefix(rest, begin) || strings.Contains(strings.ToLower(lines[i].text), end) {
				continue
			}
			last, ok := ends[end]
			if !ok {
				last = -1
				for j := len(lines) - 1; j >= 0 && last < 0; j-- {
					if strings.Contains(strings.ToLower(lines[j].text), end) {
						last = j
					}
				}
				ends[end] = last
			}
			if last > i {
				r.raw = end
			}
		}
		if r.raw == "" {
			return false
		}
	}
	r.out = append(r.out, line{lines[i].text, lines[i].n, r.raw != "</svg>"}) // sayDrawings looks at drawings
	if strings.Contains(strings.ToLower(lines[i].text), r.raw) {
		r.raw = ""
	}
	return true
}

var rawElements = map[string]string{"<script": "</script>", "<style": "</style>", "<pre": "</pre>", "<textarea": "</textarea>", "<!--": "-->", "<svg": "</svg>"}

func (r *rewriter) emit(text string, n int) { r.out = append(r.out, line{text, n, r.fence != ""}) }

// previous returns the last line that was written.
func (r *rewriter) previous() string {
	if len(r.out) == 0 {
		return ""
	}
	return r.out[len(r.out)-1].text
}

func isBlank(s string) bool { return strings.Trim(s, " \t\r>") == "" }

// columns returns how far s is indented, and the rest of it.
func columns(s string) (n int, rest string) {
	for i := range len(s) {
		switch s[i] {
		case ' ':
			n++
		case '\t':
			n += 4 - n%4
		default:
			return n, s[i:]
		}
	}
	return n, ""
}

func (r *rewriter) line(l line) {
	width, rest := columns(l.text)
	if rest == "" {
		r.blank(l)
		return
	}
	if r.fence == "" {
		for len(r.indent) > 0 && width < r.indent[len(r.indent)-1].indent {
			r.closeIndented(l.n)
		}
	}
	if k := len(r.indent); k > 0 {
		width = max(0, width-r.indent[k-1].indent)
		l.text = strings.Repeat(" ", width) + rest
	}
	if width > widestIndent {
		width = widestIndent
		l.text = strings.Repeat(" ", width) + rest
	}
	if r.fence != "" && r.quoted && rest[0] != '>' {
		r.fence = "" // the quotation has ended, and the code in it
	}
	if r.fence != "" {
		r.emit(l.text, l.n)
		if closesFence(rest, r.fence) {
			r.fence = ""
		}
		return
	}
	if f := opensFence(rest); f != "" {
		r.emit(l.text, l.n)
		r.out[len(r.out)-1].code = true
		r.fence, r.quoted = f, rest[0] == '>'
		return
	}
	if r.exports {
		return
	}
	r.prose(l, width, rest)
}

// blank writes a blank line, but no more than two in a row outside of code: each
// open list is asked about each of them.
func (r *rewriter) blank(l line) {
	r.exports = false
	r.chinese, r.indented = false, r.indented && r.list == 0
	if k := len(r.out); r.fence == "" && k >= 2 && r.out[k-1].text == "" && r.out[k-2].text == "" {
		return
	}
	r.emit("", l.n)
}

var fencePattern = regexp.MustCompile("^(?:> ?|(?:[-*+]|[0-9]{1,9}[.)]) +)*(`{3,}|~{3,})(.*)$")

// opensFence returns the fence that a line opens code with, or "".
func opensFence(rest string) string {
	if !strings.Contains(rest, "```") && !strings.Contains(rest, "~~~") {
		return ""
	}
	m := fencePattern.FindStringSubmatch(rest)
	if m == nil || m[1][0] == '`' && strings.Contains(m[2], "`") {
		return ""
	}
	return m[1]
}

func closesFence(rest, fence string) bool {
	rest = strings.TrimLeft(rest, "> ")
	rest = strings.TrimRight(rest, " \t")
	return len(rest) >= len(fence) && strings.Trim(rest, fence[:1]) == ""
}

// prose writes a line outside of code.
func (r *rewriter) prose(l line, width int, rest string) {
	if inner := withoutFragment(rest); r.mdx && inner != rest {
		if inner == "" {
			r.emit("", l.n)
			return
		}
		l.text, rest = l.text[:len(l.text)-len(rest)]+inner, inner
	}
	if r.indentedCode(width, rest) {
		r.emit(l.text, l.n)
		r.out[len(r.out)-1].code = true
		return
	}
	l.text, width = r.unindent(l.text, width, rest)
	prefix := l.text[:len(l.text)-len(rest)]
	r.lists(width, rest)
	if r.tooDeep(rest, l.n) {
		return
	}
	switch {
	case r.javaScript(rest),
		isContents(rest),
		r.attributes(rest):
		r.emit("", l.n)
	case r.container(prefix, rest, l.n),
		r.indentedContainer(width, rest, l.n),
		r.alert(prefix, rest, l.n):
	default:
		if strings.HasPrefix(rest, "　") && !isBlank(r.previous()) && r.list == 0 {
			// The indent of a new paragraph.
			r.emit("", l.n)
		}
		r.emit(prefix+r.mended(rest, width), l.n)
		r.markdownWithin(rest, l.n)
	}
}

// indentedCode reports whether the line is code by its indent: four columns behind
// a blank line, unless it is Chinese, as paragraphs are indented by hand.
func (r *rewriter) indentedCode(width int, rest string) bool {
	if width < r.list+4 || r.chinese {
		r.indented = r.indented && width >= r.list+4
		return false
	}
	if r.indented {
		return true
	}
	first, _ := utf8.DecodeRuneInString(rest)
	if !isBlank(r.previous()) {
		return false
	}
	if r.list > 0 {
		// It may be a list in the list, or a paragraph of it.
		return false
	}
	if isCJK(first) || startsMarkup(rest) {
		r.chinese = true
		return false
	}
	r.indented = true
	return true
}

// startsMarkup reports whether a line with an indent is Chinese behind its marks of
// emphasis.
func startsMarkup(rest string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, "*_"))
	return strings.HasPrefix(rest, "**") && isCJK(first)
}

// unindent takes the indent off a paragraph that is indented by hand.
func (r *rewriter) unindent(text string, width int, rest string) (string, int) {
	first, _ := utf8.DecodeRuneInString(rest)
	if r.list > 0 && width >= r.list+4 && isCJK(first) && isBlank(r.previous()) {
		return strings.Repeat(" ", r.list) + rest, r.list
	}
	if r.list == 0 && (r.chinese || width >= 4 && isCJK(first)) {
		return rest, 0
	}
	return text, width
}

var listMark = regexp.MustCompile(`^(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+|$)`)

// lists keeps account of whether we are in a list.
func (r *rewriter) lists(width int, rest string) {
	if m := listMark.FindString(rest); m != "" && !isRule(rest) {
		r.list = width + max(2, min(len(m), 5))
		return
	}
	if footnoteText.MatchString(rest) {
		r.list = width + 4
		return
	}
	if m := definition.FindString(rest); m != "" {
		r.list = width + len(m)
		return
	}
	if r.list > 0 && width == 0 && isBlank(r.previous()) {
		r.list = 0
	}
	if r.list > 0 && width > 0 && width < r.list {
		r.list = width
	}
}

// definition matches what the explanation of a term begins with.
var definition = regexp.MustCompile(`^:[ \t]+`)

func isRule(rest string) bool {
	s := strings.ReplaceAll(strings.ReplaceAll(rest, " ", ""), "\t", "")
	return len(s) >= 3 && strings.Trim(s, s[:1]) == ""
}

// tooDeep refuses lines that open more quotations and lists than anybody reads.
func (r *rewriter) tooDeep(rest string, n int) bool {
	if isRule(rest) {
		return false
	}
	for depth := 0; ; depth++ {
		rest = strings.TrimLeft(rest, " \t")
		switch {
		case depth > deepestContainer:
			r.fault(n, "quotations or lists are nested more than %d deep; nest them less", deepestContainer)
			return true
		case strings.HasPrefix(rest, ">"):
			rest = rest[1:]
		default:
			m := listMark.FindString(rest)
			if m == "" {
				return false
			}
			rest = rest[len(m):]
		}
	}
}

// mended puts right in a line what CommonMark takes for something else.
func (r *rewriter) mended(rest string, width int) string {
	if s, ok := r.heading(rest, width); ok {
		return s
	}
	if m := referenceLike.FindStringSubmatch(rest); m != nil && !strings.ContainsAny(m[1], "/#.:@<") {
		return `\` + rest // [注]: 说明 is no address
	}
	if strings.Contains(rest, "](") {
		rest = pictureSize.ReplaceAllString(rest, "$1)")
	}
	rest = blockID.ReplaceAllString(rest, "$1")
	return trailingAttributes.ReplaceAllString(rest, "")
}

var (
	pictureSize = regexp.MustCompile(`(!\[[^\]]{0,200}\]\([^\s()]+)\s+=[0-9]+%?x?[0-9]*%?\)`)
	// blockID matches what Obsidian has behind a paragraph for links to it: six letters
	// and digits, or words with dashes.
	blockID            = regexp.MustCompile(`([^\s^])[ \t]+\^(?:[a-z0-9]{6}|[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+)[ \t]*$`)
	hashes             = regexp.MustCompile(`^(#{1,6})([^#\s!].*)$`)
	referenceLike      = regexp.MustCompile(`^\[[^\]^]+\]:\s*(.*)$`)
	trailingAttributes = regexp.MustCompile(`\s*\{:(?:\s*[^{}:/\s][^{}]*)?\s*\}\s*$`) // {::comment} is none
	headingID          = regexp.MustCompile(`\s*\{(?::\s*|\s+)[^{}]*#([\w\-\p{Han}]+)[^{}]*\}\s*$`)
)

// heading writes #标题 as # 标题. A hash before a word of its own is a tag, as in
// "#旅行 #美食" or "#话题#".
func (r *rewriter) heading(rest string, width int) (string, bool) {
	if rest[0] != '#' || width > 3 {
		return "", false
	}
	rest = headingID.ReplaceAllString(rest, " {#$1}")
	rest = trailingAttributes.ReplaceAllString(rest, "")
	m := hashes.FindStringSubmatch(rest)
	if m == nil {
		return rest, true
	}
	first, _ := utf8.DecodeRuneInString(m[2])
	if len(m[1]) == 1 {
		before := strings.TrimSpace(r.previous())
		if !isCJK(first) || strings.Contains(m[2], "#") && !strings.Contains(m[2], "{#") || before != "" && before[0] != '#' {
			return "", false
		}
	}
	if first == '{' || first == '`' {
		return "", false
	}
	return m[1] + " " + m[2], true
}

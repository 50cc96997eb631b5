package markdown

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// container rewrites the fences of VitePress, Docusaurus and VuePress,
//
//	::: tip 标题
//	text
//	:::
//
// and the parts of their tabs.
func (r *rewriter) container(prefix, rest string, n int) bool {
	if k := len(r.open); k > 0 {
		if m := tabPart.FindStringSubmatch(rest); m != nil {
			r.put(prefix, "**"+strings.TrimSpace(m[1])+"**", n)
			return true
		}
	}
	if !strings.HasPrefix(rest, ":::") {
		return false
	}
	title := strings.TrimLeft(rest, ":")
	colons := len(rest) - len(title)
	title = strings.TrimSpace(title)
	if title == "" {
		for i := len(r.open) - 1; i >= 0; i-- {
			if r.open[i].colons > colons {
				continue
			}
			for j := len(r.open) - 1; j >= i; j-- {
				r.end(prefix, r.open[j], n)
			}
			r.open = r.open[:i]
			return true
		}
		return true // a fence that closes nothing says nothing
	}
	unseen := isUnseen(title)
	name, title := directive(title)
	if name == "" {
		return false
	}
	behind := len(r.out)
	o := r.begin(prefix, title, n, unseen || holders[name])
	o.colons, o.unseen, o.behind = colons, unseen, behind
	r.open = append(r.open, o)
	return true
}

// unseenClass matches the classes by which Pandoc and Quarto hide a container.
var unseenClass = regexp.MustCompile(`^\{[^{}]*\.(?:hidden|content-hidden|comment|d-none)\b[^{}]*\}`)

// isUnseen reports whether what stands behind the colons says that no reader is to see
// what is in the container.
func isUnseen(s string) bool {
	name, _, _ := strings.Cut(s, " ")
	return slices.Contains([]string{"hidden", "content-hidden", "comment", "comments"}, strings.ToLower(name)) || unseenClass.MatchString(s) && !strings.Contains(s, "format=")
}

// holders are the containers that only hold others together.
var holders = map[string]bool{
	"code-group": true, "tabs": true, "code-tabs": true, "tab-set": true, "columns": true, "grid": true, "cards": true,
	"raw": true, "v-pre": true, "center": true, "left": true, "right": true, "div": true, "steps": true, "timeline": true,
}

var (
	tabPart       = regexp.MustCompile(`^(?:@tab(?::active)?|== tab)[ \t]+(.+?)(?:#\w+)?$`)
	directiveName = regexp.MustCompile(`^([A-Za-z][\w-]*)(?:\[([^\]]*)\])?(?:[ \t]*\{([^}]*)\})?[ \t]*(.*)$`)
	quotedTitle   = regexp.MustCompile(`(?:title|summary|label|name|header)\s*=\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”)`)
)

// directive parts what stands behind the colons: "tip 标题", "note[标题]",
// "{.warning}" of Pandoc.
func directive(s string) (name, title string) {
	if strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}") {
		return "div", titleIn(s)
	}
	m := directiveName.FindStringSubmatch(s)
	if m == nil {
		return "", ""
	}
	title = m[2]
	if title == "" {
		title = titleIn(m[3])
	}
	if rest := trailingBraces.ReplaceAllString(m[4], ""); title == "" {
		title = rest
	}
	return m[1], strings.Trim(strings.TrimSpace(title), `"`)
}

var trailingBraces = regexp.MustCompile(`[ \t]*\{[^{}]*\}$`)

func titleIn(attributes string) string {
	m := quotedTitle.FindStringSubmatch(attributes)
	if m == nil {
		return ""
	}
	return m[1] + m[2] + m[3]
}

// begin opens a container.
func (r *rewriter) begin(prefix, title string, n int, bare bool) opened {
	if depth := len(r.open) + len(r.indent); depth >= deepestContainer {
		if depth == deepestContainer {
			r.fault(n, "containers (::: or !!!) are nested more than %d deep; close them, or nest them less", deepestContainer)
		}
		bare = true
	}
	r.next++
	o := opened{number: r.next, bare: bare}
	if bare {
		if title != "" {
			r.put(prefix, "**"+title+"**", n)
		}
		return o
	}
	r.emit(prefix+containerOpens+strconv.Itoa(o.number)+" "+title, n)
	return o
}

func (r *rewriter) end(prefix string, o opened, n int) {
	if o.unseen {
		r.out = r.out[:min(o.behind, len(r.out))]
		r.emit("", n)
		return
	}
	if !o.bare {
		r.emit(prefix+containerCloses+strconv.Itoa(o.number), n)
	}
}

// put writes a paragraph of its own.
func (r *rewriter) put(prefix, text string, n int) {
	blank := strings.TrimRight(prefix, " ")
	r.emit(blank, n)
	r.emit(prefix+text, n)
	r.emit(blank, n)
}

var indentedMark = regexp.MustCompile(`^(?:!!!|\?\?\?\+?)[ \t]+([\w-]+(?:[ \t]+[\w-]+)*)?[ \t]*(?:"([^"]*)")?[ \t]*$|^===!?\+?[ \t]+"([^"]*)"[ \t]*$`)

// indentedContainer rewrites those of MkDocs, whose text is indented:
//
//	!!! note "标题"
//	    text
func (r *rewriter) indentedContainer(width int, rest string, n int) bool {
	m := indentedMark.FindStringSubmatch(rest)
	if m == nil {
		return false
	}
	base := 0
	if k := len(r.indent); k > 0 {
		base = r.indent[k-1].indent
	}
	o := r.begin(strings.Repeat(" ", min(width, r.list)), m[2], n, m[3] != "")
	if m[3] != "" {
		r.put(strings.Repeat(" ", min(width, r.list)), "**"+m[3]+"**", n)
	}
	o.indent, o.prefix = base+width+4, strings.Repeat(" ", min(width, r.list))
	if r.list > 0 {
		// What is dedented must stay in the list.
		o.indent = base + 4
	}
	r.indent = append(r.indent, o)
	return true
}

func (r *rewriter) closeIndented(n int) {
	k := len(r.indent) - 1
	if n == 0 && len(r.out) > 0 {
		n = r.out[len(r.out)-1].n
	}
	r.end(r.indent[k].prefix, r.indent[k], n)
	r.indent = r.indent[:k]
	r.chinese, r.indented = false, false
}

var alertMark = regexp.MustCompile(`^((?:>[ \t]*)+)\[!([\w-]+)(?:\|[^\]]*)?\][+-]?[ \t]*(.*)$`)

// alert rewrites those of GitHub and Obsidian: the mark says no more than which
// colour the quotation has.
func (r *rewriter) alert(prefix, rest string, n int) bool {
	m := alertMark.FindStringSubmatch(rest)
	if m == nil {
		return false
	}
	r.emit(prefix+m[1], n)
	if m[3] != "" {
		r.emit(prefix+m[1]+"**"+m[3]+"**", n)
		r.emit(prefix+m[1], n)
	}
	return true
}

var (
	importLine = regexp.MustCompile(`^import\s+(?:[\w*{}\s,$]+\s+from\s+)?['"][^'"]+['"];?\s*$`)
	exportLine = regexp.MustCompile(`^export\s+(?:const|let|var|function|default|async|class)\b.*$`)
	comment    = regexp.MustCompile(`^\{/\*.*\*/\}\s*$`)
)

// javaScript reports whether the line is a statement of MDX. One that exports goes
// on to the next blank line.
func (r *rewriter) javaScript(rest string) bool {
	if exportLine.MatchString(rest) && isBlank(r.previous()) && strings.ContainsAny(rest, "={(") {
		r.exports = true
		return true
	}
	return importLine.MatchString(rest) || comment.MatchString(rest)
}

var contents = regexp.MustCompile(`(?i)^(?:\[toc\]|\[\[_?toc_?\]\]|\[\[\s*toc\s*\]\]|@\[toc\](?:\([^)]*\))?|\$\{toc\}|<--->|\\(?:newpage|pagebreak|clearpage|tableofcontents))\s*$`)

// isContents reports whether the line asks for a table of contents, or for a new page.
func isContents(rest string) bool { return contents.MatchString(strings.TrimSpace(rest)) }

var (
	attributeLine = regexp.MustCompile(`^\{:\s*[^{}]*\}\s*$`)
	// ownAttributes matches a line with those of the block before it, as Hugo has them.
	ownAttributes = regexp.MustCompile(`^\{[ \t]*[.#][A-Za-z_][\w-]*(?:[ \t]+` + attribute + `)*[ \t]*\}[ \t]*$`)
)

// attributes reports whether the line gives the block before it attributes, as in
// kramdown and Hugo. One for a table of contents takes its list along.
func (r *rewriter) attributes(rest string) bool {
	if strings.HasPrefix(rest, "{::") || strings.HasPrefix(rest, "{:/") {
		return false // see remarks
	}
	if !attributeLine.MatchString(rest) {
		return !isBlank(r.previous()) && ownAttributes.MatchString(rest)
	}
	if strings.Contains(rest, "toc") && !strings.Contains(rest, "no_toc") {
		if k := len(r.out) - 1; k >= 0 && listMark.MatchString(r.out[k].text) {
			r.out[k].text = ""
		}
	}
	return true
}

// markdownTag matches a tag of HTML whose attribute says that Markdown is in the element,
// as MkDocs and kramdown have it.
var markdownTag = regexp.MustCompile(`^<([a-z][a-z0-9]*)\b[^<>]*\smarkdown(?:=(?:"(?:1|block|span|on|true)"|'(?:1|block|span|on|true)'|1|block|span))?[\s>]`)

// markdownWithin writes a blank line behind a line of HTML in whose element Markdown
// stands, which CommonMark takes for HTML up to the next blank line.
func (r *rewriter) markdownWithin(rest string, n int) {
	if rest[0] != '<' {
		return
	}
	if r.within == "" {
		m := markdownTag.FindStringSubmatch(rest[:min(len(rest), longestAttributes)])
		if m == nil {
			return
		}
		r.within = m[1]
	}
	if strings.Contains(rest, "</"+r.within+">") {
		r.within = ""
	}
	r.emit("", n)
}

// withoutFragment takes off a line the tags without a name that MDX has around a fragment.
func withoutFragment(rest string) string {
	switch trimmed := strings.TrimSpace(rest); {
	case trimmed == "<>", trimmed == "</>":
		return ""
	case strings.HasPrefix(trimmed, "<>") && strings.HasSuffix(trimmed, "</>"):
		return strings.TrimSpace(trimmed[len("<>") : len(trimmed)-len("</>")])
	}
	return rest
}

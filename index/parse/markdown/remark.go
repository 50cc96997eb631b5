package markdown

import (
	"regexp"
	"strings"
)

// remarks are the comments of template languages and of editors that begin with one
// sign and end with another.
var remarks = []struct{ begin, end string }{
	{"{>>", "<<}"},    // CriticMarkup
	{"<%--", "--%>"},  // EJS, JSP
	{"<%#", "%>"},     // ERB
	{"{% #", "%}"},    // Liquid
	{"{%- #", "%}"},   //
	{"{{/*", "*/}}"},  // Go
	{"{{- /*", "}}"},  //
	{"{{!--", "--}}"}, // Handlebars
}

// remarkAt returns where the comment ends that begins at, -1 if none does. find returns
// where some end is passed, or -1.
func remarkAt(text string, at int, find func(from int, end string) int) int {
	rest := text[at:]
	switch {
	case strings.HasPrefix(rest, "{#"):
		return jinjaRemark(text, at)
	case strings.HasPrefix(rest, "{::comment}"):
		if to := find(at, "{:/"); to >= 0 {
			for _, end := range []string{"}", "comment}"} {
				if strings.HasPrefix(text[to:], end) {
					return to + len(end)
				}
			}
		}
	}
	if m := kramdownTag.FindString(rest[:min(len(rest), longestAttributes)]); m != "" {
		return at + len(m)
	}
	for _, r := range remarks {
		if strings.HasPrefix(rest, r.begin) {
			if to := find(at+len(r.begin), r.end); to >= 0 {
				return to
			}
		}
	}
	return -1
}

// jinjaRemark returns where a comment of Jinja or Nunjucks ends, {# … #}: {#name} is where
// a link may lead to.
func jinjaRemark(text string, at int) int {
	inner := text[at+2 : min(at+longestComment, len(text))]
	end := strings.IndexByte(inner, '}')
	if end < 2 || inner[end-1] != '#' {
		return -1
	}
	return at + 2 + end + 1
}

// kramdownTag matches what kramdown has around text that is none of Markdown, or options.
var kramdownTag = regexp.MustCompile(`^\{:[:/](?:comment|nomarkdown|options)?(?:[ \t][^{}\n]*)?/?\}`)

// remarkLine matches a definition of a link that leads nowhere, which people write for
// the comment in it. Those of CommonMark vanish by themselves, not so [^_^]: # (…).
var remarkLine = regexp.MustCompile(`^\[\^[^\]]*\]:[ \t]*(?:#|<>)[ \t]*(?:\(.*\)|".*"|'.*')[ \t]*$`)

// criticPairs are what CriticMarkup has around text that was changed.
var criticPairs = []struct{ begin, end, opens, closes string }{
	{"{--", "--}", "<del>", "</del>"},
	{"{++", "++}", "<ins>", "</ins>"},
	{"{==", "==}", "<mark>", "</mark>"},
	{"{~~", "~~}", "<del>", "</ins>"},
}

// criticAt returns the edits that make elements of what CriticMarkup marks within a
// paragraph.
func criticAt(text string, at int) []edit {
	for _, p := range criticPairs {
		if !strings.HasPrefix(text[at:], p.begin) {
			continue
		}
		from := at + len(p.begin)
		inner := text[from:min(from+longestComment, len(text))]
		if i := strings.Index(inner, "\n\n"); i >= 0 {
			inner = inner[:i]
		}
		end := strings.Index(inner, p.end)
		if end <= 0 || strings.TrimSpace(inner[:end]) == "" {
			return nil
		}
		edits := []edit{{from: at, to: from, text: p.opens}}
		if p.begin == "{~~" {
			middle := strings.Index(inner[:end], "~>")
			if middle < 0 {
				return nil
			}
			edits = append(edits, edit{from: from + middle, to: from + middle + 2, text: "</del><ins>"})
		}
		return append(edits, edit{from: from + end, to: from + end + len(p.end), text: p.closes})
	}
	return nil
}

package markdown

import (
	"regexp"
	"strings"
)

// A shortcode is a tag of Hugo, {{< name "argument" >}} or {{% name %}}, or of Hexo,
// Jekyll and GitBook, {% name argument %}.
type shortcode struct {
	from, to int // in the text
	line     int
	name     string
	end      bool // it ends another
	alone    bool // it says that nothing ends it
	args     []string
	named    map[string]string
	raw      string // what stands behind the name
	partner  int    // the other half among the shortcodes, -1 without one
	inside   bool   // of another that has its text verbatim
	depth    int    // how many others it is in
}

var (
	hugo       = regexp.MustCompile(`^\{\{[<%]\s*(/?)\s*([\w./-]+)((?s:.*?))\s*(/?)[>%]\}\}`)
	liquid     = regexp.MustCompile(`^\{%-?\s*(end)?([\w-]+)((?s:.*?))\s*-?%\}`)
	hugoNote   = regexp.MustCompile(`^\{\{([<%])/\*((?s:.*?))\*/([>%])\}\}`)
	siteBase   = regexp.MustCompile(`^\{\{-?\s*(?:site\.(?:base_?url|url)|(?:\.Site\.)?[Bb]aseU(?:RL|rl))\s*-?\}\}`)
	relativeTo = regexp.MustCompile(`^\{\{-?\s*["']([^"'{}]*)["']\s*\|\s*\w*(?:relative_url|absolute_url|relURL|absURL)\s*-?\}\}`)
	iconMark   = regexp.MustCompile(`^:(?:material|fontawesome|octicons|simple)-[\w-]+:(?:\{[^}]*\})?`)
	mdbookRest = regexp.MustCompile(`^\{\{#(?:title|playground|rustdoc_include|include|template)[^{}\n]*\}\}`)
)

// An edit puts text in the place of a part of the source.
type edit struct {
	from, to int
	text     string
	// block is set if the text has lines of its own.
	block bool
}

// scanShortcodes returns the shortcodes of a text outside of code, and edits for
// what is none but has to go as well.
func scanShortcodes(text string, inCode func(int) int) (codes []shortcode, edits []edit) {
	lineNo, counted := 0, 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c != '{' && c != ':' {
			continue
		}
		if end := inCode(i); end > i {
			i = end - 1
			continue
		}
		rest := mark(text[i:min(i+longestShortcode, len(text))])
		if rest == "" {
			continue
		}
		switch {
		case strings.HasPrefix(rest, "{{") || c == ':':
			if m := hugoNote.FindStringSubmatch(rest); m != nil {
				edits = append(edits, edit{from: i, to: i + len(m[0]), text: "`{{" + m[1] + m[2] + m[3] + "}}`"})
				i += len(m[0]) - 1
				continue
			}
			for _, p := range []*regexp.Regexp{siteBase, relativeTo, iconMark, mdbookRest} {
				if m := p.FindStringSubmatch(rest); m != nil {
					with := ""
					if len(m) > 1 {
						with = m[1]
					}
					edits = append(edits, edit{from: i, to: i + len(m[0]), text: with})
					i += len(m[0]) - 1
					break
				}
			}
			if len(rest) < 3 || rest[1] != '{' || rest[2] != '<' && rest[2] != '%' {
				continue
			}
			if m := hugo.FindStringSubmatch(rest); m != nil {
				codes = append(codes, shortcode{from: i, to: i + len(m[0]), name: m[2], end: m[1] != "", alone: m[4] != "", raw: m[3], partner: -1})
			}
		case strings.HasPrefix(rest, "{%"):
			if m := liquid.FindStringSubmatch(rest); m != nil {
				codes = append(codes, shortcode{from: i, to: i + len(m[0]), name: m[2], end: m[1] != "", raw: m[3], partner: -1})
			}
		}
		if k := len(codes) - 1; k >= 0 && codes[k].from == i {
			lineNo += strings.Count(text[counted:i], "\n")
			counted = i
			codes[k].line = lineNo
			codes[k].args, codes[k].named = arguments(codes[k].raw)
			i = codes[k].to - 1
		}
	}
	pair(codes)
	return codes, edits
}

// longestShortcode is how many bytes a shortcode may have.
const longestShortcode = 2000

// mark returns what s begins with up to where its braces close, "" if that is no
// shortcode. None has another in it.
func mark(s string) string {
	end := "}}"
	switch {
	case s[0] == ':':
		return s
	case strings.HasPrefix(s, "{%"):
		end = "%}"
	case !strings.HasPrefix(s, "{{"):
		return ""
	}
	i := strings.Index(s, end)
	if i < 2 || strings.Contains(s[2:i], s[:2]) {
		return ""
	}
	return s[:i+2]
}

// pair finds the two halves of those that have two.
func pair(codes []shortcode) {
	open := make(map[string][]int)
	for i := range codes {
		c := &codes[i]
		switch {
		case c.alone:
		case !c.end:
			open[c.name] = append(open[c.name], i)
		default:
			if s := open[c.name]; len(s) > 0 {
				j := s[len(s)-1]
				open[c.name] = s[:len(s)-1]
				c.partner, codes[j].partner = j, i
			}
		}
	}
	// Pairs that cross each other would not be containers in one another.
	var stack []int
	verbatimTo := -1
	for i := range codes {
		c := &codes[i]
		c.inside, c.depth = i < verbatimTo, len(stack)
		switch {
		case c.partner > i:
			if verbatim[c.name] && !c.inside {
				verbatimTo = c.partner
			}
			stack = append(stack, i)
		case c.partner >= 0:
			for len(stack) > 0 && stack[len(stack)-1] != c.partner {
				cut := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				if codes[cut].partner > i {
					codes[codes[cut].partner].partner = -1
				}
				codes[cut].partner = -1
			}
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
		}
	}
}

// verbatim are those whose text is code.
var verbatim = map[string]bool{
	"highlight": true, "codeblock": true, "code": true, "raw": true, "mermaid": true, "math": true, "katex": true,
	"source": true, "comment": true, "chart": true, "echarts": true, "plantuml": true, "verbatim": true,
}

// arguments reads words, "quoted words" and name="value".
func arguments(s string) (args []string, named map[string]string) {
	named = make(map[string]string)
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimLeft(s, " \t\n,") {
		var word string
		word, s = argument(s)
		if word == "" && s != "" && (s[0] == '=' || s[0] == ':') {
			s = s[1:]
			continue
		}
		if s != "" && s[0] == '=' {
			var value string
			value, s = argument(strings.TrimLeft(s[1:], " "))
			named[strings.ToLower(word)] = value
			continue
		}
		if word != "" {
			args = append(args, word)
		}
	}
	return args, named
}

func argument(s string) (word, rest string) {
	if s == "" {
		return "", ""
	}
	if s[0] == '"' || s[0] == '\'' || s[0] == '`' {
		if end := strings.IndexByte(s[1:], s[0]); end >= 0 {
			return s[1 : 1+end], s[2+end:]
		}
		return "", s[1:]
	}
	end := strings.IndexAny(s, " \t\n=,")
	if end < 0 {
		return s, ""
	}
	return s[:end], s[end:]
}

// get returns the first named argument of those names that is given.
func (c *shortcode) get(names ...string) string {
	for _, n := range names {
		if v := c.named[n]; v != "" {
			return v
		}
	}
	return ""
}

// arg returns the i-th argument, or "".
func (c *shortcode) arg(i int) string {
	if i < len(c.args) {
		return c.args[i]
	}
	return ""
}

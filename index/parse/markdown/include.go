package markdown

import (
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/kanbao/kanbao/index/parse/source"
)

const (
	// deepestInclude is how deep files may include each other.
	deepestInclude = 5
	// mostIncluded is how many bytes an article may include.
	mostIncluded = 1 << 20
)

var includes = []*regexp.Regexp{
	regexp.MustCompile(`^\{\{#(?:include|rustdoc_include|playground)\s+([^\s}]+)[^}]*\}\}$`),                            // mdBook
	regexp.MustCompile(`^<!--\s*@include:\s*([^\s]+?)\s*-->$`),                                                          // VitePress
	regexp.MustCompile(`^--8<--\s+["']([^"']+)["']$`),                                                                   // MkDocs
	regexp.MustCompile(`^\{%-?\s*(?:include_relative|include-markdown|include)\s+["']?([^\s"'%]+\.md)["']?[^%]*-?%\}$`), // Jekyll, MkDocs
	regexp.MustCompile(`^\{\{[<%]\s*(?:readfile|include|include-md)\s+(?:file=|path=)?["']?([^\s"'}>%]+)["']?[^}]*[>%]\}\}$`),
}

// snippet is how VitePress includes code.
var snippet = regexp.MustCompile(`^<<<\s+(\S+?)(?:\{[^}]*\})?(?:\s*\[([^\]]*)\])?$`)

// codeImport is how VuePress includes code: @[code{1-3} js](../a.js).
var codeImport = regexp.MustCompile(`^@\[code(?:\{[^}]*\})?(?:[^\]]*)\]\(([^\s()]+)\)$`)

// An includer puts files of the content in the place of the lines that ask for
// them. It opens nothing outside of files.
type includer struct {
	files fs.FS
	left  int // bytes that may still come
	warn  func(n int, format string, args ...any)
}

// expand returns the lines of the file called name with what they include.
func (x *includer) expand(name string, lines []line, depth int) []line {
	var out []line
	for _, l := range lines {
		rest := strings.TrimLeft(l.text, " \t")
		indent := l.text[:len(l.text)-len(rest)]
		rest = strings.TrimRight(rest, " \t")
		m := snippet.FindStringSubmatch(rest)
		if of := codeImport.FindStringSubmatch(rest); of != nil {
			m = append(of, "")
		}
		if m != nil {
			if text, _, ok := x.read(name, m[1], l.n); ok {
				fence := "```"
				for strings.Contains(text, fence) {
					fence += "`"
				}
				title := ""
				if m[2] != "" {
					title = " [" + m[2] + "]"
				}
				out = append(out, line{text: indent + fence + strings.TrimPrefix(path.Ext(strings.Split(m[1], "#")[0]), ".") + title, n: l.n})
				out = append(out, linesOf(strings.TrimRight(text, "\n"), indent, l.n)...)
				out = append(out, line{text: indent + fence, n: l.n})
				continue
			}
		}
		found := false
		for _, p := range includes {
			m := p.FindStringSubmatch(rest)
			if m == nil || !hasIncludeMark(rest) {
				continue
			}
			text, file, ok := x.read(name, m[1], l.n)
			if !ok {
				continue
			}
			part := linesOf(strings.TrimRight(text, "\n"), indent, l.n)
			if depth < deepestInclude {
				part = x.expand(file, part, depth+1)
			}
			out = append(out, part...)
			found = true
			break
		}
		if !found {
			out = append(out, l)
		}
	}
	return out
}

func hasIncludeMark(s string) bool { return s[0] == '{' || s[0] == '<' || s[0] == '-' }

func linesOf(text, indent string, n int) []line {
	var out []line
	for _, l := range strings.Split(text, "\n") {
		if l != "" {
			l = indent + l
		}
		out = append(out, line{text: l, n: n})
	}
	return out
}

// read returns the part of a file that ref asks for, "file.md", "file.rs:2:10" or
// "file.rs:anchor", and the file's name. What cannot be had is warned of.
func (x *includer) read(from, ref string, n int) (text, file string, ok bool) {
	if x.files == nil {
		return "", "", false
	}
	ref, region, _ := strings.Cut(ref, "#")
	parts := strings.Split(ref, ":")
	var names []string
	switch {
	case strings.HasPrefix(parts[0], "@/"), strings.HasPrefix(parts[0], "/"):
		names = []string{strings.TrimPrefix(strings.TrimPrefix(parts[0], "@"), "/")}
	default:
		names = []string{path.Join(path.Dir(from), parts[0]), parts[0], path.Join("_includes", parts[0])}
	}
	for _, file = range names {
		file = path.Clean(file)
		if !fs.ValidPath(file) {
			continue
		}
		info, err := fs.Stat(x.files, file)
		if err != nil || !info.Mode().IsRegular() || info.Size() > int64(x.left) {
			continue
		}
		f, err := x.files.Open(file)
		if err != nil {
			continue
		}
		text, err = source.Text(file, f)
		f.Close()
		if err != nil {
			continue
		}
		if strings.HasSuffix(file, ".md") {
			if _, body, _, err := source.Split(file, text); err == nil {
				text = body
			}
		}
		x.left -= len(text)
		return part(text, parts[1:], region), file, true
	}
	x.warn(n, "%q cannot be included: there is no such file in the content, or the article would be longer than %d bytes", ref, mostIncluded)
	return "", "", false
}

// part returns lines a to b of a text, or those between two marks.
func part(text string, of []string, region string) string {
	lines := strings.Split(text, "\n")
	if len(of) > 0 && of[0] != "" {
		if _, err := strconv.Atoi(of[0]); err != nil {
			region = of[0]
		}
	}
	if region != "" {
		var in []string
		within := false
		for _, l := range lines {
			switch {
			case strings.Contains(l, "ANCHOR: "+region) || strings.Contains(l, "#region "+region):
				within = true
			case strings.Contains(l, "ANCHOR_END: "+region) || strings.Contains(l, "#endregion"):
				within = false
			case within && !strings.Contains(l, "ANCHOR"):
				in = append(in, l)
			}
		}
		return strings.Join(in, "\n")
	}
	if len(of) == 0 {
		return text
	}
	from, err := strconv.Atoi(of[0])
	if err != nil || from < 1 {
		from = 1
	}
	to := len(lines)
	if len(of) == 1 {
		to = from
	} else if n, err := strconv.Atoi(of[1]); err == nil {
		to = n
	}
	return strings.Join(lines[min(from-1, len(lines)):min(max(to, from-1), len(lines))], "\n")
}

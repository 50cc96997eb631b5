package site

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/kanbao/kanbao/index/article"
	"golang.org/x/text/unicode/norm"
)

// anchors know the places of an article by every name that links of its source may
// use: those that the source gives, and those that other generators make of
// headings. No two generators make the same, but all leave the letters and figures
// of a heading in their order, and number what comes twice.
type anchors struct {
	given    map[string]string   // IDs of elements by name
	headings map[string][]string // IDs of headings by their letters
	nameless []string            // headings without a letter of ASCII
}

// titleID is the ID of the element that has the article's title.
const titleID = "title"

func anchorsOf(a *article.Article) anchors {
	x := anchors{given: make(map[string]string), headings: make(map[string][]string)}
	x.heading(a.Title, titleID)
	sections, blocks := 0, 0
	for _, s := range a.Sections {
		id := titleID
		if s.Heading != "" {
			id = sectionID(sections)
			sections++
			x.heading(s.Heading, id)
		}
		x.give(s.Anchors, id)
		for _, b := range s.Blocks {
			blocks++
			x.give(b.Anchors, "p"+strconv.Itoa(blocks))
		}
	}
	return x
}

func (x *anchors) give(names, id string) {
	for _, name := range strings.Fields(names) {
		if _, ok := x.given[name]; !ok {
			x.given[name] = id
		}
	}
}

func (x *anchors) heading(text, id string) {
	x.give(anchor(text), id)
	key := letters(text)
	x.headings[key] = append(x.headings[key], id)
	if id != titleID && strings.IndexFunc(key, func(r rune) bool { return r < unicode.MaxASCII && unicode.IsLetter(r) }) < 0 {
		x.nameless = append(x.nameless, id)
	}
}

// numbered matches what generators add to a name that is there already, and what
// MkDocs and kramdown call headings that have no letter of ASCII.
var (
	numbered = regexp.MustCompile(`^(.+)[-_]([0-9]{1,3})$`)
	nameless = regexp.MustCompile(`^(?:_([0-9]{1,3})|section(?:-([0-9]{1,3}))?)$`)
)

// find returns the ID of the element that a fragment leads to.
func (x *anchors) find(fragment string) (id string, ok bool) {
	if fragment == "" || fragment == "top" {
		return titleID, true
	}
	for _, name := range []string{fragment, strings.ToLower(fragment), anchor(fragment)} {
		if id, ok := x.given[name]; ok && name != "" {
			return id, true
		}
	}
	if ids := x.headings[letters(fragment)]; len(ids) > 0 && letters(fragment) != "" {
		return ids[0], true
	}
	if m := numbered.FindStringSubmatch(fragment); m != nil {
		n, _ := strconv.Atoi(m[2])
		if ids := x.headings[letters(m[1])]; n < len(ids) && letters(m[1]) != "" {
			return ids[n], true
		}
	}
	if m := nameless.FindStringSubmatch(fragment); m != nil {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			k, _ := strconv.Atoi(m[2])
			n = k + 1
		}
		if n >= 1 && n <= len(x.nameless) {
			return x.nameless[n-1], true
		}
	}
	return "", false
}

// letters returns the letters and figures of a text, in one case and one form.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(s))
}

package site

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kanbao/kanbao/app/text"
	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/update"
)

// An entry is what the site remembers of an article after it has gone by.
type entry struct {
	ID       string
	Path     string // of its page, relative to the root
	Title    string
	Kicker   string
	Subtitle string
	Date     string
	Lead     []string // the paragraphs that it begins with, as far as they are kept
	Byline   string
	names    []string // of its authors, each once, as analyze.Name has them
	Minutes  int
	Tags     []string
	File     string
	Line     int

	Lang    string // of the article, where it is not the site's
	Updated string // YYYY-MM-DD
	Cover   string // path of a picture on the site, relative to the root

	Rank       string // on its page: rankBig, rankBrief or neither
	weight     weight
	weighs     int
	categories []string
	folderOf   *contentFolder // nil if the site has no folders, or it is in an edition

	addresses []string // others that lead here, as written
	cover     string   // the picture, as written
	coverSize sized    // the picture, if it is on the site
	order     string   // among the undated
	section   string   // what the folder is called

	key     string // article.EditionKey
	edition article.Edition
	// in is the edition that it has a place in, nil if its day has no page.
	in         *edition
	sheet      *sheet
	number     int // among the articles of its sheet, from 1
	position   int // among the articles of its edition, from 0
	anchors    anchors
	prev, next *entry
	// Where it was printed, and its pictures there. print is the page that it begins
	// on, nil if there is none.
	zones  []article.Zone
	sheets []article.Sheet
	cuts   []*cut
	print  *print
	// digest is that of the article as the index gets it. It is made once: by the
	// survey, or after its HTML has been cleaned if it has any.
	digest update.Digest
	// unchanged says that the last index has the same article. It is the survey that
	// asks, so it stays false where there is HTML.
	unchanged bool
}

// digested reports whether the digest is known yet.
func (e *entry) digested() bool { return e.digest != update.Digest{} }

// isOf reports whether an article that was read again is still that of the entry.
func (e *entry) isOf(a *article.Article) bool {
	return e.ID == a.ID && (e.unchanged || !e.digested() || e.digest == update.DigestOf(a))
}

func newEntry(a *article.Article, untitled string) *entry {
	e := &entry{
		ID: a.ID, Path: a.Path(), Kicker: a.Kicker, Title: a.Title, Subtitle: a.Subtitle, Date: a.Date,
		Lead: lead(a), Tags: a.Tags, File: a.File, Line: a.Line,
		key: a.EditionKey(), edition: a.Edition, zones: a.Zones, sheets: a.Sheets,
		Updated: a.Publication.Updated, addresses: a.Publication.Addresses, cover: a.Publication.Cover,
		weight: weigh(a), categories: a.Categories,
		order: a.Publication.Order, section: a.Publication.Folder,
	}
	if language.MatchString(a.Publication.Lang) {
		e.Lang = a.Publication.Lang
	}
	if strings.TrimSpace(e.Title) == "" {
		e.Title = untitled
	}
	if e.Date == "" {
		e.Date = a.Edition.Date
	}
	for _, p := range a.Pictures {
		e.cuts = append(e.cuts, &cut{Picture: p})
	}
	for _, by := range byRole(a.Authors) {
		if e.Byline != "" {
			e.Byline += "　"
		}
		e.Byline += strings.TrimSpace(by.Role + " " + strings.Join(by.Names, " "))
	}
	for _, by := range a.Authors {
		if name := analyze.Name(by.Name); name != "" && !slices.Contains(e.names, name) {
			e.names = append(e.names, name)
		}
	}
	texts := []string{a.Kicker, a.Title, a.Subtitle}
	for _, s := range a.Sections {
		for _, b := range s.Blocks {
			texts = append(texts, b.Text)
		}
	}
	e.Minutes = text.ReadingMinutes(texts...)
	e.anchors = anchorsOf(a)
	return e
}

// language matches the name of a language as HTML has it.
var language = regexp.MustCompile(`^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$`)

// printed reports whether the article says which page of a paper it stood on.
func (e *entry) printed() bool { return e.edition.Page != "" || e.edition.Name != "" }

// In is the edition that the article has a place in.
func (e *entry) In() *edition { return e.in }

// Prev is the article before it, nil if there is none.
func (e *entry) Prev() *entry { return e.prev }

// Next is the article after it, nil if there is none.
func (e *entry) Next() *entry { return e.next }

// A role is a role with those who had it.
type role struct {
	Role  string
	Names []string
}

// byRole joins neighbours of the same role: 记者 甲 乙.
func byRole(authors []article.Author) []role {
	var roles []role
	for _, a := range authors {
		if n := len(roles); n > 0 && roles[n-1].Role == a.Role {
			roles[n-1].Names = append(roles[n-1].Names, a.Name)
			continue
		}
		roles = append(roles, role{a.Role, []string{a.Name}})
	}
	return roles
}

// How many characters of an article a list shows, and how many it shows where
// the article leads.
const (
	longestOpening = 110
	longestLead    = 240
)

// Opening is what a list shows of the article: its first sentences.
func (e *entry) Opening() string {
	if len(e.Lead) == 0 {
		return ""
	}
	return cutAtSentence(e.Lead[0], longestOpening)
}

// inColumns is from how many characters on a lead stands in two columns: fewer make
// two stubs.
const inColumns = 160

// LongLead reports whether there is enough of the lead for two columns.
func (e *entry) LongLead() bool {
	n := 0
	for _, p := range e.Lead {
		n += utf8.RuneCountInString(p)
	}
	return n >= inColumns
}

// lead returns what the article gives as its summary, or its first paragraphs.
// A line of names may stand before them.
func lead(a *article.Article) []string {
	if s := strings.TrimSpace(a.Summary); s != "" {
		return []string{cutAtSentence(s, longestLead)}
	}
	var all []string
	room := longestLead
	for _, b := range a.Blocks {
		if b.Kind != article.Paragraph || strings.TrimSpace(b.Text) == "" {
			continue
		}
		s := withoutDateline(strings.Join(strings.Fields(b.Text), " "))
		if !isProse(s) {
			if len(all) == 0 && room == longestLead {
				all = []string{s} // better than nothing
			}
			continue
		}
		if room == longestLead {
			all = nil
		}
		s = cutAtSentence(s, room)
		all = append(all, s)
		if room -= utf8.RuneCountInString(s); room < longestLead/2 {
			break
		}
	}
	return all
}

// isProse reports whether s is more than a line of names or a label.
func isProse(s string) bool {
	return strings.ContainsAny(s, "。！？!?；;…") || utf8.RuneCountInString(s) >= 40
}

// isLatin reports whether words of the character's script are parted by spaces.
func isLatin(r rune) bool {
	return !unicode.Is(unicode.Han, r) && (unicode.IsLetter(r) || unicode.IsDigit(r) || r < unicode.MaxASCII)
}

// dateline is how agencies and papers begin: 江门日报讯（记者/陈婵）.
var dateline = regexp.MustCompile(`^[^。，,]{0,16}讯\s*[（(][^）)]{1,40}[）)]\s*`)

func withoutDateline(s string) string {
	if rest := dateline.ReplaceAllString(s, ""); rest != "" {
		return rest
	}
	return s
}

// cutAtSentence shortens s to at most n characters: after a sentence, else
// after a clause, else after a word, else where n characters end, with an
// ellipsis.
func cutAtSentence(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	for i := n - 1; i >= n/3; i-- {
		if !endsSentence(runes, i) {
			continue
		}
		for i+1 < n && strings.ContainsRune("”’」』）)", runes[i+1]) {
			i++
		}
		return string(runes[:i+1])
	}
	end := n - 1
	for i := n - 1; i >= n/2; i-- {
		if strings.ContainsRune("，、；：,;: ", runes[i]) {
			end = i
			break
		}
	}
	cut := strings.TrimRightFunc(string(runes[:end]), unicode.IsSpace)
	if isLatin(runes[end-1]) {
		return cut + "…"
	}
	return cut + "……"
}

// endsSentence reports whether a sentence ends with the character at i, which
// is not the last.
func endsSentence(runes []rune, i int) bool {
	return strings.ContainsRune("。！？!?", runes[i]) || runes[i] == '.' && runes[i+1] == ' '
}

// anchor makes of a heading what other tools take for its address, so that
// links written for them find it: lower case, spaces as hyphens, no punctuation.
func anchor(heading string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(heading)) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '-', r == '_':
			b.WriteRune(r)
		case unicode.IsSpace(r):
			b.WriteByte('-')
		}
	}
	return b.String()
}

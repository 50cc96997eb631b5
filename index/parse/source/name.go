package source

import (
	"path"
	"regexp"
	"strings"
	"unicode"

	"github.com/kanbao/kanbao/index/article"
)

var (
	nameDate = regexp.MustCompile(`(?:^|[^0-9])((?:1[89]|20)\d{2})(?:[-_./]?(\d{2})[-_./]?(\d{2})|[-_./](\d{1,2})[-_./](\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:$|[^0-9])`)
	// namePage matches a page's number: 第3版 (with a name behind it), A05, 03.
	namePage = regexp.MustCompile(`^(?i:第?([A-Z]{0,2}\d{1,3})版(.*)|([A-Z]{1,2}\d{1,3})|(\d{1,3}))$`)
	// latinWord matches what the name of an article has, and that of a page at most
	// once: a short name of its paper.
	latinWord = regexp.MustCompile(`^\p{Latin}{2,}$`)
	// compactName matches letters, a date and a page's number without anything
	// between them: rmrb2025101303.
	compactName = regexp.MustCompile(`^([A-Za-z]{2,12})((?:19|20)\d{6})(\d{2})$`)
	// paperName is how the names of papers end.
	paperName = regexp.MustCompile(`(?:报|时报|周刊|周报|快报|导报|校报|通讯)$`)
)

// FromName reads what a file's name says of the edition that it belongs to, as
// in "2024-09-05-A05-江海新闻.md" or "江门日报-20240905-03版.md". The date may
// stand in the name of a folder.
func FromName(name string) article.Edition {
	var e article.Edition
	dir, stem := path.Dir(name), Stem(name)
	stem = compactName.ReplaceAllString(stem, "$2-$3")
	e.Date, stem = cutDate(stem)
	if e.Date == "" {
		e.Date, _ = cutDate(dir)
	}
	parts := strings.FieldsFunc(stem, func(r rune) bool {
		return strings.ContainsRune("-_—–.·、，,()（）[]【】", r) || unicode.IsSpace(r)
	})
	var rest []string
	words := 0
	for _, p := range parts {
		if latinWord.MatchString(p) {
			words++
		}
	}
	for _, p := range parts {
		m := namePage.FindStringSubmatch(p)
		// A number alone is that of a page only where little else is said.
		bare := m != nil && m[4] != ""
		// Among words, L1 and i3 are names of things.
		named := m != nil && m[3] != "" && words > 1
		switch {
		case e.Page == "" && m != nil && !named && (!bare || e.Date != "" && len(parts) <= 3):
			e.Page = strings.ToUpper(m[1] + m[3] + m[4])
			if m[2] != "" {
				rest = append(rest, m[2])
			}
		case e.Paper == "" && paperName.MatchString(p):
			e.Paper = p
		default:
			rest = append(rest, p)
		}
	}
	// Words beside neither a date nor a page number are just a name for a file.
	if e.Page != "" || e.Paper != "" && e.Date != "" {
		e.Name = strings.Join(rest, " ")
	}
	if e.Date == "" && e.Page == "" {
		return article.Edition{}
	}
	return e
}

// DateFromName returns the date in a file's name or the names of its folders,
// the last of them, or "". Year, month and day may be folders of their own.
func DateFromName(name string) string {
	if date, _ := cutDate(Stem(name)); date != "" {
		return date
	}
	for dir := path.Dir(name); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if date, _ := cutDate(path.Base(dir)); date != "" {
			return date
		}
	}
	date, _ := cutDate(path.Dir(name))
	return date
}

// TitleFromName makes a title of a file's name, for want of a better one.
func TitleFromName(name string) string {
	_, rest := cutDate(Stem(name))
	rest = strings.Trim(strings.ReplaceAll(rest, "_", " "), " -")
	if rest == "" {
		return Stem(name)
	}
	return rest
}

// FirstSentence makes a title of a text that has none.
func FirstSentence(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	if i := strings.IndexAny(text, "。！？!?"); i > 0 {
		text = text[:i]
	}
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}

// Stem returns the last element of name without its extension.
func Stem(name string) string {
	base := path.Base(name)
	return strings.TrimSuffix(base, path.Ext(base))
}

// cutDate returns the first date in s and s without it.
func cutDate(s string) (date, rest string) {
	m := nameDate.FindStringSubmatchIndex(s)
	if m == nil {
		return "", s
	}
	group := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return s[m[2*i]:m[2*i+1]]
	}
	date, wrong := calendar(group(1), group(2)+group(4)+group(6), group(3)+group(5)+group(7))
	if wrong != "" {
		return "", s
	}
	end := m[3]
	for i := 3; i <= 7; i++ {
		end = max(end, m[2*i+1])
	}
	end += len(s[end:]) - len(strings.TrimPrefix(s[end:], "日"))
	return date, s[:m[2]] + " " + s[end:]
}

package newspaper

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/byline"
)

var (
	// goesOn matches the note at the end of what is printed on one page, comesFrom
	// that at the beginning of the rest, with the number of the other page.
	goesOn    = regexp.MustCompile(`[(（\[【]?\s*[▲▼►▶→]*\s*(?:[紧緊]接|下[转轉]|[转轉])第?\s*([A-Z]{0,2}\d{1,3}|[一二三四五六七八九十]{1,3})版?[▲▼►▶→]*\s*[)）\]】]?\s*$`)
	comesFrom = regexp.MustCompile(`^\s*[(（\[【]?\s*[▲▼◀◄←]*\s*(?:[紧緊]接|上接|接)第?\s*([A-Z]{0,2}\d{1,3}|[一二三四五六七八九十]{1,3})版?[▲▼◀◄←]*\s*[)）\]】]?`)
	noteMark  = regexp.MustCompile(`[紧緊]接|下[转轉]|上接|[(（\[【]\s*[转轉接]`)
)

// ContinuesOn returns the number of the page that an article says it goes on on.
func ContinuesOn(a *article.Article) (page string, ok bool) {
	if b := lastBlock(a); b != nil {
		return note(goesOn, b.Text)
	}
	return "", false
}

// ContinuedFrom returns the number of the page that an article says it is the rest
// of an article of, before its text or in its headline.
func ContinuedFrom(a *article.Article) (page string, ok bool) {
	for _, s := range []string{a.Kicker, a.Subtitle} {
		if page, ok := note(comesFrom, s); ok {
			return page, ok
		}
	}
	if b := firstBlock(a); b != nil {
		return note(comesFrom, b.Text)
	}
	return "", false
}

func note(re *regexp.Regexp, text string) (page string, ok bool) {
	m := re.FindStringSubmatch(text)
	if m == nil || !noteMark.MatchString(m[0]) {
		return "", false
	}
	return PageNumber(m[1]), true
}

// PageNumber writes the number of a page as ContinuesOn does: 「四」 and
// 「04」 are 4, 「A04」 is A4.
func PageNumber(s string) string {
	const digits = "零一二三四五六七八九"
	if r, _ := utf8.DecodeRuneInString(s); r > 0x80 {
		n, ten := 0, false
		for i, r := range []rune(s) {
			if r == '十' {
				ten = true
				n = max(n, 1) * 10
				continue
			}
			d := strings.Index(digits, string(r)) / 3
			if ten || i == 0 {
				n += d
			}
		}
		return itoa(n)
	}
	letters := strings.TrimRight(s, "0123456789")
	return letters + strings.TrimLeft(s[len(letters):], "0")
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

func firstBlock(a *article.Article) *article.Block {
	for _, b := range a.Blocks {
		if b.Kind == article.Paragraph {
			return b
		}
	}
	return nil
}

func lastBlock(a *article.Article) *article.Block {
	var last *article.Block
	for _, b := range a.Blocks {
		if b.Kind == article.Paragraph {
			last = b
		}
	}
	return last
}

// IsRest reports whether rest is what of begins: each says so of the other's page,
// and their titles do not contradict it.
func IsRest(of, rest *article.Article) bool {
	to, ok := ContinuesOn(of)
	from, found := ContinuedFrom(rest)
	return ok && found && to == PageNumber(rest.Edition.Page) && from == PageNumber(of.Edition.Page) && of.EditionKey() == rest.EditionKey()
}

// SameStory reports whether two titles are of one story: papers repeat the title
// on the page where it goes on, or a part of it.
func SameStory(a, b *article.Article) bool {
	for _, s := range []string{a.Title, a.Kicker, a.Subtitle} {
		for _, r := range []string{b.Title, b.Subtitle} {
			if s != "" && r != "" && (strings.Contains(s, r) || strings.Contains(r, s)) {
				return true
			}
		}
	}
	return false
}

// Join puts the rest of an article behind what it is the rest of. The notes that
// led from page to page lead nowhere then, and are left out; a sentence that the
// end of the page has torn is whole again.
func Join(a, rest *article.Article) {
	cut(lastBlock(a), goesOn)
	if b := firstBlock(rest); b != nil {
		cut(b, comesFrom)
	}
	dropEmpty(a)
	dropEmpty(rest)
	if end, begin := lastBlock(a), firstBlock(rest); end != nil && begin != nil && end.HTML == "" && begin.HTML == "" {
		from, to := piece{text: end.Text}, piece{text: begin.Text}
		if seen := groupsOf([]piece{from, to}); torn(from, to, seen) {
			end.Text = join(end.Text, begin.Text, seen)
			begin.Text = ""
			dropEmpty(rest)
		}
	}
	last := len(a.Sections) - 1
	a.Sections[last].Blocks = append(a.Sections[last].Blocks, rest.Sections[0].Blocks...)
	a.Sections = append(a.Sections, rest.Sections[1:]...)
	for _, author := range rest.Authors {
		byline.AddAuthor(a, author)
	}
	joinPrinted(a, rest)
	if a.Source == "" {
		a.Source = rest.Source
	}
}

// joinPrinted adds where the rest was printed.
func joinPrinted(a, rest *article.Article) {
	in := func(file string) string {
		if file == "" && rest.File != a.File {
			return rest.File
		}
		return file
	}
	for _, z := range rest.Zones {
		z.File = in(z.File)
		a.Zones = append(a.Zones, z)
	}
	for _, s := range rest.Sheets {
		s.File = in(s.File)
		a.Sheets = append(a.Sheets, s)
	}
	for _, p := range rest.Pictures {
		p.File = in(p.File)
		a.Pictures = append(a.Pictures, p)
	}
	for _, r := range rest.Rest {
		r.File = in(r.File)
		a.Rest = append(a.Rest, r)
	}
}

// cut takes a note out of a block that is nothing but text, or has the note in
// its HTML just so.
func cut(b *article.Block, re *regexp.Regexp) {
	at := re.FindStringIndex(b.Text)
	if at == nil {
		return
	}
	mark := b.Text[at[0]:at[1]]
	b.Text = strings.TrimSpace(b.Text[:at[0]] + b.Text[at[1]:])
	if b.HTML != "" {
		b.HTML = strings.Replace(b.HTML, mark, "", 1)
	}
}

func dropEmpty(a *article.Article) {
	for i := range a.Sections {
		kept := a.Sections[i].Blocks[:0]
		for _, b := range a.Sections[i].Blocks {
			if b.Text != "" || b.HTML != "" {
				kept = append(kept, b)
			}
		}
		a.Sections[i].Blocks = kept
	}
}

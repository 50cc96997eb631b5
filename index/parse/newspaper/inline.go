package newspaper

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
)

// inlineMark matches what may be Markdown within a line.
var inlineMark = regexp.MustCompile("\\*[^*\\s]|\\]\\(|`|~~|\\\\[!-/:-@\\[-`{-~]")

// inline makes the block of a paragraph, with its emphasis and links if it has
// any. All else that means something in Markdown is text on a newspaper page:
// 「1. 加强…」 is no list here, and 《老厂》 may be written <老厂>.
func (pg *page) inline(text string) (article.Block, error) {
	plain := article.Block{Kind: article.Paragraph, Text: text}
	if !inlineMark.MatchString(text) {
		return plain, nil
	}
	doc, err := pg.parser.md.Blocks(escapeText.Replace(text), "")
	if err != nil {
		return plain, err
	}
	if doc.Title != "" || len(doc.Sections) != 1 || len(doc.Sections[0].Blocks) != 1 {
		return plain, nil
	}
	if b := doc.Sections[0].Blocks[0]; b.Kind == article.Paragraph {
		return b, nil
	}
	return plain, nil
}

// escapeText keeps < and & from being read as HTML.
var escapeText = strings.NewReplacer("<", "&lt;", "&", "&amp;")

func verseBlock(p piece) article.Block {
	escaped := make([]string, len(p.lines))
	for i, l := range p.lines {
		escaped[i] = html.EscapeString(l)
	}
	return article.Block{Kind: article.Paragraph, Text: p.text, HTML: strings.Join(escaped, "<br/>\n")}
}

// splitHeadline parts a headline at the space between its two lines in print.
// A space beside a Latin word, or within quotation marks, parts nothing.
func splitHeadline(text string) (title, subtitle string) {
	for i, r := range text {
		if !unicode.IsSpace(r) || len(unclosed(text[:i])) > 0 {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		rest := strings.TrimLeftFunc(text[i:], unicode.IsSpace)
		after, _ := utf8.DecodeRuneInString(rest)
		if strings.ContainsRune(besides, before) || strings.ContainsRune(besides, after) {
			continue
		}
		if isSpaced(before) && isSpaced(after) || utf8.RuneCountInString(text[:i]) < 2 || utf8.RuneCountInString(rest) < 2 {
			continue
		}
		if (isLatin(before) || isLatin(after)) && r != '\u3000' {
			continue
		}
		return strings.TrimSpace(text[:i]), rest
	}
	return text, ""
}

// besides are the signs that part a headline by themselves, with or without the
// spaces around them.
const besides = "|｜丨∣·•・—–-－/／:：+＋&＆×、，,"

func isLatin(r rune) bool { return r < 0x250 && unicode.IsLetter(r) }

func isSpaced(r rune) bool { return isLatin(r) || r >= '0' && r <= '9' }

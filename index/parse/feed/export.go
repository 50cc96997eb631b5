package feed

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/source"
)

// An export is what a feed has of an item beside what readers of feeds get: WordPress
// and Blogger export a whole site as a feed, with its drafts, its pictures and its menus.
type export struct {
	Status   string `xml:"status"`
	Password string `xml:"post_password"`
	PostType string `xml:"post_type"`
	PostDate string `xml:"post_date"`
	Type     string `xml:"type"`          // Blogger's
	Draft    string `xml:"control>draft"` // Atom's publishing protocol
}

// noArticles are the kinds of items that are none.
var noArticles = []string{"attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request",
	"wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation", "wp_font_family", "wp_font_face", "comment", "template", "settings"}

// kindOf is the scheme of the category by which Blogger says what an entry is.
const kindOf = "http://schemas.google.com/g/2005#kind"

func (c category) isKind() bool { return c.Scheme == kindOf }

// other returns what an item is that is no article, or "".
func (it *item) other() string {
	kinds := []string{it.PostType, it.Type}
	for _, c := range it.Categories {
		if _, kind, found := strings.Cut(c.Term, "blogger/2008/kind#"); found && c.isKind() {
			kinds = append(kinds, kind)
		}
	}
	for _, k := range kinds {
		if k = strings.ToLower(strings.TrimSpace(k)); slices.Contains(noArticles, k) {
			return k
		}
	}
	return ""
}

// passed says which items of a feed are no articles.
func passed(name string, others map[string]int) *source.Error {
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(others)) {
		parts = append(parts, fmt.Sprintf("%d %s", others[kind], kind))
	}
	return &source.Error{File: name, Msg: "has items that are no articles: " + strings.Join(parts, ", "), Grade: source.Passed}
}

// release reads whether an item is published, as package source reads it elsewhere.
func (it *item) release(name string, line int) article.Release {
	object := map[string]any{"status": strings.TrimSpace(it.Status), "password": strings.TrimSpace(it.Password)}
	if draft := strings.TrimSpace(it.Draft); draft != "" {
		object["draft"] = draft
	}
	meta := source.MetaOf(name, line, object)
	return meta.Publication.Release
}

var (
	paragraphTag = regexp.MustCompile(`(?i)<(?:p|div|table|ul|ol|blockquote|pre|h[1-6])[\s>]`)
	caption      = regexp.MustCompile(`(?is)\[caption[^\]]*\](\s*(?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?)(.*?)\[/caption\]`)
	wpTag        = regexp.MustCompile(`\[/?(?:caption|embed|gallery|audio|video|playlist)(?:\s[^\]]*)?/?\]`)
	blankLine    = regexp.MustCompile(`\n[ \t]*\n`)
)

// body is the text of an item as HTML. That of WordPress has no paragraphs where the
// author wrote blank lines, and short codes of its own.
func (it *item) body() string {
	if it.PostType == "" {
		return it.Encoded
	}
	text := caption.ReplaceAllString(it.Encoded, "<figure>$1<figcaption>$2</figcaption></figure>")
	text = wpTag.ReplaceAllString(text, "")
	if paragraphTag.MatchString(text) && !blankLine.MatchString(text) {
		return text
	}
	var b strings.Builder
	pre := false
	for _, part := range blankLine.Split(strings.ReplaceAll(text, "\r\n", "\n"), -1) {
		switch {
		case pre || strings.Contains(part, "<pre"):
			pre = strings.LastIndex(part, "</pre") <= strings.LastIndex(part, "<pre")
			b.WriteString(part + "\n\n")
		case paragraphTag.MatchString(part) || strings.Contains(part, "<figure") || strings.Contains(part, "<!--"):
			b.WriteString(part + "\n\n")
		default:
			b.WriteString("<p>" + strings.ReplaceAll(strings.TrimSpace(part), "\n", "<br>") + "</p>\n")
		}
	}
	return b.String()
}

package markdown

import (
	"cmp"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// single returns the Markdown that a shortcode without another half stands for,
// and whether that has lines of its own. What is not known vanishes, but for what
// it has to say.
func (c *shortcode) single() (text string, block bool) {
	switch c.name {
	case "ref", "relref", "post_path", "post_url", "asset_path", "asset", "absurl", "relurl":
		return address(c.arg(0)), false
	case "post_link", "asset_link":
		return link(cmp.Or(rest(c.args, 1), c.arg(0)), c.arg(0)), false
	case "link":
		if strings.Contains(c.arg(0), "/") || strings.HasSuffix(c.arg(0), ".md") {
			return address(c.arg(0)), false // Jekyll's
		}
		if len(c.args) > 2 {
			return link(c.arg(0), c.arg(1)) + " " + escape(rest(c.args, 2)), false // Butterfly: title, address, description
		}
		return link(c.arg(0), c.arg(1)), false
	case "figure", "image", "img", "asset_img", "imgproc", "picture", "lightbox", "zoom-img":
		return c.picture()
	case "youtube", "bilibili", "vimeo", "video", "audio", "iframe", "pdf", "embed", "bilibili_video", "dplayer", "aplayer", "tweet", "x", "twitter", "instagram", "gist", "jsfiddle", "codepen", "ytlink", "music", "spotify":
		return c.film()
	case "button", "btn", "linkcard", "card", "content-ref", "file":
		return c.card(), false
	case "label", "badge", "kbd", "text", "span", "u", "del", "bubble", "icon", "fa", "emoji", "color", "mark":
		return c.words(), false
	case "ruby":
		return "<ruby>" + html.EscapeString(c.arg(0)) + "<rt>" + html.EscapeString(c.arg(1)) + "</rt></ruby>", false
	case "checkbox", "radio":
		box := "☐ "
		if strings.Contains(c.raw, "checked") {
			box = "☑ "
		}
		return box + c.words(), false
	case "include", "include_cached", "render", "partial":
		return c.included()
	case "layout", "param", "toc", "br", "hr", "assign", "if", "else", "elsif", "unless", "for", "case", "when", "capture", "cycle", "break", "continue", "increment":
		return "", false
	}
	if s := c.get("title", "caption", "text", "summary", "label"); s != "" {
		return s, false
	}
	// What it says in Chinese is for a reader.
	var words []string
	for _, a := range c.args {
		if !hasHan(a) || isPath(a) {
			continue
		}
		if at := strings.Index(c.raw, a); words == nil && strings.ContainsAny(c.raw[max(at, 0):], sentenceMarks) {
			return escape(strings.Trim(c.raw[max(at, 0):], "\"' \t\n")), false // a sentence, whole
		}
		words = append(words, a)
	}
	return escape(strings.Join(words, " ")), false
}

func rest(args []string, from int) string {
	if from >= len(args) {
		return ""
	}
	return strings.Join(args[from:], " ")
}

// address makes a target of a link out of what a shortcode says.
func address(s string) string {
	return strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E").Replace(strings.TrimSpace(s))
}

func link(label, to string) string {
	if to == "" {
		return escape(label)
	}
	return "[" + escape(cmp.Or(label, to)) + "](" + address(to) + ")"
}

// escape writes text so that it means nothing in Markdown.
func escape(s string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(s), " ") {
		if strings.ContainsRune("\\`*_[]<>~$|{}", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// sentenceMarks are signs that stand in sentences and in no name of a file.
const sentenceMarks = "，。？！；"

// isPath reports whether a word of a shortcode says where a file is.
func isPath(s string) bool {
	if strings.ContainsAny(s, sentenceMarks) {
		return false
	}
	return strings.Contains(s, "/") || pictureFile.MatchString(s)
}

var pictureFile = regexp.MustCompile(`(?i)\.(?:png|jpe?g|gif|webp|avif|svg|bmp)$`)

// picture is a picture with its caption: Hugo names what it says, Hexo has a class,
// the file, a size, a title and a description in this order.
func (c *shortcode) picture() (string, bool) {
	src := c.get("src", "link", "url", "name")
	args := c.args
	for i, a := range args {
		if src == "" && isPath(a) {
			src = a
			args = args[i+1:]
			break
		}
	}
	for len(args) > 0 && isNumber(args[0]) {
		args = args[1:]
	}
	var said []string
	for _, key := range []string{"title", "caption", "attr"} {
		if v := plainWords(c.get(key)); v != "" {
			said = append(said, v)
		}
	}
	caption := strings.Join(said, " ")
	if caption == "" && len(args) > 0 {
		caption = strings.Join(args, " ")
		// Hexo: '"title" "alt"'.
		if m := quotedWord.FindStringSubmatch(caption); m != nil {
			caption = m[1]
		}
	}
	if src == "" {
		return escape(caption), false
	}
	picture := "![" + escape(cmp.Or(c.get("alt"), caption)) + "](" + address(src)
	if caption != "" {
		picture += ` "` + strings.NewReplacer(`"`, `\"`, "\n", " ").Replace(caption) + `"`
	}
	return picture + ")", true
}

// plainWords takes the marks of emphasis and links off a caption.
func plainWords(s string) string {
	return strings.TrimSpace(strings.NewReplacer("**", "", "__", "", "`", "").Replace(linkMark.ReplaceAllString(s, "$1")))
}

var linkMark = regexp.MustCompile(`\[([^\[\]]*)\]\([^()]*\)`)

var quotedWord = regexp.MustCompile(`^"([^"]+)"`)

func isNumber(s string) bool {
	_, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSuffix(s, "px"), "%"))
	return err == nil
}

// film is something that other sites show, as a link to it with its title.
func (c *shortcode) film() (string, bool) {
	id := cmp.Or(c.get("src", "url", "id", "bvid", "href", "mp4", "file"), c.arg(0))
	if id == "" {
		return "", false
	}
	to := id
	switch {
	case strings.Contains(id, "/"):
	case c.name == "youtube" || c.name == "ytlink":
		to = "https://www.youtube.com/watch?v=" + url.QueryEscape(id)
	case c.name == "bilibili" || c.name == "bilibili_video":
		to = "https://www.bilibili.com/video/" + url.PathEscape(id)
	case c.name == "vimeo":
		to = "https://vimeo.com/" + url.PathEscape(id)
	case c.name == "gist":
		to = "https://gist.github.com/" + url.PathEscape(id) + "/" + url.PathEscape(c.arg(1))
	case c.name == "tweet", c.name == "x", c.name == "twitter":
		to = "https://x.com/i/status/" + url.PathEscape(cmp.Or(c.get("id"), id))
	}
	title := c.get("title", "caption", "name")
	if title == "" && len(c.args) > 1 && c.name != "gist" {
		for _, a := range c.args[1:] {
			if hasHan(a) {
				title = a
			}
		}
	}
	if u, err := url.Parse(to); err == nil && u.Host == "" && !strings.Contains(to, "/") && !strings.Contains(to, ".") {
		return escape(title), false
	}
	return link(cmp.Or(title, to), to), true
}

// included is what a template of the site would make of what it is given: a picture with its
// caption, a film, or words.
func (c *shortcode) included() (string, bool) {
	template := strings.ToLower(c.arg(0))
	if c.named["src"] == "" {
		c.named["src"] = cmp.Or(c.get("image_path", "path", "image", "img", "file"), c.named["url"])
	}
	switch {
	case pictureFile.MatchString(c.named["src"]):
		c.args = nil
		return c.picture()
	case strings.Contains(template, "youtube"), strings.Contains(template, "bilibili"), strings.Contains(template, "vimeo"), strings.Contains(template, "video"), strings.Contains(template, "audio"):
		for _, site := range []string{"youtube", "bilibili", "vimeo"} {
			if strings.Contains(template, site) || c.get("provider") == site {
				c.name = site
			}
		}
		c.args = nil
		return c.film()
	}
	return escape(c.get("caption", "title", "text", "content", "message", "alt")), false
}

// card is a link that is drawn as something else.
func (c *shortcode) card() string {
	words := strings.SplitN(strings.TrimSpace(c.raw), ",", 3)
	if c.name == "btn" && len(words) > 1 {
		return link(strings.TrimSpace(words[1]), words[0]) // NexT: url, text
	}
	to := c.get("href", "url", "link", "src", "relref", "ref")
	label := c.get("title", "text", "label", "name")
	for _, a := range c.args {
		if to == "" && isPath(a) {
			to = a
		} else if label == "" && hasHan(a) {
			label = a
		}
	}
	if label == "" && to == "" {
		return ""
	}
	return link(cmp.Or(label, to), to)
}

// words returns what of the arguments is said to a reader, not to a program.
func (c *shortcode) words() string {
	if _, text, found := strings.Cut(c.raw, "@"); found {
		return escape(text)
	}
	if s := c.get("text", "title", "content"); s != "" {
		return escape(s)
	}
	var out []string
	for _, a := range c.args {
		if !isStyle(a) && !strings.HasPrefix(a, "fa") {
			out = append(out, a)
		}
	}
	return escape(strings.Join(out, " "))
}

// isStyle reports whether a word of a tag says how it looks.
func isStyle(s string) bool {
	switch strings.TrimSuffix(s, ",") {
	case "primary", "default", "success", "info", "warning", "danger", "error", "note", "tip", "no-icon", "simple", "modern", "flat",
		"disabled", "blue", "red", "green", "orange", "pink", "purple", "yellow", "cyan", "gray", "grey", "black", "white", "light",
		"dark", "open", "close", "left", "right", "center", "true", "false", "outline", "large", "small", "block", "checked", "important", "caution", "hint", "abstract", "question", "quote", "example":
		return true
	}
	return isNumber(s) || strings.HasPrefix(s, "fa-") || strings.HasPrefix(s, "icon-") || strings.HasPrefix(s, "#")
}

func hasHan(s string) bool {
	return strings.IndexFunc(s, isCJK) >= 0
}

// title is what a container shows above its text.
func (c *shortcode) title() string {
	switch c.name {
	case "timeline": // Butterfly: {% timeline 2024,blue %}
		title, _, _ := strings.Cut(strings.TrimSpace(c.raw), ",")
		return title
	case "tabs", "tabpane", "cards", "columns", "steps", "grid", "row", "col", "section", "center", "div", "span", "raw", "gallery", "comment", "code-tabs", "if", "for", "unless", "case", "capture":
		return ""
	}
	if s := c.get("title", "summary", "header", "name", "label", "heading", "caption", "text", "author", "by", "source", "cite", "attribution"); s != "" {
		return s
	}
	var words []string
	for _, a := range c.args {
		a = strings.TrimSuffix(a, ",")
		if a == "" || isStyle(a) {
			continue
		}
		words = append(words, a)
	}
	s := strings.Join(words, " ")
	// A word of Latin letters alone is as a rule a class.
	if len(words) == 1 && !hasHan(s) && !titled[c.name] && !strings.Contains(strings.TrimSpace(c.raw), `"`) {
		return ""
	}
	return s
}

// titled are the containers whose first word is their title, whatever it is.
var titled = map[string]bool{
	"tab": true, "details": true, "expand": true, "spoiler": true, "folding": true, "hidetoggle": true, "hideToggle": true,
	"collapse": true, "accordion": true, "blockquote": true, "quote": true, "codeblock": true,
}

// holds reports whether the pair only holds others together, or has its text
// stand in the line.
func (c *shortcode) holds() bool {
	switch c.name {
	case "tabs", "tabpane", "cards", "columns", "column", "steps", "timeline", "grid", "row", "col", "section", "center", "div", "span", "gallery",
		"code-tabs", "if", "for", "unless", "case", "capture", "raw", "code", "mark", "kbd", "ruby", "highlight", "left", "right", "rawhtml", "p", "lead", "md", "markdown":
		return true
	}
	return false
}

// firstWord returns the first argument that can be the name of a language.
func (c *shortcode) language() string {
	for _, a := range c.args {
		if l, ok := strings.CutPrefix(a, "lang:"); ok {
			return l
		}
	}
	if l := c.get("lang", "language", "type"); l != "" {
		return l
	}
	if first := c.arg(0); c.name == "highlight" && first != "" && utf8.RuneCountInString(first) < 20 && !hasHan(first) {
		return first
	}
	switch c.name {
	case "mermaid", "plantuml", "chart", "echarts":
		return c.name
	}
	return ""
}

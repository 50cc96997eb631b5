package blocks

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// linkEmbeds writes what a page would embed from elsewhere, a film or another
// page, as a link with its title, and behind it what the page has to say to those who
// cannot see it. Of what a script would draw, only that stays.
func linkEmbeds(fragment string) string {
	lower := strings.ToLower(fragment)
	found := false
	for _, name := range []string{"<iframe", "<video", "<audio", "<embed", "<object", "<canvas", "<applet", "<noscript", "<noembed", "<noframes"} {
		found = found || strings.Contains(lower, name)
	}
	if !found {
		return fragment
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(fragment))
	var within *embed
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			b.Write(z.Raw())
			b.WriteString(within.link())
			return b.String()
		}
		raw := string(z.Raw())
		if kind == html.TextToken || kind == html.CommentToken {
			within.write(&b, raw)
			continue
		}
		t := z.Token()
		switch {
		case within != nil && kind == html.EndTagToken && t.Data == within.name:
			b.WriteString(within.link())
			within = nil
		case within != nil && (t.DataAtom == atom.Source || t.DataAtom == atom.Embed || t.DataAtom == atom.Param || t.DataAtom == atom.Track || isEmbed(t.DataAtom)):
			within.note(t)
			notRaw(z, kind, t)
		case t.DataAtom == atom.Img && within != nil && within.name == "noscript":
			// It stands beside the picture that waits for a script.
		case within != nil || kind == html.EndTagToken:
			within.write(&b, raw)
		case t.DataAtom == atom.Embed || kind == html.SelfClosingTagToken && isEmbed(t.DataAtom):
			e := &embed{name: t.Data}
			e.note(t)
			b.WriteString(e.link())
		case isEmbed(t.DataAtom):
			within = &embed{name: t.Data}
			within.note(t)
			notRaw(z, kind, t)
		default:
			b.WriteString(raw)
		}
	}
}

// notRaw has the tokenizer read what is in an element that it takes for raw text.
func notRaw(z *html.Tokenizer, kind html.TokenType, t html.Token) {
	if kind != html.StartTagToken {
		return
	}
	switch t.DataAtom {
	case atom.Iframe, atom.Noscript, atom.Noembed, atom.Noframes:
		z.NextIsNotRawText()
	}
}

func isEmbed(a atom.Atom) bool {
	switch a {
	case atom.Iframe, atom.Video, atom.Audio, atom.Object, atom.Canvas, atom.Applet, atom.Noscript, atom.Noembed, atom.Noframes:
		return true
	}
	return false
}

// An embed is an element that would show something of elsewhere.
type embed struct {
	name, src, title string
	text             strings.Builder // HTML that stands in it
}

// write adds HTML to what is in the element, or to b outside of one.
func (e *embed) write(b *strings.Builder, raw string) {
	if e != nil {
		b = &e.text
	}
	b.WriteString(raw)
}

func (e *embed) note(t html.Token) {
	for _, a := range t.Attr {
		switch a.Key {
		case "src", "data", "data-src":
			if e.src == "" {
				e.src = a.Val
			}
		case "title", "aria-label", "alt":
			if e.title == "" {
				e.title = a.Val
			}
		}
	}
}

// link returns what stands for the element: a link, and the text that the page has for
// those who cannot see it, unless that only says that they cannot.
func (e *embed) link() string {
	if e == nil {
		return ""
	}
	said := e.text.String()
	if IsExcuse(said) {
		said = ""
	}
	if strings.TrimSpace(e.src) == "" {
		return said
	}
	label := strings.TrimSpace(e.title)
	if label == "" {
		label = e.src
	}
	href := e.src
	if strings.HasPrefix(href, "//") {
		href = "https:" + href
	}
	return ` <a href="` + html.EscapeString(href) + `" rel="nofollow noreferrer">` + html.EscapeString(label) + "</a> " + said
}

var (
	anyTag = regexp.MustCompile(`<[^<>]*>`)
	// excuse matches what pages say in the place of what a browser cannot show.
	excuse = regexp.MustCompile(`(?i)(?:浏览器|瀏覽器).{0,12}(?:不支持|不支援|不能|无法|無法|版本|升级|升級|过低|过旧)|(?:不支持|不支援|未启用|未啟用|禁用了?).{0,20}(?:浏览器|瀏覽器|标签|標籤|视频|視頻|影片|音频|音頻|iframe|canvas|html5?|播放|javascript|脚本|框架)|` +
		`(?:不能|无法|無法)(?:正常)?(?:播放|显示|顯示|放|打开|打開|加载|載入|观看|觀看|预览|預覽)|(?:启用|啟用|开启|開啟|打开|打開|允许).{0,8}(?:javascript|js\b|脚本|腳本)|(?:安装|安裝|install|get).{0,16}flash|` +
		`(?:does ?n[o'’]t|does not|cannot|can[’']?t|not).{0,12}(?:support|display|play)|(?:enable|requires?|turn on|without|disabled) (?:java)?script|please.{0,20}(?:enable|upgrade)`)
)

// longestExcuse is how many characters an excuse has at most: it is a sentence or two.
const longestExcuse = 100

// IsExcuse reports whether HTML that a page has for those who cannot see something only
// says that they cannot see it.
func IsExcuse(fragment string) bool {
	if len(fragment) > 50*longestExcuse {
		return false
	}
	text := strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(fragment, ""))), " ")
	return text == "" && !strings.Contains(fragment, "<img") || utf8.RuneCountInString(text) <= longestExcuse && excuse.MatchString(text)
}

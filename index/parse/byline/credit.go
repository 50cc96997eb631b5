package byline

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
)

// A Credit is what one byline says.
type Credit struct {
	// Source is the paper or body that the text is from. 「本报」 and its like are
	// kept as they stand: only the page knows what paper it is of.
	Source  string
	Authors []article.Author
}

// Parse reads s, all of which must be a byline without its surroundings, such
// as "江门日报记者 陈婵 通讯员 区组轩" or "文/图 何榕". A byline names a person and a
// role; anything less is not taken for one.
func Parse(s string) (Credit, bool) { return withSimple(s, parse) }

func parse(s string) (Credit, bool) {
	if utf8.RuneCountInString(s) > 120 {
		return Credit{}, false
	}
	if names, ok := marked(s); ok {
		return names, true
	}
	var c reading
	all := words(s)
	labels := labelled(s)
	for i, w := range all {
		// 通讯员/任选 摄影/冯某: the role is that of the name behind it.
		if _, isRole := after[w]; isRole && c.role != "" && !c.prefix && i+1 < len(all) && labels[w] && isName(all[i+1]) {
			c.group, c.done = len(c.Authors), false
		}
		if !c.word(w) {
			return Credit{}, false
		}
	}
	if !c.hasRole || len(c.Authors) == 0 {
		return Credit{}, false
	}
	return c.Credit, true
}

// marked reads a line that is a mark and names, without a role: 「□ 韩小明」,
// 「◎杨帆」.
func marked(s string) (Credit, bool) {
	first, size := utf8.DecodeRuneInString(strings.TrimSpace(s))
	if !strings.ContainsRune("□◎○■◇☐▢", first) || utf8.RuneCountInString(s) > 40 {
		return Credit{}, false
	}
	var c Credit
	for _, w := range words(strings.TrimSpace(s)[size:]) {
		if _, isRole := after[w]; isRole || !isSurelyName(w) && !(isName(w) && strings.ContainsAny(w, "·•")) {
			return Credit{}, false
		}
		c.Authors = append(c.Authors, article.Author{Name: w})
	}
	return c, len(c.Authors) > 0 && len(c.Authors) <= 6
}

// labelled returns the words of a byline that a stroke or colon and a name follow.
func labelled(s string) map[string]bool {
	out := map[string]bool{}
	rest := s
	for {
		at := strings.IndexAny(rest, "/／:：")
		if at < 0 {
			return out
		}
		before := strings.FieldsFunc(rest[:at], func(r rune) bool {
			return unicode.IsSpace(r) || strings.ContainsRune("、，,|｜丨;；&＆+（）()", r) || isMark(r)
		})
		if len(before) > 0 {
			out[before[len(before)-1]] = true
		}
		_, size := utf8.DecodeRuneInString(rest[at:])
		rest = rest[at+size:]
	}
}

// hails matches where a person is from, in brackets behind the name: 陈某（湖北）.
var hails = regexp.MustCompile(`(\p{Han})[ \x{3000}]?[（(](?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|` +
	`内蒙古|广西|西藏|宁夏|新疆|香港|澳门|\p{Han}{2,8}[省市县区镇州])[)）]`)

// words cuts a byline at its separators and puts names of two characters that
// are set with a space between them (何 榕) together again.
func words(s string) []string {
	s = hails.ReplaceAllString(s, "$1 ")
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || isMark(r) })
	in := strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("/／、，,:：|｜丨;；&＆+（）()[]【】", r) || isMark(r)
	})
	var out []string
	for i := 0; i < len(in); i++ {
		if i+1 < len(in) && loneHan(in[i]) && loneHan(in[i+1]) {
			out = append(out, in[i]+in[i+1])
			i++
			continue
		}
		out = append(out, in[i])
	}
	return out
}

// loneHan reports whether w is one character that is no role by itself.
func loneHan(w string) bool {
	_, isRole := after[w]
	return utf8.RuneCountInString(w) == 1 && isHan(w) && !isRole
}

func isMark(r rune) bool {
	return strings.ContainsRune("□■◇◆○●◎△▲▽▼☆★※▪•◤◢►▶—–-*", r)
}

// reading is a byline while it is read from left to right.
type reading struct {
	Credit
	role    string // role of the names to come
	hasRole bool
	group   int  // index of the first author that the last role was given to
	prefix  bool // 文 and 图 stand before the names: 文/张三 图/李四
	text    bool // 文 came just before
	done    bool // the group has its role behind it; another name begins a new one
}

func (c *reading) word(w string) bool {
	if give, ok := after[w]; ok {
		c.shortRole(w, give)
		return true
	}
	c.text = false
	if m := role.FindStringSubmatch(w); m != nil && c.tradeRole(m[1], m[2], m[3]) {
		return true
	}
	if name, suffix, ok := cutShortRole(w); ok && isSurelyName(name) && !isSurelyName(w) {
		c.add(name)
		c.shortRole(suffix, after[suffix])
		return true
	}
	switch {
	case isName(w) && !(c.role == "" && isOffice(w)):
		c.add(w)
	case isOffice(w) || own.MatchString(w):
		c.from(w)
	default:
		return false
	}
	return true
}

// cutShortRole cuts the role off a name that is set without a space: 何榕摄.
func cutShortRole(w string) (name, suffix string, ok bool) {
	for _, suffix := range []string{"摄影报道", "综合报道", "报道", "供图", "摄影", "摄", "文", "图"} {
		if name, ok := strings.CutSuffix(w, suffix); ok {
			return name, suffix, true
		}
	}
	return w, "", false
}

// shortRole takes 文, 图, 摄 and their like, which stand before names as well as
// after them.
func (c *reading) shortRole(w, give string) {
	c.hasRole = true
	wasText := c.text
	c.text = w == "文"
	if c.prefix || len(c.Authors) == c.group {
		c.prefix = true
		c.group = len(c.Authors)
		c.role = give
		if wasText && give == "摄影" {
			c.role = both
		}
		return
	}
	for i := c.group; i < len(c.Authors); i++ {
		a := &c.Authors[i]
		switch {
		case wasText && give == "摄影":
			if a.Role == "文" {
				c.Authors = append(c.Authors, article.Author{Name: a.Name, Role: give})
			}
		case give == "摄影" || a.Role == "":
			a.Role = give
		}
	}
	c.done = true
}

// both is the role of somebody who wrote the text and took the pictures.
const both = "文/图"

// tradeRole takes a role with the employer before it and a name after it.
func (c *reading) tradeRole(employer, name, rest string) bool {
	if employer != "" && !own.MatchString(employer) && !isEmployer(employer) {
		return false
	}
	if c.group < len(c.Authors) && c.Authors[c.group].Role == "" {
		return false // what was taken for a name has no role before or behind it
	}
	var add []string
	give := ""
	if rest != "" {
		n := rest
		if cut, suffix, ok := cutShortRole(rest); ok && (isName(cut) || cut == "") && !(suffix == "文" || suffix == "图") {
			n, give = cut, suffix
		}
		if n != "" && (!isName(n) || verbs[name] || name == "摄影" && !isSurelyName(n)) {
			return false
		}
		if n != "" {
			add = append(add, n)
		}
	}
	if employer != "" {
		c.from(employer)
	}
	c.hasRole = true
	// 图/本报记者 李四: a reporter by trade, here the photographer.
	if !(c.prefix && c.role == "摄影" && c.group == len(c.Authors)) {
		c.role = name
	}
	c.group, c.done = len(c.Authors), false
	for _, n := range add {
		c.add(n)
	}
	if give != "" {
		c.shortRole(give, after[give])
	}
	return true
}

// isEmployer reports whether w, before a role, says whom the person works for:
// 江门日报, 新华社驻京, 南方网全媒体.
func isEmployer(w string) bool {
	w = strings.TrimSuffix(strings.TrimSuffix(w, "全媒体"), "融媒体")
	if w == "" || isOffice(w) || w == "本" {
		return true
	}
	before, place, found := strings.Cut(w, "驻")
	return found && isHan(place) && (before == "" || own.MatchString(before) || isOffice(before))
}

// from notes where the text is from; the first body named counts.
func (c *reading) from(w string) {
	w = strings.TrimSuffix(strings.TrimSuffix(w, "全媒体"), "融媒体")
	if before, _, found := strings.Cut(w, "驻"); found {
		w = before
	}
	if c.Source == "" && w != "本" {
		c.Source = w
	}
}

func (c *reading) add(name string) {
	if c.done {
		c.group, c.role, c.done = len(c.Authors), "", false
	}
	if c.role == both {
		c.Authors = append(c.Authors, article.Author{Name: name, Role: "文"}, article.Author{Name: name, Role: "摄影"})
		return
	}
	c.Authors = append(c.Authors, article.Author{Name: name, Role: c.role})
}

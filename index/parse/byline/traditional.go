package byline

import (
	"strings"

	"github.com/kanbao/kanbao/index/article"
)

// simple makes the characters of the words that bylines are read by simplified
// ones. Each has as many bytes as before.
var simple = strings.NewReplacer(
	"記", "记", "員", "员", "訊", "讯", "實", "实", "習", "习", "攝", "摄", "報", "报", "電", "电", "圖", "图", "綜", "综",
	"導", "导", "輯", "辑", "責", "责", "來", "来", "週", "周", "網", "网", "臺", "台", "發", "发", "專", "专", "聞", "闻",
	"據", "据", "學", "学", "會", "会", "廳", "厅", "處", "处", "館", "馆", "隊", "队", "辦", "办", "構", "构", "資", "资",
	"長", "长", "編", "编", "譯", "译", "見", "见", "約", "约", "體", "体", "區", "区", "縣", "县", "環", "环", "衛", "卫", "氣", "气", "農", "农", "業", "业", "務", "务", "場", "场", "監", "监", "審", "审", "計", "计", "統", "统", "財", "财", "稅", "税", "質", "质", "單", "单", "聯", "联", "辦", "办", "團", "团", "黨", "党", "醫", "医", "銀", "银", "廠", "厂", "組", "组", "號", "号", "頻", "频",
)

// withSimple reads s with simplified characters and gives what was found the
// characters that it is printed with.
func withSimple(s string, read func(string) (Credit, bool)) (Credit, bool) {
	folded := simple.Replace(s)
	c, ok := read(folded)
	if folded == s || len(folded) != len(s) {
		return c, ok
	}
	printed := func(word string) string {
		if i := strings.Index(folded, word); i >= 0 && word != "" {
			return s[i : i+len(word)]
		}
		return word
	}
	c.Source = printed(c.Source)
	authors := make([]article.Author, len(c.Authors))
	for i, a := range c.Authors {
		authors[i] = article.Author{Name: printed(a.Name), Role: printed(a.Role)}
	}
	c.Authors = authors
	return c, ok
}

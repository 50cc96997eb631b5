package cases

import "github.com/kanbao/kanbao/index/query"

// All returns the table.
func All() []Case {
	var all []Case
	for _, part := range [][]Case{words(), operators(), filters(), forms(), odd()} {
		all = append(all, part...)
	}
	return all
}

// Offers returns the table of completions.
func Offers() []Offer {
	return []Offer{
		{"潮", []string{"潮水", "潮汐"}},
		{"灯", []string{"灯塔"}},
		{"chaoshui", []string{"潮水", "潮水为什么一天来两次"}},
		{"chao", []string{"潮水"}},
		{"cs", []string{"潮水"}},
		{"月亮 chao", []string{"月亮 潮水"}},
	}
}

// absent is what no article has.
const absent = "穿山甲银行"

func text(s string) query.Query { return query.Query{Text: s, Limit: 7} }

func words() []Case {
	newest, oldest, second := text("太阳"), text("太阳"), text("太阳")
	newest.Sort, oldest.Sort = query.Newest, query.Oldest
	second.Limit, second.Offset = 1, 1
	return []Case{
		{"a word", text("潮水"), Want{Total: 4, First: []string{"潮水为什么一天来两次"}}},
		{"two words are both asked for", text("灯塔 台阶"), Want{Total: 1, First: []string{"三闪，黑，三闪"}}},
		{"a phrase", text(`"月亮拉着海"`), Want{Total: 1, First: []string{"潮水为什么一天来两次"}}},
		{"some of the words where no article has all", text("潮水 " + absent), Want{Total: 4, Relaxed: true, First: []string{"潮水为什么一天来两次"}}},
		{"a question", text("潮水为什么一天来两次"), Want{Any: true, First: []string{"潮水为什么一天来两次"}}},
		{"a title", text("面条是怎样筋道起来的"), Want{Any: true, First: []string{"面条是怎样筋道起来的"}}},
		{"the newest first", newest, Want{Total: 11}},
		{"the oldest first", oldest, Want{Total: 11}},
		{"the second hit", second, Want{Total: 11}},
		{"nothing", text(absent), Want{}},
		{"what is found without a word", text("潮水 " + absent + " -月亮"), Want{Any: true, Without: []string{absent + " 3"}}},
		{"what is found without a filter", text("潮水 author:姜禾 date:2023"), Want{Without: []string{"date=2023 1"}}},
		{"characters of the same sound", text("朝水"), Want{Meant: []string{"潮水"}}},
		{"a wrong letter", text("wfii"), Want{Meant: []string{"wifi"}}},
	}
}

// filters are chosen and not typed.
func filters() []Case {
	byTag := func(tags ...string) query.Query {
		q := text("海")
		q.Filters = []query.Filter{{Field: query.Tag, Values: tags}}
		q.Facets = []query.Field{query.Tag, query.Author, query.Date, query.Page, query.Source}
		return q
	}
	both := byTag("科学")
	both.Filters = append(both.Filters, query.Filter{Field: query.Author, Values: []string{"姜禾"}})
	not := byTag("科学")
	not.Filters[0].Not = true
	alone := byTag("科学")
	alone.Text = ""
	return []Case{
		{"a filter, which does not narrow its own counts", byTag("科学"), Want{Total: 3, Counts: []string{"tag 科学 3", "tag 历史 3", "author 姜禾 1", "date 2024 3", "date 2024-09 3"}}},
		{"two values of a field", byTag("科学", "历史"), Want{Total: 6, Counts: []string{"tag 科学 3"}}},
		{"two fields", both, Want{Total: 1, First: []string{"面条是怎样筋道起来的"}, Counts: []string{"author 姜禾 1"}}},
		{"not a value", not, Want{Total: 10}},
		{"nothing but a filter", alone, Want{Any: true, Counts: []string{"tag 科学 9", "date 2024-09 9"}}},
	}
}

// forms are words that are not written as the articles have them.
func forms() []Case {
	return []Case{
		{"full width and half width, upper and lower case", text("ＷｉＦｉ"), Want{Any: true, First: []string{"手机怎样知道自己在哪里"}}},
		{"traditional by simplified", text("书法"), Want{Total: 1, First: []string{"寫字的人，先學會等"}}},
		{"simplified by traditional", text("潮水為什麼一天來兩次"), Want{Any: true, First: []string{"潮水为什么一天来两次"}}},
		{"pinyin", text("chaoshui"), Want{Total: 4, First: []string{"潮水为什么一天来两次"}, Read: []string{"chaoshui=潮水"}}},
		{"pinyin in two parts, with a word", text("deng ta 台阶"), Want{Any: true, First: []string{"三闪，黑，三闪"}}},
		{"initials", text("dt"), Want{Any: true, Read: []string{"dt=灯塔"}}},
		{"characters and pinyin", text("潮shui"), Want{Any: true, First: []string{"潮水为什么一天来两次"}}},
		{"traditional as it stands", text("書法"), Want{Total: 1, First: []string{"寫字的人，先學會等"}}},
	}
}

// odd are queries that nobody types on purpose: they are answered, and alike.
func odd() []Case {
	var all []Case
	for _, s := range []string{"潮", "月亮 地球", "2024年", "10个", "，", `"`, `""`, "-", "a:b", "OR", "潮水 OR", "date:", "date:x", " 潮水 ", "潮水\t-", "(", "title:"} {
		all = append(all, Case{"odd: " + s, text(s), Want{Any: true}})
	}
	return all
}

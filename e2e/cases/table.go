package cases

import "github.com/kanbao/kanbao/index/query"

// All returns the table.
func All() []Case {
	var all []Case
	for _, part := range [][]Case{words(), operators(), forms(), odd()} {
		all = append(all, part...)
	}
	return all
}

// Offers returns the table of completions.
func Offers() []Offer {
	return []Offer{
		{"潮", []string{"潮水", "潮汐"}},
		{"灯", []string{"灯塔"}},
		{absent, nil},
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
	}
}

// forms are words that are not written as the articles have them.
func forms() []Case {
	return []Case{
		{"full width and half width, upper and lower case", text("ＷｉＦｉ"), Want{Any: true, First: []string{"手机怎样知道自己在哪里"}}},
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

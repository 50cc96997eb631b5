package cases

import "github.com/kanbao/kanbao/index/query"

// operators are what narrows a query as it is typed, and the same as filters.
func operators() []Case {
	filtered := text("潮水")
	filtered.Filters = []query.Filter{{Field: query.Tag, Values: []string{"科学"}}}
	counted := text("date:2024-09-12 -月亮")
	counted.Facets = []query.Field{query.Date, query.Author}
	own := text("作者：姜禾")
	own.Facets = []query.Field{query.Author}
	return []Case{
		{"one word and not the other", text("太阳 -月亮"), Want{Total: 9}},
		{"a minus of an input method", text("太阳 －月亮"), Want{Total: 9}},
		{"not in a phrase", text(`太阳 -"月亮拉着海"`), Want{Total: 10}},
		{"one word or the other", text("灯塔 OR 面条"), Want{Total: 3}},
		{"one or the other with a bar", text("灯塔|面条"), Want{Total: 3}},
		{"in the title", text("title:潮水"), Want{Total: 1, First: []string{"潮水为什么一天来两次"}}},
		{"in the title, in Chinese", text("标题：潮水"), Want{Total: 1, First: []string{"潮水为什么一天来两次"}}},
		{"nothing but an author", text("作者:姜禾"), Want{Total: 2, First: []string{"把读过的那句话找回来"}}},
		{"nothing but a tag", text("tag:科学"), Want{Total: 9}},
		{"a month", text("date:2024-09"), Want{Total: 33}},
		{"none of a year", text("太阳 -date:2024"), Want{}},
		{"days with an open end", text("太阳 date:2024-09-12.."), Want{Any: true}},
		{"a page by its number", text("版面:A05"), Want{Any: true, First: []string{"台风为什么总朝一个方向转"}}},
		{"a filter that was not typed", filtered, Want{Any: true}},
		{"counted by month and author", counted, Want{Any: true, Counts: []string{"date 2024-09 29", "author 姜禾 1"}}},
		{"a filter does not narrow its own counts", own, Want{Total: 2, Counts: []string{"author 姜禾 2"}}},
		{"a colon in a text is text", text("时间:九点"), Want{Total: 7}},
	}
}

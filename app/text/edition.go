package text

import "strconv"

// Edition has the words by which one turns from day to day and from list to list.
type Edition struct {
	Calendar  string    // name of the navigation from day to day
	Weekdays  [7]string // from Monday on, as short as can be
	LongDays  [7]string // the same in full
	WholeDay  string    // link to the front page of a day
	AllOf     func(month string) string
	OneBefore string // name of the link to the month before
	OneAfter  string
	Crumbs    string                 // name of the way from the front page to an article
	NthOf     func(n, of int) string // which article of its page
	Column    string
	Columns   string
	OfColumn  func(name string) string
	Authors   string
	By        func(name string) string
	// What the lists of columns and of authors say of themselves.
	ColumnsIntro, AuthorsIntro string
	Folders                    string
	OfFolder                   func(name string) string
	Inside                     string // folders within a folder
	Months                     string
	All                        string
	ReadOn                     string // offer: go on where the reader stopped
	FromTop                    string
	Before                     string // link to the page before, of a list that is not in order of time
	After                      string
}

func editionFor(lang string) Edition {
	switch lang {
	case Hant:
		return Edition{
			Calendar: "按日期翻", Weekdays: [7]string{"一", "二", "三", "四", "五", "六", "日"},
			LongDays: [7]string{"星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"},
			WholeDay: "翻開這一期", AllOf: func(m string) string { return m + "的全部文章" }, OneBefore: "上個月", OneAfter: "下個月",
			Crumbs: "您在這裡", NthOf: func(n, of int) string { return "第" + strconv.Itoa(n) + "篇，共" + strconv.Itoa(of) + "篇" },
			Column: "欄目", Columns: "全部欄目", OfColumn: func(s string) string { return "欄目：" + s },
			Authors: "全部作者", By: func(s string) string { return s + "的文章" },
			ColumnsIntro: "按欄目找文章。數字是每個欄目的文章篇數。", AuthorsIntro: "按作者找文章。數字是每位作者的文章篇數。",
			Folders: "目錄", OfFolder: func(s string) string { return "目錄：" + s }, Inside: "下一層", Months: "按月看", All: "全部",
			ReadOn: "接著上次的地方讀", FromTop: "不用了", Before: "上一頁", After: "下一頁",
		}
	case English:
		return Edition{
			Calendar: "Turn by date", Weekdays: [7]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"},
			LongDays: [7]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
			WholeDay: "Open this edition", AllOf: func(m string) string { return "All of " + m }, OneBefore: "Month before", OneAfter: "Month after",
			Crumbs: "You are here", NthOf: func(n, of int) string { return "Article " + strconv.Itoa(n) + " of " + strconv.Itoa(of) },
			Column: "Section", Columns: "All sections", OfColumn: func(s string) string { return "Section: " + s },
			Authors: "All authors", By: func(s string) string { return "Articles by " + s },
			ColumnsIntro: "Find articles by section. The number says how many there are.", AuthorsIntro: "Find articles by author. The number says how many there are.",
			Folders: "Contents", OfFolder: func(s string) string { return "Contents: " + s }, Inside: "Within it", Months: "By month", All: "All",
			ReadOn: "Go on where you stopped", FromTop: "No, thanks", Before: "Back in the list", After: "On in the list",
		}
	}
	return Edition{
		Calendar: "按日期翻", Weekdays: [7]string{"一", "二", "三", "四", "五", "六", "日"},
		LongDays: [7]string{"星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"},
		WholeDay: "翻开这一期", AllOf: func(m string) string { return m + "的全部文章" }, OneBefore: "上个月", OneAfter: "下个月",
		Crumbs: "您在这里", NthOf: func(n, of int) string { return "第" + strconv.Itoa(n) + "篇，共" + strconv.Itoa(of) + "篇" },
		Column: "栏目", Columns: "全部栏目", OfColumn: func(s string) string { return "栏目：" + s },
		Authors: "全部作者", By: func(s string) string { return s + "的文章" },
		ColumnsIntro: "按栏目找文章。数字是每个栏目的文章篇数。", AuthorsIntro: "按作者找文章。数字是每位作者的文章篇数。",
		Folders: "目录", OfFolder: func(s string) string { return "目录：" + s }, Inside: "下一层", Months: "按月看", All: "全部",
		ReadOn: "接着上次的地方读", FromTop: "不用了", Before: "上一页", After: "下一页",
	}
}

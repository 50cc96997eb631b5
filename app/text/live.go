package text

import (
	"cmp"
	"strconv"
)

// Live has the words of the live views: search results, an article out of the
// index, and what is said when something cannot be had.
type Live struct {
	Title   func(q string) string // of the page while q is searched for
	Results string                // name of the list of hits
	Count   func(total int, exact bool) string
	Relaxed string // no article has all of the words
	More    func(n int) string
	Back    string // link from an article to the results
	By      string // name of the choice of an order
	Best    string // the orders
	Newest  string
	Oldest  string

	// What the search field offers.
	Offers    string                  // name of the list
	OfArticle string                  // beside a title
	OfCount   func(n int) string      // beside what n articles have
	NoOffers  func(why string) string // there are none, because of an error

	// What was searched for on this device.
	Recent       string // name of the list
	Forget       string // line: forget these
	ForgetAlways string // line: and remember none any more
	Remember     string // button: remember again

	// What has been made of a query.
	ReadAs     func(typed string) string // before what a word was read as
	Meant      string                    // before other queries
	Understood string                    // before the words and filters looked for
	Leave      string                    // heading: leave out one of them
	Without    func(what string) string
	Else       string // heading: what else can be done
	Quoted     func(word string) string
	Comma      string
	Colon      string

	// What results are narrowed to.
	Narrow   string                   // button and heading
	Chosen   string                   // name of the list of filters
	Field    func(name string) string // of a query.Field
	Filter   func(field, values string) string
	Not      func(filter string) string
	Between  func(from, to string) string // either may be empty
	Drop     func(filter string) string
	DropAll  string
	Unfold   func(n int) string // show all n values
	Fold     string
	Counting string
	Alike    string             // there is nothing to tell the articles apart by
	See      func(n int) string // button: from the filters to the n articles

	Prompt     string // nothing has been typed yet
	PromptHelp string
	Searching  string
	Opening    string
	None       func(q string) string
	NoneHelp   []string

	// What went wrong, and what can be done about it.
	Unreachable     string
	UnreachableHelp string
	Outdated        string
	OutdatedHelp    string
	Damaged         string
	DamagedHelp     string
	Failed          string
	FailedHelp      string
	Missing         string
	MissingHelp     string
	TooLong         string // the query is
	TooLongHelp     func(characters, words int) string
	Again           string // button: try again
	Reload          string // button: load the page anew
}

// LiveFor returns the words of a language, or the simplified Chinese ones where
// the language is not one of Languages.
func LiveFor(lang string) *Live {
	switch lang {
	case Hant:
		return liveHant()
	case English:
		return liveEnglish()
	}
	return liveHans()
}

func liveHans() *Live {
	return &Live{
		Title:   func(q string) string { return "搜索“" + q + "”" },
		Results: "搜索结果",
		Count: func(n int, exact bool) string {
			if exact {
				return "找到" + strconv.Itoa(n) + "篇文章"
			}
			return "约" + strconv.Itoa(n) + "篇文章"
		},
		Relaxed: "没有一篇文章同时有这些词。下面的文章有其中一部分。",
		More:    func(n int) string { return "再看" + strconv.Itoa(n) + "篇" },
		Back:    "回到搜索结果",
		By:      "排列顺序",
		Best:    "最相关",
		Newest:  "最新",
		Oldest:  "最早",

		Offers:    "搜索提示",
		OfArticle: "文章",
		OfCount:   func(n int) string { return strconv.Itoa(n) + "篇" },
		NoOffers:  func(why string) string { return "给不出提示：" + why },

		Recent:       "最近搜索过",
		Forget:       "清除这些记录",
		ForgetAlways: "清除，以后也不再记录",
		Remember:     "在这台设备上记住搜索过的词",

		ReadAs:     func(typed string) string { return "“" + typed + "”按这样查找：" },
		Meant:      "您是不是要找：",
		Understood: "按这些一起查找：",
		Leave:      "去掉一样，就能找到",
		Without:    func(what string) string { return "去掉" + what },
		Else:       "还可以这样",
		Quoted:     func(word string) string { return "“" + word + "”" },
		Comma:      "、",
		Colon:      "：",

		Narrow: "筛选",
		Chosen: "已经选了",
		Field: func(name string) string {
			return cmp.Or(map[string]string{
				"date": "日期", "page": "版面", "author": "作者", "source": "来源",
				"tag": "标签", "category": "分类", "person": "人物", "place": "地点", "org": "机构",
			}[name], name)
		},
		Filter: func(field, values string) string { return field + "：" + values },
		Not:    func(filter string) string { return "不要" + filter },
		Between: func(from, to string) string {
			switch {
			case from == "":
				return to + "和以前"
			case to == "":
				return from + "和以后"
			}
			return from + "到" + to
		},
		Drop:     func(filter string) string { return "去掉" + filter },
		DropAll:  "全部去掉",
		Unfold:   func(n int) string { return "全部" + strconv.Itoa(n) + "个" },
		Fold:     "收起",
		Counting: "正在统计……",
		Alike:    "这些文章没有可以再细分的。",
		See:      func(n int) string { return "看这" + strconv.Itoa(n) + "篇文章" },

		Prompt:     "想找什么？",
		PromptHelp: "在上面的框里输入字、词或整句话，边打字边出结果。",
		Searching:  "正在查找……",
		Opening:    "正在打开文章……",
		None:       func(q string) string { return "没有找到“" + q + "”" },
		NoneHelp: []string{
			"看看有没有打错字，或者少打几个字。",
			"换一个说法，比如只输入人名、地名或其中两个字。",
			"如果用了引号，去掉引号就会放宽。",
		},

		Unreachable:     "现在连不上网络",
		UnreachableHelp: "这部分内容还没有存到您的设备上。等网络好了，再试一次就行；已经打开过的文章照样可以读。",
		Outdated:        "网站刚刚更新过",
		OutdatedHelp:    "这一页是更新之前打开的。重新打开这一页，就可以接着搜索。",
		Damaged:         "搜索用的文件坏了",
		DamagedHelp:     "文章照样可以阅读。请告诉网站的管理员：索引文件不完整，需要重新上传。",
		Failed:          "搜索出了错",
		FailedHelp:      "这是程序的毛病，不是您的操作有问题。文章照样可以阅读，也可以再试一次。",
		Missing:         "找不到这篇文章",
		MissingHelp:     "它可能已经移走，或者地址抄错了。",
		TooLong:         "要找的内容太长了",
		TooLongHelp: func(characters, words int) string {
			return "一次最多输入" + strconv.Itoa(characters) + "个字、" + strconv.Itoa(words) + "个词。请只留下最要紧的几个词。"
		},
		Again:  "再试一次",
		Reload: "重新打开这一页",
	}
}

func liveHant() *Live {
	return &Live{
		Title:   func(q string) string { return "搜尋「" + q + "」" },
		Results: "搜尋結果",
		Count: func(n int, exact bool) string {
			if exact {
				return "找到" + strconv.Itoa(n) + "篇文章"
			}
			return "約" + strconv.Itoa(n) + "篇文章"
		},
		Relaxed: "沒有一篇文章同時有這些詞。下面的文章有其中一部分。",
		More:    func(n int) string { return "再看" + strconv.Itoa(n) + "篇" },
		Back:    "回到搜尋結果",
		By:      "排列順序",
		Best:    "最相關",
		Newest:  "最新",
		Oldest:  "最早",

		Offers:    "搜尋提示",
		OfArticle: "文章",
		OfCount:   func(n int) string { return strconv.Itoa(n) + "篇" },
		NoOffers:  func(why string) string { return "給不出提示：" + why },

		Recent:       "最近搜尋過",
		Forget:       "清除這些記錄",
		ForgetAlways: "清除，以後也不再記錄",
		Remember:     "在這台裝置上記住搜尋過的詞",

		ReadAs:     func(typed string) string { return "「" + typed + "」按這樣查找：" },
		Meant:      "您是不是要找：",
		Understood: "按這些一起查找：",
		Leave:      "去掉一樣，就能找到",
		Without:    func(what string) string { return "去掉" + what },
		Else:       "還可以這樣",
		Quoted:     func(word string) string { return "「" + word + "」" },
		Comma:      "、",
		Colon:      "：",

		Narrow: "篩選",
		Chosen: "已經選了",
		Field: func(name string) string {
			return cmp.Or(map[string]string{
				"date": "日期", "page": "版面", "author": "作者", "source": "來源",
				"tag": "標籤", "category": "分類", "person": "人物", "place": "地點", "org": "機構",
			}[name], name)
		},
		Filter: func(field, values string) string { return field + "：" + values },
		Not:    func(filter string) string { return "不要" + filter },
		Between: func(from, to string) string {
			switch {
			case from == "":
				return to + "和以前"
			case to == "":
				return from + "和以後"
			}
			return from + "到" + to
		},
		Drop:     func(filter string) string { return "去掉" + filter },
		DropAll:  "全部去掉",
		Unfold:   func(n int) string { return "全部" + strconv.Itoa(n) + "個" },
		Fold:     "收起",
		Counting: "正在統計……",
		Alike:    "這些文章沒有可以再細分的。",
		See:      func(n int) string { return "看這" + strconv.Itoa(n) + "篇文章" },

		Prompt:     "想找什麼？",
		PromptHelp: "在上面的框裡輸入字、詞或整句話，邊打字邊出結果。",
		Searching:  "正在查找……",
		Opening:    "正在打開文章……",
		None:       func(q string) string { return "沒有找到「" + q + "」" },
		NoneHelp: []string{
			"看看有沒有打錯字，或者少打幾個字。",
			"換一個說法，比如只輸入人名、地名或其中兩個字。",
			"如果用了引號，去掉引號就會放寬。",
		},

		Unreachable:     "現在連不上網路",
		UnreachableHelp: "這部分內容還沒有存到您的裝置上。等網路好了，再試一次就行；已經打開過的文章照樣可以讀。",
		Outdated:        "網站剛剛更新過",
		OutdatedHelp:    "這一頁是更新之前打開的。重新打開這一頁，就可以接著搜尋。",
		Damaged:         "搜尋用的檔案壞了",
		DamagedHelp:     "文章照樣可以閱讀。請告訴網站的管理員：索引檔案不完整，需要重新上傳。",
		Failed:          "搜尋出了錯",
		FailedHelp:      "這是程式的毛病，不是您的操作有問題。文章照樣可以閱讀，也可以再試一次。",
		Missing:         "找不到這篇文章",
		MissingHelp:     "它可能已經移走，或者地址抄錯了。",
		TooLong:         "要找的內容太長了",
		TooLongHelp: func(characters, words int) string {
			return "一次最多輸入" + strconv.Itoa(characters) + "個字、" + strconv.Itoa(words) + "個詞。請只留下最要緊的幾個詞。"
		},
		Again:  "再試一次",
		Reload: "重新打開這一頁",
	}
}

func liveEnglish() *Live {
	return &Live{
		Title:   func(q string) string { return "Search for “" + q + "”" },
		Results: "Search results",
		Count: func(n int, exact bool) string {
			if exact {
				return plural(n, "article", "articles") + " found"
			}
			return "About " + plural(n, "article", "articles")
		},
		Relaxed: "No article has all of these words. Those below have some of them.",
		More:    func(n int) string { return "Show " + strconv.Itoa(n) + " more" },
		Back:    "Back to the results",
		By:      "Order",
		Best:    "Best",
		Newest:  "Newest",
		Oldest:  "Oldest",

		Offers:    "Suggestions",
		OfArticle: "article",
		OfCount:   strconv.Itoa,
		NoOffers:  func(why string) string { return "No suggestions: " + why },

		Recent:       "Recent searches",
		Forget:       "Clear these",
		ForgetAlways: "Clear these, and remember no more",
		Remember:     "Remember searches on this device",

		ReadAs:     func(typed string) string { return "“" + typed + "” was read as " },
		Meant:      "Did you mean ",
		Understood: "Looked for all of: ",
		Leave:      "Leave one out, and there is",
		Without:    func(what string) string { return "without " + what },
		Else:       "What else you can do",
		Quoted:     func(word string) string { return "“" + word + "”" },
		Comma:      ", ",
		Colon:      ": ",

		Narrow: "Filter",
		Chosen: "Filters that are on",
		Field: func(name string) string {
			return cmp.Or(map[string]string{
				"date": "Date", "page": "Page", "author": "Author", "source": "Source",
				"tag": "Topic", "category": "Category", "person": "People", "place": "Places", "org": "Organisations",
			}[name], name)
		},
		Filter: func(field, values string) string { return field + ": " + values },
		Not:    func(filter string) string { return "not " + filter },
		Between: func(from, to string) string {
			switch {
			case from == "":
				return "until " + to
			case to == "":
				return "from " + from
			}
			return from + " to " + to
		},
		Drop:     func(filter string) string { return "Remove " + filter },
		DropAll:  "Remove all",
		Unfold:   func(n int) string { return "All " + strconv.Itoa(n) },
		Fold:     "Fewer",
		Counting: "Counting…",
		Alike:    "There is nothing to tell these articles apart by.",
		See:      func(n int) string { return "See " + plural(n, "article", "articles") },

		Prompt:     "What are you looking for?",
		PromptHelp: "Type a character, a word or a whole sentence above. Results appear as you type.",
		Searching:  "Searching…",
		Opening:    "Opening the article…",
		None:       func(q string) string { return "Nothing found for “" + q + "”" },
		NoneHelp: []string{
			"Look for a slip of the keys, or type less.",
			"Say it another way: only a name, a place, or two characters of it.",
			"Quotation marks ask for the exact words; without them more is found.",
		},

		Unreachable:     "There is no network",
		UnreachableHelp: "This part has not been stored on your device yet. Try again when the network is back; articles that you have opened before can still be read.",
		Outdated:        "The site has just been updated",
		OutdatedHelp:    "This page was opened before the update. Open it anew to go on searching.",
		Damaged:         "A file that search needs is damaged",
		DamagedHelp:     "The articles can still be read. Please tell whoever keeps this site that the index is not whole and must be uploaded again.",
		Failed:          "Search has failed",
		FailedHelp:      "This is a fault of the program, not of yours. The articles can still be read, and you can try again.",
		Missing:         "There is no such article",
		MissingHelp:     "It may have been moved, or the address has a slip in it.",
		TooLong:         "This is too much to search for at a time",
		TooLongHelp: func(characters, words int) string {
			return "Type up to " + strconv.Itoa(characters) + " characters and " + strconv.Itoa(words) + " words. Keep those that matter most."
		},
		Again:  "Try again",
		Reload: "Open this page anew",
	}
}

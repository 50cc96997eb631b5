package text

import "strconv"

func siteHans() *Site {
	return &Site{
		Lang:        Hans,
		Choices:     choicesFor(Hans),
		Skip:        "跳到正文",
		Sections:    "导航",
		Front:       "头版",
		Home:        "首页",
		Archive:     "往期",
		Tags:        "标签",
		Categories:  "分类",
		Feed:        "订阅",
		Search:      "搜索",
		SearchLabel: "搜索全部文章",
		SearchHint:  "输入字、词或整句话",
		MadeWith:    "本站用看报排印",
		Privacy:     "搜索在您自己的设备上进行，您读了什么、搜了什么，不会发送给任何人。",
		Offline:     "下载全部，离线阅读", OfflineTitle: "离线阅读",
		OfflineHelp:  "全部文章和搜索可以存在这台设备上，没有网络也能看、也能搜。下载以前会先说有多大。",
		LanguageName: "简体中文",

		Date:     chineseDate,
		LongDate: chineseLongDate,
		Month:    chineseMonth,
		Year:     func(y int) string { return strconv.Itoa(y) + "年" },
		Articles: func(n int) string { return "共" + strconv.Itoa(n) + "篇" },
		Minutes:  func(n int) string { return "约" + strconv.Itoa(n) + "分钟" },
		PageOf: func(page, of int) string {
			return "第" + strconv.Itoa(page) + "页，共" + strconv.Itoa(of) + "页"
		},

		Printed:        chinesePage,
		ThisEdition:    "本期各版",
		EarlierEdition: "上一期",
		LaterEdition:   "下一期",
		Newest:         "最新文章",
		AlsoNew:        "近期文章",
		AllArticles:    "查看全部文章",
		NoArticles:     "还没有文章",
		NoArticlesHelp: "在内容文件夹里放进第一篇文章，再生成一次，它就会出现在这里。",
		FrontDescribed: func(paper, date string, n int) string {
			return paper + chineseDate(date) + "，共" + strconv.Itoa(n) + "篇文章。"
		},
		BlogDescribed: func(title string, n int) string {
			return title + "，共" + strconv.Itoa(n) + "篇文章。"
		},
		ReadOn:          "阅读全文",
		EditionContents: "本期文章",
		PrintOf:         func(name string) string { return name + " 版面图" },
		PrintArticles:   "版面上的文章",
		EnlargePrint:    "看大图",
		PrintBefore:     "上一版",
		PrintAfter:      "下一版",
		RestOfEdition:   "本期其他",

		Outline:      "本文小标题",
		ToTop:        "回到标题",
		SourceLabel:  "来源",
		OnPrint:      "在版面图上看",
		UpdatedLabel: "更新于",
		PrintedIn:    "刊于",
		Citation:     "引用本文",
		Previous:     "上一篇",
		Next:         "下一篇",
		Neighbours:   "前后文章",
		Untitled:     "无题",
		CaptionLabel: "图片说明",

		ArchiveIntro: func(editions, articles int) string {
			if editions == 0 {
				return "共" + strconv.Itoa(articles) + "篇文章，按日期排列，新的在前。"
			}
			return "共" + strconv.Itoa(editions) + "期、" + strconv.Itoa(articles) + "篇文章，按日期排列，新的在前。"
		},
		Undated:   "未注日期",
		ArchiveOf: func(period string) string { return period + "往期" },
		TagsIntro: "按主题找文章。数字是这个标签下的文章篇数。",
		Tagged:    func(tag string) string { return "标签：" + tag },
		Newer:     "较新的文章",
		Older:     "较早的文章",
		Pages:     "翻页",
		Years:     "年份",

		SearchTitle:    "搜索",
		SearchIntro:    "在上面的框里输入，边打字边出结果。全部文章的标题和正文都能搜到，任何两个相连的字都行，不必是词。",
		SearchExamples: "可以这样搜",
		Operators: Operators{Title: "搜索的写法", List: []Operator{
			{`潮水 月亮`, "两个词都有的文章：词和词之间空一格"},
			{`"月亮拉着海"`, "加上引号，一字不差的原话"},
			{`潮水 -月亮`, "有“潮水”、没有“月亮”：减号前面空一格"},
			{`潮水 OR 潮汐`, "有其中一个就行：OR 要大写"},
			{`title:灯塔`, "标题里有“灯塔”"},
			{`author:张三`, "张三写的"},
			{`tag:科学`, "标签是“科学”"},
			{`date:2024-09`, "2024年9月的；也可以是一年、一天"},
			{`date:2024-09-01..2024-09-15`, "从一天到另一天"},
			{`chaoshui`, "不用选字，打拼音也能找到“潮水”"},
		}},
		SearchNoScript:  "搜索在您的浏览器里进行，需要打开 JavaScript。没有它，文章照样可以阅读。",
		SearchOtherWays: "也可以这样找文章",
		SearchDescribed: func(title string) string { return "搜索" + title + "的全部文章。" },

		MissingTitle: "找不到这一页",
		MissingText:  "这个地址上没有文章。可能是地址抄错了，也可能文章已经移走。",
		MissingWays:  "您可以这样找",

		Footer:  footerFor(Hans),
		Edition: editionFor(Hans),
	}
}

package text

import "strconv"

func siteHant() *Site {
	return &Site{
		Lang:        Hant,
		Choices:     choicesFor(Hant),
		Skip:        "跳到正文",
		Sections:    "導覽",
		Front:       "頭版",
		Home:        "首頁",
		Archive:     "往期",
		Tags:        "標籤",
		Categories:  "分類",
		Feed:        "訂閱",
		Search:      "搜尋",
		SearchLabel: "搜尋全部文章",
		SearchHint:  "輸入字、詞或整句話",
		MadeWith:    "本站用看報排印",
		Privacy:     "搜尋在您自己的裝置上進行，您讀了什麼、搜了什麼，不會傳送給任何人。",
		Offline:     "下載全部，離線閱讀", OfflineTitle: "離線閱讀",
		OfflineHelp:  "全部文章和搜尋可以存在這部裝置上，沒有網路也能看、也能搜。下載以前會先說有多大。",
		LanguageName: "繁體中文",

		Date:     chineseDate,
		LongDate: chineseLongDate,
		Month:    chineseMonth,
		Year:     func(y int) string { return strconv.Itoa(y) + "年" },
		Articles: func(n int) string { return "共" + strconv.Itoa(n) + "篇" },
		Minutes:  func(n int) string { return "約" + strconv.Itoa(n) + "分鐘" },
		PageOf: func(page, of int) string {
			return "第" + strconv.Itoa(page) + "頁，共" + strconv.Itoa(of) + "頁"
		},

		Printed:        chinesePage,
		ThisEdition:    "本期各版",
		EarlierEdition: "上一期",
		LaterEdition:   "下一期",
		Newest:         "最新文章",
		AlsoNew:        "近期文章",
		AllArticles:    "查看全部文章",
		NoArticles:     "還沒有文章",
		NoArticlesHelp: "在內容資料夾裡放進第一篇文章，再產生一次，它就會出現在這裡。",
		FrontDescribed: func(paper, date string, n int) string {
			return paper + chineseDate(date) + "，共" + strconv.Itoa(n) + "篇文章。"
		},
		BlogDescribed: func(title string, n int) string {
			return title + "，共" + strconv.Itoa(n) + "篇文章。"
		},
		ReadOn:          "閱讀全文",
		EditionContents: "本期文章",
		PrintOf:         func(name string) string { return name + " 版面圖" },
		PrintArticles:   "版面上的文章",
		EnlargePrint:    "看大圖",
		PrintBefore:     "上一版",
		PrintAfter:      "下一版",
		RestOfEdition:   "本期其他",

		Outline:      "本文小標題",
		ToTop:        "回到標題",
		SourceLabel:  "來源",
		OnPrint:      "在版面圖上看",
		UpdatedLabel: "更新於",
		PrintedIn:    "刊於",
		Citation:     "引用本文",
		Previous:     "上一篇",
		Next:         "下一篇",
		Neighbours:   "前後文章",
		Untitled:     "無題",
		CaptionLabel: "圖片說明",

		ArchiveIntro: func(editions, articles int) string {
			if editions == 0 {
				return "共" + strconv.Itoa(articles) + "篇文章，按日期排列，新的在前。"
			}
			return "共" + strconv.Itoa(editions) + "期、" + strconv.Itoa(articles) + "篇文章，按日期排列，新的在前。"
		},
		Undated:   "未註日期",
		ArchiveOf: func(period string) string { return period + "往期" },
		TagsIntro: "按主題找文章。數字是這個標籤下的文章篇數。",
		Tagged:    func(tag string) string { return "標籤：" + tag },
		Newer:     "較新的文章",
		Older:     "較早的文章",
		Pages:     "翻頁",
		Years:     "年份",

		SearchTitle:    "搜尋",
		SearchIntro:    "在上面的框裡輸入，邊打字邊出結果。全部文章的標題和正文都能搜到，任何兩個相連的字都行，不必是詞。",
		SearchExamples: "可以這樣搜",
		Operators: Operators{Title: "搜尋的寫法", List: []Operator{
			{`潮水 月亮`, "兩個詞都有的文章：詞和詞之間空一格"},
			{`"月亮拉著海"`, "加上引號，一字不差的原話"},
			{`潮水 -月亮`, "有「潮水」、沒有「月亮」：減號前面空一格"},
			{`潮水 OR 潮汐`, "有其中一個就行：OR 要大寫"},
			{`title:燈塔`, "標題裡有「燈塔」"},
			{`author:張三`, "張三寫的"},
			{`tag:科學`, "標籤是「科學」"},
			{`date:2024-09`, "2024年9月的；也可以是一年、一天"},
			{`date:2024-09-01..2024-09-15`, "從一天到另一天"},
			{`chaoshui`, "不用選字，打拼音也能找到「潮水」"},
		}},
		SearchNoScript:  "搜尋在您的瀏覽器裡進行，需要開啟 JavaScript。沒有它，文章照樣可以閱讀。",
		SearchOtherWays: "也可以這樣找文章",
		SearchDescribed: func(title string) string { return "搜尋" + title + "的全部文章。" },

		MissingTitle: "找不到這一頁",
		MissingText:  "這個網址上沒有文章。可能是網址抄錯了，也可能文章已經移走。",
		MissingWays:  "您可以這樣找",

		Footer:  footerFor(Hant),
		Edition: editionFor(Hant),
	}
}

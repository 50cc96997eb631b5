package text

import "strconv"

func siteEnglish() *Site {
	return &Site{
		Lang:        English,
		Choices:     choicesFor(English),
		Skip:        "Skip to the text",
		Sections:    "Sections",
		Front:       "Front page",
		Home:        "Home",
		Archive:     "Archive",
		Tags:        "Topics",
		Categories:  "Categories",
		Feed:        "Feed",
		Search:      "Search",
		SearchLabel: "Search all articles",
		SearchHint:  "A word or a sentence",
		MadeWith:    "Set with Kanbao",
		Privacy:     "Search runs on your own device. What you read and what you look for is sent to nobody.",
		Offline:     "Download everything to read offline", OfflineTitle: "Read offline",
		OfflineHelp:  "All articles and the search can be stored on this device. How much that is, is said before anything is downloaded.",
		LanguageName: "English",

		Date:     englishDate,
		LongDate: englishLongDate,
		Month:    englishMonth,
		Year:     strconv.Itoa,
		Articles: func(n int) string { return plural(n, "article", "articles") },
		Minutes:  func(n int) string { return strconv.Itoa(n) + " min read" },
		PageOf: func(page, of int) string {
			return "Page " + strconv.Itoa(page) + " of " + strconv.Itoa(of)
		},

		Printed:        englishPage,
		ThisEdition:    "Pages of this edition",
		EarlierEdition: "Earlier edition",
		LaterEdition:   "Later edition",
		Newest:         "Latest articles",
		AlsoNew:        "Recent articles",
		AllArticles:    "All articles",
		NoArticles:     "No articles yet",
		NoArticlesHelp: "Put a first article into the content folder and build the site again: it will appear here.",
		FrontDescribed: func(paper, date string, n int) string {
			return paper + ", " + englishDate(date) + ": " + plural(n, "article", "articles") + "."
		},
		BlogDescribed: func(title string, n int) string {
			return title + ": " + plural(n, "article", "articles") + "."
		},
		ReadOn:          "Read on",
		EditionContents: "In this edition",
		PrintOf:         func(name string) string { return "Picture of " + name },
		PrintArticles:   "Articles on the page",
		EnlargePrint:    "Enlarge the page",
		PrintBefore:     "Previous page",
		PrintAfter:      "Next page",
		RestOfEdition:   "Also in this edition",

		Outline:      "In this article",
		ToTop:        "Back to the title",
		SourceLabel:  "Source",
		OnPrint:      "See it on the page",
		UpdatedLabel: "Updated",
		PrintedIn:    "Printed in",
		Citation:     "Cite as",
		Previous:     "Previous",
		Next:         "Next",
		Neighbours:   "Previous and next article",
		Untitled:     "Untitled",
		CaptionLabel: "Caption",

		ArchiveIntro: func(editions, articles int) string {
			if editions == 0 {
				return plural(articles, "article", "articles") + " by date, newest first."
			}
			return plural(editions, "edition", "editions") + " with " + plural(articles, "article", "articles") + " by date, newest first."
		},
		Undated:   "Without a date",
		ArchiveOf: func(period string) string { return "Archive of " + period },
		TagsIntro: "Find articles by topic. The number says how many there are.",
		Tagged:    func(tag string) string { return "Topic: " + tag },
		Newer:     "Newer articles",
		Older:     "Older articles",
		Pages:     "Pages of this list",
		Years:     "Years",

		SearchTitle:    "Search",
		SearchIntro:    "Type into the field above; results appear as you type. Titles and texts of all articles are searched. Any two characters that stand together will do; they need not be a word.",
		SearchExamples: "You can search for",
		Operators: Operators{Title: "How to ask for more", List: []Operator{
			{`潮水 月亮`, "articles with both words; put a space between them"},
			{`"月亮拉着海"`, "exactly what stands between the quotation marks"},
			{`潮水 -月亮`, "潮水 without 月亮; put a space before the minus"},
			{`潮水 OR 潮汐`, "either of them; OR is in capitals"},
			{`title:灯塔`, "with 灯塔 in the title"},
			{`author:张三`, "written by 张三"},
			{`tag:科学`, "on the topic 科学"},
			{`date:2024-09`, "of September 2024; a year or a day will do too"},
			{`date:2024-09-01..2024-09-15`, "from one day to another"},
			{`chaoshui`, "pinyin finds 潮水 without an input method"},
		}},
		SearchNoScript:  "Search runs in your browser and needs JavaScript. Without it all articles can still be read.",
		SearchOtherWays: "Other ways to find an article",
		SearchDescribed: func(title string) string { return "Search all articles of " + title + "." },

		MissingTitle: "There is no such page",
		MissingText:  "No article is at this address. It may be mistyped, or the article has moved.",
		MissingWays:  "You can look here",

		Footer:  footerFor(English),
		Edition: editionFor(English),
	}
}

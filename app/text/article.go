package text

import "strconv"

// Article has the words of an article's page that are in its HTML.
type Article struct {
	Enlarge string // link from a picture to itself, before what it shows
	Colon   string
	Table   func(n int) string         // name of a table that can be scrolled
	Code    func(n int) string         // name of code that can be scrolled
	Note    func(n string) string      // link to a note
	ToNote  func(n string) string      // link from a note back to the text
	Actions string                     // name of what can be done with the article
	Copy    string                     // button: the citation
	Link    string                     // button: the address
	Share   string                     // button
	Cited   func(of, at string) string // how a passage is cited: the title, and where it was printed
}

// ArticleFor returns the words of a language, as For does.
func ArticleFor(lang string) *Article {
	switch lang {
	case Hant:
		return &Article{
			Enlarge: "放大圖片", Colon: "：",
			Table:   func(n int) string { return "表格" + strconv.Itoa(n) },
			Code:    func(n int) string { return "程式碼" + strconv.Itoa(n) },
			Note:    func(n string) string { return "註" + n },
			ToNote:  func(n string) string { return "回到正文中的註" + n },
			Actions: "引用和分享", Copy: "複製引用", Link: "複製連結", Share: "分享",
			Cited: citedInChinese,
		}
	case English:
		return &Article{
			Enlarge: "Enlarge the picture", Colon: ": ",
			Table:   func(n int) string { return "Table " + strconv.Itoa(n) },
			Code:    func(n int) string { return "Code " + strconv.Itoa(n) },
			Note:    func(n string) string { return "Note " + n },
			ToNote:  func(n string) string { return "Back to note " + n + " in the text" },
			Actions: "Cite and share", Copy: "Copy citation", Link: "Copy link", Share: "Share",
			Cited: func(of, at string) string { return "“" + of + "”, " + at },
		}
	}
	return &Article{
		Enlarge: "放大图片", Colon: "：",
		Table:   func(n int) string { return "表格" + strconv.Itoa(n) },
		Code:    func(n int) string { return "代码" + strconv.Itoa(n) },
		Note:    func(n string) string { return "注" + n },
		ToNote:  func(n string) string { return "回到正文中的注" + n },
		Actions: "引用和分享", Copy: "复制引用", Link: "复制链接", Share: "分享",
		Cited: citedInChinese,
	}
}

func citedInChinese(of, at string) string { return "《" + of + "》，" + at }

// Tools are what article.js says: beside a passage that is selected, and around a
// picture that is enlarged. "{}" stands for a number.
type Tools struct {
	Paragraph string `json:"paragraph"` // link to a paragraph
	Selected  string `json:"selected"`  // name of what can be done with what is selected
	Quote     string `json:"quote"`     // button: copy it with where it is from
	Link      string `json:"link"`      // button: copy the address of the passage
	Share     string `json:"share"`     // button
	Copied    string `json:"copied"`
	Failed    string `json:"failed"`
	From      string `json:"from"` // before where a quotation is from
	Picture   string `json:"picture"`
	Larger    string `json:"larger"`
	Smaller   string `json:"smaller"`
	Close     string `json:"close"`
}

// ToolsFor returns the words of a language, as For does.
func ToolsFor(lang string) Tools {
	switch lang {
	case Hant:
		return Tools{
			Paragraph: "第{}段的連結", Selected: "選中的文字", Quote: "複製並註明出處", Link: "複製這段的連結", Share: "分享",
			Copied: "已複製", Failed: "沒能複製，請用瀏覽器自己的複製", From: "——",
			Picture: "圖片", Larger: "放大", Smaller: "縮小", Close: "關閉",
		}
	case English:
		return Tools{
			Paragraph: "Link to paragraph {}", Selected: "Selected text", Quote: "Copy with source", Link: "Copy link to passage", Share: "Share",
			Copied: "Copied", Failed: "Could not copy; use the browser’s own command", From: "— ",
			Picture: "Picture", Larger: "Larger", Smaller: "Smaller", Close: "Close",
		}
	}
	return Tools{
		Paragraph: "第{}段的链接", Selected: "选中的文字", Quote: "复制并注明出处", Link: "复制这段的链接", Share: "分享",
		Copied: "已复制", Failed: "没能复制，请用浏览器自己的复制", From: "——",
		Picture: "图片", Larger: "放大", Smaller: "缩小", Close: "关闭",
	}
}

// Find is what find.js says in its bar. "{}" stands for what is looked for.
type Find struct {
	Label    string `json:"label"` // name of the bar
	None     string `json:"none"`
	Previous string `json:"previous"`
	Next     string `json:"next"`
	Close    string `json:"close"`
}

// FindFor returns the words of a language, as For does.
func FindFor(lang string) Find {
	switch lang {
	case Hant:
		return Find{Label: "文中尋找：{}", None: "文中沒有“{}”", Previous: "上一處", Next: "下一處", Close: "關閉，去掉標記"}
	case English:
		return Find{Label: "Find in this article: {}", None: "“{}” is not in this article", Previous: "Previous match", Next: "Next match", Close: "Close and remove the marks"}
	}
	return Find{Label: "文中查找：{}", None: "文中没有“{}”", Previous: "上一处", Next: "下一处", Close: "关闭，去掉标记"}
}

package text

import (
	"strconv"
	"strings"
)

// Widget has the words of the search field on other pages, <kanbao-search>. They
// are written into a script as JSON, so messages are texts in which "{}" stands for a
// word or a number; of two texts the first is for the number one.
type Widget struct {
	Label   string    `json:"label"` // of the field, for those who do not see it
	Hint    string    `json:"hint"`  // inside the empty field
	Loading string    `json:"loading"`
	Results string    `json:"results"` // name of the list
	All     string    `json:"all"`     // link to all results
	None    string    `json:"none"`    // nothing was found
	Found   [2]string `json:"found"`
	AtMost  [2]string `json:"atMost"`
	Count   [2]string `json:"count"` // beside what so many articles have
	Meant   string    `json:"meant"` // another query
	Without string    `json:"without"`
	Stop    string    `json:"stop"` // between two sentences

	// What went wrong.
	Unreachable string `json:"unreachable"`
	Outdated    string `json:"outdated"`
	Damaged     string `json:"damaged"`
	Crashed     string `json:"crashed"`
	TooLong     string `json:"tooLong"`
	Again       string `json:"again"` // button: try again
}

// Loader has what is said below the search field of a site's pages before the reader
// runs, or because it cannot. "{}" stands for the number that a server has answered with.
type Loader struct {
	Loading  string `json:"loading"`
	Old      string `json:"old"`     // the browser is
	None     string `json:"none"`    // the browser has no WebAssembly
	Blocked  string `json:"blocked"` // by the policy of the site or of the browser's owner
	Offline  string `json:"offline"`
	Outdated string `json:"outdated"` // a file is not there
	Refused  string `json:"refused"`  // the server does not give a file
	Failed   string `json:"failed"`
	Again    string `json:"again"`  // button: try again
	Reload   string `json:"reload"` // button: load the page anew
}

// WidgetFor returns the words of a language, or the simplified Chinese ones where the
// language is not one of Languages.
func WidgetFor(lang string) Widget {
	site, live, loader := For(lang), LiveFor(lang), LoaderFor(lang)
	w := Widget{
		Label: site.Search, Hint: site.SearchLabel, Loading: loader.Loading, Results: live.Results,
		Found:    counted(func(n int) string { return live.Count(n, true) }),
		AtMost:   counted(func(n int) string { return live.Count(n, false) }),
		Count:    counted(live.OfCount),
		Meant:    live.Meant + "{}",
		Without:  live.Without(live.Quoted("{}")),
		Outdated: loader.Outdated,
		TooLong:  live.TooLong,
		Again:    live.Again,
	}
	switch lang {
	case Hant:
		w.All, w.None, w.Stop = "查看全部結果", "沒有找到。換個說法，或者少打幾個字試試。", "。"
		w.Unreachable = "連不上網路，暫時不能搜尋。"
		w.Damaged = "搜尋用的檔案不完整，請告訴網站的管理員。"
		w.Crashed = "搜尋出了錯，可以再試一次。"
	case English:
		w.All, w.None, w.Stop = "See all results", "Nothing found. Say it another way, or type less.", ". "
		w.Unreachable = "There is no network, so search is not there yet."
		w.Damaged = "A file that search needs is damaged. Please tell whoever keeps the site."
		w.Crashed = "Search has failed. You can try again."
	default:
		w.All, w.None, w.Stop = "查看全部结果", "没有找到。换个说法，或者少打几个字试试。", "。"
		w.Unreachable = "连不上网络，暂时不能搜索。"
		w.Damaged = "搜索用的文件不完整，请告诉网站的管理员。"
		w.Crashed = "搜索出了错，可以再试一次。"
	}
	return w
}

// NotLoaded is what is said where not even the script comes that has a Loader.
func NotLoaded(lang string) string {
	switch lang {
	case Hant:
		return "搜尋沒能打開：網路不通，或者網站剛剛更新過。文章照樣可以閱讀，請過一會兒重新整理這一頁。"
	case English:
		return "Search could not be opened: there is no network, or the site has just been updated. The articles can still be read; reload this page in a while."
	}
	return "搜索没能打开：网络不通，或者网站刚刚更新过。文章照样可以阅读，请过一会儿刷新这一页。"
}

// LoaderFor is WidgetFor for the loader.
func LoaderFor(lang string) Loader {
	l := loaderWords(lang)
	l.Again, l.Reload = LiveFor(lang).Again, LiveFor(lang).Reload
	return l
}

func loaderWords(lang string) Loader {
	switch lang {
	case Hant:
		return Loader{
			Loading:  "正在準備搜尋……",
			Old:      "這個瀏覽器太舊，不能邊打字邊搜尋。文章照樣可以閱讀。",
			Offline:  "連不上網路，搜尋還用不了。文章照樣可以閱讀。",
			None:     "這個瀏覽器沒有或關閉了 WebAssembly，不能邊打字邊搜尋。文章照樣可以閱讀。",
			Blocked:  "網站或瀏覽器的安全設定擋住了搜尋程式。文章照樣可以閱讀，請告訴網站的管理員。",
			Outdated: "找不到搜尋用的檔案，網站可能剛剛更新過。請重新整理這一頁再搜尋。",
			Refused:  "搜尋沒能打開：伺服器沒有給出檔案（{}）。文章照樣可以閱讀。",
			Failed:   "搜尋沒能打開。這是程式的毛病，文章照樣可以閱讀。",
		}
	case English:
		return Loader{
			Loading:  "Getting search ready…",
			Old:      "This browser is too old to search as you type. The articles can still be read.",
			Offline:  "There is no network, so search is not there yet. The articles can still be read.",
			None:     "This browser has no WebAssembly, or it is switched off, so it cannot search as you type. The articles can still be read.",
			Blocked:  "A security setting of the site or of the browser has blocked the search. The articles can still be read; please tell whoever keeps this site.",
			Outdated: "A file that search needs is not there; the site may just have been updated. Reload this page to search.",
			Refused:  "Search could not be opened: the server did not give a file ({}). The articles can still be read.",
			Failed:   "Search could not be opened. This is a fault of the program. The articles can still be read.",
		}
	}
	return Loader{
		Loading:  "正在准备搜索……",
		Old:      "这个浏览器太旧，不能边打字边搜索。文章照样可以阅读。",
		Offline:  "连不上网络，搜索还用不了。文章照样可以阅读。",
		None:     "这个浏览器没有或关闭了 WebAssembly，不能边打字边搜索。文章照样可以阅读。",
		Blocked:  "网站或浏览器的安全设置拦住了搜索程序。文章照样可以阅读，请告诉网站的管理员。",
		Outdated: "找不到搜索用的文件，网站可能刚刚更新过。请刷新这一页再搜索。",
		Refused:  "搜索没能打开：服务器没有给出文件（{}）。文章照样可以阅读。",
		Failed:   "搜索没能打开。这是程序的毛病，文章照样可以阅读。",
	}
}

// counted returns a message about a number as two texts, for one and for others.
func counted(message func(n int) string) [2]string {
	const other = 987654321
	return [2]string{message(1), strings.Replace(message(other), strconv.Itoa(other), "{}", 1)}
}

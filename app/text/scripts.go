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
// runs, or because it cannot. "{}" stands for a reason.
type Loader struct {
	Loading  string `json:"loading"`
	Old      string `json:"old"` // the browser is
	Offline  string `json:"offline"`
	Outdated string `json:"outdated"`
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
			Outdated: "網站剛剛更新過，請重新整理這一頁再搜尋。",
			Failed:   "搜尋沒能打開（{}）。文章照樣可以閱讀。",
		}
	case English:
		return Loader{
			Loading:  "Getting search ready…",
			Old:      "This browser is too old to search as you type. The articles can still be read.",
			Offline:  "There is no network, so search is not there yet. The articles can still be read.",
			Outdated: "The site has just been updated. Reload this page to search.",
			Failed:   "Search could not be opened ({}). The articles can still be read.",
		}
	}
	return Loader{
		Loading:  "正在准备搜索……",
		Old:      "这个浏览器太旧，不能边打字边搜索。文章照样可以阅读。",
		Offline:  "连不上网络，搜索还用不了。文章照样可以阅读。",
		Outdated: "网站刚刚更新过，请刷新这一页再搜索。",
		Failed:   "搜索没能打开（{}）。文章照样可以阅读。",
	}
}

// counted returns a message about a number as two texts, for one and for others.
func counted(message func(n int) string) [2]string {
	const other = 987654321
	return [2]string{message(1), strings.Replace(message(other), strconv.Itoa(other), "{}", 1)}
}

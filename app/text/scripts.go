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
	Relaxed string    `json:"relaxed"`
	Close   string    `json:"close"` // button: away with what covers the page
	Found   [2]string `json:"found"`
	AtMost  [2]string `json:"atMost"`
	Count   [2]string `json:"count"` // beside what so many articles have
	More    [2]string `json:"more"`  // button: so many more
	Meant   string    `json:"meant"` // another query
	Without string    `json:"without"`
	Stop    string    `json:"stop"` // between two sentences

	// The order and the facets of a page of results.
	By      string            `json:"by"`
	Best    string            `json:"best"`
	Newest  string            `json:"newest"`
	Oldest  string            `json:"oldest"`
	Narrow  string            `json:"narrow"`
	DropAll string            `json:"dropAll"`
	Unfold  [2]string         `json:"unfold"`
	Fields  map[string]string `json:"fields"`

	// What went wrong.
	Unreachable string `json:"unreachable"`
	Outdated    string `json:"outdated"`
	Damaged     string `json:"damaged"`
	Crashed     string `json:"crashed"`
	TooLong     string `json:"tooLong"`
	Old         string `json:"old"`     // the browser is
	Partly      string `json:"partly"`  // some of several sites could not be searched
	Setup       string `json:"setup"`   // the element or a call is not as it should be
	Policy      string `json:"policy"`  // the page's policy lacks a word
	Cors        string `json:"cors"`    // another origin does not allow this page to read it
	NoIndex     string `json:"noIndex"` // at an address
	Refused     string `json:"refused"` // by the server, a file
	NotFile     string `json:"notFile"` // the server sends a page instead of a file
	Again       string `json:"again"`   // button: try again
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
	Early    Early  `json:"early"`
}

// Early has what is said of the first hits before the reader is there, in the words of
// Live. "{}" stands for a number or a word; of two texts the first is for the number one.
type Early struct {
	Title   string    `json:"title"` // of the page while something is searched for
	Results string    `json:"results"`
	Found   [2]string `json:"found"`
	AtMost  [2]string `json:"atMost"`
	None    string    `json:"none"`
	Relaxed string    `json:"relaxed"`
	Meant   string    `json:"meant"` // before other queries
	Read    string    `json:"read"`  // before what a word was read as
	Without string    `json:"without"`
	Count   [2]string `json:"count"` // beside what so many articles have
	By      string    `json:"by"`    // name of the choice of an order
	Orders  [3]string `json:"orders"`
	Narrow  string    `json:"narrow"`
	Date    string    `json:"date"` // with {y}, {month} and {d}
	Months  []string  `json:"months"`
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
		Relaxed:  live.Relaxed,
		More:     counted(live.More),
		By:       live.By, Best: live.Best, Newest: live.Newest, Oldest: live.Oldest,
		Narrow: live.Narrow, DropAll: live.DropAll, Unfold: counted(live.Unfold),
		Fields: make(map[string]string),
	}
	for _, f := range []string{"date", "page", "author", "source", "tag", "category", "person", "place", "org"} {
		w.Fields[f] = live.Field(f)
	}
	switch lang {
	case Hant:
		w.All, w.None, w.Stop = "查看全部結果", "沒有找到。換個說法，或者少打幾個字試試。", "。"
		w.Unreachable = "連不上網路，暫時不能搜尋。"
		w.Damaged = "搜尋用的檔案不完整，請告訴網站的管理員。"
		w.Crashed = "搜尋出了錯，可以再試一次。"
		w.Close, w.Old, w.Partly = "關閉", "這個瀏覽器太舊，不能搜尋。", "有的網站暫時搜尋不到。"
		w.Setup = "搜尋框沒有設定好，請告訴網頁的管理員。"
		w.Policy = "這個網頁的安全策略不允許搜尋，請告訴網頁的管理員。"
		w.Cors = "搜尋用的網站不允許這個網頁讀取，請告訴網頁的管理員。"
		w.NoIndex = "這裡的搜尋還沒有準備好，請告訴網頁的管理員。"
		w.Refused = "網站的伺服器不肯送出搜尋用的檔案，請告訴網站的管理員。"
		w.NotFile = "網站的伺服器用網頁代替了搜尋用的檔案，請告訴網站的管理員。"
	case English:
		w.All, w.None, w.Stop = "See all results", "Nothing found. Say it another way, or type less.", ". "
		w.Unreachable = "There is no network, so search is not there yet."
		w.Damaged = "A file that search needs is damaged. Please tell whoever keeps the site."
		w.Crashed = "Search has failed. You can try again."
		w.Close, w.Old, w.Partly = "Close", "This browser is too old to search.", "Some of the sites cannot be searched just now."
		w.Setup = "The search field is not set up as it should be. Please tell whoever keeps this page."
		w.Policy = "This page's security policy does not allow search. Please tell whoever keeps this page."
		w.Cors = "The site to be searched does not let this page read it. Please tell whoever keeps this page."
		w.NoIndex = "Search is not ready here. Please tell whoever keeps this page."
		w.Refused = "The site's server does not send a file that search needs. Please tell whoever keeps the site."
		w.NotFile = "The site's server sends a page in the place of a file that search needs. Please tell whoever keeps the site."
	default:
		w.All, w.None, w.Stop = "查看全部结果", "没有找到。换个说法，或者少打几个字试试。", "。"
		w.Unreachable = "连不上网络，暂时不能搜索。"
		w.Damaged = "搜索用的文件不完整，请告诉网站的管理员。"
		w.Crashed = "搜索出了错，可以再试一次。"
		w.Close, w.Old, w.Partly = "关闭", "这个浏览器太旧，不能搜索。", "有的网站暂时搜索不到。"
		w.Setup = "搜索框没有设置好，请告诉网页的管理员。"
		w.Policy = "这个网页的安全策略不允许搜索，请告诉网页的管理员。"
		w.Cors = "搜索用的网站不允许这个网页读取，请告诉网页的管理员。"
		w.NoIndex = "这里的搜索还没有准备好，请告诉网页的管理员。"
		w.Refused = "网站的服务器不肯发送搜索用的文件，请告诉网站的管理员。"
		w.NotFile = "网站的服务器用网页代替了搜索用的文件，请告诉网站的管理员。"
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
	l, live, site := loaderWords(lang), LiveFor(lang), For(lang)
	l.Again, l.Reload = live.Again, live.Reload
	l.Early = Early{
		Title: live.Title("{}"), Results: live.Results, None: live.None("{}"), Relaxed: live.Relaxed,
		Found:  counted(func(n int) string { return live.Count(n, true) }),
		AtMost: counted(func(n int) string { return live.Count(n, false) }),
		Meant:  live.Meant, Read: live.ReadAs("{}"), Without: live.Without(live.Quoted("{}")), Count: counted(live.OfCount),
		By: live.By, Orders: [3]string{live.Best, live.Newest, live.Oldest}, Narrow: live.Narrow,
		Months: monthNames(lang),
	}
	l.Early.Date = roomIn(l.Early.Months, site.Edition.LongDays[:]).Replace(site.Date(someDate))
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

// Advice says in the console what whoever keeps a page or a site must do, so that the
// page can search. "{}" stands for what is missing or wrong.
type Advice struct {
	Setup   string `json:"setup"`   // the element or a call is not as it should be
	Policy  string `json:"policy"`  // the page's policy lacks a word
	Cors    string `json:"cors"`    // another origin does not allow this page to read it
	NoIndex string `json:"noIndex"` // at an address
	Refused string `json:"refused"` // by the server, a file
	NotFile string `json:"notFile"` // the server sends a page instead of a file
	Damaged string `json:"damaged"` // a file
	OnPage  string `json:"onPage"`  // no worker can be started, for a reason
}

// AdviceFor is WidgetFor for advice.
func AdviceFor(lang string) Advice {
	switch lang {
	case Hant:
		return Advice{
			Setup:   "看報：搜尋框的寫法有誤：{}",
			Policy:  "看報：這個網頁的內容安全策略（CSP）攔住了搜尋。請在策略裡加上：{}",
			Cors:    "看報：{} 沒有允許這個網頁讀取它的檔案。請讓它的伺服器送出標頭 Access-Control-Allow-Origin。",
			NoIndex: "看報：{} 下面沒有索引。請檢查 base 屬性或 open() 裡的地址，看看 index/manifest.kb 是否已經上傳。",
			Refused: "看報：伺服器沒有送出檔案 {}。請檢查檔案是否已經上傳，伺服器是否認識這種副檔名（IIS 要為 .kb、.wasm、.br 加上 MIME 類型）。",
			NotFile: "看報：伺服器用一個網頁代替了檔案 {}。請檢查檔案是否已經上傳，以及把找不到的地址都轉到首頁的規則。",
			Damaged: "看報：搜尋用的檔案不完整：{}。請重新上傳。",
			OnPage:  "看報：不能啟動 Worker（{}），所以搜尋在網頁的主執行緒裡進行，網頁可能會頓一下。請在內容安全策略（CSP）裡加上 worker-src 'self' blob:。",
		}
	case English:
		return Advice{
			Setup:   "Kanbao: the search field is not set up as it should be: {}",
			Policy:  "Kanbao: this page's Content-Security-Policy blocks search. Add to it: {}",
			Cors:    "Kanbao: {} does not let this page read its files. Have its server send the header Access-Control-Allow-Origin.",
			NoIndex: "Kanbao: there is no index below {}. Check the attribute base, or the address given to open(), and that index/manifest.kb has been uploaded.",
			Refused: "Kanbao: the server does not send {}. Check that the file has been uploaded and that the server knows its extension (IIS needs MIME types for .kb, .wasm and .br).",
			NotFile: "Kanbao: the server sends a page in the place of {}. Check that the file has been uploaded, and the rule that sends whatever is missing to the front page.",
			Damaged: "Kanbao: a file that search needs is damaged: {}. Upload it again.",
			OnPage:  "Kanbao: no Worker can be started ({}), so search runs on the page's main thread and may hold it up. Add to the Content-Security-Policy: worker-src 'self' blob:.",
		}
	}
	return Advice{
		Setup:   "看报：搜索框的写法有误：{}",
		Policy:  "看报：这个网页的内容安全策略（CSP）拦住了搜索。请在策略里加上：{}",
		Cors:    "看报：{} 没有允许这个网页读取它的文件。请让它的服务器发送 Access-Control-Allow-Origin 响应头。",
		NoIndex: "看报：{} 下面没有索引。请检查 base 属性或 open() 里的地址，看看 index/manifest.kb 是否已经上传。",
		Refused: "看报：服务器没有发送文件 {}。请检查文件是否已经上传，服务器是否认识这种扩展名（IIS 要为 .kb、.wasm、.br 加上 MIME 类型）。",
		NotFile: "看报：服务器用一个网页代替了文件 {}。请检查文件是否已经上传，以及把找不到的地址都转到首页的规则。",
		Damaged: "看报：搜索用的文件不完整：{}。请重新上传。",
		OnPage:  "看报：不能启动 Worker（{}），所以搜索在网页的主线程里进行，网页可能会顿一下。请在内容安全策略（CSP）里加上 worker-src 'self' blob:。",
	}
}

package text

// Offline has what is said about reading with no network. It is written into a script
// as JSON; "{}" stands for a size or the name of a file.
type Offline struct {
	About    string `json:"about"`
	Download string `json:"download"` // button: all of so many bytes
	Rest     string `json:"rest"`     // button: what is missing
	Starting string `json:"starting"`
	Storing  string `json:"storing"`  // so much of so much
	Progress string `json:"progress"` // name of the bar
	Pause    string `json:"pause"`    // button
	Resume   string `json:"resume"`   // button
	Paused   string `json:"paused"`
	Done     string `json:"done"`
	Remove   string `json:"remove"` // button
	Removed  string `json:"removed"`
	Again    string `json:"again"` // button

	// What went wrong.
	Impossible  string `json:"impossible"`
	Unreachable string `json:"unreachable"` // nothing is known of the size
	Lost        string `json:"lost"`        // the network went away
	Full        string `json:"full"`
	Damaged     string `json:"damaged"`
	Outdated    string `json:"outdated"`

	// A newer edition is there.
	Newer string `json:"newer"`
	Take  string `json:"take"`  // button
	Later string `json:"later"` // button
}

// OfflineFor is WidgetFor for reading with no network.
func OfflineFor(lang string) Offline {
	switch lang {
	case Hant:
		return Offline{
			About: "全部文章和搜尋可以存在這部裝置上，沒有網路也能看、也能搜。", Download: "下載全部（{}），離線閱讀", Rest: "接著下載（還有 {}）",
			Starting: "正在準備下載……", Storing: "已經下載 {}，共 {}", Progress: "下載的進度", Pause: "暫停", Resume: "接著下載",
			Paused: "暫停了。已經下載的都在，隨時可以接著下載。", Done: "全部（{}）都在這部裝置上了，沒有網路也能看。", Remove: "從裝置上刪除",
			Removed: "已經刪除。", Again: "再試一次",
			Impossible:  "這個瀏覽器不能存下網站，不能離線閱讀。",
			Unreachable: "連不上網路，還不知道要下載多少。",
			Lost:        "網路斷了。已經下載的都在，網路恢復以後會接著下載。",
			Full:        "裝置上的空間不夠，只剩 {}。騰出一些再接著下載。",
			Damaged:     "伺服器上的檔案不完整（{}），請告訴網站的管理員，過一會兒再試。",
			Outdated:    "網站剛剛更新過。請關掉這個網站的其他頁面，重新整理這一頁，再下載。",
			Newer:       "新的一期已備好。", Take: "換上新的", Later: "以後再說",
		}
	case English:
		return Offline{
			About: "All articles and the search can be stored on this device, to read and search with no network.", Download: "Download everything ({}) to read offline", Rest: "Go on ({} to go)",
			Starting: "Getting ready…", Storing: "{} of {} downloaded", Progress: "Progress of the download", Pause: "Pause", Resume: "Go on",
			Paused: "Paused. What has been downloaded stays; you can go on at any time.", Done: "Everything ({}) is on this device and can be read with no network.", Remove: "Remove from this device",
			Removed: "Removed.", Again: "Try again",
			Impossible:  "This browser cannot store the site, so it cannot be read offline.",
			Unreachable: "There is no network, so how much there is to download is not known yet.",
			Lost:        "The network is gone. What has been downloaded stays, and it goes on when the network is back.",
			Full:        "There is not enough room on this device, only {}. Make some and go on.",
			Damaged:     "A file on the server is damaged ({}). Please tell whoever keeps the site, and try again later.",
			Outdated:    "The site has just been updated. Close its other pages, reload this one, and download again.",
			Newer:       "A newer edition is ready.", Take: "Show it", Later: "Later",
		}
	}
	return Offline{
		About: "全部文章和搜索可以存在这台设备上，没有网络也能看、也能搜。", Download: "下载全部（{}），离线阅读", Rest: "接着下载（还有 {}）",
		Starting: "正在准备下载……", Storing: "已经下载 {}，共 {}", Progress: "下载的进度", Pause: "暂停", Resume: "接着下载",
		Paused: "暂停了。已经下载的都在，随时可以接着下载。", Done: "全部（{}）都在这台设备上了，没有网络也能看。", Remove: "从设备上删除",
		Removed: "已经删除。", Again: "再试一次",
		Impossible:  "这个浏览器不能存下网站，不能离线阅读。",
		Unreachable: "连不上网络，还不知道要下载多少。",
		Lost:        "网络断了。已经下载的都在，网络恢复以后会接着下载。",
		Full:        "设备上的空间不够，只剩 {}。腾出一些再接着下载。",
		Damaged:     "服务器上的文件不完整（{}），请告诉网站的管理员，过一会儿再试。",
		Outdated:    "网站刚刚更新过。请关掉这个网站的其他页面，刷新这一页，再下载。",
		Newer:       "新的一期已备好。", Take: "换上新的", Later: "以后再说",
	}
}

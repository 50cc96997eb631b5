package text

// Listen has the words of the bar with which articles are read aloud. They are
// written into a script as JSON.
type Listen struct {
	Name     string `json:"name"` // of the bar
	Pause    string `json:"pause"`
	Resume   string `json:"resume"`
	Previous string `json:"previous"` // paragraph
	Next     string `json:"next"`
	Speed    string `json:"speed"`
	Times    string `json:"times"` // "{}" times the usual speed
	Stop     string `json:"stop"`
	Failed   string `json:"failed"`
}

// ListenFor returns the words of a language, or the simplified Chinese ones where the
// language is not one of Languages.
func ListenFor(lang string) Listen {
	switch lang {
	case Hant:
		return Listen{
			Name: "朗讀", Pause: "暫停", Resume: "繼續", Previous: "上一段", Next: "下一段",
			Speed: "語速", Times: "{}倍", Stop: "停止", Failed: "這台裝置現在讀不出聲音。",
		}
	case English:
		return Listen{
			Name: "Reading aloud", Pause: "Pause", Resume: "Resume", Previous: "Previous paragraph", Next: "Next paragraph",
			Speed: "Speed", Times: "{}×", Stop: "Stop", Failed: "This device cannot read aloud now.",
		}
	}
	return Listen{
		Name: "朗读", Pause: "暂停", Resume: "继续", Previous: "上一段", Next: "下一段",
		Speed: "语速", Times: "{}倍", Stop: "停止", Failed: "这台设备现在读不出声音。",
	}
}

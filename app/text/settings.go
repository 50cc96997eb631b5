package text

// Choices has the words of the buttons in the masthead with which readers set pages
// as they like.
type Choices struct {
	Name     string // of the three together
	Care     string // switch: large type, high contrast, a simple page
	Settings string // button: opens the dialog
	Listen   string // button: reads the article aloud
}

// Settings has the words of the dialog in which readers set pages as they like. They
// are written into a script as JSON: names of choices, then those of their values.
type Settings struct {
	Title    string `json:"title"`
	Lang     string `json:"lang"` // of the interface
	Size     string `json:"size"`
	Theme    string `json:"theme"`
	Face     string `json:"face"`
	Leading  string `json:"leading"`
	Measure  string `json:"measure"` // length of lines
	Para     string `json:"para"`
	Flow     string `json:"flow"`
	Han      string `json:"han"`
	Auto     string `json:"auto"` // theme: as the device has it
	Paper    string `json:"paper"`
	White    string `json:"white"`
	Dark     string `json:"dark"`
	Contrast string `json:"contrast"`
	Serif    string `json:"serif"`
	Sans     string `json:"sans"`
	Tight    string `json:"tight"`
	Medium   string `json:"medium"`
	Loose    string `json:"loose"`
	Narrow   string `json:"narrow"`
	Wide     string `json:"wide"`
	Indent   string `json:"indent"` // paragraphs as in print
	Gap      string `json:"gap"`    // paragraphs as on a screen
	Across   string `json:"across"`
	Down     string `json:"down"`    // vertical text
	Written  string `json:"written"` // characters as the author wrote them
	Hans     string `json:"hans"`
	Hant     string `json:"hant"`
	ZhHans   string `json:"zh-Hans"` // the languages, each as it calls itself
	ZhHant   string `json:"zh-Hant"`
	En       string `json:"en"`
	Kept     string `json:"kept"` // where the choices are kept
	Reset    string `json:"reset"`
	Done     string `json:"done"`
}

func choicesFor(lang string) Choices {
	switch lang {
	case Hant:
		return Choices{Name: "閱讀方式", Care: "關懷版", Settings: "閱讀設定", Listen: "朗讀"}
	case English:
		return Choices{Name: "How to read", Care: "Easy reading", Settings: "Reading settings", Listen: "Listen"}
	}
	return Choices{Name: "阅读方式", Care: "关怀版", Settings: "阅读设置", Listen: "朗读"}
}

// SettingsFor returns the words of a language, or the simplified Chinese ones where
// the language is not one of Languages.
func SettingsFor(lang string) Settings {
	s := settingsFor(lang)
	s.ZhHans, s.ZhHant, s.En = For(Hans).LanguageName, For(Hant).LanguageName, For(English).LanguageName
	return s
}

func settingsFor(lang string) Settings {
	title := choicesFor(lang).Settings
	switch lang {
	case Hant:
		return Settings{
			Title: title, Lang: "介面語言（Language）",
			Size: "字級", Theme: "底色", Face: "字體", Leading: "行距", Measure: "行長", Para: "段落", Flow: "排列", Han: "簡繁",
			Auto: "跟隨系統", Paper: "報紙", White: "白色", Dark: "深色", Contrast: "高對比",
			Serif: "明體", Sans: "黑體",
			Tight: "緊", Medium: "適中", Loose: "寬",
			Narrow: "短", Wide: "長",
			Indent: "首行縮排", Gap: "段間空行",
			Across: "橫排", Down: "直排",
			Written: "原文", Hans: "简体", Hant: "繁體",
			Kept:  "這些只記在您自己的裝置上。",
			Reset: "恢復預設", Done: "完成",
		}
	case English:
		return Settings{
			Title: title, Lang: "Language (语言)",
			Size: "Size", Theme: "Colours", Face: "Typeface", Leading: "Line spacing", Measure: "Line length", Para: "Paragraphs", Flow: "Direction", Han: "Characters",
			Auto: "As the system", Paper: "Paper", White: "White", Dark: "Dark", Contrast: "High contrast",
			Serif: "Serif", Sans: "Sans",
			Tight: "Tight", Medium: "Medium", Loose: "Loose",
			Narrow: "Short", Wide: "Long",
			Indent: "Indented", Gap: "Spaced",
			Across: "Horizontal", Down: "Vertical",
			Written: "As written", Hans: "Simplified", Hant: "Traditional",
			Kept:  "Kept on your own device only.",
			Reset: "Reset", Done: "Done",
		}
	}
	return Settings{
		Title: title, Lang: "界面语言（Language）",
		Size: "字号", Theme: "底色", Face: "字体", Leading: "行距", Measure: "行长", Para: "段落", Flow: "排列", Han: "简繁",
		Auto: "跟随系统", Paper: "报纸", White: "白色", Dark: "深色", Contrast: "高对比",
		Serif: "宋体", Sans: "黑体",
		Tight: "紧", Medium: "适中", Loose: "宽",
		Narrow: "短", Wide: "长",
		Indent: "首行缩进", Gap: "段间空行",
		Across: "横排", Down: "竖排",
		Written: "原文", Hans: "简体", Hant: "繁體",
		Kept:  "这些只记在您自己的设备上。",
		Reset: "恢复默认", Done: "完成",
	}
}

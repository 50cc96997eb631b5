package text

// Footer has the words at the foot of every page: who answers for the site.
type Footer struct {
	Sponsor       string
	Organizer     string
	Address       string
	Phone         string
	ICP           string
	Police        string
	Code          string
	Accessibility string
	More          string // name of the ways to other pages of the site
}

func footerFor(lang string) Footer {
	switch lang {
	case Hant:
		return Footer{"主辦單位", "承辦單位", "地址", "電話", "ICP備案", "公安備案", "網站標識碼", "無障礙聲明", "全站"}
	case English:
		return Footer{"Published by", "Produced by", "Address", "Telephone", "ICP filing", "Police filing", "Site code", "Accessibility", "Whole site"}
	}
	return Footer{"主办单位", "承办单位", "地址", "电话", "ICP备案", "公安备案", "网站标识码", "无障碍声明", "全站"}
}

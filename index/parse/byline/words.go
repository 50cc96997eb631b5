package byline

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// role matches a word with a role in it: what is before it (the employer), the
// role, what is after it (a name set without a space). Longer roles come first.
var role = regexp.MustCompile(`^(.*?)(` + strings.Join([]string{
	"特约通讯员", "特约撰稿人", "特约评论员", "特约撰稿", "全媒体见习记者", "融媒体见习记者", "全媒体记者", "融媒体记者",
	"特派记者", "特约记者", "见习记者", "实习记者", "首席记者", "摄影记者", "文字记者", "小记者", "校园记者", "记者",
	"通讯员", "通信员", "报道员", "实习生", "实习编辑", "责任编辑", "见习编辑", "编辑", "责编", "美编", "评论员", "观察员", "撰稿人",
	"作者", "撰文", "参与采写", "采写", "整理", "策划", "统筹", "执笔", "编译", "翻译", "译者", "校对", "制图", "漫画", "绘图", "插图", "版式", "文字", "摄影",
}, "|") + `)(.*)$`)

// after maps a word that follows a name to the role that it gives the name; ""
// leaves the role that the name has.
var after = map[string]string{
	"摄": "摄影", "摄影": "摄影", "供图": "摄影", "图": "摄影", "图片": "摄影", "摄影报道": "", "报道": "", "摄制": "摄影",
	"文": "文", "文图": "", "图文": "", "撰文": "撰文", "整理": "整理", "采写": "采写", "编译": "编译", "综合": "", "综合报道": "",
}

// verbs are roles that sentences and headings begin with as well, without a space
// behind them: 编译时报错, 整理成册.
var verbs = map[string]bool{"编译": true, "翻译": true, "整理": true, "策划": true, "统筹": true, "执笔": true, "编辑": true, "文字": true,
	"校对": true, "制图": true, "绘图": true, "插图": true, "漫画": true, "撰文": true, "采写": true, "版式": true}

// staff are the roles of those who make the page and not the article.
const staff = `责任编辑|责编|执行编辑|值班编辑|见习编辑|实习编辑|编辑|美术编辑|美编|版式设计|版式|排版|组版|校对|检校|值班主任|值班编委|值班总编|总编辑?|主编|副主编|统筹|监制|审读|审核|签发|制作|图编|视觉`

var (
	staffLine = regexp.MustCompile(`^(?:本版)?(?:(?:` + staff + `)(?:[:：/／\s\x{3000}]+[\p{Han}·]{1,4}(?:[ \x{3000}、，,][\p{Han}]{1,4})*)?[\s\x{3000}|｜;；]*)+(?:本版)?$`)
	staffWord = regexp.MustCompile(`(?:` + staff + `)(?:[:：/／\s\x{3000}]|$)`)
	contact   = regexp.MustCompile(`^(?:本报|新闻|投稿|读者|广告|发行|订报|编辑部|值班|联系|爆料|服务|监督)?(?:热线|电话|邮箱|信箱|E-?mail|传真|电子邮箱|电子邮件|邮编|地址)(?:电话)?\s*[:：]?\s*[\w@.\-—()（）\d\s]{5,}$`)
)

// Staff reports whether s, a line by itself, names those who made the page, such
// as 「本版责编 钱某 版式 孙某」, and nothing else. They are not the authors of
// anything on it.
func Staff(s string) bool {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > 100 || !staffLine.MatchString(s) {
		return false
	}
	// One role may be that of a single article's line; two, or 本版, are the page's.
	return strings.HasPrefix(s, "本版") || len(staffWord.FindAllString(s, 3)) > 1 || staffOnly.MatchString(s)
}

// IsStaff reports whether a role is one of those who make the page.
func IsStaff(role string) bool { return staffRole.MatchString(role) }

var staffRole = regexp.MustCompile(`^(?:责任编辑|责编|见习编辑|实习编辑|美编|校对|版式)$`)

var staffOnly = regexp.MustCompile(`^(?:责任编辑|责编|美编|校对|版式|组版|排版)[:：/／\s\x{3000}]`)

// Contact reports whether s is nothing but the telephone number or address of the
// paper, as papers print it at the head or foot of a page.
func Contact(s string) bool {
	s = strings.TrimSpace(s)
	return utf8.RuneCountInString(s) <= 60 && contact.MatchString(s) && !strings.HasPrefix(s, "联系") && !strings.HasPrefix(s, "地址")
}

// own is what a paper calls itself.
var own = regexp.MustCompile(`^本(?:报|刊|台|网|社|版|站|校|院)$`)

// office matches the name of a body that texts come from.
var office = regexp.MustCompile(`(?:办|办公室|局|委|委员会|部|处|科|室|报|社|网|台|刊|厅|署|院|校|学|会|中心|公司|集团|队|所|站|馆|厂|` +
	`街道|政府|医院|银行|大学|学院|学校|支部|党委|工会|团委|妇联|文联|残联|侨联|科协|巡察办|组|基地|客户端|号|频道|发布|融媒)$`)

// notNames are words of two to four characters that stand where names stand.
var notNames = regexp.MustCompile(`^(?:了解到?|获悉|看到|注意到|发现|从|近日|昨日|日前|今日|今天|昨天|报道|完|图|注|资料|资料图片?|图片|` +
	`未完待续|下转.*|上接.*|待续|续完|略|有删[节改]|节选|本文.*|译注|编者按?|原载.*|见.*版|截图|网络|视频|单位|系|为|均为|简介|信息|受访者|来源|记者|采访|表示|介绍|在场|手记|札记|见闻|专栏|述评|同志们?|先生|女士|老师|读者|朋友们?|您好|你好)$`)

// surnames are the family names of some nine in ten people.
const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由單陳張劉楊黃趙吳孫馬羅鄭謝許韓馮鄧蔣葉蘇魏呂盧鍾譚陸範賈韋鄒邱龍賀顧龔邵萬錢嚴歐陽關雲閻賴龐嚴顏簡饒寧紀蘭衛麥鄺湯溫莊遊塗鳳項齊喬駱欒應畢婁單鄔樂凤昌"

// isName reports whether w can be a person's name.
func isName(w string) bool {
	if notNames.MatchString(w) {
		return false
	}
	n := utf8.RuneCountInString(w)
	if strings.ContainsAny(w, "·•") {
		return n <= 24 && onlyLetters(strings.NewReplacer("·", "", "•", "").Replace(w))
	}
	if isHan(w) {
		return n >= 2 && n <= 4
	}
	first, _ := utf8.DecodeRuneInString(w)
	return first < 0x250 && unicode.IsUpper(first) && n >= 2 && n <= 24 && onlyLetters(strings.NewReplacer(".", "", "-", "").Replace(w))
}

// isSurelyName is isName for places where other short words stand too.
func isSurelyName(w string) bool {
	first, _ := utf8.DecodeRuneInString(w)
	return isName(w) && isHan(w) && utf8.RuneCountInString(w) <= 3 && strings.ContainsRune(surnames, first)
}

func isOffice(w string) bool {
	n := utf8.RuneCountInString(w)
	return n >= 2 && n <= 24 && office.MatchString(w) && onlyLetters(w)
}

func isHan(w string) bool {
	for _, r := range w {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return w != ""
}

func onlyLetters(w string) bool {
	for _, r := range w {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return w != ""
}

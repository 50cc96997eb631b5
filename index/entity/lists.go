package entity

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/words.txt
var wordsFile string

//go:embed data/places.txt
var placesFile string

// flag says what a word can be. A word may be several things.
type flag uint32

const (
	surname      flag = 1 << iota
	longSurname       // of two characters
	titleBefore       // stands before a name: 区长X
	titleAfter        // stands after one: X先生
	speech            // what people do, after a name
	surelySpeech      // what nothing but people do
	credit            // 记者: the name is in the byline as well
	notGiven          // no character of a given name
	notPerson         // looks like a name and is none
	beforePlace       // 在, 来到: a place can begin after it
	notStem           // 示范村 and 山村 are no village's name
	orgTail           // an organisation's last word
	orgInner          // can stand within one's name, whatever part of speech it is
	orgHead           // can be the first word of one's name
	org               // is one
	notOrg
	country
	province
	city
	abroad   // a city or region of another country
	nature   // rivers, mountains, sights
	doubtful // a place only if the text shows it
	notPlace
	notInOrg  // 全市, 著名: is within no organisation's name
	localSign // 党支部, 村民: what stands before it is a small place
	looseTail // as orgTail, of names that begin with no place
	vagueTail // with no more than a place before it: no name, as 上海医院
	alone     // stands before nothing that makes it another thing: 北京时间, 南京路
)

const anyPlace = country | province | city | abroad | nature

var sections = map[string]flag{
	"姓": surname, "复姓": longSurname, "职务": titleBefore, "复职": titleAfter, "说": speech, "强说": surelySpeech,
	"署名": credit, "非名": notGiven, "不是人": notPerson, "街村前": beforePlace, "非村": notStem,
	"机构尾": orgTail, "机构内": orgInner, "机构头": orgHead, "机构": org, "不是机构": notOrg,
	"国家": country, "省": province, "市": city, "外国": abroad, "山水": nature, "不是地": notPlace, "党政尾": localSign, "机构外": notInOrg, "泛机构尾": orgTail | vagueTail, "散机构尾": orgTail | looseTail, "地后": alone,
}

// A lexicon knows what words can be.
type lexicon struct {
	is   map[string]flag
	same map[string]string // other names of organisations: the one to use
}

var lists = sync.OnceValues(func() (*lexicon, error) {
	all := &lexicon{is: make(map[string]flag, 4096), same: make(map[string]string)}
	for _, file := range []struct{ name, text string }{{"words.txt", wordsFile}, {"places.txt", placesFile}} {
		if err := readLists(all, file.name, file.text); err != nil {
			return nil, err
		}
	}
	return all, nil
})

func readLists(all *lexicon, name, text string) error {
	var is flag
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		if section, ok := strings.CutPrefix(line, "["); ok {
			section = strings.TrimSuffix(section, "]")
			if is = sections[section]; is == 0 && section != "等于" {
				return fmt.Errorf("names: %s:%d: section %s is not known", name, i+1, line)
			}
			continue
		}
		for _, word := range strings.Fields(line) {
			if other, use, ok := strings.Cut(word, "="); ok {
				all.same[other] = use
			} else if bare, ok := strings.CutSuffix(word, "?"); ok {
				all.is[bare] |= is | doubtful
			} else {
				all.is[word] |= is
			}
		}
	}
	return nil
}

// transcribing are the characters that foreign names are written with.
const transcribing = "阿埃艾安昂奥澳巴白拜班邦保鲍贝本比彼毕边别宾波伯博勃卜布采查察柴昌茨达戴丹道德登邓狄迪蒂丁杜顿多厄恩尔法凡范菲费芬丰冯佛弗夫福富噶盖甘冈高戈哥格葛贡古瓜圭哈海罕翰豪赫黑亨洪侯胡华怀惠霍基吉季加嘉贾简焦杰捷金津喀卡凯坎康考柯科克肯孔库昆拉莱赖兰朗劳勒雷黎里理利莉丽廉良列烈林琳隆龙卢鲁吕伦罗洛马玛迈麦曼芒毛梅门蒙孟米密缪摩莫默姆木穆拿纳娜乃奈内尼涅宁牛纽农努诺欧帕派潘庞佩彭蓬皮泼珀普齐奇契恰乔切钦琴丘曲热仁荣茹儒瑞若撒萨塞赛桑瑟森沙珊尚绍舍申圣施什史舒朔斯丝司松苏素索塔台泰坦汤唐陶特田廷图托陀瓦万汪旺威韦维卫魏温文翁沃乌伍武西希锡夏香肖谢辛欣休雄修许逊雅亚延扬耶叶伊易英尤约赞泽扎詹张章珍芝治朱茱宗祖佐兹芙蕾薇妮娅黛露敏璐茜滕娃京干珠珀堡顺菈彻仑伽坂琪琼恰舜劲戴宾隆功济连集加提汗东依力更贡榭裴盛迭楚岑钧普邵耿欣绍"

var transcribes = func() (set [0x9FFF - 0x4E00 + 1]bool) {
	for _, r := range transcribing {
		set[r-0x4E00] = true
	}
	return set
}()

// foreignSounding reports whether every character of the word is one that
// foreign names are written with.
func foreignSounding(word string) bool {
	for _, r := range word {
		if r < 0x4E00 || r > 0x9FFF || !transcribes[r-0x4E00] {
			return false
		}
	}
	return word != ""
}

// lastRunes returns the end of a word that has n characters.
func lastRunes(word string, n int) string {
	at := len(word)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(word[:at])
		at -= size
	}
	return word[at:]
}

func firstRunes(word string, n int) string {
	at := 0
	for ; n > 0 && at < len(word); n-- {
		_, size := utf8.DecodeRuneInString(word[at:])
		at += size
	}
	return word[:at]
}

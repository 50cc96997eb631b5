package source

import (
	"bytes"
	"strings"
	stdunicode "unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// A charset is one that texts are found in, with its most frequent characters.
type charset struct {
	name     string
	encoding encoding.Encoding
	frequent string
}

// charsets has those that are tried on text that is not UTF-8, the likeliest
// first. GB18030 has GBK and GB2312 in it.
var charsets = []charset{
	{"GB18030", simplifiedchinese.GB18030, simplified + traditional},
	{"Big5", traditionalchinese.Big5, traditional},
	{"Shift_JIS", japanese.ShiftJIS, kana},
	{"EUC-JP", japanese.EUCJP, kana},
	{"EUC-KR", korean.EUCKR, hangul},
}

// The characters of which about half of any text in each script consists.
const (
	simplified  = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术，。、“”"
	traditional = "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經十三之進著等部度家電力裡裏如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題黨程展五果料象員革位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計別她手角期根論運農指幾九區強放決西被幹做必戰先回則任取據處隊南給色光門即保治北造百規熱領七海口東導器壓志世金增爭濟階油思術，。、「」"
	kana        = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんがぎぐげござじずぜぞだでどばびぶべぼっゃゅょアイウカキクコサシスタチテトナニハフマムメラリルレロンードグジデプ、。「」"
	hangul      = "이다는의에고하가을를지은로도기한사리인아서자나대어들시해그있으일정것수보라제만부장주스원전과여었성구상공했니게조유국화와요습오세우무동면미신비소거연할년발경위계"
)

// Below these, text is gibberish, or too short to tell.
const (
	plausible = 0.25 // of a text's characters that are not ASCII
	enough    = 12   // such characters, to tell anything from their share
)

func decode(name string, raw []byte, declared string) (string, error) {
	if e := markOf(raw); e != nil {
		return decodeWith(name, raw, e, "UTF-16 or UTF-32")
	}
	raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	label, e := lookup(declared)
	if text, ok := escaped(raw, e); ok {
		return text, nil
	}
	if e != nil && oneByte(raw, e) {
		// Any bytes have a meaning in it, so it says nothing of them.
		if text, ok := guess(raw, true); ok {
			return text, nil
		}
	}
	if utf8.Valid(raw) && !(e != nil && onlyPairs(raw) && share(raw, e) > plausible) {
		return string(raw), nil
	}
	if e != nil {
		if text, bad := clean(raw, e); !bad {
			return text, nil
		}
	}
	at, bad, good := invalid(raw)
	// GB18030 gives a meaning to nearly every pair of bytes, so UTF-8 with a
	// damaged character would also pass for it, as gibberish. Text that is for
	// the most part good UTF-8 is taken for damaged UTF-8.
	if good <= 4*bad {
		if text, ok := guess(raw, false); ok {
			return text, nil
		}
		if e != nil {
			return decodeWith(name, raw, e, label)
		}
	}
	what := "is not UTF-8"
	if good <= 4*bad {
		what += ", nor can its charset be told (GB18030, Big5, Shift_JIS, EUC-JP and EUC-KR were tried)"
	} else if e != nil {
		what += ", nor is the text " + label + " as it declares"
	}
	return "", Errorf(name, 1+bytes.Count(raw[:at], []byte("\n")), "byte 0x%02X %s; save the file as UTF-8", raw[at], what)
}

// markOf returns the encoding that a byte order mark at the beginning of raw
// names, or nil.
func markOf(raw []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE, 0, 0}), bytes.HasPrefix(raw, []byte{0, 0, 0xFE, 0xFF}):
		return utf32.UTF32(utf32.LittleEndian, utf32.ExpectBOM)
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}), bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	}
	return nil
}

// lookup returns the encoding with a label and its name. UTF-8 and UTF-16, which
// the bytes themselves tell, and what is unknown, are nil. A text that says it is
// GB2312 or GBK may well have characters that only GB18030 has.
func lookup(label string) (string, encoding.Encoding) {
	if strings.EqualFold(strings.TrimSpace(label), "hz-gb-2312") {
		return "HZ", simplifiedchinese.HZGB2312
	}
	e, err := htmlindex.Get(strings.TrimSpace(label))
	if err != nil {
		return "", nil
	}
	canonical, err := htmlindex.Name(e)
	switch {
	case err != nil, strings.HasPrefix(canonical, "utf-"), canonical == "replacement", canonical == "x-user-defined":
		return "", nil
	case canonical == "gbk":
		return "GB18030", simplifiedchinese.GB18030
	}
	return canonical, e
}

// escaped decodes a text of ASCII in which marks say what stands for characters of
// more bytes: ISO-2022-JP, whether it says so or not, and HZ if it does.
func escaped(raw []byte, e encoding.Encoding) (string, bool) {
	switch {
	case !isASCII(raw):
		return "", false
	case bytes.Contains(raw, []byte("\x1b$B")) || bytes.Contains(raw, []byte("\x1b$@")):
		e = japanese.ISO2022JP
	case e != simplifiedchinese.HZGB2312:
		return "", false
	}
	text, bad := clean(raw, e)
	return text, !bad
}

func isASCII(raw []byte) bool {
	return bytes.IndexFunc(raw, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// oneByte reports whether raw has as many characters in e as it has bytes.
func oneByte(raw []byte, e encoding.Encoding) bool {
	text, bad := clean(raw, e)
	return (!bad || e == charmap.Windows1252) && !isASCII(raw) && utf8.RuneCountInString(text) == len(raw)
}

// onlyPairs reports whether raw, which is UTF-8, has characters of two bytes and
// none of more. Two characters of GBK can be such: 「联通」.
func onlyPairs(raw []byte) bool {
	pairs := false
	for _, r := range string(raw) {
		if r >= 0x800 {
			return false
		}
		pairs = pairs || r >= 0x80
	}
	return pairs
}

// share returns how much of raw, read as e, is Chinese, Japanese or Korean
// writing, from 0 to 1, without what is ASCII.
func share(raw []byte, e encoding.Encoding) float64 {
	text, bad := clean(raw, e)
	if bad {
		return 0
	}
	all, hits := 0, 0
	for _, r := range text {
		if r < 0x80 {
			continue
		}
		all++
		if stdunicode.In(r, stdunicode.Han, stdunicode.Hiragana, stdunicode.Katakana, stdunicode.Hangul) {
			hits++
		}
	}
	return float64(hits) / float64(max(all, 1))
}

// clean decodes raw and reports whether a byte of it has no meaning in e, or one
// that no text has.
func clean(raw []byte, e encoding.Encoding) (text string, bad bool) {
	out, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return "", true
	}
	for _, r := range string(out) {
		if r == utf8.RuneError || r >= 0x80 && r < 0xA0 || r >= 0xE000 && r < 0xF900 {
			return string(out), true
		}
	}
	return string(out), false
}

// guess finds the charset in which the most characters of raw are frequent
// ones. It reports false if there is none in which it reads as text.
// With sure, a short text, of which little can be told, is none.
func guess(raw []byte, sure bool) (text string, ok bool) {
	best, most := "", -1.0
	for i, c := range charsets {
		out, bad := clean(raw, c.encoding)
		if bad {
			continue
		}
		all, frequent := 0, 0
		for _, r := range out {
			if r < 0x80 {
				continue
			}
			all++
			if strings.ContainsRune(c.frequent, r) {
				frequent++
			}
		}
		score := float64(frequent) / float64(max(all, 1))
		// A short text says little: the likeliest charset it is, then.
		if i == 0 && all < enough && !sure {
			score += 0.1
		}
		if i == 0 || score > most*1.2 {
			if score >= plausible && all >= 4 || !sure && score >= plausible || i == 0 && (all < enough || standard(raw)) {
				best, most = out, max(score, 0.05)
			}
		}
	}
	return best, most >= 0
}

// standard reports whether nearly all pairs of bytes are of the characters that
// GB2312 puts first, as in lists of names, where none is frequent.
func standard(raw []byte) bool {
	pairs, common := 0, 0
	for i := 0; i+1 < len(raw); i++ {
		a, b := raw[i], raw[i+1]
		if a < 0x80 {
			continue
		}
		pairs++
		if b >= 0xA1 && (a >= 0xA1 && a <= 0xA3 || a >= 0xB0 && a <= 0xD7) {
			common++
		}
		i++
	}
	return common*10 >= pairs*8
}

// decodeWith decodes raw and tells where that cannot be done.
func decodeWith(name string, raw []byte, e encoding.Encoding, label string) (string, error) {
	s, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return "", Errorf(name, 0, "cannot be decoded as %s: %v; save the file as UTF-8", label, err)
	}
	if i := bytes.Index(s, []byte("\uFFFD")); i >= 0 {
		return "", Errorf(name, LineAt(string(s), i), "a byte here means nothing in %s, the charset of the file; save the file as UTF-8", label)
	}
	return string(s), nil
}

// invalid returns the offset of the first byte that is not UTF-8, how many such
// bytes there are, and how many characters of several bytes are good.
func invalid(raw []byte) (at, bad, good int) {
	at = -1
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			if at < 0 {
				at = i
			}
			bad++
		case size > 1:
			good++
		}
		i += size
	}
	return at, bad, good
}

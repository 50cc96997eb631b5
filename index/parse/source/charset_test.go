package source

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

func encode(t testing.TB, e encoding.Encoding, text string) []byte {
	t.Helper()
	out, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var charsetTexts = map[string]string{
	"gb18030":   "守塔人每天晚上点灯，一共点了三十年。",
	"big5":      "守塔人每天晚上點燈，一共點了三十年。",
	"shift_jis": "守り人は毎晩あかりをつけました。三十年のあいだ、忘れたことはありません。",
	"euc-jp":    "守り人は毎晩あかりをつけました。三十年のあいだ、忘れたことはありません。",
	"euc-kr":    "등대지기는 매일 밤 불을 켰습니다. 삼십 년 동안 한 번도 잊은 적이 없습니다.",
}

// A text comes out as it went in, if its charset is declared, if none is, and if
// a wrong one is that its bytes contradict.
func TestDecodeFindsTheCharset(t *testing.T) {
	for label, text := range charsetTexts {
		e, err := htmlindex.Get(label)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range []string{label, "", "utf-8", "nonsense"} {
			got, err := Decode("f", encode(t, e, text), declared)
			if err != nil || got != text {
				t.Errorf("%s declared as %q: %q, %v", label, declared, got, err)
			}
		}
		if got, err := Decode("f", []byte(text), label); err != nil || got != text {
			t.Errorf("UTF-8 declared as %s: %q, %v", label, got, err)
		}
	}
}

func TestDecode(t *testing.T) {
	gbk, _ := htmlindex.Get("gbk")
	big5, _ := htmlindex.Get("big5")
	latin, _ := htmlindex.Get("windows-1252")
	cyrillic, _ := htmlindex.Get("windows-1251")
	sjis, _ := htmlindex.Get("shift_jis")
	jis, _ := htmlindex.Get("iso-2022-jp")
	for _, c := range []struct {
		about, declared string
		raw             []byte
		want            string
	}{
		{"two characters of GBK that are UTF-8 as well", "gb2312", encode(t, gbk, "联通"), "联通"},
		{"the same in UTF-8", "gb2312", []byte("联通"), "联通"},
		{"GB18030 that says it is GB2312", "gb2312", encode(t, charsets[0].encoding, "㐂的一页，有四个字节的字。"), "㐂的一页，有四个字节的字。"},
		{"a list of names", "", encode(t, gbk, "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"), "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"},
		{"a short title in Big5, declared", "big5", encode(t, big5, "燈塔"), "燈塔"},
		{"a western charset", "iso-8859-1", encode(t, latin, "Café, naïve"), "Café, naïve"},
		{"GBK that says it is western", "iso-8859-1", encode(t, gbk, charsetTexts["gb18030"]), charsetTexts["gb18030"]},
		{"Shift_JIS that says it is western", "windows-1252", encode(t, sjis, charsetTexts["shift_jis"]), charsetTexts["shift_jis"]},
		{"a western text with many marks", "iso-8859-1", encode(t, latin, "Où est-elle allée ? À l'île, déjà, très tôt, çà et là : « noël », œuvre."), "Où est-elle allée ? À l'île, déjà, très tôt, çà et là : « noël », œuvre."},
		{"Russian", "windows-1251", encode(t, cyrillic, "Смотритель маяка каждый вечер зажигал огонь."), "Смотритель маяка каждый вечер зажигал огонь."},
		{"ISO-2022-JP", "iso-2022-jp", encode(t, jis, charsetTexts["euc-jp"]), charsetTexts["euc-jp"]},
		{"ISO-2022-JP, undeclared", "", encode(t, jis, charsetTexts["euc-jp"]), charsetTexts["euc-jp"]},
		{"HZ", "hz-gb-2312", encode(t, simplifiedchinese.HZGB2312, "守塔人 a"), "守塔人 a"},
		{"ASCII with braces", "", []byte("~{ab~} \x1b[1m"), "~{ab~} \x1b[1m"},
		{"UTF-8 with a mark that says something else", "big5", []byte("\xEF\xBB\xBF燈塔"), "燈塔"},
		{"UTF-16", "gbk", encode(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "燈塔"), "燈塔"},
		{"UTF-32", "", encode(t, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), "燈塔"), "燈塔"},
		{"gibberish", "", []byte("第\n" + strings.Repeat("\x81\x32\xA3\x20\xFD\x03", 20)), "! f:2: byte 0x81 is not UTF-8, nor can its charset be told (GB18030, Big5, Shift_JIS, EUC-JP and EUC-KR were tried); save the file as UTF-8"},
		{"damaged Big5", "big5", append(encode(t, big5, "第一行\n守塔人每天晚上點燈，"), 0xFF, 0xFF), "! f:2: a byte here means nothing in big5, the charset of the file; save the file as UTF-8"},
		{"damaged UTF-16", "", []byte("\xFF\xFE\x32\x75\x00\xD8\x32\x75"), "! f:1: a byte here means nothing in UTF-16 or UTF-32, the charset of the file; save the file as UTF-8"},
	} {
		got, err := Decode("f", c.raw, c.declared)
		if err != nil {
			got = "! " + err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.about, got, c.want)
		}
	}
}

// No charset is taken for another, whatever the length of the text.
func TestDecodeOfPieces(t *testing.T) {
	for label, text := range charsetTexts {
		e, _ := htmlindex.Get(label)
		runes := []rune(strings.Repeat(text, 3))
		for n := 2; n <= len(runes); n++ {
			piece := string(runes[:n])
			got, err := Decode("f", encode(t, e, piece), "")
			if n >= enough && (err != nil || got != piece) {
				t.Errorf("%s: %q, %v; want %q", label, got, err, piece)
			}
			if got, err = Decode("f", encode(t, e, piece), label); err != nil || got != piece {
				t.Errorf("%s declared: %q, %v; want %q", label, got, err, piece)
			}
		}
	}
}

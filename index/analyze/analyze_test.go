package analyze

import (
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"江海区", "江海区"},
		{"ＷｉＦｉ１０（全区）", "wifi10(全区)"},
		{"Ünïcode ÉÀ", "ünïcode éà"},
		{"U\u0308ni", "uni"},
		{"  前后\u3000 有空　白\n\t", "前后有空白"},
		{"海 堤 工 程 上 周 完 工 ，可以", "海堤工程上周完工,可以"},
		{"用 AI 识别  100 条船", "用 ai 识别 100 条船"},
		{"한국 사람", "한국 사람"},
		{"하\u11ab\u1100\u116e\u11a8", "한국"},
		{"ｶﾞｲﾄﾞ ﾊﾟﾝ か\u3099 は\u309a", "ガイドパンがぱ"},
		{"ﬁnd ﬂoor oﬃce Ⅳ ㎏", "find floor office iv kg"},
		{"零\u200b宽\ufeff、软\u00ad连", "零宽、软连"},
		{"ｶﾅ", "カナ"},
		{"𠮷野家😀", "𠮷野家😀"},
		{"", ""},
		{" ", ""},
	} {
		f := Folder{}.Fold(c.in)
		if got := f.String(); got != c.want {
			t.Errorf("%q folds to %q, want %q", c.in, got, c.want)
		}
		if again := (Folder{}).Fold(c.want).String(); again != c.want {
			t.Errorf("%q folds on to %q", c.want, again)
		}
	}
}

func TestVariantsFoldToOne(t *testing.T) {
	f := Folder{Variants: map[rune]rune{'黨': '党'}}
	if got := f.Fold("黨建").String(); got != "党建" {
		t.Errorf("got %q", got)
	}
}

func TestNewFolderFoldsWhatAFolderDoes(t *testing.T) {
	// The first and the last of those that it knows of, their neighbours, and some
	// that it does not.
	variants := map[rune]rune{0x4E00: 'a', 0x4E3F: 'b', 0x4E40: 'c', 0x9FFF: 'd', 0x3400: 'e', 0x20000: 'f', '黨': '党'}
	plain, fast := Folder{Variants: variants}, NewFolder(variants)
	for r := rune(0x3300); r < 0x21000; r++ {
		if got, want := fast.Rune(r), plain.Rune(r); got != want {
			t.Fatalf("%U folds to %q, want %q", r, got, want)
		}
	}
}

func FuzzFoldOffsets(f *testing.F) {
	f.Add("ＷｉＦｉ　江海 区\x00\xff")
	f.Fuzz(func(t *testing.T, s string) {
		folded := Folder{}.Fold(s)
		if len(folded.Offsets) != len(folded.Runes)+1 {
			t.Fatalf("%d offsets for %d runes", len(folded.Offsets), len(folded.Runes))
		}
		if runes := (Folder{}).Runes(s); string(runes) != folded.String() {
			t.Fatalf("%q is folded to %q and to %q", s, folded.String(), string(runes))
		}
		for i := range folded.Runes {
			at := folded.Offsets[i]
			if at > folded.Offsets[i+1] {
				t.Fatalf("offset %d comes before the one ahead of it", folded.Offsets[i+1])
			}
			if utf8.ValidString(s) && !utf8.RuneStart(s[at]) {
				t.Fatalf("offset %d is within a character", at)
			}
		}
		if again := (Folder{}).Fold(folded.String()).String(); utf8.ValidString(s) && again != folded.String() {
			t.Fatalf("%q folds to %q and that to %q", s, folded.String(), again)
		}
	})
}

package pinyin

import (
	"slices"
	"strings"
	"testing"
)

func TestPronunciations(t *testing.T) {
	for word, want := range map[string]string{
		"江海区":  "jiang hai qu",
		"重庆市":  "chong qing shi",
		"重点":   "zhong dian",
		"银行":   "yin hang",
		"行动":   "xing dong",
		"长江大桥": "chang jiang da qiao",
		"市长":   "shi zhang",
		"音乐会":  "yin yue hui",
		"快乐":   "kuai le",
		"绿色":   "lv se",
		"首都":   "shou du",
		"西藏":   "xi zang",
		"银行行长": "yin hang hang zhang",
		"5g网络": "  wang luo",
		"":     "",
	} {
		if got := strings.Join(Word(word), " "); got != want {
			t.Errorf("%s is read %q, want %q", word, got, want)
		}
	}
}

func TestASurnameIsReadAsOneOnlyInANameAndInFront(t *testing.T) {
	for name, want := range map[string]string{
		"单小明": "shan xiao ming", "曾国": "zeng guo", "尉迟恭": "yu chi gong", "小单": "xiao dan", "王解": "wang jie", "单": "dan",
	} {
		if got := strings.Join(Name(name), " "); got != want {
			t.Errorf("%s is read %q, want %q", name, got, want)
		}
	}
	if got := strings.Join(Word("单位"), " "); got != "dan wei" {
		t.Errorf("单位 is read %q", got)
	}
}

// Whatever is in the table: a syllable for each character, of letters alone.
func TestTheTableIsWhole(t *testing.T) {
	tables := load()
	if len(tables.phrases) < 1000 || len(tables.chars) < 100 || len(tables.surnames) < 20 {
		t.Fatalf("%d phrases, %d characters, %d surnames", len(tables.phrases), len(tables.chars), len(tables.surnames))
	}
	for _, of := range []map[string][]string{tables.phrases, tables.surnames} {
		for word, syllables := range of {
			if len([]rune(word)) != len(syllables) || strings.Trim(strings.Join(syllables, ""), "abcdefghijklmnopqrstuvwxyz") != "" {
				t.Errorf("%s is read %q", word, syllables)
			}
		}
	}
	silent := 0 // units of measure that Japan made up: 瓩 and the like
	for r := rune(0x4E00); r <= 0x9FA5; r++ {
		if pronunciations := Char(r); len(pronunciations) == 0 {
			silent++
		} else if tables.char(r) != pronunciations[0] {
			t.Errorf("%c is read %s first and %s by itself", r, pronunciations[0], tables.char(r))
		}
	}
	if silent > 12 {
		t.Errorf("%d characters have no pronunciation", silent)
	}
	if got := Char('重'); !slices.Contains(got, "chong") || got[0] != "zhong" {
		t.Errorf("重 is read %q", got)
	}
}

func TestCommonCharacters(t *testing.T) {
	common := Common()
	if len(common) != 3755 || common[0] != '啊' || common[len(common)-1] != '座' {
		t.Errorf("%d characters from %q to %q", len(common), common[0], common[len(common)-1])
	}
	for _, r := range common {
		if len(Char(r)) == 0 {
			t.Errorf("%c has no pronunciation", r)
		}
	}
}

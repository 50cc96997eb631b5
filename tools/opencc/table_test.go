package main

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// small is a dictionary with what is difficult: a phrase that its characters decide,
// one that they do not, one that keeps another from beginning within it.
func small() *table {
	t := newTable()
	t.add(map[string]string{"发": "發", "头": "頭", "了": "了", "解": "解", "会": "會", "干": "幹", "部": "部", "爲": "爲", "为": "爲"}, map[string]string{"爲": "為"})
	t.add(map[string]string{"头发": "頭髮", "发会": "發會", "了解": "瞭解", "会了": "會了", "干部": "幹部", "短": "長長"}, nil)
	return t
}

func TestConversionGoesByTheLongestPhrase(t *testing.T) {
	for text, want := range map[string]string{
		"头发": "頭髮", "发头": "發頭", "头发发": "頭髮發", "了解": "瞭解", "会了解": "會了解", "为了": "為了", "短": "短", "": "", "a头b": "a頭b",
	} {
		if got := small().convert(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestReducedTableConvertsAlike(t *testing.T) {
	full := small()
	less := full.reduced(func(string) bool { return true })
	if got, want := slices.Sorted(maps.Keys(less.phrases)), []string{"了解", "会了", "头发"}; !slices.Equal(got, want) {
		t.Errorf("the phrases %q stay, want %q", got, want)
	}
	parts := []string{"头", "发", "会", "了", "解", "干", "部", "x"}
	for _, a := range parts {
		for _, b := range parts {
			for _, c := range parts {
				if text := a + b + c; full.convert(text) != less.convert(text) {
					t.Errorf("%q becomes %q, and %q with less", text, full.convert(text), less.convert(text))
				}
			}
		}
	}
	if got := full.reduced(func(string) bool { return false }); len(got.phrases) != 2 {
		t.Errorf("with nothing worthwhile, %v stay, want those that change something", got.phrases)
	}
}

// decode reads what encode writes.
func decode(t *testing.T, text string) *table {
	t.Helper()
	read := newTable()
	first, rest, _ := strings.Cut(text, "\n")
	pairs := []rune(first)
	if len(pairs)%2 != 0 {
		t.Fatalf("%d characters are no pairs", len(pairs))
	}
	for i := 0; i < len(pairs); i += 2 {
		read.put(pairs[i:i+1], pairs[i+1:i+2])
	}
	for line := range strings.Lines(rest) {
		phrase, become, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		from := []rune(phrase)
		to := []rune(become)
		if become == "" {
			to = []rune(strings.Repeat(".", len(from)))
		}
		if len(from) < 2 || len(from) != len(to) || len(utf16.Encode(from)) != len(phrase16(from, to, read)) {
			t.Fatalf("the line %q is no phrase and what it becomes", line)
		}
		read.put(from, []rune(phrase16(from, to, read)))
	}
	return read
}

func phrase16(from, to []rune, t *table) []rune {
	out := slices.Clone(to)
	for i, r := range to {
		if r == '.' {
			out[i] = t.character(from[i])
		}
	}
	return out
}

func TestTablesAreReadAsTheyAreWritten(t *testing.T) {
	want := small().reduced(func(string) bool { return true })
	got := decode(t, string(want.encode()))
	if !maps.Equal(got.characters, want.characters) || !maps.Equal(got.phrases, want.phrases) {
		t.Errorf("%q is read as %v and %v", want.encode(), got.characters, got.phrases)
	}
}

// TestTablesOfTheSite are of OpenCC; these texts are ours.
func TestTablesOfTheSite(t *testing.T) {
	for file, cases := range map[string]map[string]string{
		"hant.txt": {
			"头发": "頭髮", "发展": "發展", "理发": "理髮", "干部": "幹部", "干燥": "乾燥", "干涉": "干涉", "乾隆": "乾隆",
			"里面": "裏面", "公里": "公里", "皇后": "皇后", "以后": "以後", "面条": "麪條", "表面": "表面", "手表": "手錶",
			"一只鸟": "一隻鳥", "只有": "只有", "长征": "長征", "征收": "徵收", "新征程": "新征程", "关于军队": "關於軍隊", "因为": "因為", "系统": "系統", "联系": "聯繫", "关系": "關係", "人才是": "人才是", "奋斗的": "奮鬥的",
		},
		"hans.txt": {
			"頭髮": "头发", "發展": "发展", "乾隆": "乾隆", "乾燥": "干燥", "裡面": "里面", "裏面": "里面", "皇后": "皇后", "以後": "以后",
			"看著": "看着", "著作": "著作", "瞭解": "了解", "一目瞭然": "一目了然", "因為": "因为", "這裡的麵條": "这里的面条",
		},
	} {
		text, err := os.ReadFile("../../web/han/" + file)
		if err != nil {
			t.Fatal(err)
		}
		table := decode(t, string(text))
		for from, want := range cases {
			if got := table.convert(from); got != want {
				t.Errorf("%s: %q becomes %q, want %q", file, from, got, want)
			}
		}
	}
}

package analyze

import "testing"

func TestNameIsOneHoweverItIsSet(t *testing.T) {
	for typed, want := range map[string]string{
		"周　禾": "周禾", "周 禾": "周禾", " 周禾 ": "周禾", "玛丽•安": "玛丽·安", "玛丽・安": "玛丽·安", "玛丽 ‧ 安": "玛丽·安",
		"Mary  Ann": "Mary Ann", "周禾 Mary": "周禾 Mary", "": "",
	} {
		if got := Name(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func TestShortWordsAndSigns(t *testing.T) {
	for word, want := range map[string]bool{
		"ai": true, "5g": true, "c": true, "mp3": true, "c++": true, ".net": true, "notepad++": true, "c#": true,
		"wifi": false, "2024": false, "15": false, "海": false, "a海": false, "+": false, "": false,
	} {
		if got := Short([]rune(word)); got != want {
			t.Errorf("%s: short is %v", word, got)
		}
	}
	for line, want := range map[string]int{
		"c++语言": 3, "c#": 2, "g++ 4": 3, ".net core": 4, "ai+教育": 0, "c+d": 0, "c++11": 0, "..net": 0, "海": 0, ".5": 0, "net": 0,
	} {
		if got := Sign([]rune(line), 0); got != want {
			t.Errorf("%s: the sign ends at %d, want %d", line, got, want)
		}
	}
	if at := Sign([]rune("asp.net"), 3); at != 3 {
		t.Errorf("a dot within a word begins one: %d", at)
	}
	if at := Sign([]rune("#ai#"), 1); at != 1 {
		t.Errorf("a topic has a sign: %d", at)
	}
}

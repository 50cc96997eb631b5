package term

import (
	"strings"
	"testing"
)

func TestDatesHaveOtherForms(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"9月3日", "9月3号|九月三日|九月三号"},
		{"九月三日", "9月3日|9月3号|九月三号"},
		{"09月03日", "9月3日|9月3号|九月三日|九月三号"},
		{"11月25号", "11月25日|十一月二十五日|十一月二十五号"},
		{"十一月二十五号", "11月25日|11月25号|十一月二十五日"},
		{"十月", "10月"},
		{"25日", "二十五日"},
		{"二十五号", "25号"},
		{"三十日", "30日"},
		{"2024年", "二〇二四年|二零二四年|二○二四年"},
		{"二零二四年", "2024年|二〇二四年|二○二四年"},
		{"二○二四年", "2024年|二〇二四年|二零二四年"},
		{"1978年", "一九七八年"},
		{"2011年2月", "二〇一一年二月|二零一一年二月|二○一一年二月"},
		{"一九九八年十二月二十日", "1998年12月20日|1998年12月20号|一九九八年十二月二十号"},
		{"在9月3日和十月一日", "在9月3日和10月1日|在9月3号和10月1号|在九月三日和十月一日|在九月三号和十月一号"},
		{"上月9月份", "上月九月份"},

		{"", ""},
		{"江海区", ""},
		{"十年", ""},
		{"24年", ""},
		{"3024年", ""},
		{"13月", ""},
		{"32日", ""},
		{"0日", ""},
		{"一二月", ""},
		{"二五日", ""},
		{"百日", ""},
		{"一百二十日", ""},
		{"三个月", ""},
		{"20245年", ""},
		{"十十日", ""},
		{"日月年", ""},
		{"9", ""},
	} {
		forms := DateForms([]rune(c.text))
		var others []string
		for _, f := range forms[1:] {
			others = append(others, string(f))
		}
		if got := strings.Join(others, "|"); got != c.want || string(forms[0]) != c.text {
			t.Errorf("%q, other forms %s, want %s", string(forms[0]), got, c.want)
		}
	}
}

func TestADateIsSplitBehindItsYear(t *testing.T) {
	for text, want := range map[string]string{
		"2024年9月3日在": "2024年|9月3日",
		"二○二四年九月":    "二○二四年|九月",
		"九月三日":       "九月三日",
		"10月革命":      "10月",
		"十月革命":       "",
		"二月河":        "",
		"江海":         "",
	} {
		units, to := SplitDate([]rune(text), 0)
		var got []string
		for _, u := range units {
			got = append(got, string(u))
		}
		if s := strings.Join(got, "|"); s != want || to != len([]rune(strings.ReplaceAll(want, "|", ""))) {
			t.Errorf("%s: %s up to %d, want %s", text, s, to, want)
		}
	}
}

// Whatever form of a date is typed, the forms are the same.
func TestFormsOfADateHaveTheSameForms(t *testing.T) {
	for _, text := range []string{"2024年9月3日", "二〇二〇年十月", "11月25号", "31日"} {
		forms := DateForms([]rune(text))
		for _, f := range forms {
			if got := len(DateForms(f)); got != len(forms) {
				t.Errorf("%s has %d forms, %s has %d", text, len(forms), string(f), got)
			}
		}
	}
}

func FuzzDateForms(f *testing.F) {
	for _, s := range []string{"2024年9月3日", "十十一月", "二〇", "百日", "9月"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for i, form := range DateForms([]rune(s)) {
			if i > 0 && len(form) == 0 {
				t.Errorf("%q has an empty form", s)
			}
		}
	})
}

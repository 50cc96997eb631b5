package article

import "testing"

func TestSlug(t *testing.T) {
	for _, c := range []struct{ id, want string }{
		{"20240905-01", "20240905-01"},
		{"2024-09-12/A03-文化-1", "2024-09-12-A03-文化-1"},
		{"a b\t?#%c", "a-b-c"},
		{"../../etc/passwd", "..-..-etc-passwd"},
		{"..", "_"},
		{"", "_"},
		{"/", "_"},
		{"“引号”", "引号"},
		{"naïve", "naïve"},
	} {
		if got := Slug(c.id); got != c.want {
			t.Errorf("%q: %q, want %q", c.id, got, c.want)
		}
	}
}

func TestBlocksAreNumberedOverSections(t *testing.T) {
	a := &Article{Sections: []Section{{Blocks: []Block{{Text: "一"}, {Text: "二"}}}, {Heading: "节", Blocks: []Block{{Text: "三"}}}}}
	var got string
	for n, b := range a.Blocks {
		got += string(rune('0'+n)) + b.Text
		if n == 3 {
			break
		}
	}
	if got != "1一2二3三" {
		t.Errorf("got %s", got)
	}
	if text := a.Text(); text != "一\n二\n节\n三\n" {
		t.Errorf("text %q", text)
	}
}

func TestEditionKey(t *testing.T) {
	for _, c := range []struct {
		a    Article
		want string
	}{
		{Article{}, ""},
		{Article{Date: "2024-09-05"}, "2024-09-05"},
		{Article{Date: "2024-09-05", Edition: Edition{Paper: "某报"}}, "某报 2024-09-05"},
		{Article{Date: "2024-09-05", Edition: Edition{Paper: "某报", Date: "2024-09-06"}}, "某报 2024-09-06"},
		{Article{Edition: Edition{Paper: "某报"}}, ""},
	} {
		if got := c.a.EditionKey(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.a, got, c.want)
		}
	}
}

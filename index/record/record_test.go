package record

import (
	"errors"
	"reflect"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/format"
)

func sample() *article.Article {
	return &article.Article{
		ID: "2024-1", Kicker: "引题", Title: "题目", Subtitle: "副题", Date: "2024-09-05", Source: "某报", Summary: "提要",
		Edition:    article.Edition{Paper: "某报", Date: "2024-09-05", Page: "A05", Name: "副刊"},
		Authors:    []article.Author{{Name: "甲", Role: "记者"}, {Name: "乙"}},
		Tags:       []string{"一", "二"},
		Categories: []string{"海", "渔"},
		Sections: []article.Section{
			{Blocks: []article.Block{{Text: "第一段。"}, {Kind: article.Caption, Text: "图说"}}},
			{Heading: "小标题", Level: 3, Blocks: []article.Block{{Kind: article.Rich, Text: "表", HTML: "<table></table>"}}},
		},
	}
}

func coders() map[string]Coder {
	count := map[rune]int{}
	for _, r := range "题目副引题某报提要甲乙记者一二第段。图说小标题表0123456789-" {
		count[r]++
	}
	return map[string]Coder{"plain": Plain{}, "coded": Coded{format.NewAlphabet(count)}}
}

func TestArticleComesBack(t *testing.T) {
	for name, k := range coders() {
		c := format.NewCursor("stored", Append(nil, sample(), k))
		if got := Read(c, k); c.Close() != nil || !reflect.DeepEqual(got, sample()) {
			t.Errorf("%s: read %+v (%v)", name, got, c.Close())
		}
	}
}

// An article without a kicker is the same bytes as before there were any: the kicker
// comes last.
func TestArticleWithoutKicker(t *testing.T) {
	with, without := sample(), sample()
	without.Kicker = ""
	long, short := Append(nil, with, Plain{}), Append(nil, without, Plain{})
	if len(long) != len(short)+1+len("引题") || string(long[:len(short)]) != string(short) {
		t.Errorf("%d bytes with a kicker, %d without", len(long), len(short))
	}
	c := format.NewCursor("stored", short)
	if got := Read(c, Plain{}); c.Close() != nil || !reflect.DeepEqual(got, without) {
		t.Errorf("read %+v (%v)", got, c.Close())
	}
}

func FuzzRead(f *testing.F) {
	k := coders()["coded"]
	f.Add(Append(nil, sample(), k))
	f.Fuzz(func(t *testing.T, b []byte) {
		c := format.NewCursor("stored", b)
		Read(c, k)
		if err := c.Close(); err != nil && !errors.Is(err, format.ErrCorrupt) {
			t.Fatalf("%v is no CorruptError", err)
		}
	})
}

// A page of another site has a tail with what is said of it there.
func TestPageComesBack(t *testing.T) {
	a := sample()
	a.Kicker, a.Categories = "", nil
	plain := Append(nil, a, Plain{})
	a.Properties = []article.Property{{Use: article.Filtered, Name: "部", Value: "甲=乙"}, {Use: article.Sorted, Name: "价", Value: "9"}}
	a.Sections[1].Anchor, a.Sections[1].Weight = "小-标题", 10
	a.Sections[0].Blocks[1].Weight = 0.01
	for name, k := range coders() {
		c := format.NewCursor("stored", Append(nil, a, k))
		if got := Read(c, k); c.Close() != nil || !reflect.DeepEqual(got, a) {
			t.Errorf("%s: read %+v (%v)", name, got, c.Close())
		}
	}
	if long := Append(nil, a, Plain{}); string(long[:len(plain)]) != string(plain) {
		t.Error("what a page adds is not behind all else")
	}
	onlyWeight := sample()
	onlyWeight.Sections[0].Blocks[0].Weight = 2.5
	c := format.NewCursor("stored", Append(nil, onlyWeight, Plain{}))
	if got := Read(c, Plain{}); c.Close() != nil || !reflect.DeepEqual(got, onlyWeight) {
		t.Errorf("read %+v (%v)", got, c.Close())
	}
}

package entity

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/variants"
)

func TestCorrectionsHaveTheLastWord(t *testing.T) {
	c, err := ReadCorrections(CorrectionsName, strings.NewReader("# 本报的名字\n人 三闪\n地 望潮\n地 望潮角\n机构 灯塔会\n\n不是 陶望舒\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := find(t, story("守灯\n区长陶望舒说，三闪守着望潮角。灯塔会在望潮开会。"), c)
	if !slices.Equal(got.persons, []string{"三闪"}) || !slices.Equal(got.places, []string{"望潮角", "望潮"}) || !slices.Equal(got.orgs, []string{"灯塔会"}) {
		t.Errorf("found %q, want what the editor says", got)
	}
	moved, err := ReadCorrections(CorrectionsName, strings.NewReader("机构 陶望舒"))
	if err != nil {
		t.Fatal(err)
	}
	got = find(t, story("守灯\n区长陶望舒说好。"), moved)
	if len(got.persons) > 0 || !slices.Equal(got.orgs, []string{"陶望舒"}) {
		t.Errorf("found %q, want the name moved", got)
	}
	versions := make(map[string]bool)
	for _, c := range []*Corrections{nil, c, moved} {
		f, err := New(analyze.Folder{}, c)
		if err != nil {
			t.Fatal(err)
		}
		versions[f.Version()] = true
	}
	if len(versions) != 3 {
		t.Errorf("versions %v of three sets of corrections, want them to differ", versions)
	}
}

func TestCorrectionsNameTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"人 张三\n人物 李四":       "names.txt:2:",
		"人 张三\n\n地":         "names.txt:3:",
		"人 张三\n机构 甲\n不是 张三": "names.txt:3: 张三 stands on line 1",
		"张三":                "names.txt:1:",
	} {
		_, err := ReadCorrections("names.txt", strings.NewReader(text))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestCorrectionsLieBesideTheContent(t *testing.T) {
	dir := t.TempDir()
	if c, err := LoadCorrections(dir); c != nil || err != nil {
		t.Errorf("without a file: %v, %v; want nothing", c, err)
	}
	if err := os.WriteFile(filepath.Join(dir, CorrectionsName), []byte("\xEF\xBB\xBF人 三闪\r\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(dir, "a.md")
	if err := os.WriteFile(page, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, root := range []string{dir, page} {
		c, err := LoadCorrections(root)
		if err != nil {
			t.Fatal(err)
		}
		if got := find(t, story("灯\n三闪"), c); !slices.Equal(got.persons, []string{"三闪"}) {
			t.Errorf("%s: persons %q, want 三闪", root, got.persons)
		}
	}
	if _, err := LoadCorrections(filepath.Join(dir, "none")); err == nil {
		t.Error("no error for content that is not there")
	}
}

// Names that begin alike, and texts that go on like one, take no longer the more
// there are: a list of 50,000 is a list of 50,000.
func TestManyCorrections(t *testing.T) {
	var list strings.Builder
	for i := range 50000 {
		fmt.Fprintf(&list, "人 梁%05d伯\n不是 梁%05d叔\n", i, i)
	}
	c, err := ReadCorrections(CorrectionsName, strings.NewReader(list.String()))
	if err != nil {
		t.Fatal(err)
	}
	o := newOwn(c, analyze.NewFolder(variants.Table()))
	steps := 0
	for at, b := o.names, strings.NewReader("梁49999伯"); at != nil; steps++ {
		r, _, err := b.ReadRune()
		if err != nil {
			break
		}
		at = at.next[r]
	}
	r := extraction{Finder: &Finder{own: o}}
	if best, n := r.longestOwn([]rune("梁49999伯伯来了")); best.name != "梁49999伯" || n != 7 || steps != 7 {
		t.Errorf("found %q of %d characters in %d steps", best.name, n, steps)
	}
	if len(o.none) != 50000 {
		t.Errorf("%d names are none", len(o.none))
	}
	if _, err := ReadCorrections(CorrectionsName, strings.NewReader("人 "+strings.Repeat("长", longestName+1))); err == nil {
		t.Error("a name may have any length")
	}
}

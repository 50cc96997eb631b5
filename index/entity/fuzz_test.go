package entity

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/parse/source"
)

// What an editor has written is read line by line, named where it is wrong, and a
// name that is called one is found as one in an article that has it.
func FuzzReadCorrections(f *testing.F) {
	for _, s := range []string{
		"# 本报的名字\n人 三闪\n地 望潮\n机构 灯塔会\n\n不是 陶望舒\n", "人 张三\n人物 李四", "人", "人 张三\n机构 张三", "地  望 潮\t角 ",
		"\uFEFF人 三闪\r\n", "人 \u200B", "人 Ａ", "\xff", "人 潮\u0301", "不是 不是",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ReadCorrections(CorrectionsName, strings.NewReader(string(data)))
		if err != nil {
			var fault *source.Error
			if !errors.As(err, &fault) || fault.File != CorrectionsName || fault.Line < 0 || fault.Line > len(data)+1 || fault.Msg == "" {
				t.Fatalf("%q: %#v", data, err)
			}
			return
		}
		said := make(map[string]bool)
		for _, line := range c.lines {
			if !slices.Contains([]string{isPerson, isPlace, isOrg, isNone}, line.kind) || said[line.name] ||
				line.name == "" || line.name != strings.Join(strings.Fields(line.name), " ") {
				t.Fatalf("%q is read as %+v", data, c.lines)
			}
			said[line.name] = true
		}
		// Read again from what was read.
		var again strings.Builder
		for _, line := range c.lines {
			again.WriteString(line.kind + " " + line.name + "\n")
		}
		back, err := ReadCorrections(CorrectionsName, strings.NewReader(again.String()))
		if err != nil || !slices.Equal(back.lines, c.lines) {
			t.Fatalf("%q: read %+v, and from that %+v (%v)", data, c.lines, back, err)
		}
		// What the names are looked up with has each, by its first character.
		var folder analyze.Folder
		o := newOwn(c, folder)
		for _, line := range c.lines {
			folded := folder.Fold(line.name)
			if len(folded.Runes) == 0 {
				continue
			}
			if line.kind == isNone {
				if !o.none[folded.String()] {
					t.Fatalf("%q is not among %v", line.name, o.none)
				}
				continue
			}
			r := &extraction{Finder: &Finder{own: o}}
			if best, n := r.longestOwn(folded.Runes); n != len(folded.Runes) || best.name != folded.String() {
				t.Fatalf("%q is found as %+v, %d characters", line.name, best, n)
			}
		}
	})
}

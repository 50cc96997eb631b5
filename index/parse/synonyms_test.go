package parse

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestLoadSynonyms(t *testing.T) {
	for _, c := range []struct {
		text   string
		want   [][]string
		faults []string
	}{
		{"百千万工程 = 百县千镇万村高质量发展工程\n", [][]string{{"百千万工程", "百县千镇万村高质量发展工程"}}, nil},
		{"\ufeff# 名称\r\n\r\nAI＝人工智能= artificial intelligence # 三个\r\n区委=中共江海区委", [][]string{{"AI", "人工智能", "artificial intelligence"}, {"区委", "中共江海区委"}}, nil},
		{"甲\n乙 = 丙\n丁 =\n乙 = 戊\n己 = 己\n= 庚", [][]string{{"乙", "丙"}}, []string{
			`synonyms.txt:1: "甲" is one name; write the other behind a =, as in 百千万工程 = 百县千镇万村高质量发展工程`,
			`synonyms.txt:3: "丁 =" has a = with no name on one side`,
			`synonyms.txt:4: "乙" is in line 2 already; write all names of one thing in one line`,
			`synonyms.txt:5: "己" is there twice`,
			`synonyms.txt:6: "= 庚" has a = with no name on one side`,
		}},
		{"", nil, nil},
	} {
		root := folder(t, map[string]string{"synonyms.txt": c.text, "a.md": "甲"})
		for _, at := range []string{root, filepath.Join(root, "a.md")} {
			got, errs := LoadSynonyms(at)
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("%q: %q, want %q", c.text, got, c.want)
			}
			var faults []string
			for _, err := range errs {
				faults = append(faults, err.Error())
			}
			if !reflect.DeepEqual(faults, c.faults) {
				t.Errorf("%q: faults\n%s\nwant\n%s", c.text, strings.Join(faults, "\n"), strings.Join(c.faults, "\n"))
			}
		}
	}
}

func TestNoSynonymsAreNoFault(t *testing.T) {
	root := folder(t, map[string]string{"a.md": "甲"})
	if groups, faults := LoadSynonyms(root); groups != nil || faults != nil {
		t.Errorf("%v, %v", groups, faults)
	}
}

package variants

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/analyze"
)

func TestCharactersThatAreOne(t *testing.T) {
	f := analyze.Folder{Variants: Table()}
	for _, same := range []string{
		"党建 黨建", "后 後", "干 乾 幹", "发 發 髮", "面 麵 麪", "里 裏 裡", "台 臺 颱", "系 係 繫", "历 歷 曆 歴 暦",
		"为 為 爲", "众 眾 衆", "群 羣", "峰 峯", "床 牀", "线 線 綫", "启 啟 啓", "卫 衛 衞", "抬 擡", "汇 匯 彙", "钟 鐘 鍾",
		"广 廣 広", "气 氣 気", "图 圖 図", "艺 藝", "台湾 臺灣", "广东省江门市江海区 廣東省江門市江海區", "叙 敘 敍", "妆 妝 粧",
		"见 ⻅ 見", "黄 ⻩ 黃", "日 ⽇", "来 來 \uF92D",
		"nguyen Nguyễn NGUYỄN Nguye\u0302\u0303n", "cafe café Cafe\u0301", "ubung Übung", "lodz Łódź", "αθηνα Αθήνα", "stroke 𝐒troke",
		"阿卜杜拉·艾则孜 阿卜杜拉•艾则孜 阿卜杜拉・艾则孜 阿卜杜拉‧艾则孜 阿卜杜拉･艾则孜", "(上) ︵上︶", "a:b a∶b a：b",
	} {
		words := strings.Fields(same)
		for _, w := range words {
			if got := f.Fold(w).String(); got != words[0] {
				t.Errorf("%s folds to %s, want %s", w, got, words[0])
			}
		}
	}
}

// What simplified text tells apart stays apart.
func TestCharactersThatAreTwo(t *testing.T) {
	f := analyze.Folder{Variants: Table()}
	for _, different := range []string{
		"芸 艺", "欠 缺", "予 豫", "浜 滨", "弁 办", "糸 丝", "缶 罐", "虫 灯", "着 著", "了 瞭", "么 幺", "只 祇", "沪 滤", "复 覆", "借 藉",
		"像 象", "他 她", "做 作", "帐 账", "〇 零",
	} {
		words := strings.Fields(different)
		for _, w := range words {
			if got := f.Fold(w).String(); got != w {
				t.Errorf("%s folds to %s", w, got)
			}
		}
	}
}

// Of the 6763 characters of simplified text the table changes very few.
func TestSimplifiedTextStaysAsItIs(t *testing.T) {
	var changed []string
	for r := range Table() {
		if simplified(r) {
			changed = append(changed, string(r))
		}
	}
	slices.Sort(changed)
	if got, want := strings.Join(changed, ""), "乾吒夥後徵捱摺於榘甯菸薹醣麴麽"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestFoldingTwiceChangesNothing(t *testing.T) {
	f := analyze.Folder{Variants: Table()}
	for r, to := range Table() {
		if again, ok := Table()[to]; ok {
			t.Errorf("%c folds to %c and that to %c", r, to, again)
		}
		if analyze.Han(r) != analyze.Han(to) {
			t.Errorf("%c folds to %c: only one is Han", r, to)
		}
		if got := f.Rune(to); got != to {
			t.Errorf("%c folds to %c and that to %c", r, to, got)
		}
		if got := f.Rune(r); got != to {
			t.Errorf("%c (%U) folds to %c, the table has %c", r, r, got, to)
		}
	}
}

// An index of one table must not be read, or added to, with another: whoever
// changes the table changes its Name as well as what is wanted here.
func TestTheNameIsOfThisTable(t *testing.T) {
	h := sha256.New()
	for _, r := range slices.Sorted(maps.Keys(Table())) {
		fmt.Fprintf(h, "%c%c\n", r, Table()[r])
	}
	got := fmt.Sprintf("%s: %d characters, %x", Name, len(Table()), h.Sum(nil)[:8])
	if want := "opencc 0.3.13, letters 1: 6909 characters, 524ea41ac6df29a1"; got != want {
		t.Errorf("the table is %s, want %s", got, want)
	}
}

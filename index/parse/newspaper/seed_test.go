package newspaper

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
)

// TestSeedPage holds what the first issue says of the real page, point by point.
func TestSeedPage(t *testing.T) {
	text, err := os.ReadFile(seedPage)
	if err != nil {
		t.Skipf("the real page is not here: %v", err)
	}
	if !Looks(string(text)) {
		t.Error("is not taken for a newspaper's page")
	}
	got := parseAll(t, "jianghai-page.md", string(text))
	want := []struct {
		title, subtitle, source, authors, headings string
		blocks                                     []int // in each section
	}{
		{"全区加强基层党组织建设工作会议召开", "以高质量党建引领高质量发展", "江门日报", "陈婵 记者", "", []int{5}},
		{"十届江海区党委", "第七轮巡察完成进驻", "江海区巡察办", "", "", []int{5}},
		{"江海区建强村(社区)“两委”干部队伍", "探索乡村振兴“江海实践”", "江门日报", "陈婵 记者,区组轩 通讯员",
			"|加强村级带头人队伍建设|因地制宜设置村(社区)干部考核指标|让村(社区)干部有奔头更有劲头", []int{2, 8, 6, 4}},
		{"江门市轻骑兵交通志愿服务队携手交警筑牢校园安全防线", "志愿服务为开学季保驾护航", "江门日报", "何榕 记者",
			"|协助交警 确保校园周边交通顺畅|送课入校 增强学生交通安全意识", []int{2, 6, 6}},
		{"江海区两位美术家作品入选", "第十四届全国美术作品展览", "江门日报", "何榕 记者,何峰 通讯员", "", []int{3}},
	}
	if len(got) != len(want) {
		t.Fatalf("%d articles, want %d", len(got), len(want))
	}
	for i, w := range want {
		a := got[i]
		var authors, headings []string
		var blocks []int
		for _, author := range a.Authors {
			authors = append(authors, author.Name+" "+author.Role)
		}
		for _, s := range a.Sections {
			headings = append(headings, s.Heading)
			blocks = append(blocks, len(s.Blocks))
		}
		for _, c := range []struct{ what, got, want string }{
			{"title", a.Title, w.title}, {"subtitle", a.Subtitle, w.subtitle}, {"source", a.Source, w.source},
			{"authors", strings.Join(authors, ","), w.authors}, {"headings", strings.Join(headings, "|"), w.headings}, {"date", a.Date, ""},
		} {
			if c.got != c.want {
				t.Errorf("article %d: %s %q, want %q", i+1, c.what, c.got, c.want)
			}
		}
		if !slices.Equal(blocks, w.blocks) {
			t.Errorf("article %d: %v blocks in its sections, want %v", i+1, blocks, w.blocks)
		}
	}
	checkTears(t, got)
	checkLossless(t, string(text), got)
}

// checkTears looks for each torn place of the page, mended, and for the caption.
func checkTears(t *testing.T, articles []*article.Article) {
	t.Helper()
	all := ""
	var captions []string
	for _, a := range articles {
		all += a.Text()
		for _, b := range a.Blocks {
			if b.Kind == article.Caption {
				captions = append(captions, b.Text)
			}
		}
	}
	for _, s := range []string{
		"做到“两个维护”。二要", "强化基础保障,松绑", "江海区每年开展", "为交通安全贡献力量。\n", "“交通安全第一课”。\n",
		"保障学生乘车安全", "江门日报讯(记者/陈婵)9月3日", "坚强组织保证。\n", "。 江门日报记者 陈婵 通讯员 区组轩\n",
		"\n□文/图 江门日报记者 何榕\n", "反映。(江海区巡察办)\n",
	} {
		if !strings.Contains("\n"+all, s) {
			t.Errorf("%q is nowhere in the text", s)
		}
	}
	if want := []string{"江门市轻骑兵交通志愿服务队志愿者和交警走上校车开展交通安全宣传。"}; !slices.Equal(captions, want) {
		t.Errorf("captions %q, want %q", captions, want)
	}
}

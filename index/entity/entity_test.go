package entity

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/words"
	"github.com/kanbao/kanbao/index/article"
)

func segmenter(t *testing.T) *words.Segmenter {
	t.Helper()
	c, err := words.Default()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// story makes an article of a title and its paragraphs, one a line.
func story(text string) *article.Article {
	title, body, _ := strings.Cut(text, "\n")
	a := &article.Article{ID: "1", Title: title, Sections: []article.Section{{}}}
	for _, p := range strings.Split(body, "\n") {
		a.Sections[0].Blocks = append(a.Sections[0].Blocks, article.Block{Text: p})
	}
	return a
}

// lines folds and segments an article, as the writer of an index does.
func lines(t *testing.T, a *article.Article, folder analyze.Folder) []words.Line {
	t.Helper()
	all := []words.Line{segmenter(t).Line(a.Title, true, folder)}
	for _, b := range a.Blocks {
		all = append(all, segmenter(t).Line(b.Text, false, folder))
	}
	return all
}

type found struct{ persons, places, orgs []string }

func find(t *testing.T, a *article.Article, c *Corrections) (got found) {
	t.Helper()
	f, err := New(analyze.Folder{}, c)
	if err != nil {
		t.Fatal(err)
	}
	got.persons, got.places, got.orgs = f.Find(a, lines(t, a, analyze.Folder{}))
	return got
}

func TestNamesOfNews(t *testing.T) {
	for _, c := range []struct{ text, persons, places, orgs string }{
		{"海堤\n区委书记陶望舒出席会议并讲话。陶望舒说，海堤要早修。", "陶望舒", "", ""},
		{"海堤\n副区长闻一苇、贺青禾查看了堤坝。", "闻一苇 贺青禾", "", ""},
		{"海堤\n护士长沈小满介绍，病人已经回家。", "沈小满", "", ""},
		{"海堤\n村民欧阳秋实先生带路。", "欧阳秋实", "", ""},
		{"海堤\n总统佩德罗维奇5日抵达。佩德罗维奇还将会见议长马尔塔·科斯塔。", "佩德罗维奇 马尔塔·科斯塔", "", ""},
		{"海堤\n画家安娜·莫雷蒂来了。莫雷蒂女士带来三幅画。", "莫雷蒂", "", ""},
		{"江海区修路\n江门市江海区礼乐街道望潮村的路修好了。望潮村的人很高兴。", "", "江海区 望潮村 江门 礼乐街道", ""},
		{"路\n广东省和广东是一个地方，江门市和江门也是。", "", "广东 江门", ""},
		{"社区\n她任望海街道彩虹社区党支部书记。", "", "", "望海街道彩虹社区党支部"},
		{"学校\n记者来到江门市望潮中学。", "", "", "江门市望潮中学"},
		{"考察\n江海区委副书记陶望舒到江海区图书馆读书。", "陶望舒", "", "江海区委 江海区图书馆"},
		{"一\n学生们走进望舒小学。\n下午，望舒小学放学了。", "", "", "望舒小学"},
		{"一\n两国外长在二十国集团开会，人力资源和社会保障部也派人来了。", "", "", "二十国集团 人社部"},
	} {
		got := find(t, story(c.text), nil)
		for _, k := range []struct {
			what, want string
			got        []string
		}{{"persons", c.persons, got.persons}, {"places", c.places, got.places}, {"organisations", c.orgs, got.orgs}} {
			if s := strings.Join(k.got, " "); s != k.want {
				t.Errorf("%s\n%s: %q, want %q", c.text, k.what, s, k.want)
			}
		}
	}
}

// TestFalseFriends holds that what looks like a name and is none is not found.
func TestFalseFriends(t *testing.T) {
	for _, text := range []string{
		"高兴\n孩子们高兴地说，白天看江水，方向不会错。高兴的是江水清了。",
		"王国\n童话里的王国很小，王国里的路更小。",
		"方向\n市长方向感很好。书记万里挑一的方案定了。",
		"来电\n记者从会上了解到，记者高兴地看到江水变清。",
		"医院\n主任医师说，白天来看病的人多，夜里少。",
		"会议\n主席团开会，总书记贺信发来，代表来信很多。",
		"讲话\n区委书记和村民一起吃饭，局长同群众谈心，主任向大家问好。",
		"天气\n强降雨过后，龙卷风没有来，洪水退了，高温又到。龙卷风、强降雨都少见。",
		"先生\n王先生说好，李女士说不好，张老师笑了。",
		"村\n这是示范村，那是贫困村，全村都是乡村，农村变了，城中村也变了。示范村、贫困村都好。",
		"区\n小区、园区、景区、社区都要扫雪，市区和郊区也扫。",
		"单位\n有关部门、基层党组织、委员会和公司都来了，国家机关也来了。公司、委员会都好。",
		"北京时间\n北京时间八点开始，南京路上人多。",
		"海边日报讯\n中国公司和美国公司都来了。",
	} {
		got := find(t, story(text), nil)
		got.places = slices.DeleteFunc(got.places, func(s string) bool { return s == "中国" || s == "美国" })
		if all := slices.Concat(got.persons, got.places, got.orgs); len(all) > 0 {
			t.Errorf("%s\nfound %q", text, all)
		}
	}
}

func TestAuthorsAreNoPersons(t *testing.T) {
	a := story("海堤\n记者 陶望舒 通讯员 闻一苇\n馆长陶望舒说，书多了。会长贺青禾说，人也多了。")
	a.Authors = []article.Author{{Name: "陶望舒", Role: "记者"}}
	if got := find(t, a, nil); !slices.Equal(got.persons, []string{"贺青禾"}) {
		t.Errorf("persons %q, want those who are no authors", got.persons)
	}
}

func TestNamesAreWrittenAsInTheArticle(t *testing.T) {
	folder := analyze.Folder{Variants: map[rune]rune{'書': '书', '記': '记', '說': '说', '區': '区', '門': '门', '長': '长', '陳': '陈', '廣': '广', '東': '东'}}
	a := story("廣東江門的路\n區長陳望舒說，廣東江門的路修好了。")
	f, err := New(folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	persons, places, _ := f.Find(a, lines(t, a, folder))
	if !slices.Equal(persons, []string{"陳望舒"}) || !slices.Equal(places, []string{"廣東", "江門"}) {
		t.Errorf("found %q and %q, want the names in their traditional characters", persons, places)
	}
}

// TestManyPlacesInARow would not end if the time grew with a power of their
// number.
func TestManyPlacesInARow(t *testing.T) {
	got := find(t, story("路\n在"+strings.Repeat("高兴高兴村文化望潮村", 2000)), nil)
	if len(got.places) > most {
		t.Errorf("%d places, want at most %d", len(got.places), most)
	}
}

func TestFindIsSafeForConcurrentUse(t *testing.T) {
	f, err := New(analyze.Folder{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	a := story("江海区修路\n区长陶望舒、闻一苇说，江门市江海区礼乐街道望潮村的路修好了。副区长贺青禾在场，江海区图书馆也在场。")
	all := lines(t, a, analyze.Folder{})
	persons, places, orgs := f.Find(a, all)
	if len(persons) != 3 {
		t.Fatalf("persons %q, want three", persons)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				p, l, o := f.Find(a, all)
				if !slices.Equal(p, persons) || !slices.Equal(l, places) || !slices.Equal(o, orgs) {
					t.Errorf("found %q, %q and %q, which others did not", p, l, o)
					return
				}
			}
		})
	}
	group.Wait()
}

func TestListsAreSound(t *testing.T) {
	all, err := lists()
	if err != nil {
		t.Fatal(err)
	}
	for other, use := range all.same {
		if all.same[use] != "" {
			t.Errorf("%s=%s: %s is itself another name", other, use, use)
		}
	}
	if err := readLists(&lexicon{is: map[string]flag{}}, "x.txt", "# a\n[没有]\n"); err == nil || !strings.Contains(err.Error(), "x.txt:2") {
		t.Errorf("an unknown section: %v, want an error that names its line", err)
	}
}

package source

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kanbao/kanbao/index/article"
)

// said is what was understood, in one line.
func said(m Meta, body string, line int) string {
	var b strings.Builder
	add := func(name string, v any) {
		if s := fmt.Sprint(v); s != "" && s != "[]" && s != "<nil>" {
			fmt.Fprintf(&b, "%s=%s ", name, s)
		}
	}
	add("id", m.ID)
	add("title", m.Title)
	add("date", m.Date)
	for _, a := range append(m.Author, m.Authors...) {
		add("by", strings.TrimSpace(a.Role+" "+a.Name))
	}
	add("tags", strings.Join(m.Tags, "|"))
	add("in", strings.Join(m.Categories, "|"))
	add("about", m.Summary+m.Description)
	p := m.Publication
	add("slug", p.Slug)
	add("also", strings.Join(p.Addresses, "|"))
	if p.Weight != nil {
		add("weight", *p.Weight)
	}
	add("lang", p.Lang)
	add("updated", p.Updated)
	add("cover", p.Cover)
	add("held", p.Release.Held)
	add("from", p.Release.From)
	add("until", p.Release.Until)
	add("role", m.Role)
	fmt.Fprintf(&b, "/ %d %s", line, strings.ReplaceAll(body, "\n", "⏎"))
	for _, w := range m.Warnings {
		b.WriteString(" ! " + w.Error())
	}
	return b.String()
}

func TestFrontMatter(t *testing.T) {
	for about, c := range map[string]struct{ in, want string }{
		"YAML":                      {"---\ntitle: 潮\ntags: [甲, 乙]\n---\n文\n", "title=潮 tags=甲|乙 / 5 文⏎"},
		"TOML":                      {"+++\ntitle = \"潮\"\ndate = 2024-09-05T08:00:00+08:00\ntags = [\"甲\", 7]\ndraft = false\n+++\n文\n", "title=潮 date=2024-09-05 tags=甲|7 / 7 文⏎"},
		"TOML, with a table behind": {"+++\ntitle = '潮'\ndate = 2024-09-05\n[params]\ntitle = 'x'\ndraft = true\n+++\n文", "title=潮 date=2024-09-05 / 8 文"},
		"JSON":                      {"{\n \"title\": \"潮\",\n \"tags\": [\"甲\"], \"weight\": 3\n}\n\n文\n", "title=潮 tags=甲 weight=3 / 5 ⏎文⏎"},
		"JSON with semicolons":      {";;;\n\"title\": \"潮\"\n;;;\n文", "title=潮 / 4 文"},
		"spaces behind the dashes":  {"--- \ntitle: 潮\n---\t\n文", "title=潮 / 4 文"},
		"ended by dots":             {"---\ntitle: 潮\n...\n文", "title=潮 / 4 文"},
		"Hugo": {"---\ntitle: 潮\nlastmod: 2024-10-01\nslug: tide\naliases: [/old/tide/, /2/]\nweight: 2.5\ncategories: [海]\ncover: {image: a.png, alt: x}\nurl: /sea/tide.html\n---\n",
			"title=潮 in=海 slug=tide also=/old/tide/|/2/|/sea/tide.html weight=2.5 updated=2024-10-01 cover=a.png / 11 "},
		"Hexo": {"---\ntitle: 潮\nupdated: 2024-10-01 08:00:00\ncategories:\n- 海\n- [海, 渔]\ntag: 甲\npermalink: a/b\nexcerpt: 短\n---\n",
			"title=潮 tags=甲 in=海|渔 about=短 also=a/b updated=2024-10-01 / 11 "},
		"Jekyll":                     {"---\nlayout: post\ntitle:  \"潮\"\ncategory: 海\nkeywords: 甲 乙\nimage: /a.png\n---\n", "title=潮 tags=甲|乙 in=海 cover=/a.png / 8 "},
		"Docusaurus":                 {"---\nid: t\nsidebar_position: 4\nauthors:\n  - name: 林\n    role: 编\n  - 何\ntags: [{label: 甲, permalink: /x}]\nlast_update: {date: 2024-10-01}\n---\n", "id=t by=编 林 by=何 tags=甲 weight=4 updated=2024-10-01 / 11 "},
		"VitePress":                  {"---\ntitle: 潮\nlang: zh-Hant\norder: -1\nhead: [[meta, {name: x}]]\n---\n", "title=潮 weight=-1 lang=zh-Hant / 7 "},
		"numbers are words":          {"---\ntitle: 1984\ntags: 2019\nauthor: 17173\ncategories: [3.10, NO, \"007\", 0x1F]\n---\n", "title=1984 by=17173 tags=2019 in=3.10|NO|007|0x1F / 7 "},
		"a tag in brackets":          {"---\ntitle: [译]海上\ndate: 2016-07-12 21:53:50\n---\n文", "title=[译]海上 date=2016-07-12 / 5 文"},
		"a list that is no YAML":     {"---\ntags: [甲, @乙, \"丙\"]\naliases: [/a/, %旧/]\ntitle: [译]海\n---\n", "title=[译]海 tags=甲|@乙|丙 also=/a/|%旧/ / 6 "},
		"JSON of Hexo":               {"\"title\": \"潮\",\n\"draft\": true,\n\"tags\": [\"甲\"]\n;;;\n文", "title=潮 tags=甲 held=draft / 5 文"},
		"a list of keys":             {"---\n- title: 潮\n- draft: true\n---\n文", "title=潮 held=draft / 5 文"},
		"a list between rules":       {"---\n- 甲: 一\n- 乙\n---\n文", "/ 1 ---⏎- 甲: 一⏎- 乙⏎---⏎文"},
		"merged from a list":         {"---\nb: &b {draft: true}\ntitle: 潮\n<<: [*b]\n---\n文", "title=潮 held=draft / 6 文"},
		"an indent":                  {"  ---\n  title: 潮\n  draft: true\n  tags:\n    - 甲\n  ---\n文", "title=潮 tags=甲 held=draft / 7 文"},
		"what nobody sees behind it": {"---\u00a0\ntitle: 潮\ndraft: true\n---\u200b\n文", "title=潮 held=draft / 5 文"},
		"twice": {"---\ntitle: 潮\n---\n\n---\ntitle: 汐\ndraft: true\n---\n文",
			"title=潮 held=draft / 4 ⏎---⏎title: 汐⏎draft: true⏎---⏎文 ! f.md:5: front matter stands here a second time; of it counts only what it says against being published. Make one of the two"},
		"empty, and again": {"---\n---\n---\ntitle: 潮\ndraft: true\n---\n文",
			"held=draft / 3 ---⏎title: 潮⏎draft: true⏎---⏎文 ! f.md:3: front matter stands here a second time; of it counts only what it says against being published. Make one of the two"},
		"a rule behind it":             {"---\ntitle: 潮\n---\n---\nstatus: draft 是一个词。\n\n---\n文", "title=潮 / 4 ---⏎status: draft 是一个词。⏎⏎---⏎文"},
		"four dashes":                  {"----\ntitle: 潮\ndraft: true\n----\n文", "title=潮 held=draft / 5 文"},
		"a language behind the dashes": {"---yaml\ntitle: 潮\ndraft: true\n---\n文", "title=潮 held=draft / 5 文"},
		"TOML between dashes":          {"---toml\ntitle = \"潮\"\ndraft = true\n---\n文", "title=潮 held=draft / 5 文"},
		"joined dashes":                {"—--\ntitle: 潮\ndraft: true\n---\n文", "title=潮 held=draft / 5 文"},
		"a rule of four":               {"----\n文\n----\n文", "/ 1 ----⏎文⏎----⏎文"},
		"a comment before":             {"<!-- 版权\n所有 -->\n\n---\ntitle: 潮\ndraft: true\n---\n文", "title=潮 held=draft / 8 文"},
		"a comment alone":              {"<!-- 版权 -->\n文\n\n---\n\n文", "/ 1 <!-- 版权 -->⏎文⏎⏎---⏎⏎文"},
		"merged keys":                  {"---\ntitle: 潮\n<<: {draft: true}\n---\n文", "title=潮 held=draft / 5 文"},
		"keys that look alike":         {"---\nｔｉｔｌｅ: 潮\n\u200bdraft: true\n---\n文", "title=潮 held=draft / 5 文"},
		"MultiMarkdown":                {"Title: 潮\nStatus: draft\nTags: 甲, 乙\n\n文", "title=潮 tags=甲|乙 held=status: draft / 5 文 ! f.md:1: front matter begins without a line of ---; write one before it and one behind it"},
		"prose with colons":            {"Title: 潮\n注意：一句话。\n\n文", "/ 1 Title: 潮⏎注意：一句话。⏎⏎文"},
		"a line with a colon":          {"Title: 潮\n\n文", "/ 1 Title: 潮⏎⏎文"},
		"prose of one line":            {"---\n状态：很好\n---\n文", "/ 1 ---⏎状态：很好⏎---⏎文"},
		"a colon in a title":           {"---\ntitle: 访谈: 守塔人\ntags: [海]\n---\n文", "title=访谈: 守塔人 tags=海 / 5 文"},
		"no spaces":                    {"---\ntitle:守塔的人\ndate:2019-11-15\n---\n文", "title=守塔的人 date=2019-11-15 / 5 文"},
		"wide colons":                  {"---\ntitle：守塔的人\ndate：2019-11-15\n---\n文", "title=守塔的人 date=2019-11-15 / 5 文"},
		"a tab and a quote":            {"---\ntitle: \"守塔\n\tdate: 2019-11-15\ndraft: true\n---\n文", "title=守塔 date=2019-11-15 held=draft / 6 文"},
		"no dashes before":             {"title: 旧\ndate: 2016-07-12\ntags: [渔]\ndraft: true\n---\n文", "title=旧 date=2016-07-12 tags=渔 held=draft / 6 文 ! f.md:1: front matter begins without a line of ---; write one before it"},
		"no dashes behind":             {"---\ntitle: 旧\ndraft: true\n\n文\n", "title=旧 held=draft / 4 ⏎文⏎ ! f.md:1: front matter is opened by --- and not closed; write --- behind its last line"},
		"a bad date":                   {"---\ntitle: 潮\ndate: 2024-13-01\n---\n文", "title=潮 / 5 文 ! f.md:3: date: date \"2024-13-01\": month out of range; write dates as YYYY-MM-DD"},
		"a list for a title":           {"---\ntitle: [甲, 乙]\ntags: [海]\n---\n文", "tags=海 / 5 文 ! f.md:2: title: found a list, want one word or sentence"},
		"a bad kind":                   {"---\nkind: page\n---\n", "/ 4  ! f.md:2: kind: found \"page\", want \"newspaper\" for a page of several articles or \"article\""},
		"a bad weight":                 {"---\nweight: 重\n---\n", "/ 4  ! f.md:2: weight: found \"重\", want a number"},
		"nothing between":              {"---\n---\n文", "/ 3 文"},
		"a rule":                       {"---\n\n不是\n", "/ 1 ---⏎⏎不是⏎"},
		"two rules":                    {"---\n\n不是\n\n---\n\n也不是\n", "/ 1 ---⏎⏎不是⏎⏎---⏎⏎也不是⏎"},
		"prose between rules":          {"---\nNote: 这是\n\n一段正文\n\n---\n文", "/ 1 ---⏎Note: 这是⏎⏎一段正文⏎⏎---⏎文"},
		"prose with a colon":           {"作者: 林\n\n---\n文", "/ 1 作者: 林⏎⏎---⏎文"},
		"prose in Latin":               {"note: this\n---\n", "/ 1 note: this⏎---⏎"},
		"a brace":                      {"{% raw %}\n文", "/ 1 {% raw %}⏎文"},
		"an object":                    {"{\"a\": 1}\n文", "/ 1 {\"a\": 1}⏎文"},
		"pages that list":              {"---\ntitle: 标签\ntype: tags\n---\n", "title=标签 role=tags / 5 "},
		"a bomb": {"---\na: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n" +
			"e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\ntitle: 潮\n---\n", "title=潮 / 10 "},
	} {
		meta, body, line, err := Split("f.md", c.in)
		if err != nil {
			t.Errorf("%s: %v", about, err)
			continue
		}
		if got := said(meta, body, line); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", about, got, c.want)
		}
	}
}

// What may say that an article is a draft is never shown as its text.
func TestFrontMatterThatCannotBeReadIsAFault(t *testing.T) {
	for in, want := range map[string]string{
		"{\n\"title\": \"潮\",\n\"draft\": true,,\n}\n文":     "f.md:1: front matter cannot be read as JSON",
		"{\n// 甲\n\"title\": \"潮\",\n\"draft\": true\n}\n文": "f.md:1: front matter cannot be read as JSON",
		";;;\n\"title\": 潮\n;;;\n文":                         "f.md:2: front matter cannot be read",
	} {
		if _, _, _, err := Split("f.md", in); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: the error is %v, want %s", in, err, want)
		}
	}
}

func TestHeldBack(t *testing.T) {
	now := time.Date(2024, 9, 5, 12, 0, 0, 0, time.FixedZone("", 8*3600))
	for in, want := range map[string]string{
		"draft: true": "draft", "draft: yes": "draft", "draft: True": "draft", "draft: \"true\"": "draft", "draft: 1": "draft",
		"draft: false": "", "draft: no": "", "draft:": "", "draft: 也许": `draft: "也许"`, "draft: [a": `draft: "[a"`,
		"Draft: true": "draft", "DRAFT: TRUE": "draft",
		"published: false": "published: false", "published: true": "", "published: 2024-09-01": "", "published: 2024-10-01": "not before 2024-10-01",
		"published: 不": `published: "不"`, "status: draft": "status: draft", "status: Draft": "status: Draft", "status: 草稿": "status: 草稿",
		"status: publish": "", "status: new": "", "visibility: private": "visibility: private", "private: true": "private", "private: false": "",
		"password: 123": "password", "unlisted: true": "unlisted", "headless: true": "headless", "build: {render: never}": "build",
		"date: 2024-09-05": "", "date: 2024-09-06": "not before 2024-09-06", "date: 2024-09-05 11:59": "", "date: 2024-09-05 12:01:00": "not before 2024-09-05 12:01:00",
		"date: 2024-09-05T04:01:00Z": "not before 2024-09-05T04:01:00Z", "date: 2024-09-05T04:00:00Z": "", "date: 2024-09-05T13:00:00+09:30": "",
		"date: 2024年9月6日": "not before 2024年9月6日", "date: 2099/1/1": "not before 2099/1/1",
		"publishDate: 2024-09-06": "not before 2024-09-06", "publishdate: 2024-09-05": "", "publishDate: 明天": `publishdate: "明天"`,
		"expiryDate: 2024-09-05": "expired 2024-09-05", "expiryDate: 2024-09-06": "", "expirydate: 2024-09-05 12:00": "expired 2024-09-05 12:00",
		"expiryDate: 永远": `expirydate: "永远"`,
		// What other programs call the same.
		"isDraft: true": "draft", "is_draft: yes": "draft", "draft: 是": "draft", "layout: draft": "layout: draft", "type: review": "",
		"publish: false": "publish: false", "isPublished: no": "ispublished: false", "public: off": "public: false", "hide: true": "hide", "hide: [toc]": "",
		"state: draft": "state: draft", "post_status: pending": "post_status: pending", "状态: 待审": "状态: 待审", "状态: 已发布": "", "是否发布: 否": "是否发布: false",
		"是否隐藏: 是": "是否隐藏", "访问密码: 123": "访问密码", "是否私密：是": "是否私密", "下架时间：2024-09-01": "expired 2024-09-01",
		"encrypt: true": "encrypt", "password: false": "", "_build: {render: no}": "_build", "_build: {render: link}": "_build", "build: {list: always}": "",
		"publishedAt: 2024-10-01": "not before 2024-10-01", "publish_on: 2024-10-01": "not before 2024-10-01", "embargo: 2024-10-01": "not before 2024-10-01",
		"expires: 2024-09-01": "expired 2024-09-01", "unpublish_date: 2024-09-01": "expired 2024-09-01", "expireDate: 2024-09-01": "expired 2024-09-01",
		// What says no in other ways, alone or with more words.
		"dg-publish: false": "dg-publish: false", "- draft: true": "draft", "date: [2099-01-01]": "not before 2099-01-01", "date: {made: 2024-01-01, out: 2024-10-01}": "not before 2024-10-01", "type: post_draft": "type: post_draft", "dg-publish: true": "", "visible: false": "visible: false", "visible:": "", "visible: 目录": "", "deleted: true": "deleted", "deleted: false": "",
		"no_publish: true": "no_publish", "permalink: false": "permalink: false", "permalink: /a/": "", "是否显示: 否": "是否显示: 否", "是否显示: 是": "", "是否删除: 是": "是否删除", "审核: 未通过": "审核: 未通过", "审核: 通过": "",
		"visibility: members": "visibility: members", "visibility: Public": "", "visibility: [public]": "", "visibility: 公开": "", "可见范围: 仅编辑部": "可见范围: 仅编辑部",
		"status: Draft (v2)": "status: Draft (v2)", "status: 🚧 草稿": "status: 🚧 草稿", "status: draft/pending": "status: draft/pending", "status: [draft]": "status: draft", "status: {name: 草稿}": "status: 草稿", "status: skip": "status: skip",
		"审核状态: 已驳回": "审核状态: 已驳回", "状态: 未删除": "", "状态: 正常": "", "status: drafted by 林": "", "status: in progress": "status: in progress", "status: [new, done]": "", "status: {done: false}": "",
		// What is not finished is not to be seen either; what is of age, or new, is.
		"status: in-progress": "status: in-progress", "status: In_Progress": "status: In_Progress", "status: first draft": "status: first draft", "status: draft-2": "status: draft-2", "status: not draft": "",
		"status: 🌱 idea": "", "status: unfinished": "status: unfinished", "status: paused": "", "状态: 进行中": "", "状态: 待完善": "", "状态: 未完成": "状态: 未完成", "状态: 修改中": "状态: 修改中", "状态: 初稿": "状态: 初稿",
		"status: archived": "", "status: Invisible": "status: Invisible", "status: deprecated": "", "status: stable": "", "status: done": "", "status: final": "", "状态: 已完成": "", "状态: 已审核": "",
		// Dates and times of day as people write them.
		"date: Oct 1, 2024": "not before Oct 1, 2024", "date: 1 October 2024": "not before 1 October 2024", "date: 二〇二四年十月一日": "not before 二〇二四年十月一日",
		"date: 1727740800": "not before 1727740800", "date: 10/11/2024": "not before 10/11/2024", "date: 01/02/2024": "", "date: 2024-10": "not before 2024-10",
		"date: 2024年9月5日下午3点": "not before 2024年9月5日下午3点", "date: 2024年9月5日 上午9时30分": "", "date: 2024-09-05 3:00 PM": "not before 2024-09-05 3:00 PM",
		"date: 2024-09-05 08:00:00 -0800": "not before 2024-09-05 08:00:00 -0800", "date: Thu, 05 Sep 2024 05:00:00 GMT": "not before Thu, 05 Sep 2024 05:00:00 GMT",
		"date: Thu, 05 Sep 2024 03:00:00 GMT": "", "date: Thu Sep 05 2024 13:00:00 GMT+0800 (CST)": "not before Thu Sep 05 2024 13:00:00 GMT+0800 (CST)",
		"  draft: true": "draft",
	} {
		for _, text := range []string{"---\ntitle: 甲\n" + in + "\n---\n文", "---\n" + in + "\ntitle: 乙: 丙\n---\n文", in + "\ntitle: 甲\n"} {
			if strings.HasPrefix(text, "---\n ") {
				continue // only behind a key is it a mistake
			}
			meta, _, _, err := Split("f.md", text)
			if err != nil {
				t.Errorf("%q: %v", text, err)
				continue
			}
			if strings.HasPrefix(text, in) {
				continue // no front matter at all: nothing to hold back by
			}
			if got := HeldBack(meta.Publication.Release, meta.Date, now, false, false); got != want {
				t.Errorf("%q: held back for %q, want %q", text, got, want)
			}
		}
	}
	r := article.Release{Held: "draft", From: "2024-10-01"}
	if HeldBack(r, "", now, true, false) == "" || HeldBack(r, "", now, false, true) != "draft" || HeldBack(r, "", now, true, true) != "" {
		t.Error("drafts and what is in the future do not need a flag each")
	}
	if HeldBack(article.Release{}, "2099-01-01", now, false, false) == "" {
		t.Error("a date out of the file's name is no date")
	}
}

// Front matter that stands in a code fence at the top may be an example: it stays in the
// text, but what it says against being published counts.
func TestFrontMatterInAFence(t *testing.T) {
	now := time.Date(2024, 9, 5, 12, 0, 0, 0, time.UTC)
	const yaml = "title: 潮\ndraft: true\n"
	for text, want := range map[string]string{
		"```yaml\n---\n" + yaml + "---\n```\n文":                          "draft",
		"\n~~~yml\n" + yaml + "~~~\n文":                                   "draft",
		"```\n---\n" + yaml + "---\n```\n文":                              "draft",
		"```markdown\n---\n" + yaml + "---\n# 题\n文":                      "draft",
		"```toml\n+++\ntitle = \"潮\"\ndraft = true\n+++\n```":            "draft",
		"```toml\ntitle = \"潮\"\nexpiryDate = 2024-01-01\n```":           "expired 2024-01-01",
		"```json\n{\"title\": \"潮\", \"published\": false}\n```\n文":      "published: false",
		"````yaml\ntitle: 潮\ndate: 2099-01-01\n````\n文":                  "not before 2099-01-01",
		"怎样写：\n\n```yaml\n" + yaml + "```\n":                             "",
		"---\ntitle: 怎样写\n---\n\n```yaml\n" + yaml + "```\n":             "",
		"```yaml\ntitle: 潮\ndraft: false\n```\n":                         "",
		"```yaml\nservices:\n  web: {status: draft}\nstatus: draft\n```": "",
		"```go\n" + yaml + "```\n":                                       "",
	} {
		m, body, line, err := Split("f.md", text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := HeldBack(m.Publication.Release, m.Date, now, false, false); got != want {
			t.Errorf("%q: held back for %q, want %q", text, got, want)
		}
		if !strings.HasPrefix(text, "---") && (body != text || line != 1) {
			t.Errorf("%q: the text is %q on line %d", text, body, line)
		}
		if want != "" && (len(m.Warnings) != 1 || m.Warnings[0].Line != LineAt(text, len(text)-len(strings.TrimLeft(text, "\n")))) {
			t.Errorf("%q: the warnings are %v", text, m.Warnings)
		}
	}
}

func FuzzFrontMatter(f *testing.F) {
	for _, s := range []string{"---\ntitle: a\n---\nb", "+++\na=1\n+++", "{\"title\":1}", "title: a\n---\n", "---\na: &a [*a]\n---", ";;;\n;;;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		meta, body, line, err := Split("f.md", text)
		if err != nil {
			return
		}
		if !strings.Contains(text, body) || line < 1 || line > strings.Count(text, "\n")+1 {
			t.Errorf("of %q the body is %q from line %d", text, body, line)
		}
		HeldBack(meta.Publication.Release, meta.Date, time.Unix(1e9, 0), false, false)
	})
}

package source

import (
	"slices"
	"strings"
	"unicode"
)

// heldStatuses are the words for what is not out, in lower case.
func heldStatuses() []string {
	return []string{
		"draft", "drafts", "auto-draft", "pending", "private", "hidden", "unpublished", "not published", "unlisted", "trash", "deleted", "soft-deleted", "removed",
		"future", "scheduled", "queued", "wip", "in review", "in-review", "review", "under review", "pending review", "needs review", "awaiting review", "ready for review",
		"unapproved", "not approved", "rejected", "declined", "embargo", "embargoed", "withdrawn", "retracted", "password", "skip", "inherit", "spam",
		"internal", "confidential", "do not publish", "not for publication", "disabled", "invisible",
		// Work on a text that is not finished. What a project, an event or a page of a wiki may be
		// while it is there for all to read (planned, paused, archived, 进行中, 待完善) is not here.
		"in progress", "inprogress", "work in progress", "writing", "in writing", "editing", "in editing", "drafting", "unfinished", "incomplete", "not finished",
		"not ready", "to write", "to be written", "in proof", "proofreading", "needs edit", "needs editing", "needs work", "changes requested",
		"staging", "staged", "pre publish", "prepublish", "placeholder",
		"未完成", "待续写", "待补充", "待完成", "待写", "待修改", "修改中", "待改", "半成品", "待提交", "送审", "送审中", "已送审", "校对中", "排版中",
		"草稿", "草稿中", "初稿", "草拟", "起草", "未发布", "未发", "未发表", "未刊发", "未上线", "未公开", "待发", "待发布", "待上线", "待签发", "定时", "定时发布", "预发布", "暂存", "暂不发布", "不发布",
		"未审", "未审核", "待审", "待审核", "待初审", "待复审", "待终审", "初审中", "复审中", "终审中", "审核中", "审稿中", "未通过", "不通过", "审核未通过", "审核不通过", "未过审",
		"编辑中", "撰写中", "写作中", "起草中", "待编辑", "待校对", "驳回", "已驳回", "被驳回", "拒绝", "已拒绝", "退回", "已退回", "退稿", "已退稿",
		"撤稿", "已撤", "已撤稿", "撤回", "已撤回", "撤销", "已撤销", "撤下", "已撤下", "取消发布", "已取消发布", "下架", "已下架", "下线", "已下线", "停用", "已停用", "禁用", "已禁用", "作废", "已作废",
		"回收站", "已回收", "删除", "已删除", "已移除", "隐藏", "已隐藏", "不显示", "私密", "私有", "保密", "内部", "仅内部", "仅自己可见", "不公开", "非公开",
	}
}

// isHeldStatus reports whether a status is one of what is not out: it says so, or a
// part of it does, as in "🚧 Draft (v2)".
func isHeldStatus(s string) bool {
	held := heldStatuses()
	isOther := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" -_", r)
	}
	for part := range strings.FieldsFuncSeq(strings.ToLower(s), isOther) {
		part = strings.TrimSpace(strings.ReplaceAll(part, "_", " "))
		// "in-progress" is what "in progress" is.
		if slices.Contains(held, part) || slices.Contains(held, strings.ReplaceAll(part, "-", " ")) || saysDraft(strings.Fields(strings.ReplaceAll(part, "-", " "))) {
			return true
		}
	}
	return false
}

// saysDraft reports whether some words begin or end with one for a draft: "draft 2", "first
// draft". "No draft" is none.
func saysDraft(words []string) bool {
	if len(words) == 0 {
		return false
	}
	drafts := []string{"draft", "unpublished", "wip", "草稿"}
	no := slices.Contains([]string{"no", "not", "non", "final", "published"}, words[0])
	return slices.Contains(drafts, words[0]) || !no && len(words) <= 3 && slices.Contains(drafts, words[len(words)-1])
}

// isPublic reports whether a word for who may see an article means everybody.
func isPublic(s string) bool {
	return slices.Contains([]string{"", "public", "publish", "published", "visible", "open", "everyone", "everybody", "anyone", "all", "world", "default", "listed",
		"true", "yes", "on", "1", "公开", "所有人", "所有人可见", "全部", "全部可见", "完全公开", "是", "显示", "可见"}, strings.ToLower(strings.TrimSpace(s)))
}

// scalarsOf returns the strings in a value: itself, or those of a list or of several
// keys, however deep.
func scalarsOf(v any) []string {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		var all []string
		for _, e := range v {
			all = append(all, scalarsOf(e)...)
		}
		return all
	case map[string]any:
		var all []string
		for _, e := range v {
			all = append(all, scalarsOf(e)...)
		}
		slices.Sort(all) // a map has no order, and what is said of an article has one
		return all
	}
	s, _ := textOf(v)
	return []string{s}
}

package parse

import (
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// Folders and files that other generators keep beside articles and that are none.
var (
	notArticles = []string{"404", "_sidebar", "_navbar", "_coverpage", "_footer"}
	notFolders  = []string{"layouts", "_layouts", "archetypes", "scaffolds", "_includes", "_partials", "partials", "_templates",
		"_sass", "_data", "_site", "themes", "node_modules", "bower_components"}
	notTexts = []string{"robots.txt", "humans.txt", "ads.txt", "llms.txt", "security.txt", "license.txt", "requirements.txt", "cmakelists.txt"}
	drafts   = []string{"_drafts", "_draft", "drafts", "draft", "wip", "草稿", "草稿箱", "未发布", "待发布",
		"_trash", "_discarded", "回收站", "_private"}
	// folderPages are the pages of their folders.
	folderPages = []string{"_index", "index", "readme"}
)

// isNoArticle reports whether a file's name says that it is no article.
func isNoArticle(name string) bool {
	base := strings.ToLower(path.Base(name))
	stem := strings.TrimSuffix(base, path.Ext(base))
	return slices.Contains(notTexts, base) || isPartial(name) || slices.Contains(notArticles, stem) && path.Ext(base) != ".jsonl" ||
		path.Base(name) == "SUMMARY.md"
}

// isPartial reports whether a file of Markdown is one that others include: Hexo, Jekyll
// and Docusaurus publish none whose name begins with an underscore.
func isPartial(name string) bool {
	return strings.HasPrefix(path.Base(name), "_") && slices.Contains([]string{".md", ".markdown", ".mdx"}, extension(name)) && !isFolderPage(name)
}

// isDraftFile reports whether a file is called a draft: 潮水.draft.md.
func isDraftFile(name string) bool {
	stem := strings.ToLower(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	return strings.HasSuffix(stem, ".draft") || strings.HasSuffix(stem, ".草稿")
}

// isSetting reports whether a file says something of the content and is none of it.
func isSetting(name string) bool {
	return path.Base(name) == ConfigName || path.Base(name) == "mkdocs.yml" || name == SynonymsName || name == "names.txt"
}

func isNoFolder(name string) bool {
	return slices.Contains(notFolders, strings.ToLower(path.Base(name)))
}

func isDraftFolder(name string) bool {
	return slices.Contains(drafts, strings.ToLower(path.Base(name)))
}

// isFolderPage reports whether a file is the page of its folder; such a one may have
// a language in its name, as index.zh-hant.md.
func isFolderPage(name string) bool {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	stem = strings.TrimSuffix(stem, path.Ext(stem))
	return slices.Contains(folderPages, strings.ToLower(stem))
}

// languages are those that a file's name may end in before its extension.
var languages = []string{"zh", "zh-hans", "zh-hant", "zh-cn", "zh-tw", "zh-hk", "en", "ja", "ko", "fr", "de", "ru", "es", "vi"}

func languageOf(name string) string {
	lang := strings.TrimPrefix(path.Ext(strings.TrimSuffix(path.Base(name), path.Ext(name))), ".")
	if slices.Contains(languages, strings.ToLower(lang)) {
		return lang
	}
	return ""
}

// matches reports whether one of the patterns means the file or folder. A pattern
// without a slash means a name at any depth; one of a folder, all that is in it.
func matches(patterns []string, name string) bool {
	for _, p := range patterns {
		p = strings.TrimSuffix(strings.TrimPrefix(p, "/"), "/")
		for at := name; at != "."; at = path.Dir(at) {
			what := at
			if !strings.Contains(p, "/") {
				what = path.Base(at)
			}
			if doublestar.MatchUnvalidated(p, what) {
				return true
			}
		}
	}
	return false
}

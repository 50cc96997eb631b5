package parse

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// LocalAssets returns the files that an article shows or links to and that lie
// in the content folder, relative to it, sorted. Whether they exist is not its
// business, nor are addresses that lead out of the folder.
func LocalAssets(a *article.Article) []string {
	var files []string
	MapLinks(a, func(target string) string {
		if file, ok := localFile(a.File, target); ok {
			files = append(files, file)
		}
		return target
	})
	slices.Sort(files)
	return slices.Compact(files)
}

// localFile returns the file, relative to the content folder, that target means
// in the source file from.
func localFile(from, target string) (string, bool) {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" || strings.HasPrefix(u.Path, "/") || strings.Contains(u.Path, `\`) {
		return "", false
	}
	file := path.Join(path.Dir(from), u.Path)
	if file == "." || file == ".." || strings.HasPrefix(file, "../") || strings.HasSuffix(u.Path, "/") {
		return "", false
	}
	return file, true
}

// MapLinks replaces the address of every link and picture of an article by what
// f makes of it. The text of the blocks stays as it is.
func MapLinks(a *article.Article, f func(target string) string) {
	for _, b := range a.Blocks {
		if strings.Contains(b.HTML, "href=") || strings.Contains(b.HTML, "src=") {
			b.HTML = mapHTML(b.HTML, f)
		}
	}
}

// mapHTML rewrites addresses token by token, so that all else stays byte for
// byte what it was.
func mapHTML(fragment string, f func(string) string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			b.Write(z.Raw())
			return b.String()
		}
		raw := string(z.Raw())
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			b.WriteString(raw)
			continue
		}
		t := z.Token()
		changed := false
		for i, at := range t.Attr {
			if at.Key == "href" && t.DataAtom == atom.A || at.Key == "src" && t.DataAtom == atom.Img {
				t.Attr[i].Val = f(at.Val)
				changed = changed || t.Attr[i].Val != at.Val
			}
		}
		if changed {
			raw = t.String()
		}
		b.WriteString(raw)
	}
}

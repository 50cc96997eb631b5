package command

import (
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/app/site"
	"github.com/kanbao/kanbao/index/parse"
)

// printBesides prints what a build has done besides articles, and what it has not:
// nothing is left out in silence.
func printBesides(w io.Writer, s *site.Summary) {
	if n := len(s.HeldBack); n > 0 {
		fmt.Fprintf(w, "held back: %d (%s); --drafts and --future show them\n", n, counted(s.HeldBack, whyHeld))
	}
	if len(s.Passed) > 0 {
		fmt.Fprintf(w, "passed over, being no articles: %s\n", counted(s.Passed, whatPassed))
	}
	if s.Static > 0 {
		fmt.Fprintf(w, "published as they are: %d files of %s\n", s.Static, strings.Join(s.StaticFolders, ", "))
	}
	if s.NoAddress {
		fmt.Fprintln(w, "kanbao.toml does not say the url of the site: there is no feed, sitemap.xml, robots.txt or og:image")
	}
	if len(s.Remote) == 0 {
		return
	}
	origins := slices.Sorted(maps.Keys(s.Remote))
	if s.RemoteShown {
		fmt.Fprintf(w, "pictures of other hosts are shown; the policy that your host sends must have: img-src 'self' %s\n", strings.Join(origins, " "))
		return
	}
	for i, o := range origins {
		origins[i] = fmt.Sprintf("%s %d", o, s.Remote[o])
	}
	fmt.Fprintf(w, "pictures of other hosts are not shown: %s; pictures = \"remote\" in kanbao.toml shows them\n", strings.Join(origins, ", "))
}

// whyHeld is the reason for which an article is held back, without dates.
func whyHeld(e *parse.Error) string {
	why := strings.TrimPrefix(e.Msg, "is held back: ")
	for _, kind := range []string{"not before", "expired"} {
		if strings.HasPrefix(why, kind) {
			return kind + " a date"
		}
	}
	return why
}

// whatPassed is a folder, a file that has a name of its own, or a kind of files.
func whatPassed(e *parse.Error) string {
	if ext := path.Ext(e.File); ext != "" && strings.HasPrefix(e.Msg, "this kind") {
		return ext
	}
	return e.File
}

// mostNamed is how many things a line of the summary names.
const mostNamed = 12

// counted counts things by what they are called, the commonest first.
func counted(list []*parse.Error, called func(*parse.Error) string) string {
	counts := make(map[string]int)
	for _, e := range list {
		counts[called(e)]++
	}
	names := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(names, func(a, b string) int { return counts[b] - counts[a] })
	more := len(names) - mostNamed
	names = names[:min(len(names), mostNamed)]
	for i, n := range names {
		if counts[n] > 1 || strings.HasPrefix(n, ".") {
			names[i] = fmt.Sprintf("%s × %d", n, counts[n])
		}
	}
	if more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, ", ")
}

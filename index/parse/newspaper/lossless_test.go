package newspaper

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/kanbao/kanbao/index/article"
)

const seedPage = "../../../../shared/seed/jianghai-page.md"

var (
	frontMatter = regexp.MustCompile(`(?s)\A---\n.*?\n---\n`)
	folioTop    = regexp.MustCompile(`(?m)\A\s*# .*$`)
	hashes      = regexp.MustCompile(`(?m)^#+ `)
	imageMark   = regexp.MustCompile(`!\[([^\]]*)\]\([^)]*\)`)
)

// bare takes the marks of Markdown and all white space out of a page.
func bare(page string) string {
	page = frontMatter.ReplaceAllString(page, "")
	page = folioTop.ReplaceAllString(page, "")
	page = hashes.ReplaceAllString(page, "")
	page = imageMark.ReplaceAllString(page, "$1")
	return noSpace(page)
}

func noSpace(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// checkLossless fails unless the articles have all of the page's text and no
// other, in the page's order but for captions, which may come later.
func checkLossless(t testing.TB, page string, articles []*article.Article) {
	t.Helper()
	want := bare(page)
	var got strings.Builder
	for _, a := range articles {
		for _, s := range a.Sections {
			for _, b := range s.Blocks {
				if text := noSpace(b.Text); b.Kind == article.Caption {
					if !strings.Contains(want, text) {
						t.Fatalf("caption %q is not in the page", b.Text)
					}
					want = strings.Replace(want, text, "", 1)
				}
			}
		}
	}
	for _, a := range articles {
		if title := noSpace(a.Title + a.Subtitle); strings.Contains(want, title) {
			got.WriteString(title)
		}
		for _, s := range a.Sections {
			got.WriteString(noSpace(s.Heading))
			for _, b := range s.Blocks {
				if b.Kind != article.Caption {
					got.WriteString(noSpace(b.Text))
				}
			}
		}
	}
	if g := got.String(); g != want {
		i := 0
		for i < len(g) && i < len(want) && g[i] == want[i] {
			i++
		}
		t.Fatalf("text differs at byte %d of %d:\n got %.90q\nwant %.90q\npage:\n%s", i, len(want), g[i:], want[i:], page)
	}
}

func testPages(t testing.TB) map[string]string {
	out := map[string]string{}
	for _, f := range goldenPages(t) {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[f] = string(text)
	}
	if text, err := os.ReadFile(seedPage); err == nil {
		out[seedPage] = string(text)
	} else {
		t.Logf("%s is not here: the test goes without it", seedPage)
	}
	return out
}

func TestNoTextIsLost(t *testing.T) {
	for name, text := range testPages(t) {
		t.Run(name, func(t *testing.T) { checkLossless(t, text, parseAll(t, "p.md", text)) })
	}
}

// wholeParagraphs returns the paragraphs of the pages, mended and read over by
// a person in the golden files, that end with a full stop.
func wholeParagraphs(t testing.TB) []string {
	var out []string
	all := testPages(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		text := all[name]
		for _, a := range parseAll(t, "p.md", text) {
			for _, b := range a.Blocks {
				if b.Kind == article.Paragraph && b.HTML == "" && finished(b.Text) {
					out = append(out, b.Text)
				}
			}
		}
	}
	return out
}

// tear breaks a paragraph where it is plain that it is broken: not behind the
// end of a sentence or clause, and not so near its beginning that what is left
// could be a line of its own.
func tear(r *rand.Rand, paragraph string) (a, b string, ok bool) {
	runes := []rune(paragraph)
	if len(runes) < 60 {
		return "", "", false
	}
	at := 46 + r.IntN(len(runes)-50)
	a, b = string(runes[:at]), string(runes[at:])
	if finished(a) || unicode.IsSpace(runes[at]) || unicode.IsSpace(runes[at-1]) || isWestern(runes[at]) && isWestern(runes[at-1]) || begins(piece{text: b}) {
		return "", "", false
	}
	return a, b, true
}

// interruptions are what stands between the halves of a torn paragraph.
var interruptions = []string{
	"", "", "",
	"图为渔民在码头整理渔网。 本报记者 罗一舟 摄\n\n",
	"![](images/net.jpg)\n\n渔民在码头整理渔网。\n\n",
	"\n\n\n渔民在码头整理渔网。\n\n",
}

func TestRandomTearsAreMendedAndWholeParagraphsAreNot(t *testing.T) {
	whole := wholeParagraphs(t)
	tears, mended := 0, 0
	seeds := uint64(300)
	if testing.Short() {
		seeds = 60
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 7))
		var page strings.Builder
		page.WriteString("## 标题在此 副题在此\n\n本报讯 今天的版面是这样的。\n\n")
		var want []string
		torn := map[string]bool{}
		for _, i := range r.Perm(len(whole))[:8] {
			p := whole[i]
			want = append(want, p)
			a, b, ok := tear(r, p)
			if !ok || r.IntN(2) == 0 {
				page.WriteString(p + "\n\n")
				continue
			}
			torn[p] = true
			tears++
			fmt.Fprintf(&page, "%s\n\n%s%s\n\n", a, interruptions[r.IntN(len(interruptions))], b)
		}
		articles := parseAll(t, "p.md", page.String())
		checkLossless(t, page.String(), articles)
		got := map[string]bool{}
		for _, b := range articles[0].Blocks {
			got[b.Text] = true
			if b.Text == "" || b.Kind == article.Caption && strings.Contains(b.Text, "渔民在码头整理渔网。") {
				continue
			}
			if !strings.Contains("\n"+strings.Join(want, "\n")+"\n", b.Text) && !strings.HasPrefix(b.Text, "本报讯 今天") {
				t.Errorf("seed %d: paragraphs were joined that were whole: %q", seed, b.Text)
			}
		}
		for _, p := range want {
			if torn[p] && got[p] {
				mended++
			} else if torn[p] {
				t.Logf("seed %d: not mended: %.40q…", seed, p)
			} else if !got[p] {
				t.Errorf("seed %d: a whole paragraph did not stay whole: %q", seed, p)
			}
		}
	}
	t.Logf("%d of %d tears mended", mended, tears)
	if mended*100 < tears*97 {
		t.Errorf("%d of %d tears mended, want 97 in a hundred", mended, tears)
	}
}

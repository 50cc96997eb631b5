package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestServeShowsZonesAsTheyAreEdited does what an editor does whose page was read
// wrongly: has the zones written, gives a story another title and puts two into
// one, and looks at the page, which has reloaded.
func TestServeShowsZonesAsTheyAreEdited(t *testing.T) {
	first, all, edition := printedArticle(t)
	dir := filepath.Join(t.TempDir(), "content")
	if err := os.CopyFS(dir, os.DirFS(content)); err != nil {
		t.Fatal(err)
	}
	_, address := serving(t, dir)
	p := tabOf(t)
	p.must(p.tab.Open(address + edition))
	shown := `[...document.querySelectorAll(".kb-zone")].map((z) => z.getAttribute("aria-label"))`
	if got := eval[[]string](p, shown); len(got) != all || got[0] != first.Title {
		t.Fatalf("zones are called %q; there are %d articles, the first %q", got, all, first.Title)
	}

	sheet := filepath.Join(dir, filepath.FromSlash(first.File))
	if out, err := exec.Command(kanbao, "articles", sheet, "--zones").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	zones := strings.TrimSuffix(sheet, ".pdf") + ".zones.toml"
	data, err := os.ReadFile(zones)
	if err != nil {
		t.Fatal(err)
	}
	stories := strings.Split(string(data), "[[story]]")
	if len(stories) != all+1 {
		t.Fatalf("%d stories are written, want %d", len(stories)-1, all)
	}
	stories[1] = strings.Replace(stories[1], "'"+first.Title+"'", "'改过的题目'", 1)
	// The last story goes into the one before it.
	area := regexp.MustCompile(`zones = \[(\[.*\])\]`)
	n := len(stories) - 1
	last := area.FindStringSubmatch(stories[n])
	stories[n-1] = area.ReplaceAllString(stories[n-1], "zones = [$1, "+last[1]+"]")
	if err := os.WriteFile(zones, []byte(strings.Join(stories[:n], "[[story]]")), 0o644); err != nil {
		t.Fatal(err)
	}
	p.wait(shown + `[0] === "改过的题目"`)
	if got := eval[[]string](p, shown); len(got) != all-1 {
		t.Errorf("zones are called %q after two stories became one, want %d", got, all-1)
	}
	for _, c := range p.tab.Complaints() {
		t.Errorf("the browser complains: %s", c)
	}
}

package command

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A build that is killed, whenever that is, leaves a site that is whole: the one
// before or the one after, or pages of both with nothing that leads nowhere. The
// next build makes it good and leaves nothing lying about.
func TestKilledBuilds(t *testing.T) {
	files := map[string]string{}
	for i := range 30 {
		files[fmt.Sprintf("%02d.md", i)] = fmt.Sprintf("---\ntitle: 第%d篇\ndate: 2024-09-%02d\ntags: [甲]\n---\n潮水来了%d回。\n", i, i%28+1, i)
	}
	content := writeContent(t, files)
	parent := t.TempDir()
	out := filepath.Join(parent, "out")
	begun := time.Now()
	if _, stderr, code := kanbao(t, "build", content, "-o", out); code != 0 {
		t.Fatal(stderr)
	}
	whole := time.Since(begun)
	write(t, filepath.Join(out, "CNAME"), "news.example.cn\n")
	r := rand.New(rand.NewPCG(13, 17))
	tries := 8
	if testing.Short() {
		tries = 3
	}
	for i := range tries {
		// Many pages change, some come and some go.
		remove(t, filepath.Join(content, fmt.Sprintf("%02d.md", i)))
		write(t, filepath.Join(content, fmt.Sprintf("new%02d.md", i)), fmt.Sprintf("---\ntitle: 新%d\ndate: 2024-09-%02d\ntags: [乙%d]\n---\n又来了。\n", i, i+1, i))
		cmd := command("build", content, "-o", out)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// The last tenth of a build is where the site changes.
		after := time.Duration(float64(whole) * (0.5 + 0.6*r.Float64()))
		if i%3 == 0 {
			after = time.Duration(r.Int64N(int64(whole)))
		}
		time.Sleep(after)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_, stderr, _ := kanbao(t, "check", out)
		for line := range strings.Lines(stderr) {
			if strings.Contains(line, "leads to nothing") && !strings.HasPrefix(line, "a/") {
				t.Errorf("killed after %v: %s", after, line)
			}
		}
		if _, stderr, code := kanbao(t, "query", out, "潮水", "--json"); code != 0 {
			t.Errorf("killed after %v, the site cannot be searched: %s", after, stderr)
		}
		if _, stderr, code := kanbao(t, "build", content, "-o", out); code != 0 {
			t.Fatalf("killed after %v, the next build fails: %s", after, stderr)
		}
		if _, stderr, code := kanbao(t, "check", out); code != 0 {
			t.Errorf("after the next build: %s", stderr)
		}
		entries, err := os.ReadDir(parent)
		if err != nil || len(entries) != 1 {
			var left []string
			stages, _ := filepath.Glob(out + ".*")
			for _, dir := range stages {
				_ = filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
					left = append(left, name)
					return err
				})
			}
			t.Fatalf("killed after %v: beside the site remain %v, %v", after, left, err)
		}
		for _, name := range []string{".kanbao.lock", ".kanbao-tmp-*"} {
			if left, _ := filepath.Glob(filepath.Join(out, name)); len(left) > 0 {
				t.Errorf("in the site remain %q", left)
			}
		}
		if data, err := os.ReadFile(filepath.Join(out, "CNAME")); err != nil || string(data) != "news.example.cn\n" {
			t.Errorf("CNAME is %q, %v", data, err)
		}
	}
}

// Two builds at once: one makes the site, the other says that it is being made.
func TestTwoBuildsAtOnce(t *testing.T) {
	content := writeContent(t, map[string]string{"a.md": tides, "b.md": lamp})
	out := filepath.Join(t.TempDir(), "out")
	var said [2]strings.Builder
	first, second := command("build", content, "-o", out), command("build", content, "-o", out)
	first.Stderr, second.Stderr = &said[0], &said[1]
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	if err := second.Start(); err != nil {
		t.Fatal(err)
	}
	failed := 0
	for i, cmd := range []interface{ Wait() error }{first, second} {
		if err := cmd.Wait(); err != nil {
			failed++
			if !strings.Contains(said[i].String(), "another build (process ") {
				t.Errorf("it says %s", said[i].String())
			}
		}
	}
	if failed == 2 {
		t.Error("both have failed")
	}
	if _, stderr, code := kanbao(t, "check", out); code != 0 {
		t.Error(stderr)
	}
}

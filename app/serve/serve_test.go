package serve

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/fsnotify/fsnotify"
)

// A running is a server under test, with what it logs.
type running struct {
	url     string
	content string
	static  string
	out     string
	log     chan string
	stop    func() error
}

// start runs a server whose build copies content/page.html to the front page,
// and fails if that says "broken".
func start(t *testing.T) *running {
	t.Helper()
	s := &running{content: t.TempDir(), static: t.TempDir(), out: filepath.Join(t.TempDir(), "out"), log: make(chan string, 100)}
	s.write(t, "page.html", "<html><head></head>一")
	ctx, cancel := context.WithCancel(t.Context())
	var builds atomic.Int32
	done := make(chan error, 1)
	go func() {
		done <- Run(ctx, Options{
			Addr: "127.0.0.1:0", Base: "/news/", Content: s.content, Beside: []string{s.static}, Out: s.out,
			Log: func(line string) { s.log <- line },
			Build: func(context.Context) error {
				builds.Add(1)
				page, err := os.ReadFile(filepath.Join(s.content, "page.html"))
				if err != nil {
					return err
				}
				if strings.Contains(string(page), "broken") {
					return errors.New("page.html:1: broken")
				}
				if err := os.MkdirAll(s.out, 0o755); err != nil {
					return err
				}
				return os.WriteFile(filepath.Join(s.out, "index.html"), page, 0o644)
			},
		})
	}()
	s.stop = func() error {
		cancel()
		return <-done
	}
	t.Cleanup(cancel)
	s.url = strings.TrimPrefix(s.await(t, "serving "), "serving ")
	return s
}

func (s *running) write(t *testing.T, name, text string) {
	t.Helper()
	p := filepath.Join(s.content, name)
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// await returns the next line of the log that begins with prefix.
func (s *running) await(t *testing.T, prefix string) string {
	t.Helper()
	for {
		select {
		case line := <-s.log:
			if strings.HasPrefix(line, prefix) {
				return line
			}
		case <-t.Context().Done():
			t.Fatalf("the log never said %q", prefix)
		}
	}
}

func (s *running) fetch(t *testing.T, rel string) string {
	t.Helper()
	r, err := http.Get(s.url + rel)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestFileBesideTheContentIsNoticed(t *testing.T) {
	s := start(t)
	events := s.builds(t)
	first := nextBuild(t, events)
	if err := os.WriteFile(filepath.Join(s.static, "robots.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if next := nextBuild(t, events); next == first {
		t.Errorf("build %s again, want another one", next)
	}
}

// builds follows the stream of build numbers.
func (s *running) builds(t *testing.T) *bufio.Scanner {
	t.Helper()
	r, err := http.Get(s.url + reloadEvents)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Body.Close() })
	return bufio.NewScanner(r.Body)
}

func nextBuild(t *testing.T, events *bufio.Scanner) string {
	t.Helper()
	for events.Scan() {
		if n, ok := strings.CutPrefix(events.Text(), "data: "); ok {
			return n
		}
	}
	t.Fatalf("the stream of builds ended: %v", events.Err())
	return ""
}

func TestPageReloadsAfterAChange(t *testing.T) {
	s := start(t)
	const want = `<html><head><script type="module" src="/news/__kanbao/reload.js"></script></head>`
	if page := s.fetch(t, ""); page != want+"一" {
		t.Fatalf("the page is %q, want the reload script at the end of its head", page)
	}
	if js := s.fetch(t, reloadScript); !strings.Contains(js, "EventSource") {
		t.Fatalf("the script is %q", js)
	}
	events := s.builds(t)
	first := nextBuild(t, events)
	s.write(t, "page.html", "<html><head></head>二")
	if second := nextBuild(t, events); second == first {
		t.Errorf("the build is still number %s", first)
	}
	if page := s.fetch(t, ""); page != want+"二" {
		t.Errorf("after the change the page is %q", page)
	}
}

func TestFileInANewFolderIsNoticed(t *testing.T) {
	s := start(t)
	events := s.builds(t)
	first := nextBuild(t, events)
	if err := os.Mkdir(filepath.Join(s.content, "2024"), 0o755); err != nil {
		t.Fatal(err)
	}
	second := nextBuild(t, events)
	s.write(t, "2024/page.md", "新")
	if third := nextBuild(t, events); first == second || second == third {
		t.Errorf("builds %s, %s, %s; want three different", first, second, third)
	}
}

func TestFailedRebuildKeepsTheLastGoodSite(t *testing.T) {
	s := start(t)
	s.write(t, "page.html", "broken")
	s.await(t, "page.html:1: broken")
	if page := s.fetch(t, ""); !strings.HasSuffix(page, "一") {
		t.Errorf("after a failed build the page is %q", page)
	}
	events := s.builds(t)
	first := nextBuild(t, events)
	s.write(t, "page.html", "<html><head></head>三")
	if second := nextBuild(t, events); first == second {
		t.Error("no build after the content was mended")
	}
	if page := s.fetch(t, ""); !strings.HasSuffix(page, "三") {
		t.Errorf("after it was mended the page is %q", page)
	}
}

func TestServerStopsWhileAPageWaitsForBuilds(t *testing.T) {
	s := start(t)
	nextBuild(t, s.builds(t))
	if err := s.stop(); err != nil {
		t.Errorf("stopping: %v", err)
	}
}

func TestUsedAddressIsAnErrorThatSaysWhatToDo(t *testing.T) {
	s := start(t)
	addr := strings.TrimSuffix(strings.TrimPrefix(s.url, "http://"), "/news/")
	err := Run(t.Context(), Options{Addr: addr, Base: "/", Content: s.content})
	if err == nil || !strings.Contains(err.Error(), "--addr") {
		t.Errorf("error %v, want one that names --addr", err)
	}
}

func TestSingleFileIgnoresItsNeighbours(t *testing.T) {
	dir := t.TempDir()
	static := filepath.Join(dir, "static")
	w := &watcher{content: filepath.Join(dir, "page.md"), single: true, settings: []string{"synonyms.txt"}, beside: []string{static}}
	for name, want := range map[string]bool{
		"page.md": true, "synonyms.txt": true, "other.md": false, ".page.md.swp": false, "static/logo.svg": true, "static/.well-known/a": true, "statics/a": false,
	} {
		if got := w.concerns(writeEvent(filepath.Join(dir, name))); got != want {
			t.Errorf("%s: concerns the site: %v, want %v", name, got, want)
		}
	}
	printed := &watcher{content: filepath.Join(dir, "A06.pdf"), single: true}
	for name, want := range map[string]bool{"A06.pdf": true, "A06.toml": true, "A06.zones.toml": true, "A07.zones.toml": false, "A06.txt": false} {
		if got := printed.concerns(writeEvent(filepath.Join(dir, name))); got != want {
			t.Errorf("%s beside a page: concerns the site: %v, want %v", name, got, want)
		}
	}
	all := &watcher{content: dir}
	for name, want := range map[string]bool{"page.md": true, ".page.md.swp": false} {
		if got := all.concerns(writeEvent(filepath.Join(dir, name))); got != want {
			t.Errorf("%s in a folder: concerns the site: %v, want %v", name, got, want)
		}
	}
}

func writeEvent(name string) fsnotify.Event {
	return fsnotify.Event{Name: name, Op: fsnotify.Write}
}

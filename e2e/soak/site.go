package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/kanbao/kanbao/e2e/harness"
)

// base is the path that the site lies under.
const base = "/news/"

// words are searched for: most are in the sample paper, some in many articles, one in
// none.
var words = []string{"潮水", "月亮", "灯塔", "海", "船", "渔民", "港口", "历史", "科学", "天气", "chaoshui", "潮水 月亮", "穿山甲银行", "九月五日"}

// A session is a reader in one tab, with what they read.
type session struct {
	kanbao, dir string // the command, and a folder of ours
	rel         []string
	server      *harness.Server
	browser     *harness.Browser
	tab         *harness.Tab

	pages, searches, published, outages int
	memory                              []sample
}

func begin(ctx context.Context, kanbao, content string) (*session, error) {
	dir, err := os.MkdirTemp("", "kanbao-soak-")
	if err != nil {
		return nil, err
	}
	s := &session{kanbao: kanbao, dir: dir}
	if err := os.CopyFS(s.content(), os.DirFS(content)); err != nil {
		return nil, err
	}
	if err := s.build(); err != nil {
		return nil, err
	}
	if s.rel, err = pagesOf(s.site()); err != nil {
		return nil, err
	}
	if s.server, err = harness.Serve(s.site(), base); err != nil {
		return nil, err
	}
	if s.browser, err = harness.Launch(ctx); err != nil {
		return nil, err
	}
	if s.tab, err = s.browser.NewTab(1280, 900); err != nil {
		return nil, err
	}
	// Without a network a page asks for what it may not have, in vain.
	s.tab.Allow(`ERR_CONNECTION|ERR_FAILED|ERR_INTERNET|ERR_SOCKET|ERR_EMPTY`)
	return s, nil
}

func (s *session) content() string { return filepath.Join(s.dir, "content") }
func (s *session) site() string    { return filepath.Join(s.dir, "site") }

func (s *session) end() {
	s.browser.Close()
	s.server.Stop()
	os.RemoveAll(s.dir)
}

func (s *session) build() error {
	out, err := exec.Command(s.kanbao, "build", s.content(), "-o", s.site(), "--base", base).CombinedOutput()
	if err != nil {
		return fmt.Errorf("kanbao build: %w\n%s", err, out)
	}
	return nil
}

// publish adds an article that has a word of its own.
func (s *session) publish() error {
	s.published++
	text := fmt.Sprintf("---\ntitle: 第%d次增刊\ndate: 2024-09-13\n---\n增刊里有%s，也有潮水。\n", s.published, s.news())
	if err := os.WriteFile(filepath.Join(s.content(), fmt.Sprintf("extra-%d.md", s.published)), []byte(text), 0o600); err != nil {
		return err
	}
	return s.build()
}

// news is the word that the last build has brought.
func (s *session) news() string { return fmt.Sprintf("增%d刊鲸", s.published) }

// pagesOf returns the addresses of the pages of a site.
func pagesOf(site string) ([]string, error) {
	var list []string
	err := fs.WalkDir(os.DirFS(site), ".", func(name string, _ fs.DirEntry, err error) error {
		if err == nil && path.Base(name) == "index.html" {
			list = append(list, strings.TrimSuffix(name, "index.html"))
		}
		return err
	})
	if err == nil && len(list) < 10 {
		err = fmt.Errorf("the site has only %d pages", len(list))
	}
	return list, err
}

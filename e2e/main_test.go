// Package e2e tests the built sample site in Chromium, below a path and under
// the strict policy. Each promise of the design has a file. Every test fails on
// a console error, an exception, a violation of the policy, a failed request or
// a request to another host that it did not say it expects.
package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/kanbao/kanbao/e2e/harness"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse"
)

// What TestMain makes once for all tests, none of which changes it.
var (
	browser *harness.Browser
	work    string // a folder, removed at the end
	kanbao  string // the command
	sample  string // folder of the sample site
)

const (
	base    = "/news/"
	content = "../testdata/sample"
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	var err error
	if work, err = os.MkdirTemp("", "kanbao-e2e-"); err != nil {
		return failed(err)
	}
	defer os.RemoveAll(work)
	kanbao, sample = filepath.Join(work, "kanbao"), filepath.Join(work, "site")
	for _, args := range [][]string{
		{"go", "build", "-o", kanbao, ".."},
		{kanbao, "build", content, "-o", sample, "--base", base},
	} {
		if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
			return failed(fmt.Errorf("%v: %w\n%s", args, err, out))
		}
	}
	if wasm, err := filepath.Glob(filepath.Join(sample, "kanbao", "*.wasm")); err != nil || len(wasm) == 0 {
		return failed(fmt.Errorf("the site has no wasm: run ./build.sh wasm first"))
	}
	if browser, err = harness.Launch(context.Background(), harness.Plain); err != nil {
		return failed(err)
	}
	defer browser.Close()
	return m.Run()
}

func failed(err error) int {
	fmt.Fprintln(os.Stderr, "e2e:", err)
	return 1
}

// parsed is what the parser understood of the sample, for all tests: among its files is
// one of PDF, which takes most of a second.
var parsed = sync.OnceValues(func() ([]*article.Article, error) {
	config, err := parse.LoadConfig(content)
	if err != nil {
		return nil, err
	}
	var list []*article.Article
	for a, err := range parse.Folder(context.Background(), content, config) {
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
})

// articles returns the articles of the sample, which are not to be changed.
func articles(t *testing.T) []*article.Article {
	t.Helper()
	list, err := parsed()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 12 {
		t.Fatalf("the sample has %d articles", len(list))
	}
	return slices.Clone(list)
}

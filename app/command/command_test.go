package command

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/kanbao/kanbao/index/chunk"
)

// TestMain lets the test binary be the command: with runAsCommand in its
// environment it does what kanbao would.
func TestMain(m *testing.M) {
	if os.Getenv(runAsCommand) != "" {
		os.Exit(Main(os.Args[1:]))
	}
	os.Exit(m.Run())
}

const runAsCommand = "KANBAO_TEST_RUN_AS_COMMAND"

func command(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), runAsCommand+"=1")
	return cmd
}

// kanbao runs the command to its end.
func kanbao(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := command(args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// writeContent writes a folder of articles, by name and text.
func writeContent(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const (
	tides = "---\ntitle: 潮水\ndate: 2024-09-05\nauthor: 陈某\ntags: [海]\n---\n月亮引起潮汐。\n\n## 大潮\n\n初一、十五潮水最大。\n"
	lamp  = "---\ntitle: 守灯人\ndate: 2024-09-05\n---\n灯塔上的人写下 <b>每一夜</b> 的天气。\n"
	bad   = "---\ntitle: 坏了\n---\n文\x00。\n"
)

// builtOnce is the site of two articles: loading the dictionary of words takes
// seconds, so it is built once.
var builtOnce = sync.OnceValues(func() (fs.FS, error) {
	dir, err := os.MkdirTemp("", "kanbao-test-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for name, text := range map[string]string{"a.md": tides, "b.md": lamp} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	out := dir + "-site"
	defer os.RemoveAll(out)
	if said, err := command("build", dir, "-o", out).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build: %w\n%s", err, said)
	}
	// In memory, so that nothing lies about when the tests are over.
	site := fstest.MapFS{}
	err = fs.WalkDir(os.DirFS(out), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(out, name))
		site[name] = &fstest.MapFile{Data: data, Mode: 0o644}
		return err
	})
	return site, err
})

// builtSite returns a folder with the site of tides (a) and lamp (b).
func builtSite(t *testing.T) string {
	t.Helper()
	site, err := builtOnce()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "site")
	if err := os.CopyFS(out, site); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEveryCommandHasHelp(t *testing.T) {
	for _, c := range []string{"build", "serve", "articles", "query", "check", "inspect"} {
		out, _, code := kanbao(t, c, "--help")
		if code != 0 || !strings.Contains(out, "Usage: kanbao "+c) {
			t.Errorf("%s --help: exit code %d, %q", c, code, out)
		}
	}
}

func TestWrongUseSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		args string
		want string
	}{
		{"bogus", "bogus"},
		{"build -o x", "<content>"},
		{"build " + dir, "--out"},
		{"build " + dir + " -o x --base news", "begins with a slash"},
		{"query " + dir, "expected a query, or --batch"},
		{"query " + dir + " 潮水 --limit 0", "--limit 0"},
		{"query " + dir + " 潮水 --batch", "--batch"},
		{"build <> -o x", "<content>: the name is empty"},
		{"build " + dir + " -o <>", "--out"},
		{"index <> -o x", "<site>: the name is empty"},
		{"serve " + dir + " --addr <>", "the name is empty"},
	} {
		args := strings.Fields(c.args)
		for i := range args {
			args[i] = strings.TrimPrefix(args[i], "<>") // an empty one
		}
		_, stderr, code := kanbao(t, args...)
		if code != exitUsage || !strings.Contains(stderr, c.want) {
			t.Errorf("%s: exit code %d, %q; want %d and %q", c.args, code, stderr, exitUsage, c.want)
		}
	}
}

func TestArticlesPrintsJSON(t *testing.T) {
	out, stderr, code := kanbao(t, "articles", writeContent(t, map[string]string{"a.md": tides, "b.md": lamp}), "--json")
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	var got []map[string]any
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	want := `{"authors":[{"name":"陈某","role":""}],"date":"2024-09-05","edition":{"date":"","name":"","page":"","paper":""},` +
		`"file":"a.md","id":"a","kicker":"","line":1,"sections":[{"captions":[],"heading":"","paragraphs":["月亮引起潮汐。"]},` +
		`{"captions":[],"heading":"大潮","paragraphs":["初一、十五潮水最大。"]}],"source":"","subtitle":"","tags":["海"],"title":"潮水"}`
	if len(got) != 2 {
		t.Fatalf("%d articles, want 2", len(got))
	}
	if first, err := json.Marshal(got[0]); err != nil || string(first) != want {
		t.Errorf("%v\ngot  %s\nwant %s", err, first, want)
	}
}

func TestNoArticlesIsAnEmptyArray(t *testing.T) {
	out, _, code := kanbao(t, "articles", t.TempDir(), "--json")
	if code != 0 || strings.Join(strings.Fields(out), "") != "[]" {
		t.Errorf("exit code %d, %q; want 0 and []", code, out)
	}
}

func TestBadFileIsNamedAndTheOthersAreDone(t *testing.T) {
	content := writeContent(t, map[string]string{"a.md": tides, "b.md": bad, "c.md": lamp})
	out, stderr, code := kanbao(t, "articles", content, "--json")
	var list []any
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != 2 {
		t.Errorf("articles: %v, %d articles, want 2", err, len(list))
	}
	if code != exitFailed || !strings.Contains(stderr, "b.md:4:") {
		t.Errorf("articles: exit code %d, %q; want %d and b.md:3", code, stderr, exitFailed)
	}

	site := filepath.Join(t.TempDir(), "site")
	_, stderr, code = kanbao(t, "build", content, "-o", site)
	if code != exitFailed || !strings.Contains(stderr, "b.md:4:") {
		t.Errorf("build: exit code %d, %q; want %d and b.md:3", code, stderr, exitFailed)
	}
	for page, want := range map[string]bool{"a/a": true, "a/b": false, "a/c": true} {
		if _, err := os.Stat(filepath.Join(site, page, "index.html")); (err == nil) != want {
			t.Errorf("build: %s is there: %v, want %v", page, err == nil, want)
		}
	}
}

func TestABadLineOfSynonymsIsNamedAndTheOthersApply(t *testing.T) {
	content := writeContent(t, map[string]string{"a.md": tides, "synonyms.txt": "潮汐 = 海水涨落\n只有一个\n"})
	site := filepath.Join(t.TempDir(), "site")
	_, stderr, code := kanbao(t, "build", content, "-o", site)
	if code != exitFailed || !strings.Contains(stderr, "synonyms.txt:2:") {
		t.Errorf("build: exit code %d, %q; want %d and synonyms.txt:2", code, stderr, exitFailed)
	}
	out, _, code := kanbao(t, "query", site, "海水涨落", "--json")
	if code != 0 || !strings.Contains(out, `"url":"a/a/"`) {
		t.Errorf("query: exit code %d, %s; want the article about 潮汐", code, out)
	}
}

func TestQueryPrintsJSON(t *testing.T) {
	site := builtSite(t)
	out, stderr, code := kanbao(t, "query", site, "每一夜", "--json")
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	var got struct {
		Query string
		Total int
		Hits  []struct {
			ID, URL, Title, Snippet string
			Score                   float64
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if got.Query != "每一夜" || got.Total != 1 || len(got.Hits) != 1 {
		t.Fatalf("got %+v, want one hit", got)
	}
	h := got.Hits[0]
	if h.ID != "b" || h.URL != "a/b/" || h.Title != "守灯人" || h.Score <= 0 {
		t.Errorf("hit %+v", h)
	}
	if !strings.Contains(h.Snippet, "<mark>每一夜</mark>") || !strings.Contains(out, "<mark>") {
		t.Errorf("snippet %q in %s", h.Snippet, out)
	}
}

func TestBatchAnswersLineByLine(t *testing.T) {
	cmd := command("query", builtSite(t), "--batch", "--limit", "1")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	answers := bufio.NewScanner(out)
	for _, q := range []struct {
		text  string
		total int
	}{{"潮汐", 1}, {`"灯塔"`, 1}, {"没有的词语", 0}, {"", 0}} {
		// The next query is not sent before the answer is there.
		fmt.Fprintln(in, q.text)
		if !answers.Scan() {
			t.Fatalf("no answer to %q: %v", q.text, answers.Err())
		}
		var got struct {
			Query *string
			Total *int
			Hits  []any
		}
		if err := json.Unmarshal(answers.Bytes(), &got); err != nil {
			t.Fatalf("%v in %s", err, answers.Text())
		}
		if got.Query == nil || *got.Query != q.text || got.Total == nil || *got.Total != q.total || got.Hits == nil {
			t.Errorf("answer to %q: %s, want total %d", q.text, answers.Text(), q.total)
		}
	}
	in.Close()
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

func TestInspectCountsWhatIsThere(t *testing.T) {
	site := builtSite(t)
	out, stderr, code := kanbao(t, "inspect", site, "--json")
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	var got inspectJSON
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	var index, kinds int64
	err := filepath.WalkDir(filepath.Join(site, "index"), func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		index += info.Size()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range got.Bytes {
		kinds += n
	}
	if got.Documents != 2 || got.Terms == 0 || got.Chunks == 0 || got.PageBytes == 0 {
		t.Errorf("got %+v", got)
	}
	if got.IndexBytes != index || kinds != index {
		t.Errorf("index_bytes %d, kinds together %d, the files of the index %d", got.IndexBytes, kinds, index)
	}
}

func TestDamagedIndexIsAnErrorThatNamesTheFile(t *testing.T) {
	site := builtSite(t)
	files, err := filepath.Glob(filepath.Join(site, "index", "*.kb"))
	if err != nil || len(files) == 0 {
		t.Fatal("the site has no index", err)
	}
	for _, file := range files {
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		damaged := bytes.Clone(whole)
		damaged[len(damaged)/2] ^= 0x10
		if err := os.WriteFile(file, damaged, 0o644); err != nil {
			t.Fatal(err)
		}
		out, stderr, code := kanbao(t, "query", site, "潮汐")
		if code != exitFailed || !strings.Contains(stderr, filepath.Base(file)) {
			t.Errorf("%s: exit code %d, %q, %q; want %d and its name", filepath.Base(file), code, out, stderr, exitFailed)
		}
		if err := os.WriteFile(file, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatIsNoSiteIsSaidToBeNone(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{{"query", dir, "潮"}, {"inspect", dir}} {
		_, stderr, code := kanbao(t, args...)
		if code != exitFailed || !strings.Contains(stderr, "not a built site") || !strings.Contains(stderr, "kanbao build") {
			t.Errorf("%s: exit code %d, %q", args[0], code, stderr)
		}
	}
}

// Reloading, which helps a reader, does not help here.
func TestSiteOfAnotherFormatIsToBeBuiltAgain(t *testing.T) {
	site := builtSite(t)
	file := filepath.Join(site, "index", chunk.ManifestName)
	manifest, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	manifest[len("kbm")]++
	if err := os.WriteFile(file, manifest, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"query", site, "潮"}, {"inspect", site}} {
		_, stderr, code := kanbao(t, args...)
		if code != exitFailed || !strings.Contains(stderr, "kanbao build") || strings.Contains(stderr, "reload") {
			t.Errorf("%s: exit code %d, %q", args[0], code, stderr)
		}
	}
}

func TestFailedBuildLeavesTheLastGoodSite(t *testing.T) {
	site := builtSite(t)
	before := listing(t, site)
	_, stderr, code := kanbao(t, "build", filepath.Join(t.TempDir(), "none"), "-o", site)
	if code != exitFailed || !strings.Contains(stderr, "none") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
	if after := listing(t, site); after != before {
		t.Errorf("the site has changed:\n%s\nwas:\n%s", after, before)
	}
}

func TestInterruptedBuildLeavesTheLastGoodSite(t *testing.T) {
	site := builtSite(t)
	before := listing(t, site)
	var many strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&many, `{"id":"%d","title":"第%d篇","date":"2024-09-05","text":["月亮引起潮汐，灯塔照着海面，这是第%d篇。"]}`+"\n", i, i, i)
	}
	cmd := command("build", writeContent(t, map[string]string{"many.jsonl": many.String()}), "-o", site)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// The first line of progress says that the work has begun.
	lines := bufio.NewScanner(stderr)
	if !lines.Scan() {
		t.Fatal("the build said nothing")
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	said := lines.Text()
	for lines.Scan() {
		said += "\n" + lines.Text()
	}
	_ = cmd.Wait() // its exit code is looked at
	if code := cmd.ProcessState.ExitCode(); code != exitInterrupted || !strings.Contains(said, "interrupted") {
		t.Errorf("exit code %d, want %d; it said %s", code, exitInterrupted, said)
	}
	if after := listing(t, site); after != before {
		t.Errorf("the site has changed:\n%s\nwas:\n%s", after, before)
	}
	if rest, err := filepath.Glob(filepath.Join(filepath.Dir(site), "*")); err != nil || len(rest) != 1 {
		t.Errorf("beside the site lie %q, %v", rest, err)
	}
}

// listing names all files of a folder with their sizes and times.
func listing(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && !d.IsDir() {
			fmt.Fprintln(&b, p, info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/update"
	"github.com/kanbao/kanbao/index/write"
	"github.com/kanbao/kanbao/web"
)

// The tests build sites out of articles in memory with the real scripts and
// style sheets. The wasm and the index are stand-ins: neither is read here, and
// loading the dictionary would take longer than all the rest.

// testIndex has the articles that it is given as lines of JSON.
type testIndex struct {
	sink     chunk.Sink
	old      map[string]*article.Article // of the index before it
	articles bytes.Buffer
	n        int
	err      error
}

// openTestIndex begins an index over the one in a site, if there is one.
func openTestIndex(sink chunk.Sink, site string) *testIndex {
	x := &testIndex{sink: sink, old: make(map[string]*article.Article)}
	names, _ := filepath.Glob(filepath.Join(site, indexFolder, "*.kb"))
	for _, name := range names {
		data, _ := os.ReadFile(name)
		for line := range bytes.Lines(data) {
			a := new(article.Article)
			if json.Unmarshal(line, a) == nil {
				x.old[a.ID] = a
			}
		}
	}
	return x
}

func (x *testIndex) Has(id string, d update.Digest) bool {
	return x.old[id] != nil && update.DigestOf(x.old[id]) == d
}

func (x *testIndex) Article(id string, d update.Digest) (*article.Article, error) {
	if !x.Has(id, d) {
		return nil, fmt.Errorf("the last index does not have %s", id)
	}
	return x.old[id], nil
}

func (x *testIndex) Add(key string, edition ...update.Entry) error {
	for _, e := range edition {
		a := e.Article
		if a == nil {
			var err error
			if a, err = x.Article(e.ID, e.Digest); err != nil {
				return err
			}
		}
		if a.ID != e.ID || a.EditionKey() != key || update.DigestOf(a) != e.Digest {
			return fmt.Errorf("%s comes as %s of the edition %q with the digest %x", a.ID, e.ID, key, e.Digest)
		}
		x.n++
		plain := *a
		plain.File, plain.Line = "", 0
		if err := json.NewEncoder(&x.articles).Encode(plain); err != nil {
			return err
		}
	}
	return x.err
}

func (x *testIndex) Finish(context.Context) (*update.Summary, error) {
	data := x.articles.Bytes()
	if err := x.sink.Put(chunk.Sum(data), data); err != nil {
		return nil, err
	}
	if err := x.sink.PutManifest([]byte("kbm")); err != nil {
		return nil, err
	}
	return &update.Summary{Summary: &write.Summary{Documents: x.n, Terms: 7, Bytes: map[string]int64{"terms": int64(len(data)), "manifest": 3}}}, nil
}

func (x *testIndex) Abort() {}

// packed remembers what has been compressed: a script is the same on each of hundreds of
// sites.
var packed sync.Map

func packOnce(data []byte) ([]byte, []byte, error) {
	type forms struct{ br, gz []byte }
	sum := sha256.Sum256(data)
	if both, ok := packed.Load(sum); ok {
		return both.(forms).br, both.(forms).gz, nil
	}
	br, gz, err := compress(data)
	if err == nil {
		packed.Store(sum, forms{br, gz})
	}
	return br, gz, err
}

// testWeb is web/ with small programs in the place of the wasm.
func testWeb(t *testing.T) fstest.MapFS {
	t.Helper()
	files := make(fstest.MapFS)
	err := fs.WalkDir(web.Files(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, "built/") {
			return err
		}
		data, err := fs.ReadFile(web.Files(), name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"built/app.wasm": "app", "built/app.wasm.br": "app, brotli", "built/app.wasm.gz": "app, gzip",
		"built/engine.wasm": "engine", "built/engine-deferred.wasm": "deferred", "built/wasm_exec.js": "globalThis.Go = class {};",
	} {
		files[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return files
}

// A fixture is a site to build.
type fixture struct {
	config       parse.Config
	articles     []*article.Article
	faults       []error           // yielded after the articles
	files        map[string]string // beside the articles
	base         string
	index        error // what the index says of every article
	web          fstest.MapFS
	mostBuffered int
	empty        bool // no articles are no error
	damaged      bool // the index, so that only a new one can be made
}

// A built site, read back.
type built struct {
	t       *testing.T
	dir     string
	summary *Summary
	parsed  map[string]*goquery.Document
}

// build builds the fixture in a new folder and fails the test if that fails.
func (f *fixture) build(t *testing.T) *built {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	summary, err := f.buildIn(t, context.Background(), out)
	if err != nil {
		t.Fatal(err)
	}
	return &built{t: t, dir: out, summary: summary, parsed: make(map[string]*goquery.Document)}
}

func (f *fixture) buildIn(t *testing.T, ctx context.Context, out string) (*Summary, error) {
	t.Helper()
	content := t.TempDir()
	for name, data := range f.files {
		file := filepath.Join(content, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if f.config.Lang == "" {
		f.config.Lang = "zh-Hans"
	}
	if f.web == nil {
		f.web = testWeb(t)
	}
	config := f.config
	return build(ctx, Options{Content: content, Out: out, Base: f.base}, sources{
		config: &config, web: f.web, pack: packOnce, articles: f.read, mostBuffered: f.mostBuffered, allowEmpty: f.empty,
		index: func(sink chunk.Sink, _ []byte, full bool) (indexer, error) {
			x := openTestIndex(sink, out)
			if x.err = f.index; f.damaged && !full {
				x.err = &format.CorruptError{File: "index"}
			}
			return x, nil
		},
	})
}

// read yields copies, since what is yielded belongs to the reader.
func (f *fixture) read() iter.Seq2[*article.Article, error] {
	return func(yield func(*article.Article, error) bool) {
		for _, a := range f.articles {
			c := *a
			c.Sections = make([]article.Section, len(a.Sections))
			for i, s := range a.Sections {
				c.Sections[i] = s
				c.Sections[i].Blocks = append([]article.Block(nil), s.Blocks...)
			}
			if !yield(&c, nil) {
				return
			}
		}
		for _, err := range f.faults {
			if !yield(nil, err) {
				return
			}
		}
	}
}

func (b *built) read(name string) string {
	b.t.Helper()
	data, err := os.ReadFile(filepath.Join(b.dir, filepath.FromSlash(name)))
	if err != nil {
		b.t.Fatal(err)
	}
	return string(data)
}

func (b *built) has(name string) bool {
	_, err := os.Stat(filepath.Join(b.dir, filepath.FromSlash(name)))
	return err == nil
}

// page parses the page at an address below the root.
func (b *built) page(address string) *goquery.Document {
	b.t.Helper()
	if !strings.HasSuffix(address, ".html") {
		address = path.Join(address, "index.html")
	}
	doc := b.parsed[address]
	if doc == nil {
		var err error
		if doc, err = goquery.NewDocumentFromReader(strings.NewReader(b.read(address))); err != nil {
			b.t.Fatal(err)
		}
		b.parsed[address] = doc
	}
	return doc
}

// files returns the names of all files.
func (b *built) files() []string {
	b.t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(b.dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return names
}

// chunk is the name of the index's only chunk.
func (b *built) chunk() string {
	for _, name := range b.files() {
		if strings.HasPrefix(name, indexFolder+"/") && path.Base(name) != manifestName {
			return name
		}
	}
	return ""
}

func (b *built) pages() []string {
	var pages []string
	for _, name := range b.files() {
		if path.Ext(name) == ".html" {
			pages = append(pages, name)
		}
	}
	return pages
}

// piece makes an article with one section of paragraphs.
func piece(id, title, date string, paragraphs ...string) *article.Article {
	a := &article.Article{ID: id, Title: title, Date: date, File: id + ".md", Line: 1, Sections: []article.Section{{}}}
	for _, p := range paragraphs {
		a.Sections[0].Blocks = append(a.Sections[0].Blocks, article.Block{Text: p})
	}
	return a
}

// rich makes a block of HTML whose text is of no matter to the test.
func rich(html string) article.Block {
	return article.Block{Kind: article.Rich, Text: "文", HTML: html}
}

// on puts an article on a page of a paper.
func on(a *article.Article, page, name string) *article.Article {
	a.Edition = article.Edition{Paper: "潮音报", Date: a.Date, Page: page, Name: name}
	return a
}

// paper is two editions with everything that an article can have.
func paper() *fixture {
	lead := on(piece("tide", "潮水一天来两次 月亮和地球一起推", "2024-09-05",
		"□文/图 潮音报记者 林汐", "海边的人看潮水吃饭。早上退下去的水，傍晚又回来，一天两回，每天晚五十分钟。", "月亮在两边各拉起一个水包。"), "A01", "要闻")
	lead.Subtitle, lead.Source = "答一位小读者", "潮音报"
	lead.Authors = []article.Author{{Name: "林汐", Role: "记者"}, {Name: "周望", Role: "记者"}, {Name: "陈默", Role: "摄影"}}
	lead.Tags = []string{"海", "科学"}
	lead.Sections = append(lead.Sections,
		article.Section{Heading: "月亮那一边", Level: 2, Blocks: []article.Block{
			{Text: "靠近月亮的海水被拉得多一些。"},
			{Kind: article.Caption, Text: "退潮后的滩涂。陈默 摄"},
		}},
		article.Section{Heading: "背着月亮的一边", Level: 3, Blocks: []article.Block{
			rich(`<ul><li>大潮在朔望</li><li>小潮在两弦</li></ul>`),
			{Kind: article.Rich, HTML: `<img src="pic/moon.png" alt="月相">`},
			{Kind: article.Caption, Text: "一个月里的月相"},
			{Text: "见注。", HTML: `见注<sup id="fnref:1"><a href="#fn:1">1</a></sup>。`},
			rich(`<ol><li id="fn:1">潮汐表每年出一本。</li></ol>`),
		}})
	return &fixture{
		config: parse.Config{Title: "潮音报", Paper: "潮音报", Description: "讲海的报纸。", URL: "https://example.org/paper/"},
		files:  map[string]string{"pic/moon.png": "PNG"},
		articles: []*article.Article{
			on(piece("old", "立秋", "2024-08-07", "一叶知秋，说的是梧桐。"), "01", ""),
			on(piece("salt", "海水为什么咸", "2024-09-05", "河把盐带来，太阳把水带走。"), "A02", "科普"),
			lead,
			on(piece("late", "渡轮末班", "2024-09-05", "十点一刻，最后一班。"), "A01", "要闻"),
			piece("note", "编后记", "2024-09-06", "写在后面的话。"),
			piece("about", "关于本报", "", "没有日期的一篇。"),
		},
	}
}

// blog is a site of dated articles, enough of them for an archive by months and
// for lists of several pages.
func blog(n int) *fixture {
	f := &fixture{config: parse.Config{Title: "小站"}}
	for i := range n {
		a := piece(fmt.Sprintf("post-%03d", i), fmt.Sprintf("第%d篇", i), fmt.Sprintf("20%02d-%02d-%02d", 20+i/144, i/12%12+1, i%12*2+1),
			"今天写一点东西，够一句话就好。")
		a.Tags = []string{"日记", fmt.Sprintf("第%d类", i%3)}
		f.articles = append(f.articles, a)
	}
	return f
}

// handbook is a site of articles without dates.
func handbook() *fixture {
	f := &fixture{config: parse.Config{Title: "Handbook", Lang: "en"}}
	for _, name := range []string{"index.md", "guide/start.md", "guide/next.md", "api/first.md"} {
		a := piece(strings.TrimSuffix(strings.ReplaceAll(name, "/", "-"), ".md"), "About "+name, "", "A sentence, and another one.")
		a.File = name
		f.articles = append(f.articles, a)
	}
	return f
}

package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/kanbao/kanbao/app/site/accent"
	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/variants"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/entity"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/update"
	"github.com/kanbao/kanbao/index/write"
	"github.com/kanbao/kanbao/web"
)

// Options say what to build and where.
type Options struct {
	Content string // file or folder of articles
	Out     string // folder of the site; nothing in it changes before the new site is complete
	// Base is the path that the site lies under, as in /news/. Only 404.html
	// needs it; it is taken from kanbao.toml if it is empty.
	Base string
	// Full makes all anew. Otherwise what has not changed since the site in Out was
	// built keeps its place in the index, byte for byte, and pages that would come
	// out as they are stay.
	Full bool
	// Verify compares every byte of the site in Out with what the last build wrote,
	// and makes anew what has been damaged, also where size and date are as they were.
	Verify bool
	// AllowEmpty builds a site without articles. Otherwise content in which nothing
	// was understood is an error, and the site in Out stays.
	AllowEmpty bool
	// Drafts and Future publish what is held back as a draft, or for its date.
	Drafts, Future bool
	// Progress, if set, is told how far the build has come.
	Progress func(Progress)
}

// A Step is a part of a build.
type Step string

// The steps of a build, in their order.
const (
	Reading  Step = "reading"  // learning which articles there are; Total is unknown
	Printing Step = "printing" // pictures of pages that are PDF; Done and Total are pages
	Writing  Step = "writing"  // pages, and the analysis of their text
	Indexing Step = "indexing" // the index's files
)

// Progress says how far a build has come.
type Progress struct {
	Step  Step
	Done  int // articles, unless the step says otherwise
	Total int // 0 if it is not known yet
}

// A Summary says what was built.
type Summary struct {
	Articles   int
	Kept       int // pages of a finished site that are as the last index has them
	Terms      int
	PageBytes  int64 // of HTML files
	IndexBytes int64
	WasmBytes  int64 // uncompressed
	// Errors are the articles, and lines of synonyms.txt, that could not be read.
	// All others are there.
	Errors []error
	// Warnings are things that an article refers to or says of itself and that are
	// not there or cannot be read.
	Warnings []error
	// HeldBack are the articles that are not to be published, or not now; Passed are
	// files and folders that are no articles, by their name or kind.
	HeldBack []*parse.Error
	Passed   []*parse.Error
	// Static is the number of files that are published as they are, out of
	// StaticFolders.
	Static        int
	StaticFolders []string
	// Remote counts the pictures of other hosts by origin; RemoteShown says that pages
	// show them.
	Remote map[string]int
	// NoAddress says that the site's public address is not known, so that there is
	// nothing that names it: no feed, sitemap.xml, robots.txt or og:image.
	NoAddress   bool
	RemoteShown bool
	Elapsed     time.Duration
}

// Build makes the site. If it fails or ctx is done, what was in Out stays.
func Build(ctx context.Context, opt Options) (*Summary, error) {
	cfg, err := parse.LoadConfig(opt.Content)
	if err != nil {
		return nil, err
	}
	// One moment for both readings.
	cfg.Drafts, cfg.Future, cfg.Now = opt.Drafts, opt.Future, time.Now()
	finder, err := newFinder(opt.Content)
	if err != nil {
		return nil, err
	}
	synonyms, faults := parse.LoadSynonyms(opt.Content)
	sum, err := build(ctx, opt, sources{
		config:     cfg,
		articles:   func() iter.Seq2[*article.Article, error] { return parse.Folder(ctx, opt.Content, cfg) },
		web:        web.Files(),
		names:      finder,
		allowEmpty: opt.AllowEmpty,
		index: func(sink chunk.Sink, notes []byte, full bool) (indexer, error) {
			o := update.Options{Notes: notes, Options: write.Options{Sink: sink, Entities: finder.Find, EntitiesVersion: finder.Version(), Synonyms: synonyms}}
			if cfg.Ahead != nil && !*cfg.Ahead {
				o.BundleBelow = -1
			}
			if !full {
				o.Previous = chunk.Dir(filepath.Join(opt.Out, indexFolder))
			}
			return update.New(ctx, o)
		},
	})
	if err == nil {
		sum.Errors = append(faults, sum.Errors...)
	}
	return sum, err
}

// newFinder returns a finder of entities that follows the corrections beside the
// content.
func newFinder(content string) (*entity.Finder, error) {
	corrections, err := entity.LoadCorrections(content)
	if err != nil {
		return nil, err
	}
	return entity.New(analyze.NewFolder(variants.Table()), corrections)
}

// sources are what a site is made of. Tests bring their own.
type sources struct {
	config   *parse.Config
	articles func() iter.Seq2[*article.Article, error] // may be ranged over again
	web      fs.FS
	pack     packer         // of what pages load; nil compresses it
	names    *entity.Finder // that headlines know; may be nil
	// index begins the index. notes are what the last build has left for it; full
	// says to make all of it anew.
	index func(sink chunk.Sink, notes []byte, full bool) (indexer, error)
	// allowEmpty is Options.AllowEmpty.
	allowEmpty   bool
	mostBuffered int // bytes of articles kept from the first reading on; 0 is mostBuffered
}

// An indexer makes the index; an update.Writer is one.
type indexer interface {
	Has(id string, digest update.Digest) bool
	Article(id string, digest update.Digest) (*article.Article, error)
	Add(key string, edition ...update.Entry) error
	Finish(ctx context.Context) (*update.Summary, error)
	Abort()
}

func build(ctx context.Context, opt Options, src sources) (*Summary, error) {
	begun := time.Now()
	sum, err := buildOnce(ctx, opt, src)
	if errors.Is(err, format.ErrCorrupt) && !opt.Full {
		opt.Full = true // what was believed of the old index is not so
		sum, err = buildOnce(ctx, opt, src)
	}
	if err == nil {
		sum.Elapsed = time.Since(begun)
	}
	return sum, err
}

// keeping says what of the last site may stay as it is.
func (o Options) keeping() int {
	switch {
	case o.Full:
		return keepNone
	case o.Verify:
		return keepVerify
	}
	return keepSame
}

func buildOnce(ctx context.Context, opt Options, src sources) (*Summary, error) {
	if err := checkPlaces(opt.Content, opt.Out); err != nil {
		return nil, err
	}
	static, err := findStatic(opt.Content, opt.Out, src.config)
	if err != nil {
		return nil, err
	}
	out, err := newOutput(opt.Out, opt.keeping())
	if err != nil {
		return nil, err
	}
	defer out.discard()

	report := opt.Progress
	if report == nil {
		report = func(Progress) {}
	}
	index, err := src.index(out, out.notes(), opt.Full)
	if err != nil {
		return nil, err
	}
	defer index.Abort()
	s, err := survey(ctx, src, index, report)
	if err != nil {
		return nil, err
	}
	nameAfterPaper(src.config, opt.Content, s)
	look, err := loadFace(src.config, opt.Content)
	if err != nil {
		return nil, err
	}
	files, err := loadAssets(src.web, look, !widens(src.config), src.pack)
	var unreadable *accent.Fault
	if errors.As(err, &unreadable) {
		return nil, src.config.Fault(unreadable.Key, unreadable)
	}
	if err != nil {
		return nil, err
	}
	if err := files.write(out); err != nil {
		return nil, err
	}
	pages, err := newPages(src.config, base(opt, src.config), s, files, src.names)
	if err != nil {
		return nil, err
	}
	pages.screenshots = static.screenshots()
	b := &builder{
		out: out, survey: s, assets: files, index: index, report: report,
		static: static,
		media:  newMedia(opt.Content, out, static, src.config),
		pages:  pages,
	}
	b.warnings = append(look.warnings, b.pages.wear(look, static)...)
	if err := b.printPages(ctx, opt.Content); err != nil {
		return nil, err
	}
	sum, err := b.run(ctx, src)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := out.finish(); err != nil {
		return nil, err
	}
	return sum, nil
}

// nameAfterPaper gives a site that is only named after its folder the name of
// the paper that all its editions are of.
func nameAfterPaper(cfg *parse.Config, folder string, c *content) {
	abs, err := filepath.Abs(folder)
	if err != nil || len(c.editions) == 0 {
		return
	}
	name := filepath.Base(abs)
	if cfg.Title != name && cfg.Title != strings.TrimSuffix(name, filepath.Ext(name)) {
		return
	}
	paper := c.editions[0].Paper
	for _, ed := range c.editions {
		if ed.Paper != paper {
			return
		}
	}
	cfg.Title = cmp.Or(paper, cfg.Title)
}

// base returns the path that the site lies under, with a slash at both ends.
func base(opt Options, cfg *parse.Config) string {
	b := cmp.Or(opt.Base, cfg.Base)
	if b == "" && cfg.URL != "" {
		if u, err := url.Parse(cfg.URL); err == nil {
			b = u.Path
		}
	}
	b = "/" + strings.Trim(b, "/") + "/"
	if b == "//" {
		return "/"
	}
	return b
}

// checkPlaces refuses folders of which one would swallow the other.
func checkPlaces(content, out string) error {
	c, err := realPath(content)
	if err != nil {
		return err
	}
	o, err := realPath(out)
	if err != nil {
		return err
	}
	switch {
	case c == o || inside(c, o):
		return fmt.Errorf("site: %s holds the content %s and would be replaced with it; choose another folder for the site", out, content)
	case inside(o, c):
		return fmt.Errorf("site: %s lies inside the content %s, which would then hold its own site; choose another folder for the site", out, content)
	}
	return nil
}

// realPath returns the path without links. What does not exist yet has none.
func realPath(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(abs)
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(abs) != abs {
		parent, err := realPath(filepath.Dir(abs))
		return filepath.Join(parent, filepath.Base(abs)), err
	}
	return real, err
}

// inside reports whether path lies below dir.
func inside(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != "." && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

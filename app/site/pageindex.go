package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/kanbao/kanbao/index/analyze/words"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/update"
	"github.com/kanbao/kanbao/index/write"
	"github.com/kanbao/kanbao/web"
)

// IndexOptions say which finished site to make searchable, and where.
type IndexOptions struct {
	Site string // folder of the site; nothing in it changes but Out
	Out  string // folder below Site for the index and the scripts; as Options.Out
	// Settings is the folder with kanbao.toml, synonyms.txt and names.txt; Site if it is
	// empty.
	Settings string
	// Exclude has patterns of what is not read, besides those of the settings.
	Exclude []string
	// Full, Verify, AllowEmpty and Progress are as in Options.
	Full, Verify, AllowEmpty bool
	Progress                 func(Progress)
}

// Index makes a finished site searchable as it is: it reads its pages and writes an
// index of them, the engine and kanbao.js with what it needs into a folder of it. If it
// fails or ctx is done, what was there stays.
func Index(ctx context.Context, opt IndexOptions) (*Summary, error) {
	begun := time.Now()
	sum, err := indexOnce(ctx, opt)
	if errors.Is(err, format.ErrCorrupt) && !opt.Full {
		opt.Full = true // what was believed of the old index is not so
		sum, err = indexOnce(ctx, opt)
	}
	if err == nil {
		sum.Elapsed = time.Since(begun)
	}
	return sum, err
}

func indexOnce(ctx context.Context, opt IndexOptions) (*Summary, error) {
	up, err := wayUp(opt.Site, opt.Out)
	if err != nil {
		return nil, err
	}
	if opt.Settings == "" {
		opt.Settings = opt.Site
	}
	cfg, err := parse.LoadConfig(opt.Settings)
	if err != nil {
		return nil, err
	}
	cfg.Now = time.Now()
	cfg.Exclude = append(cfg.Exclude, opt.Exclude...)
	if opt.Progress == nil {
		opt.Progress = func(Progress) {}
	}
	out, err := newOutput(opt.Out, Options{Full: opt.Full, Verify: opt.Verify}.keeping())
	if err != nil {
		return nil, err
	}
	defer out.discard()
	p := &pageIndexer{
		opt: opt, out: out, config: cfg, root: up,
		old: readPageNotes(out, cfg),
	}
	p.survey = &pageSurvey{site: parse.NewSite(opt.Site, cfg), out: out, old: p.old.Pages}
	sum, err := p.run(ctx)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return sum, out.finish()
}

// wayUp returns the way from the folder of an index to the site that it is in: "../".
func wayUp(site, out string) (string, error) {
	s, err := realPath(site)
	if err != nil {
		return "", err
	}
	o, err := realPath(out)
	if err != nil {
		return "", err
	}
	if !inside(o, s) {
		return "", fmt.Errorf("site: the index must lie in the site that it is of, so that its hits lead there: %s is not below %s; try -o %s", out, site, filepath.Join(site, "kanbao"))
	}
	rel, err := filepath.Rel(s, o)
	return strings.Repeat("../", 1+strings.Count(filepath.ToSlash(rel), "/")), err
}

// A pageIndexer makes the index of one site.
type pageIndexer struct {
	opt    IndexOptions
	out    *output
	config *parse.Config
	root   string
	old    pageNotes // of the last build
	survey *pageSurvey
}

// A pageIndex is what is known of an index that stands or was made.
type pageIndex struct {
	madeOf string
	terms  int
	bytes  int64
}

func (p *pageIndexer) run(ctx context.Context) (*Summary, error) {
	finder, err := newFinder(p.opt.Settings)
	if err != nil {
		return nil, err
	}
	synonyms, faults := parse.LoadSynonyms(p.opt.Settings)
	o := update.Options{Notes: p.out.notes(), Options: write.Options{
		Sink: p.out, Pages: p.root, EntitiesVersion: finder.Version(), Synonyms: synonyms,
		Entities: func(a *article.Article, lines []words.Line) (persons, places, orgs []string) {
			return withOwn(a, finder.Find, lines)
		},
	}}
	if p.config.Ahead != nil && !*p.config.Ahead {
		o.BundleBelow = -1
	}
	if !p.opt.Full {
		o.Previous = chunk.Dir(filepath.Join(p.opt.Out, indexFolder))
	}
	if err := p.survey.run(ctx, p.opt.Progress); err != nil {
		return nil, err
	}
	if len(p.survey.pages) == 0 && !p.opt.AllowEmpty {
		return nil, p.survey.errEmpty(p.opt.Site)
	}
	made, err := p.index(ctx, o)
	if err != nil {
		return nil, err
	}
	wasm, err := p.writeBeside(made)
	if err != nil {
		return nil, err
	}
	return &Summary{
		Articles: len(p.survey.pages), Kept: p.survey.kept, Terms: made.terms, IndexBytes: made.bytes, WasmBytes: wasm,
		Errors: append(faults, p.survey.errors...), Warnings: p.survey.warnings, HeldBack: p.survey.heldBack, Passed: p.survey.passed,
	}, nil
}

// index leaves the index as it stands if it would come out the same, or else writes it.
func (p *pageIndexer) index(ctx context.Context, o update.Options) (*pageIndex, error) {
	made := &pageIndex{madeOf: p.survey.madeOf(o.Settings(), o.Synonyms, o.BundleBelow), terms: p.old.Terms, bytes: p.old.Bytes}
	if made.madeOf == p.old.Index && p.keepIndex() {
		return made, nil
	}
	index, err := update.New(ctx, o)
	if err != nil {
		return nil, err
	}
	defer index.Abort()
	sum, err := p.addAll(ctx, index)
	if err != nil {
		return nil, err
	}
	made.terms, made.bytes = sum.Terms, 0
	for _, n := range sum.Bytes {
		made.bytes += n
	}
	return made, nil
}

// keepIndex leaves the files of the last index as they are, if all of them are.
func (p *pageIndexer) keepIndex() bool {
	is := func(name string) bool { return path.Dir(name) == indexFolder || name == notesName }
	for name := range p.out.old.listed {
		if _, ok := p.out.old.files[name]; is(name) && !ok {
			return false
		}
	}
	for name, f := range p.out.old.files {
		if is(name) {
			p.out.note(name, f, true)
		}
	}
	return true
}

// withOwn adds what a page itself says of people, places and organisations to those
// that are found.
func withOwn(a *article.Article, find func(*article.Article, []words.Line) (persons, places, orgs []string), lines []words.Line) (persons, places, orgs []string) {
	persons, places, orgs = find(a, lines)
	for _, own := range a.Properties {
		if own.Use != article.Filtered {
			continue
		}
		switch own.Name {
		case "person":
			persons = append(persons, own.Value)
		case "place":
			places = append(places, own.Value)
		case "org":
			orgs = append(orgs, own.Value)
		}
	}
	return persons, places, orgs
}

// addAll gives the pages to the index and writes it.
func (p *pageIndexer) addAll(ctx context.Context, index *update.Writer) (*update.Summary, error) {
	for i, page := range p.survey.pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p.opt.Progress(Progress{Step: Writing, Done: i + 1, Total: len(p.survey.pages)})
		e := update.Entry{ID: page.ID, Digest: page.digest}
		if !index.Has(page.ID, page.digest) {
			a, err := p.survey.article(page)
			if err != nil {
				return nil, err
			}
			e.Article = a
		}
		if err := index.Add("", e); err != nil {
			return nil, err
		}
	}
	p.opt.Progress(Progress{Step: Indexing, Done: len(p.survey.pages), Total: len(p.survey.pages)})
	made, err := index.Finish(ctx)
	if err != nil {
		return nil, err
	}
	if made.Notes != nil {
		err = p.out.write(notesName, made.Notes)
	}
	return made, err
}

// writeBeside writes what a page needs to search, and what the next build wants to
// know. It returns the size of the wasm.
func (p *pageIndexer) writeBeside(made *pageIndex) (wasm int64, err error) {
	assets, err := loadAssets(web.Files(), new(face), true, nil) // hits show what the page has
	if err != nil {
		return 0, err
	}
	assets.onlyModule()
	if err := assets.write(p.out); err != nil {
		return 0, err
	}
	if err := p.out.write(pageNotesName, p.survey.notes(p.config, made)); err != nil {
		return 0, err
	}
	marker, err := json.Marshal(Marker{Generator: "kanbao", Version: p.out.version(), Pages: p.root})
	if err != nil {
		return 0, err
	}
	return assets.wasmBytes(), p.out.write(markerName, append(marker, '\n'))
}

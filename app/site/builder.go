package site

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/app/text"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/update"
)

const (
	indexFolder  = "index"
	manifestName = chunk.ManifestName
)

// errChanged says that the two readings of the content differ.
var errChanged = errors.New("site: the content has changed while it was read; build again")

// A builder writes the files of one site.
type builder struct {
	out      *output
	survey   *content
	assets   *assets
	media    *media
	pages    *pages
	index    indexer
	static   *static
	report   func(Progress)
	warnings []error
	faults   []error         // of files that are published as they are
	beside   map[string]bool // pages that are none of the site's own: redirects, and what is published as it is
}

func (b *builder) run(ctx context.Context, src sources) (*Summary, error) {
	if err := b.articles(ctx, src); err != nil {
		return nil, err
	}
	if err := b.pages.writeLists(b.out); err != nil {
		return nil, err
	}
	if err := b.writeBeside(); err != nil {
		return nil, err
	}
	b.report(Progress{Step: Indexing, Done: len(b.survey.entries), Total: len(b.survey.entries)})
	made, err := b.index.Finish(ctx)
	if err != nil {
		return nil, err
	}
	if made.Notes != nil {
		if err := b.out.write(notesName, made.Notes); err != nil {
			return nil, err
		}
	}
	if err := b.last(made); err != nil {
		return nil, err
	}
	return b.summary(made), nil
}

// writeBeside writes what is on the site besides its own pages.
func (b *builder) writeBeside() (err error) {
	if b.faults, err = b.static.publish(b.out, b.madeOf); err != nil {
		return err
	}
	b.beside = maps.Clone(b.static.done)
	if err := b.writeForRobots(); err != nil {
		return err
	}
	redirects, warnings, err := b.pages.writeRedirects(b.out)
	if err != nil {
		return err
	}
	b.warnings = append(b.warnings, warnings...)
	for _, name := range redirects {
		b.beside[name] = true
	}
	return nil
}

// madeOf says what a file of the site is made of, as far as it is one thing.
func (b *builder) madeOf(name string) string {
	for _, e := range b.survey.entries {
		if index(e.Path) == name {
			return e.File
		}
	}
	return "the site's own " + name
}

// articles goes through all articles. Pages are rendered on all cores; the
// index takes the articles in reading order.
func (b *builder) articles(ctx context.Context, src sources) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	p := &press{builder: b, clean: newCleaner(b.survey, b.media, text.ArticleFor(b.pages.text.Lang)), group: g}
	err := p.run(ctx, src)
	// A page that could not be written ends the loop through the context; it is
	// the cause and goes first.
	if failed := g.Wait(); failed != nil {
		return failed
	}
	return err
}

// A press turns articles into pages and gives them to the index.
type press struct {
	*builder
	clean *cleaner
	group *errgroup.Group
	done  int
	// The articles of an edition wait here for each other: they may stand in their
	// files in another order than that of the pages they are on, and the index takes
	// an edition as a whole.
	edition []sorted
}

type sorted struct {
	*entry
	article *article.Article // nil if only the index has it
}

func (p *press) run(ctx context.Context, src sources) error {
	if err := p.each(ctx, src); err != nil {
		return err
	}
	if err := p.flush(); err != nil {
		return err
	}
	return ctx.Err()
}

// each takes every article: from the buffer or the index, or else by reading
// the content for the second time.
func (p *press) each(ctx context.Context, src sources) error {
	total := len(p.survey.entries)
	if !p.survey.buffer.full {
		for p.done < total && ctx.Err() == nil {
			a := p.survey.buffer.articles[p.done]
			p.survey.buffer.articles[p.done] = nil
			if err := p.take(a); err != nil {
				return err
			}
		}
		return nil
	}
	for a, err := range src.articles() {
		var fault *parse.Error
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &fault):
			continue // known from the survey
		case err != nil:
			return err
		}
		if p.done == total || !p.survey.entries[p.done].isOf(a) {
			return errChanged
		}
		if err := p.take(a); err != nil {
			return err
		}
	}
	if ctx.Err() == nil && p.done != total {
		return errChanged
	}
	return nil
}

// take takes the article of the next entry.
func (p *press) take(a *article.Article) error {
	e := p.survey.entries[p.done]
	p.done++
	if n := len(p.edition); n > 0 && (e.key == "" || p.edition[n-1].key != e.key) {
		if err := p.flush(); err != nil {
			return err
		}
	}
	p.edition = append(p.edition, sorted{e, a})
	p.report(Progress{Step: Writing, Done: p.done, Total: len(p.survey.entries)})
	return nil
}

// flush prints the articles that wait and gives them to the index.
func (p *press) flush() error {
	if len(p.edition) == 0 {
		return nil
	}
	slices.SortStableFunc(p.edition, func(a, b sorted) int { return cmp.Compare(a.position, b.position) })
	edition := make([]update.Entry, len(p.edition))
	for i, s := range p.edition {
		edition[i] = p.print(s.entry, s.article)
	}
	key := p.edition[0].key
	p.edition = p.edition[:0]
	return p.index.Add(key, edition...)
}

// print has the article's page written, unless that would come out as it stands,
// and returns what the index gets of the article.
func (p *press) print(e *entry, a *article.Article) update.Entry {
	if e.cover != "" {
		p.addCover(e)
	}
	if e.unchanged {
		if !p.out.keep(index(e.Path), p.pages.articleInputs(e)) {
			p.group.Go(func() error {
				// It has no HTML, and so was clean as it came.
				a, err := p.index.Article(e.ID, e.digest)
				if err != nil {
					return err
				}
				return p.pages.writeArticle(p.out, cleaned{a}, e)
			})
		}
		return update.Entry{ID: e.ID, Digest: e.digest}
	}
	ready, warnings := p.clean.clean(a)
	p.warnings = append(p.warnings, warnings...)
	addPictures(ready.Article, e, p.clean.words)
	if !e.digested() {
		e.digest = update.DigestOf(ready.Article)
	}
	if !p.out.keep(index(e.Path), p.pages.articleInputs(e)) {
		p.group.Go(func() error { return p.pages.writeArticle(p.out, ready, e) })
	}
	return update.Entry{ID: e.ID, Digest: e.digest, Article: ready.Article}
}

// addCover has the picture of an article copied. One of another host is shown as
// other pictures of such are: if the settings say so.
func (p *press) addCover(e *entry) {
	if other, shown := p.media.remote.note(e.cover); other {
		if shown {
			e.Cover = e.cover
		}
		return
	}
	picture, err := p.media.picture(e.File, e.cover)
	if err != nil {
		p.warnings = append(p.warnings, &parse.Error{File: e.File, Line: e.Line, Msg: fmt.Sprintf("picture %q: %v", e.cover, err)})
		return
	}
	e.Cover, e.coverSize = picture.path, picture
}

// isPage reports whether a file is one of the site's own pages.
func (b *builder) isPage(name string) bool { return path.Ext(name) == ".html" && !b.beside[name] }

// last writes what depends on everything before it.
func (b *builder) last(made *update.Summary) error {
	index := b.out.names(func(name string) bool { return path.Dir(name) == indexFolder })
	pages := b.out.names(b.isPage)
	p := newPrecache(b.assets, pages, index, b.out.version())
	p.addSums(b.out.files)
	p.Off = b.pages.config.Offline != nil && !*b.pages.config.Offline
	if err := b.writeOffline(&p, index, made); err != nil {
		return err
	}
	sw, err := p.serviceWorker(b.assets.sw)
	if err != nil {
		return err
	}
	if err := b.out.write(workerName, sw); err != nil {
		return err
	}
	m := Marker{Generator: "kanbao", Version: p.Version}
	if b.media.remote.shown {
		m.Pictures = sortedKeys(b.media.remote.counts)
	}
	marker, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return b.out.write(markerName, append(marker, '\n'))
}

// writeOffline writes the list of all that a reader stores who asks for the whole site.
func (b *builder) writeOffline(p *precache, index []string, made *update.Summary) error {
	if p.Off {
		return nil
	}
	bundles, err := b.bundles(made)
	if err != nil {
		return err
	}
	data, err := json.Marshal(p.offlineCopy(b.out.files, index, bundles))
	if err != nil {
		return err
	}
	return b.out.write(offlineName, append(data, '\n'))
}

// bundles returns the names of the files of the index that only have others in one.
func (b *builder) bundles(made *update.Summary) (map[string]bool, error) {
	if made.Bundles == 0 {
		return nil, nil
	}
	name := indexFolder + "/" + manifestName
	file := b.out.path(name)
	if b.out.kept[name] {
		file = b.out.final(name)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	m, err := manifest.Open(data)
	if err != nil {
		return nil, err
	}
	names := make(map[string]bool)
	for _, s := range m.Segments {
		if s.Bundle != (chunk.ID{}) {
			names[indexFolder+"/"+s.Bundle.Name()] = true
		}
	}
	return names, nil
}

// A Marker is what kanbao/build.json says of a site.
type Marker struct {
	Generator string `json:"generator"`
	Version   string `json:"version"` // a hash over every file of the site
	// Pictures are the origins that pages show pictures of, such as
	// https://img.example.org; a policy must allow them.
	Pictures []string `json:"pictures,omitempty"`
	// Pages says that this is no site but an index of the pages of one, and where that
	// lies: "../".
	Pages string `json:"pages,omitempty"`
}

func (b *builder) summary(made *update.Summary) *Summary {
	s := &Summary{
		Articles: len(b.survey.entries), Terms: made.Terms,
		PageBytes: b.out.pageBytes(b.beside), WasmBytes: b.assets.wasmBytes(),
		Errors: append(b.survey.errors, b.faults...), Warnings: append(b.survey.warnings, b.warnings...),
		HeldBack: b.survey.heldBack, Passed: b.survey.passed, Static: len(b.static.done), StaticFolders: b.static.folders,
		NoAddress: b.pages.config.URL == "",
		Remote:    b.media.remote.counts, RemoteShown: b.media.remote.shown,
	}
	for _, n := range made.Bytes {
		s.IndexBytes += n
	}
	return s
}

// relRoot returns the way from a page to the site's root: "./" or "../../".
func relRoot(page string) string {
	if n := strings.Count(page, "/"); n > 0 {
		return strings.Repeat("../", n)
	}
	return "./"
}

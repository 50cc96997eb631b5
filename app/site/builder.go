package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/write"
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
	report   func(Progress)
	warnings []error
}

func (b *builder) run(ctx context.Context, src sources) (*Summary, error) {
	index, err := src.index(filepath.Join(b.out.dir, indexFolder))
	if err != nil {
		return nil, err
	}
	defer index.Abort()
	if err := b.articles(ctx, src, index); err != nil {
		return nil, err
	}
	if err := b.pages.writeLists(b.out); err != nil {
		return nil, err
	}
	b.report(Progress{Step: Indexing, Done: len(b.survey.entries), Total: len(b.survey.entries)})
	made, err := index.Finish(ctx)
	if err != nil {
		return nil, err
	}
	if err := b.last(); err != nil {
		return nil, err
	}
	return b.summary(made), nil
}

// articles reads the content for the second time. Pages are rendered on all
// cores; the index takes the articles in their order.
func (b *builder) articles(ctx context.Context, src sources, index indexer) error {
	clean := newCleaner(b.survey, b.media)
	total, done := len(b.survey.entries), 0
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	err := func() error {
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
			e := b.survey.byID[a.ID]
			if e == nil || done == total || b.survey.entries[done] != e {
				return errChanged
			}
			done++
			ready, warnings := clean.clean(a)
			b.warnings = append(b.warnings, warnings...)
			if err := index.Add(ready.Article); err != nil {
				return err
			}
			g.Go(func() error { return b.pages.writeArticle(b.out, ready, e) })
			b.report(Progress{Step: Writing, Done: done, Total: total})
		}
		if ctx.Err() == nil && done != total {
			return errChanged
		}
		return ctx.Err()
	}()
	// A page that could not be written ends the loop through the context; it is
	// the cause and goes first.
	if failed := g.Wait(); failed != nil {
		return failed
	}
	return err
}

// last writes what depends on everything before it.
func (b *builder) last() error {
	index, err := b.out.adopt(indexFolder)
	if err != nil {
		return fmt.Errorf("site: the index cannot be read back: %w", err)
	}
	var pages []string
	for _, name := range sortedKeys(b.out.sums) {
		if path.Ext(name) == ".html" {
			pages = append(pages, name)
		}
	}
	p := newPrecache(b.assets, pages, index, b.out.version())
	sw, err := p.serviceWorker(b.assets.sw)
	if err != nil {
		return err
	}
	if err := b.out.write(workerName, sw); err != nil {
		return err
	}
	marker, err := json.Marshal(map[string]any{"generator": "kanbao", "version": p.Version})
	if err != nil {
		return err
	}
	return b.out.write(markerName, append(marker, '\n'))
}

func (b *builder) summary(made *write.Summary) *Summary {
	s := &Summary{
		Articles: len(b.survey.entries), Terms: made.Terms,
		PageBytes: b.out.page, WasmBytes: b.assets.wasmBytes(),
		Errors: b.survey.errors, Warnings: b.warnings,
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

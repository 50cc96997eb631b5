package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/parse/source"
	"github.com/kanbao/kanbao/index/update"
)

// pageNotesName is the file with what one build tells the next of the pages that it has
// read. An index without it works.
const pageNotesName = "kanbao/pages.json"

// pageNotes are what is known of pages by their names, as one program with its settings
// has understood them.
type pageNotes struct {
	Of    string              `json:"of"` // a hash of the program and the settings
	Pages map[string]pageNote `json:"pages"`
	// Index is a hash of all that the index was made of; Terms and Bytes are what is in it.
	Index string `json:"index"`
	Terms int    `json:"terms"`
	Bytes int64  `json:"bytes"`
}

// A pageNote is what is known of a page: an article, or why it is none.
type pageNote struct {
	Sum       string `json:"sum"` // of the file
	Digest    string `json:"digest,omitempty"`
	Passed    string `json:"passed,omitempty"`
	Until     string `json:"until,omitempty"`
	Canonical string `json:"canonical,omitempty"`
	Marked    bool   `json:"marked,omitempty"`
}

// notesOf is a hash of all that decides what a page is understood as, but for the page.
func notesOf(cfg *parse.Config) string {
	if program() == "" {
		return ""
	}
	settings, err := json.Marshal([]any{program(), cfg.Skip, cfg.Include})
	if err != nil {
		return ""
	}
	return chunk.Sum(settings).String()
}

// readPageNotes reads what the last build has noted, if this one would note the same.
func readPageNotes(out *output, cfg *parse.Config) (n pageNotes) {
	f, ok := out.old.files[pageNotesName]
	if !ok {
		return pageNotes{}
	}
	data, err := os.ReadFile(out.final(pageNotesName))
	if err != nil || chunk.Sum(data).String() != f.sum || json.Unmarshal(data, &n) != nil || n.Of == "" || n.Of != notesOf(cfg) {
		return pageNotes{}
	}
	return n
}

// A surveyed is a page that becomes an article.
type surveyed struct {
	ID     string
	name   string
	digest update.Digest
	note   pageNote
	known  bool // the last build has understood the same
}

// A pageSurvey learns which pages of a site are to be found. Of their articles it keeps
// those of a small site.
type pageSurvey struct {
	site *parse.Site
	out  *output
	old  map[string]pageNote // of the last build
	new  map[string]pageNote

	pages    []*surveyed
	kept     int // pages that are as the last build has understood them
	errors   []error
	warnings []error
	heldBack []*parse.Error
	passed   []*parse.Error

	articles map[string]*article.Article // by name; nil once they are too many
	size     int
}

// pagesAtOnce is how many pages are read before the first of them is taken.
const pagesAtOnce = 64

func (s *pageSurvey) run(ctx context.Context, report func(Progress)) error {
	names, faults, err := s.site.Names(ctx, s.isOurs)
	if err != nil {
		return err
	}
	for _, f := range faults {
		s.errors = append(s.errors, f)
	}
	s.new = make(map[string]pageNote, len(names))
	s.articles = make(map[string]*article.Article)
	for from := 0; from < len(names); from += pagesAtOnce {
		some := names[from:min(from+pagesAtOnce, len(names))]
		read := make([]readOnce, len(some))
		g := new(errgroup.Group)
		g.SetLimit(runtime.GOMAXPROCS(0))
		for i, name := range some {
			g.Go(func() error {
				read[i] = s.read(name)
				return ctx.Err()
			})
		}
		if err := g.Wait(); err != nil {
			return err
		}
		for i, name := range some {
			s.take(name, &read[i])
		}
		report(Progress{Step: Reading, Done: from + len(some)})
	}
	s.leaveUnmarked()
	s.leaveCopies()
	for _, p := range s.pages {
		if p.known {
			s.kept++
		}
	}
	return nil
}

// isOurs reports whether a folder is that of the index, or one in which a build of it
// waits.
func (s *pageSurvey) isOurs(dir string) bool {
	real, err := realPath(dir)
	if err != nil {
		return false
	}
	if real == s.out.target || real == s.out.stage {
		return true
	}
	_, err = os.Lstat(filepath.Join(real, stageMark))
	return err == nil
}

// A readOnce is what was understood of a file.
type readOnce struct {
	note    pageNote
	article *article.Article // nil if nothing was parsed
	err     error
}

// read reads a page, and understands it unless the last build has understood the same.
func (s *pageSurvey) read(name string) readOnce {
	raw, err := s.site.Read(name)
	if err != nil {
		return readOnce{err: err}
	}
	sum := chunk.Sum(raw).String()
	if old, ok := s.old[name]; ok && old.Sum == sum {
		return readOnce{note: old}
	}
	page, err := s.site.Page(name, raw)
	var fault *parse.Error
	if errors.As(err, &fault) && fault.Grade == source.Passed {
		return readOnce{note: pageNote{Sum: sum, Passed: fault.Msg}}
	}
	if err != nil {
		return readOnce{err: err}
	}
	digest := update.DigestOf(page.Article)
	return readOnce{article: page.Article, note: pageNote{
		Sum: sum, Digest: hex.EncodeToString(digest[:]), Until: page.Publication.Release.Until,
		Canonical: page.Canonical, Marked: page.Marked,
	}}
}

func readDigest(s string) (d update.Digest, ok bool) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(d) {
		return d, false
	}
	return update.Digest(b), true
}

// take notes what was understood of a page.
func (s *pageSurvey) take(name string, r *readOnce) {
	if r.err != nil {
		s.errors = append(s.errors, r.err)
		return
	}
	s.new[name] = r.note
	if r.note.Passed != "" {
		s.pass(name, r.note.Passed)
		return
	}
	if why := s.site.Expired(r.note.Until); why != "" {
		s.heldBack = append(s.heldBack, &parse.Error{File: name, Msg: "is held back: " + why, Grade: source.Held})
		return
	}
	digest, _ := readDigest(r.note.Digest)
	s.pages = append(s.pages, &surveyed{ID: parse.PageAddress(name), name: name, digest: digest, note: r.note, known: r.article == nil})
	if s.articles == nil || r.article == nil {
		return
	}
	s.articles[name] = r.article
	if s.size += len(r.article.Text()); s.size > mostBuffered {
		s.articles = nil
	}
}

func (s *pageSurvey) pass(name, why string) {
	s.passed = append(s.passed, &parse.Error{File: name, Msg: why, Grade: source.Passed})
}

// article returns the article of a page, which is read again unless it was kept.
func (s *pageSurvey) article(p *surveyed) (*article.Article, error) {
	if a := s.articles[p.name]; a != nil {
		return a, nil
	}
	raw, err := s.site.Read(p.name)
	if err != nil {
		return nil, err
	}
	page, err := s.site.Page(p.name, raw)
	if err != nil {
		return nil, err
	}
	if update.DigestOf(page.Article) != p.digest {
		return nil, errChanged
	}
	return page.Article, nil
}

// leaveUnmarked leaves out the pages that do not say where their text is, if others do.
func (s *pageSurvey) leaveUnmarked() {
	marked := false
	for _, p := range s.pages {
		marked = marked || p.note.Marked
	}
	if marked {
		s.keepIf(func(p *surveyed) string {
			if p.note.Marked {
				return ""
			}
			return "has no data-kanbao-body or data-pagefind-body, and other pages have"
		})
	}
}

// keepIf leaves out the pages for which which answers why.
func (s *pageSurvey) keepIf(which func(*surveyed) string) {
	kept := s.pages[:0]
	for _, p := range s.pages {
		if why := which(p); why != "" {
			s.pass(p.name, why)
			delete(s.articles, p.name)
			continue
		}
		kept = append(kept, p)
	}
	s.pages = kept
}

// leaveCopies leaves out the pages that name another page of the site as the one to be
// found. Where a site names one page for most of the others, as some do by mistake, it
// is not believed.
func (s *pageSurvey) leaveCopies() {
	canonical := newCanonicals(s.pages)
	byID := make(map[string]*surveyed)
	for _, p := range s.pages {
		byID[p.ID] = p
	}
	of := make(map[*surveyed]string)
	copies := make(map[string]int)
	for _, p := range s.pages {
		to := canonical.address(p)
		if to == "" || to == p.ID || byID[to] == nil {
			continue
		}
		if next := canonical.address(byID[to]); next != "" && next != to && byID[next] != nil {
			continue // it is itself a copy of a third
		}
		of[p] = to
		copies[to]++
	}
	for _, to := range sortedKeys(copies) {
		if n := copies[to]; n > 3 && n*2 > len(s.pages) {
			s.warnings = append(s.warnings, &parse.Error{File: byID[to].name, Msg: fmt.Sprintf("is named as canonical by %d of %d pages; that is not believed", n, len(s.pages)), Grade: source.Warning})
			delete(copies, to)
		}
	}
	s.keepIf(func(p *surveyed) string {
		if to := of[p]; copies[to] > 0 {
			return "is a copy: its canonical address is " + to
		}
		return ""
	})
}

// madeOf is a hash of the pages of an index and of settings.
func (s *pageSurvey) madeOf(settings ...any) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q\n", settings)
	for _, p := range s.pages {
		fmt.Fprintf(h, "%s %x\n", p.ID, p.digest)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// notes returns what the next build may know of the pages and the index.
func (s *pageSurvey) notes(cfg *parse.Config, made *pageIndex) []byte {
	n := pageNotes{Of: notesOf(cfg), Pages: s.new, Index: made.madeOf, Terms: made.terms, Bytes: made.bytes}
	data, err := json.Marshal(n)
	if err != nil {
		return nil // plain strings always are JSON
	}
	return append(data, '\n')
}

// errEmpty says why there is nothing to search.
func (s *pageSurvey) errEmpty(site string) error {
	if len(s.errors) > 0 {
		return fmt.Errorf("site: no page could be read: %w", errors.Join(s.errors...))
	}
	said := []string{"it has no HTML files"}
	if n := len(s.heldBack) + len(s.passed); n > 0 {
		said = nil
		for _, e := range append(s.heldBack, s.passed...)[:min(n, 3)] {
			said = append(said, e.Error())
		}
	}
	return fmt.Errorf("site: %s has no page to be found: %s; --allow-empty makes an index without any", site, strings.Join(said, "; "))
}

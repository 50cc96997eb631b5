package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/kanbao/kanbao/app/text"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/parse/source"
	"github.com/kanbao/kanbao/index/update"
)

// articlesOfADay is how many articles of one day make an edition of it, even if
// nothing says on which page of which paper they stood.
const articlesOfADay = 4

// mostOfADay is how many they may be: a day of more, as where all of a collection has
// one date, is a list and no front page.
const mostOfADay = 200

// A content is what the survey has learned: which articles there are and how
// they belong together.
type content struct {
	entries  []*entry // in the order in which they are read
	byID     map[string]*entry
	byFile   map[string]*entry // the first of each file
	byName   map[string]*entry // by the name of the file alone, nil where several have it
	own      *url.URL          // of the site, with a slash at the end; nil if it is not known
	editions []*edition        // those with a page of their own, newest first
	loose    []*entry          // the articles of no edition, newest first, then undated
	tags     groups
	authors  groups
	columns  groups
	folders  []*contentFolder // those at the top
	prints   []*print         // the pages that articles were read from as they were printed
	errors   []error
	warnings []error
	heldBack []*parse.Error // what is not to be published
	passed   []*parse.Error // files that are no articles
	buffer   *articleBuffer
}

// An edition is what a paper printed on one day, or what appeared on one day.
type edition struct {
	Path           string // of its page, relative to the root
	Paper          string
	Date           string
	Sheets         []*sheet
	Count          int
	Earlier, Later *edition
}

// A sheet is a page (版) of an edition with its articles.
type sheet struct {
	ID      string // of the element on the edition's page
	Page    string
	Name    string
	Entries []*entry
	prints  []*print
	on      string // path of the page of its edition on which it begins
}

// survey reads all articles once. Faults of single files are kept for the
// summary; it fails if there is nothing but faults.
func survey(ctx context.Context, src sources, index indexer, report func(Progress)) (*content, error) {
	c := &content{byID: make(map[string]*entry), byFile: make(map[string]*entry), byName: make(map[string]*entry), own: ownAddress(src.config.URL), buffer: &articleBuffer{most: cmp.Or(src.mostBuffered, mostBuffered)}}
	untitled := text.For(src.config.Lang).Untitled
	for a, err := range src.articles() {
		var fault *parse.Error
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.As(err, &fault):
			c.note(fault)
			continue
		case err != nil:
			return nil, err
		}
		e := newEntry(a, untitled)
		if widens(src.config) {
			e.widen()
		}
		if err := c.add(e); err != nil {
			return nil, err
		}
		if !changes(a) {
			e.digest = update.DigestOf(a)
			e.unchanged = index.Has(e.ID, e.digest)
		}
		c.buffer.add(e, a)
		report(Progress{Step: Reading, Done: len(c.entries)})
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(c.entries) == 0 && !src.allowEmpty {
		return nil, c.errEmpty()
	}
	c.arrange()
	return c, nil
}

// note keeps what was said of a file for the summary.
func (c *content) note(e *parse.Error) {
	switch e.Grade {
	case source.Warning:
		c.warnings = append(c.warnings, e)
	case source.Held:
		c.heldBack = append(c.heldBack, e)
	case source.Passed:
		c.passed = append(c.passed, e)
	default:
		c.errors = append(c.errors, e)
	}
}

// errEmpty says why a site would have no article: nothing was understood, or
// nothing is to be published.
func (c *content) errEmpty() error {
	if len(c.errors) > 0 {
		return fmt.Errorf("site: no article could be read: %w", errors.Join(c.errors...))
	}
	var said []string
	if n := len(c.heldBack); n > 0 {
		said = append(said, fmt.Sprintf("%d held back (%s); --drafts and --future show them", n, c.heldBack[0]))
	}
	if n := len(c.passed); n > 0 {
		said = append(said, fmt.Sprintf("%d passed over (%s)", n, c.passed[0]))
	}
	if len(said) == 0 {
		said = []string{"no file that could be one was found"}
	}
	return fmt.Errorf("site: there is no article in the content: %s; --allow-empty builds a site without any", strings.Join(said, ", "))
}

func (c *content) add(e *entry) error {
	if first, ok := c.byID[e.ID]; ok {
		return fmt.Errorf("site: the articles at %s:%d and %s:%d have the same ID %q", first.File, first.Line, e.File, e.Line, e.ID)
	}
	c.entries = append(c.entries, e)
	c.byID[e.ID] = e
	if _, ok := c.byFile[e.File]; !ok {
		c.byFile[e.File] = e
		c.remember(e)
	}
	return nil
}

// ownAddress returns the public address of the site, nil if it has none.
func ownAddress(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return nil
	}
	u.Path = strings.TrimSuffix(u.Path, "/") + "/"
	return u
}

func (c *content) arrange() {
	c.makeEditions()
	c.makeLoose()
	c.makeGroups()
	c.makeFolders()
	c.makePrints()
}

func (c *content) makeEditions() {
	groups := make(map[string][]*entry)
	for _, e := range c.entries {
		if e.key != "" {
			groups[e.key] = append(groups[e.key], e)
		}
	}
	paths := newSlugs("e/")
	for _, key := range sortedKeys(groups) {
		group := groups[key]
		n := len(group)
		if (n < articlesOfADay || n > mostOfADay) && !slices.ContainsFunc(group, (*entry).printed) {
			continue
		}
		c.editions = append(c.editions, newEdition(group, paths.claim(key)))
	}
	slices.SortStableFunc(c.editions, func(a, b *edition) int { return cmp.Compare(b.Date, a.Date) })
	for i, e := range c.editions[:max(0, len(c.editions)-1)] {
		e.Earlier, c.editions[i+1].Later = c.editions[i+1], e
	}
}

func newEdition(group []*entry, path string) *edition {
	first := group[0]
	ed := &edition{
		Path: path, Paper: first.edition.Paper, Count: len(group),
		Date: cmp.Or(first.edition.Date, first.Date),
	}
	type name struct{ page, name string }
	sheets := make(map[name]*sheet)
	for _, e := range group {
		n := name{e.edition.Page, e.edition.Name}
		s := sheets[n]
		if s == nil {
			s = &sheet{Page: n.page, Name: n.name}
			sheets[n] = s
			ed.Sheets = append(ed.Sheets, s)
		}
		s.Entries = append(s.Entries, e)
		e.in, e.sheet = ed, s
	}
	slices.SortStableFunc(ed.Sheets, compareSheets)
	var last *entry
	for i, s := range ed.Sheets {
		s.ID = "v" + strconv.Itoa(i+1)
		s.rank()
		for j, e := range s.Entries {
			e.number = j + 1
			if last != nil {
				e.prev, last.next, e.position = last, e, last.position+1
			}
			last = e
		}
	}
	for i, page := range ed.pages() {
		for _, part := range page {
			part.sheet.on = cmp.Or(part.sheet.on, partPath(ed.Path, i+1))
		}
	}
	return ed
}

// compareSheets orders the pages of a paper as a reader turns them: A2, A10, B1, and
// 头版, 二版, 第三版. What is on no page comes last.
func compareSheets(a, b *sheet) int {
	if (a.Page == "") != (b.Page == "") {
		return cmp.Compare(b.Page, a.Page)
	}
	return cmp.Compare(pageNumber(a.Page), pageNumber(b.Page))
}

// pageNumber returns a key that orders pages by their numbers, however those are
// written: 3, 03版, 三版 and 第三版 are the third, and 头版 is the first.
func pageNumber(page string) string {
	page = strings.TrimSuffix(strings.TrimPrefix(page, "第"), "版")
	if page == "头" || page == "頭" {
		page = "一"
	}
	return strings.TrimPrefix(parse.Natural("第"+page), "第")
}

// makeLoose orders the articles of no edition: each is the next of the one that
// was written before it.
func (c *content) makeLoose() {
	for _, e := range c.entries {
		if e.in == nil {
			c.loose = append(c.loose, e)
		}
	}
	slices.SortStableFunc(c.loose, byDateThenOrder)
	for i := 1; i < len(c.loose); i++ {
		a, b := c.loose[i-1], c.loose[i]
		if a.Date == "" || b.Date == "" {
			// Undated articles stand in the order of their files, as chapters do.
			if a.Date == b.Date {
				a.next, b.prev = b, a
			}
			continue
		}
		a.prev, b.next = b, a
	}
}

// byDateThenOrder puts the newest first and the undated last, those as their folder
// has them.
func byDateThenOrder(a, b *entry) int {
	if a.Date == "" && b.Date == "" {
		return cmp.Compare(a.order, b.order)
	}
	return cmp.Compare(b.Date, a.Date)
}

// sortedKeys returns the keys of a map in order, so that nothing depends on the
// order of a map.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// slugs gives each name an address of its own below a folder, also where file
// systems do not tell upper from lower case.
type slugs struct {
	folder string
	taken  map[string]bool
}

// longestTagSlug leaves room for a number within the 255 bytes of a file name.
const longestTagSlug = 200

func newSlugs(folder string) *slugs { return &slugs{folder: folder, taken: make(map[string]bool)} }

func (s *slugs) claim(name string) string {
	slug := article.Slug(name)
	if len(slug) > longestTagSlug {
		slug = strings.ToValidUTF8(slug[:longestTagSlug], "")
	}
	for i, try := 2, slug; ; i++ {
		if lower := strings.ToLower(try); !s.taken[lower] {
			s.taken[lower] = true
			return s.folder + try + "/"
		}
		try = slug + "-" + strconv.Itoa(i)
	}
}

// folder returns what the first folder of the article's file is called, empty at
// the top.
func (e *entry) folder() string {
	if e.section != "" {
		return e.section
	}
	first, _, found := strings.Cut(path.Clean(e.File), "/")
	if !found {
		return ""
	}
	return first
}

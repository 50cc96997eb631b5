package site

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/parse"
)

// A tag is a name that articles are found under: a tag, an author, a column.
type tag struct {
	Name    string
	Path    string // relative to the root
	Entries []*entry
}

// groups are the names of one kind, the commonest first.
type groups struct {
	folder string // that their pages are in
	list   []*tag
	paths  map[string]string // of the page, by name
}

func (c *content) makeGroups() {
	c.tags = c.group("t/", func(e *entry) []string { return e.Tags })
	c.authors = c.group("by/", func(e *entry) []string { return e.names })
	c.columns = c.group("c/", (*entry).columns)
}

// columns are what an article stands under in its paper, or what its author says.
func (e *entry) columns() []string {
	if e.edition.Name == "" {
		return e.categories
	}
	return slices.Concat([]string{e.edition.Name}, e.categories)
}

func (c *content) group(folder string, names func(e *entry) []string) groups {
	byName := make(map[string]*tag)
	for _, e := range c.entries {
		seen := make(map[string]bool)
		for _, name := range names(e) {
			if name = strings.TrimSpace(name); name == "" || seen[name] {
				continue
			}
			seen[name] = true
			if byName[name] == nil {
				byName[name] = &tag{Name: name}
			}
			byName[name].Entries = append(byName[name].Entries, e)
		}
	}
	g := groups{folder: folder, paths: make(map[string]string)}
	paths := newSlugs(folder)
	paths.taken["_"] = true // further pages of the list of all
	for _, name := range sortedKeys(byName) {
		t := byName[name]
		t.Path = paths.claim(name)
		slices.SortStableFunc(t.Entries, byDateThenOrder)
		g.list = append(g.list, t)
		g.paths[name] = t.Path
	}
	slices.SortStableFunc(g.list, func(a, b *tag) int {
		return cmp.Or(cmp.Compare(len(b.Entries), len(a.Entries)), cmp.Compare(parse.Natural(a.Name), parse.Natural(b.Name)))
	})
	return g
}

// links are the names with the addresses of their pages.
func (g groups) links(names []string) []tagLink {
	var links []tagLink
	for _, name := range names {
		name = strings.TrimSpace(name)
		if to := g.paths[name]; to != "" && !slices.Contains(links, tagLink{name, to}) {
			links = append(links, tagLink{name, to})
		}
	}
	return links
}

// groupWords are what is said of one kind of groups.
type groupWords struct {
	kind, kinds string // of the pages
	title       func(name string) string
	all, intro  string
}

// tagView is a page of the articles with a tag.
type tagView struct {
	*tag
	All     string // what the list of all such is called
	AllPath string
	Shown   []*entry
	Pages   pager
}

// tagsView is a page of all names of a kind.
type tagsView struct {
	Heading, Intro string
	Shown          []*tag
	Pages          pager
}

// writeGroups writes a page for each name, and one that leads to them all.
func (p *pages) writeGroups(out *output, g groups, w groupWords) error {
	if len(g.list) == 0 {
		return nil
	}
	for _, t := range g.list {
		err := paginate(t.Path, t.Entries, onOneList, func(folder string, entries []*entry, pg pager) error {
			pg.ByTime = true
			inputs := p.groupInputs(index(folder), t, entries, pg)
			if out.keep(index(folder), inputs) {
				return nil
			}
			return p.write(out, index(folder), page{
				Kind: w.kind, Title: w.title(t.Name), Description: w.title(t.Name), inputs: inputs,
				View: tagView{tag: t, All: w.all, AllPath: g.folder, Shown: entries, Pages: pg},
			})
		})
		if err != nil {
			return err
		}
	}
	return paginateNames(g.folder, g.list, func(folder string, some []*tag, pg pager) error {
		return p.write(out, index(folder), page{
			Kind: w.kinds, Title: w.all, Description: w.intro, View: tagsView{w.all, w.intro, some, pg},
		})
	})
}

func (p *pages) writeTags(out *output) error {
	for _, kind := range []struct {
		groups
		groupWords
	}{
		{p.content.tags, groupWords{kindTag, kindTags, p.text.Tagged, p.text.Tags, p.text.TagsIntro}},
		{p.content.authors, groupWords{kindTag, kindTags, p.text.Edition.By, p.text.Edition.Authors, p.text.Edition.AuthorsIntro}},
		{p.content.columns, groupWords{kindTag, kindTags, p.text.Edition.OfColumn, p.text.Edition.Columns, p.text.Edition.ColumnsIntro}},
	} {
		if err := p.writeGroups(out, kind.groups, kind.groupWords); err != nil {
			return err
		}
	}
	return nil
}

func (p *pages) groupInputs(name string, t *tag, entries []*entry, pg pager) string {
	in := p.inputs(name)
	if in == nil {
		return unknown
	}
	in.text(t.Name, t.Path, pg.Newer, pg.Older)
	in.number(len(t.Entries))
	in.number(pg.Of)
	in.entries(entries)
	return in.result()
}

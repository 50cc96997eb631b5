package site

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/parse"
)

// A contentFolder is a folder of the content with articles of no edition in or below it.
type contentFolder struct {
	Name    string
	Path    string // of its page, relative to the root
	Entries []*entry
	Sub     []*contentFolder
	Up      *contentFolder // nil at the top
	Count   int            // of articles in and below it
	order   string         // of its first article
}

const foldersPath = "f/"

// makeFolders finds the folders of the articles that no edition leads to. Where all of
// them lie in one, there is nothing to choose from and there are no folders.
func (c *content) makeFolders() {
	byDir := make(map[string]*contentFolder)
	var get func(dir string) *contentFolder
	get = func(dir string) *contentFolder {
		f := byDir[dir]
		if f == nil {
			f = &contentFolder{Name: path.Base(dir)}
			byDir[dir] = f
			if up := path.Dir(dir); up != "." {
				f.Up = get(up)
			}
		}
		return f
	}
	for _, e := range c.loose {
		if dir := path.Dir(path.Clean(e.File)); dir != "." && dir != "/" && !strings.HasPrefix(dir, "..") {
			e.folderOf = get(dir)
			e.folderOf.Entries = append(e.folderOf.Entries, e)
		}
	}
	holding := 0
	for _, f := range byDir {
		if len(f.Entries) > 0 {
			holding++
		}
	}
	if holding < 2 {
		for _, e := range c.loose {
			e.folderOf = nil
		}
		return
	}
	paths := newSlugs(foldersPath)
	paths.taken["_"] = true // further pages of the list of all
	for _, dir := range sortedKeys(byDir) {
		f := byDir[dir]
		f.Path = paths.claim(dir)
		f.nameAfterEntries()
		if f.Up != nil {
			f.Up.Sub = append(f.Up.Sub, f)
		} else {
			c.folders = append(c.folders, f)
		}
	}
	for _, f := range c.folders {
		f.count()
	}
	sortFolders(c.folders)
}

// nameAfterEntries calls a folder what all its articles say that it is called, unless
// they mean one that it lies in.
func (f *contentFolder) nameAfterEntries() {
	if len(f.Entries) == 0 {
		return
	}
	name := f.Entries[0].section
	for _, e := range f.Entries {
		if e.section != name {
			return
		}
	}
	for up := f.Up; up != nil; up = up.Up {
		if up.Name == name {
			return
		}
	}
	f.Name = cmp.Or(name, f.Name)
}

func (f *contentFolder) count() {
	f.Count = len(f.Entries)
	for _, e := range f.Entries {
		if f.order == "" || e.order < f.order {
			f.order = e.order
		}
	}
	for _, s := range f.Sub {
		s.count()
		f.Count += s.Count
		if f.order == "" || s.order < f.order {
			f.order = s.order
		}
	}
	sortFolders(f.Sub)
}

func sortFolders(list []*contentFolder) {
	slices.SortStableFunc(list, func(a, b *contentFolder) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(parse.Natural(a.Name), parse.Natural(b.Name)))
	})
}

// way is the folder and those that it lies in, the outermost first.
func (f *contentFolder) way() []crumb {
	if f == nil {
		return nil
	}
	return append(f.Up.way(), crumb{Name: f.Name, Path: f.Path})
}

// inFolder is a folder or an article that a folder has.
type inFolder struct {
	folder *contentFolder
	entry  *entry
}

// inside is what a folder has, its folders first.
func (f *contentFolder) inside() []inFolder {
	all := make([]inFolder, 0, len(f.Sub)+len(f.Entries))
	for _, s := range f.Sub {
		all = append(all, inFolder{folder: s})
	}
	for _, e := range f.Entries {
		all = append(all, inFolder{entry: e})
	}
	return all
}

// folderListView is a page of a folder, or of all folders.
type folderListView struct {
	Heading string
	Intro   string
	Crumbs  []crumb
	Folders []*contentFolder
	Shown   []*entry
	Pages   pager
}

func (p *pages) writeFolders(out *output) error {
	if len(p.content.folders) == 0 {
		return nil
	}
	for _, f := range p.content.folders {
		if err := p.writeFolder(out, f); err != nil {
			return err
		}
	}
	return paginateNames(foldersPath, p.content.folders, func(at string, some []*contentFolder, pg pager) error {
		return p.write(out, index(at), page{
			Kind: kindFolder, Title: p.text.Edition.Folders, Description: p.text.Edition.Folders,
			View: folderListView{Heading: p.text.Edition.Folders, Intro: p.text.Articles(len(p.content.loose)), Folders: some, Pages: pg},
		})
	})
}

func (p *pages) writeFolder(out *output, f *contentFolder) error {
	for _, s := range f.Sub {
		if err := p.writeFolder(out, s); err != nil {
			return err
		}
	}
	return paginate(f.Path, f.inside(), namesOnOneList, func(at string, some []inFolder, pg pager) error {
		v := folderListView{Heading: f.Name, Intro: p.text.Articles(f.Count), Crumbs: p.crumbsTo(f.Up.way()), Pages: pg}
		for _, it := range some {
			if it.folder != nil {
				v.Folders = append(v.Folders, it.folder)
			} else {
				v.Shown = append(v.Shown, it.entry)
			}
		}
		inputs := p.folderInputs(index(at), &v)
		if out.keep(index(at), inputs) {
			return nil
		}
		return p.write(out, index(at), page{
			Kind: kindFolder, Title: p.text.Edition.OfFolder(f.Name), Description: p.text.Edition.OfFolder(f.Name), View: v, inputs: inputs,
		})
	})
}

func (p *pages) folderInputs(name string, v *folderListView) string {
	in := p.inputs(name)
	if in == nil {
		return unknown
	}
	in.text(v.Heading, v.Intro, v.Pages.Newer, v.Pages.Older)
	in.number(v.Pages.Of)
	in.crumbs(v.Crumbs)
	in.number(len(v.Folders))
	for _, f := range v.Folders {
		in.text(f.Name, f.Path)
		in.number(f.Count)
	}
	in.entries(v.Shown)
	return in.result()
}

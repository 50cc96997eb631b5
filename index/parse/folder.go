package parse

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/source"
)

// Folder yields the articles of all files below root, or of root itself if it
// is a file, in the order of their paths, numbers in names as people count. Hidden
// files are passed over. What there is to say of a file is yielded as an *Error in
// the place of an article, and the walk goes on: a Fault, a Warning, an article that
// is Held back, and what is Passed over because its name or kind says that it is no
// article. cfg is what LoadConfig(root) returned.
//
// IDs are unique as addresses (article.Slug), also where upper and lower case are
// one: of the derived ones that would be the same, the second becomes -2, and so
// on. Two that are the same in the sources are a fault.
func Folder(ctx context.Context, root string, cfg *Config) iter.Seq2[*article.Article, error] {
	return func(yield func(*article.Article, error) bool) {
		w := &walker{ctx: ctx, config: cfg, parsers: newParsers(), names: newNames(), yield: yield}
		defer w.parsers.close()
		// Files that include others get them from nowhere but the content.
		w.parsers.markdown.Files = contentFiles{contentFolder(root), cfg.mostText()}
		err := w.start(root)
		if err == nil {
			err = w.emit(w.edition.flush())
		}
		if err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

// contentFolder returns the folder of the content, which may be one file.
func contentFolder(root string) string {
	if info, err := os.Stat(root); err == nil && !info.IsDir() {
		return filepath.Dir(root)
	}
	return root
}

// errStopped ends a walk whose reader wants no more.
var errStopped = errors.New("stopped")

type walker struct {
	ctx     context.Context
	root    string  // the content folder
	config  *Config // of the whole
	parsers *parsers
	names   *names
	edition edition
	yield   func(*article.Article, error) bool
}

// A place is a folder as its files see it.
type place struct {
	name    string // relative to the content, "." at the top
	config  *Config
	order   string // see article.Publication
	title   string // what the first folder on the way is called
	nav     *nav
	held    string // why nothing in it is to be published
	above   []above
	hugo    bool // it is a folder of Hugo's
	skipped bool // it is no folder of articles; only what include names is read
}

func (w *walker) start(root string) error {
	info, err := os.Stat(root)
	if err != nil {
		return err
	}
	if info.IsDir() {
		w.root = root
		top := place{name: ".", config: w.config}
		w.about(&top)
		return w.dir(top)
	}
	w.root = filepath.Dir(root)
	name := filepath.Base(root)
	if !w.parsers.know(name) {
		return source.Errorf(name, 0, "no parser for this kind of file; want %s", strings.Join(extensions, ", "))
	}
	return w.file(name, &place{name: ".", config: w.config})
}

// dir walks a folder. Links to folders are not followed, so that no walk is endless.
func (w *walker) dir(p place) error {
	entries, err := os.ReadDir(filepath.Join(w.root, filepath.FromSlash(p.name)))
	if err != nil {
		return w.say(source.Errorf(p.name, 0, "folder cannot be read: %v", err))
	}
	if p.name != "." {
		below := *p.config
		below.CSV, below.Exclude, below.Include, below.Skip = maps.Clone(below.CSV), nil, nil, slices.Clone(below.Skip)
		if err := below.merge(w.root, path.Join(p.name, ConfigName)); err != nil {
			return w.say(err)
		}
		p.config = &below
	}
	if n := loadNav(w.root, p.name, w.config.mostText()); n != nil {
		p.nav = n
	}
	slices.SortStableFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(Natural(a.Name()), Natural(b.Name())) })
	for _, e := range entries {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if err := w.entry(e, &p); err != nil {
			return err
		}
	}
	return nil
}

// entry looks at what a folder has.
func (w *walker) entry(e fs.DirEntry, p *place) error {
	name := path.Join(p.name, e.Name())
	switch {
	case matches(w.config.Exclude, name):
		return nil
	case e.IsDir():
		return w.below(name, p)
	case isSetting(name):
		return nil
	case p.nav.isExcluded(name):
		return w.pass(name, "is excluded by mkdocs.yml")
	case !w.parsers.know(name):
		if slices.Contains(media, extension(name)) || w.besidePage(name) || w.isMeta(name) {
			return nil
		}
		return w.pass(name, "this kind of file is not read")
	case (p.skipped || isNoArticle(name)) && !matches(w.config.Include, name):
		if p.skipped {
			return nil
		}
		return w.pass(name, "is taken for no article by its name; include in kanbao.toml has it read")
	}
	return w.file(name, p)
}

// besidePage reports whether a file says what stands in a PDF file of its folder.
func (w *walker) besidePage(name string) bool {
	stem, ok := strings.CutSuffix(name, ".toml")
	if !ok {
		return false
	}
	_, err := os.Stat(filepath.Join(w.root, filepath.FromSlash(strings.TrimSuffix(stem, ".zones"))+".pdf"))
	return err == nil
}

// below walks a folder in another.
func (w *walker) below(name string, p *place) error {
	in := place{name: name, config: p.config, title: p.title, nav: p.nav, held: p.held, above: p.above, hugo: p.hugo, skipped: p.skipped}
	switch {
	case p.name == "." && strings.EqualFold(path.Base(name), cmp.Or(w.config.Static, "static")):
		return nil // published as it is
	case isNoFolder(name) && !matches(w.config.Include, name):
		if err := w.pass(name+"/", "is taken for no folder of articles by its name; include in kanbao.toml has it read"); err != nil {
			return err
		}
		if in.skipped = true; len(w.config.Include) == 0 {
			return nil
		}
	case isDraftFolder(name):
		in.held = "in " + path.Base(name) + "/"
	}
	title, weight := w.about(&in)
	in.title = cmp.Or(in.title, title, path.Base(name))
	in.order = p.order + placeOf(weight, path.Base(name))
	return w.dir(in)
}

// about reads what the page of a folder says of it: its title, its weight, and into
// in what it says of all that is in it.
func (w *walker) about(in *place) (title string, weight *float64) {
	file, meta, body := w.pageOf(in.name)
	if file == "" {
		return "", nil
	}
	in.hugo = in.hugo || strings.HasPrefix(path.Base(file), "_index.") || strings.EqualFold(path.Base(in.name), "content")
	in.above = slices.Concat(in.above, said(file, &meta, in.hugo))
	if title = meta.Title; title == "" {
		if m := listHead.FindStringSubmatch(strings.TrimSpace(firstLine(body))); m != nil {
			title = strings.TrimSpace(m[1])
		}
	}
	return title, meta.Publication.Weight
}

// firstLine returns the first line that is not empty.
func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimLeft(text, " \t\r\n"), "\n")
	return line
}

// say yields what there is to say of a file and stops only if the reader wants no
// more.
func (w *walker) say(err error) error {
	if !w.yield(nil, err) {
		return errStopped
	}
	return nil
}

func (w *walker) pass(name, why string) error {
	return w.say(&Error{File: name, Msg: why, Grade: source.Passed})
}

func (w *walker) file(name string, p *place) error {
	most := w.config.mostText()
	if slices.Contains(streamed, extension(name)) {
		most = w.config.MostFile()
	}
	f, err := source.Open(w.root, name, most)
	if err != nil {
		return w.say(source.Errorf(name, 0, "%v", err))
	}
	defer f.Close()
	chosen, err := w.parsers.choose(name, f, w.metaBeside(name), p.config)
	if err != nil {
		return w.say(err)
	}
	if chosen == nil {
		return w.pass(name, "has no article in it")
	}
	for _, warning := range chosen.meta.Warnings {
		if err := w.say(warning); err != nil {
			return err
		}
	}
	position := 0
	for a, err := range chosen.parser.Parse(name, chosen.text) {
		if ctxErr := w.ctx.Err(); ctxErr != nil {
			return ctxErr
		}
		var said *Error
		if !errors.As(err, &said) || said.Grade == source.Fault {
			position++
		}
		if err == nil {
			if warning := withoutControls(a); warning != nil {
				if err := w.say(warning); err != nil {
					return err
				}
			}
			onOneLine(a)
			err = w.place(a, position, chosen, p)
			readBylines(a)
		}
		switch {
		case err == errNone:
		case err != nil:
			if err := w.say(err); err != nil {
				return err
			}
		default:
			if err := w.emit(w.edition.add(a)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *walker) emit(articles []*article.Article) error {
	for _, a := range articles {
		if !w.yield(a, nil) {
			return errStopped
		}
	}
	return nil
}

// errNone says that a file is the page of a folder and has nothing to read in it.
var errNone = errors.New("no article")

// place fills in what the settings and the folder know of an article, and says why
// it is not to be shown if it is not.
func (w *walker) place(a *article.Article, position int, from *chosen, p *place) error {
	complete(a, &from.meta, p.config)
	pub := &a.Publication
	if position > 1 && from.meta.Said { // the file has one address
		pub.Slug, pub.Addresses = "", nil
	}
	if isFolderPage(a.File) || from.meta.Role != "" {
		if isEmpty(a) {
			return errNone
		}
		if a.Title == source.TitleFromName(a.File) && p.name != "." {
			a.Title = path.Base(p.name)
		}
	}
	pub.Folder = p.title
	pub.Order = p.order + placeOf(pub.Weight, orderName(a.File))
	if p.nav != nil {
		if rank, ok := p.nav.rank[a.File]; ok {
			place := float64(rank)
			pub.Order = "0" + placeOf(&place, "")
			pub.Folder = cmp.Or(p.nav.section[a.File], pub.Folder)
		}
	}
	pub.Lang = cmp.Or(pub.Lang, languageOf(a.File))
	pub.Release.Held = cmp.Or(pub.Release.Held, p.held)
	if isDraftFile(a.File) {
		pub.Release.Held = cmp.Or(pub.Release.Held, "draft")
	}
	if p.nav.isDraft(a.File) {
		pub.Release.Held = cmp.Or(pub.Release.Held, "draft, says mkdocs.yml")
	}
	why := source.HeldBack(pub.Release, a.Date, w.config.now(), w.config.Drafts, w.config.Future)
	if why = cmp.Or(why, w.heldAbove(a.File, p.above)); why != "" {
		return &Error{File: a.File, Line: a.Line, Msg: "is held back: " + why, Grade: source.Held}
	}
	warning, err := w.names.claim(a, position)
	if err == nil && warning != nil {
		return w.say(warning)
	}
	return err
}

// orderName is the name of a file among its siblings; the page of the folder is the
// first of them.
func orderName(file string) string {
	if isFolderPage(file) {
		return ""
	}
	return path.Base(file)
}

func isEmpty(a *article.Article) bool {
	for _, b := range a.Blocks {
		if b.Text != "" || b.HTML != "" {
			return false
		}
	}
	return true
}

// sayOfPage puts what the front matter before a page of HTML says over what the
// page says of itself.
func sayOfPage(a *article.Article, m *source.Meta) {
	a.Title, a.Subtitle = cmp.Or(m.Title, a.Title), cmp.Or(m.Subtitle, a.Subtitle)
	a.Date, a.Source = cmp.Or(m.Date, a.Date), cmp.Or(m.Source, a.Source)
	a.Summary = cmp.Or(cmp.Or(m.Summary, m.Description), a.Summary)
	if m.Tags != nil {
		a.Tags = m.Tags
	}
	if by := slices.Concat(m.Author, m.Authors); by != nil {
		a.Authors = by
	}
	if m.Paper != "" || m.Page != "" {
		a.Edition = m.Edition()
	}
}

// complete fills in what the file's front matter and the settings know and the
// article's parser does not say.
func complete(a *article.Article, meta *source.Meta, cfg *Config) {
	if meta.Said {
		until := a.Publication.Release.Until
		a.Publication = meta.Publication
		a.Publication.Release.Until = cmp.Or(a.Publication.Release.Until, until)
		a.ID = cmp.Or(a.ID, meta.ID)
		if ext := extension(a.File); ext == ".html" || ext == ".htm" {
			sayOfPage(a, meta)
		}
	}
	if a.Categories == nil {
		a.Categories = meta.Categories
	}
	e := &a.Edition
	e.Paper = cmp.Or(e.Paper, cfg.Paper)
	e.Page = cmp.Or(e.Page, cfg.Page)
	e.Name = cmp.Or(e.Name, cfg.Name)
	a.Date = cmp.Or(a.Date, cmp.Or(e.Date, cfg.Date))
	if !e.IsZero() {
		e.Date = cmp.Or(e.Date, cmp.Or(cfg.Date, a.Date))
	}
}

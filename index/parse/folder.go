package parse

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/source"
)

// Folder yields the articles of all files below root, or of root itself if it
// is a file, in the order of their paths. Hidden files and kinds of files that
// no parser knows are passed over. A fault is yielded as an *Error in place of
// its article, and the walk goes on; cfg is what LoadConfig(root) returned.
//
// IDs are unique as addresses (article.Slug): of the derived ones that would be
// the same, the second becomes -2, and so on. Two that are the same in the
// sources are a fault.
func Folder(ctx context.Context, root string, cfg *Config) iter.Seq2[*article.Article, error] {
	return func(yield func(*article.Article, error) bool) {
		w := &walker{ctx: ctx, parsers: newParsers(), names: newNames(), yield: yield}
		defer w.parsers.close()
		// Files that include others get them from nowhere but the content.
		if within, err := os.OpenRoot(contentFolder(root)); err == nil {
			defer within.Close()
			w.parsers.markdown.Files = within.FS()
		}
		if err := w.root(root, cfg); err != nil && !errors.Is(err, errStopped) {
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
	parsers *parsers
	names   *names
	yield   func(*article.Article, error) bool
}

func (w *walker) root(root string, cfg *Config) error {
	info, err := os.Stat(root)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		name := filepath.Base(root)
		if w.parsers.know(name) {
			return w.file(root, name, cfg)
		}
		return source.Errorf(name, 0, "no parser for this kind of file; want %s", strings.Join(extensions, ", "))
	}
	return w.dir(root, "", cfg)
}

// dir walks a folder. ReadDir sorts, and links to folders are not followed, so
// that no walk is endless.
func (w *walker) dir(dir, name string, cfg *Config) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return w.fault(source.Errorf(cmp.Or(name, "."), 0, "folder cannot be read: %v", err))
	}
	if name != "" {
		below := *cfg
		if err := below.merge(filepath.Join(dir, ConfigName), path.Join(name, ConfigName)); err != nil {
			return w.fault(err)
		}
		cfg = &below
	}
	for _, e := range entries {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		full, rel := filepath.Join(dir, e.Name()), path.Join(name, e.Name())
		switch {
		case e.IsDir():
			err = w.dir(full, rel, cfg)
		case w.parsers.know(rel) && isFile(full, e):
			err = w.file(full, rel, cfg)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func isFile(full string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.Type().IsRegular()
	}
	info, err := os.Stat(full)
	return err == nil && info.Mode().IsRegular()
}

// fault yields an error and stops only if the reader wants no more.
func (w *walker) fault(err error) error {
	if !w.yield(nil, err) {
		return errStopped
	}
	return nil
}

func (w *walker) file(full, name string, cfg *Config) error {
	f, err := os.Open(full)
	if err != nil {
		return w.fault(source.Errorf(name, 0, "cannot be opened: %v", errors.Unwrap(err)))
	}
	defer f.Close()
	p, r, err := w.parsers.choose(name, f, cfg)
	if err != nil {
		return w.fault(err)
	}
	position := 0
	for a, err := range p.Parse(name, r) {
		position++
		if ctxErr := w.ctx.Err(); ctxErr != nil {
			return ctxErr
		}
		if err == nil {
			complete(a, cfg)
			err = w.names.claim(a, position)
		}
		if err != nil {
			if err := w.fault(err); err != nil {
				return err
			}
			continue
		}
		if !w.yield(a, nil) {
			return errStopped
		}
	}
	return nil
}

// complete fills in what the settings know and the source does not say.
func complete(a *article.Article, cfg *Config) {
	e := &a.Edition
	e.Paper = cmp.Or(e.Paper, cfg.Paper)
	e.Page = cmp.Or(e.Page, cfg.Page)
	e.Name = cmp.Or(e.Name, cfg.Name)
	a.Date = cmp.Or(a.Date, e.Date, cfg.Date)
	if !e.IsZero() {
		e.Date = cmp.Or(e.Date, cfg.Date, a.Date)
	}
}

package site

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/parse/source"
)

// staticName is what the folder is called whose files are published as they are.
const staticName = "static"

// notStatic are what version control and desktops leave in folders and nobody
// means to publish.
var notStatic = []string{".git", ".svn", ".hg", ".DS_Store", "Thumbs.db", "desktop.ini"}

// static are the files that are published as they are.
type static struct {
	folders []string          // where they lie
	files   map[string]string // folder by name, with slashes
	most    int64             // bytes of one file
	done    map[string]bool   // names of those that are on the site
}

// StaticFolders returns the folders in and beside the content, those that are there,
// whose files are published as they are.
func StaticFolders(content string, cfg *parse.Config) ([]string, error) {
	name := cmp.Or(cfg.Static, staticName)
	at, err := realPath(content)
	if err != nil {
		return nil, err
	}
	places := []string{filepath.Join(at, name), filepath.Join(filepath.Dir(at), name)}
	if info, err := os.Stat(at); err != nil || !info.IsDir() {
		places = places[1:]
	}
	return slices.DeleteFunc(places, func(dir string) bool {
		info, err := os.Lstat(dir)
		return err != nil || !info.IsDir() || dir == at
	}), nil
}

// findStatic finds the files in the folders of that name in and beside the content.
func findStatic(content, out string, cfg *parse.Config) (*static, error) {
	s := &static{files: make(map[string]string), most: cfg.MostFile(), done: make(map[string]bool)}
	folders, err := StaticFolders(content, cfg)
	if err != nil {
		return nil, err
	}
	target, err := realPath(out)
	if err != nil {
		return nil, err
	}
	for _, dir := range folders {
		if dir == target || inside(dir, target) || inside(target, dir) {
			return nil, fmt.Errorf("site: %s is published as it is, and the site would be built in it or around it; choose another folder for the site", dir)
		}
		if err := s.list(dir); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *static) list(dir string) error {
	s.folders = append(s.folders, dir)
	return fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("site: %s cannot be read: %w", filepath.Join(dir, name), err)
		case slices.Contains(notStatic, d.Name()) && d.IsDir():
			return fs.SkipDir
		case d.IsDir(), slices.Contains(notStatic, d.Name()):
			return nil
		case strings.ContainsFunc(name, unicode.IsControl):
			return fmt.Errorf("site: %q in %s has a control character in its name; rename it", name, dir)
		}
		if other, ok := s.files[name]; ok {
			return fmt.Errorf("site: %s and %s have the same address %s; rename one of them",
				filepath.Join(other, name), filepath.Join(dir, name), name)
		}
		s.files[name] = dir
		return nil
	})
}

// publish copies the files to the site. One that a page of the site stands in the
// way of is an error; one that cannot be read is named, and the others are there.
func (s *static) publish(out *output, madeOf func(name string) string) (faults []error, err error) {
	taken := newOccupied(out.names(func(string) bool { return true }))
	for _, name := range []string{workerName, markerName, inventoryName, lockName} {
		taken.add(name)
	}
	for _, name := range sortedKeys(s.files) {
		from := filepath.Join(s.files[name], filepath.FromSlash(name))
		if other := taken.conflict(name); other != "" {
			return nil, fmt.Errorf("site: %s and %s have the same address %s; rename one of them", from, madeOf(other), name)
		}
		taken.add(name)
		if err := s.copy(out, name); err != nil {
			faults = append(faults, &parse.Error{File: filepath.ToSlash(filepath.Join(filepath.Base(s.files[name]), name)), Msg: err.Error()})
			continue
		}
		s.done[name] = true
	}
	return faults, nil
}

// copy copies a file without holding it in memory. Errors say what is wrong with
// the file; it does not come out if it changes meanwhile.
func (s *static) copy(out *output, name string) error {
	f, err := source.Open(s.files[name], name, s.most)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	size, err := io.Copy(h, f)
	if err != nil {
		return err
	}
	made := file{chunk.ID(h.Sum(nil)[:chunk.IDSize]).String(), unknown, size}
	if out.same(name, made) {
		return nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(out.path(name)), 0o755); err != nil {
		return out.fail(err)
	}
	to, err := os.OpenFile(out.path(name), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return out.fail(err)
	}
	h.Reset()
	_, err = io.Copy(to, io.TeeReader(io.LimitReader(f, size), h))
	if closed := to.Close(); err == nil {
		err = closed
	}
	if err == nil && (chunk.ID(h.Sum(nil)[:chunk.IDSize]).String() != made.sum) {
		err = fmt.Errorf("has changed while it was read; build again")
	}
	var at *fs.PathError
	if errors.As(err, &at) && at.Path == to.Name() {
		return out.fail(err)
	}
	if err != nil {
		return err
	}
	out.note(name, made, false)
	return nil
}

// occupied are addresses that have something, also where upper and lower case are
// one: files, and the folders that they lie in.
type occupied struct{ files, folders map[string]string }

func newOccupied(names []string) *occupied {
	o := &occupied{make(map[string]string), make(map[string]string)}
	for _, name := range names {
		o.add(name)
	}
	return o
}

func (o *occupied) add(name string) {
	o.files[strings.ToLower(name)] = name
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if _, ok := o.folders[strings.ToLower(dir)]; ok {
			break
		}
		o.folders[strings.ToLower(dir)] = name
	}
}

// conflict returns what is in the way of a file, empty if nothing is.
func (o *occupied) conflict(name string) string {
	name = strings.ToLower(name)
	if other := cmp.Or(o.files[name], o.folders[name]); other != "" {
		return other
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if other := o.files[dir]; other != "" {
			return other
		}
	}
	return ""
}

package site

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/kanbao/kanbao/index/chunk"
)

// errOther says that two builds have written to one folder.
var errOther = errors.New("site: another build has written to the folder of the site meanwhile; build again")

// oldFolder is where in its own folder an output keeps what it has taken away.
const oldFolder = ".old"

// A patch puts the files of an output that have changed in their places, one by
// one. Each changes places with the one that it replaces, so that all can be
// taken back if one cannot.
type patch struct {
	*output
	undo []func() error
}

// patch puts what has changed in its place and takes away what is gone. If it
// fails, the site is as it was.
//
// Whoever reads the site meanwhile finds each file whole. What others refer to
// comes first and what is gone leaves last, so nothing leads to what is not
// there. The inventory is away until all is done: a build over a site that was
// left half patched, by a power cut, keeps nothing of it.
func (o *output) patch() error {
	data, err := os.ReadFile(o.final(inventoryName))
	if err != nil || chunk.Sum(data).String() != o.old.sum {
		return errors.Join(errOther, err)
	}
	p := &patch{output: o}
	if err := p.run(); err != nil {
		for _, undo := range slices.Backward(p.undo) {
			err = errors.Join(err, undo())
		}
		return errors.Join(err, os.RemoveAll(o.path(oldFolder)))
	}
	dir := o.dir
	o.dir = ""
	return removeOld(dir)
}

func (p *patch) run() error {
	if err := p.takeAway(inventoryName); err != nil {
		return err
	}
	for _, name := range p.changed() {
		if err := p.bring(name); err != nil {
			return err
		}
	}
	for _, name := range p.old.names {
		if _, stays := p.files[name]; !stays && name != inventoryName {
			if err := p.takeAway(name); err != nil {
				return err
			}
		}
	}
	if err := p.bring(inventoryName); err != nil {
		return err
	}
	p.removeFolders()
	return nil
}

// changed returns the names of the files that are new or different in the order
// in which they can go to their places: what is new, what is different, and last
// the service worker, which asks for all others.
func (p *patch) changed() []string {
	there := make(map[string]bool, len(p.old.names))
	for _, name := range p.old.names {
		there[name] = true
	}
	names := p.names(func(name string) bool { return !p.kept[name] })
	rank := func(name string) int {
		switch {
		case name == workerName:
			return 2
		case there[name]:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	return names
}

// bring puts a file in its place. What it replaces is then where it was.
func (p *patch) bring(name string) error {
	from, to := p.path(name), p.final(name)
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	info, err := os.Lstat(to)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.Rename(from, to); err != nil {
			return err
		}
		p.undo = append(p.undo, func() error { return os.Rename(to, from) })
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return &fs.PathError{Op: "replace", Path: to, Err: errors.New("is a folder")}
	}
	if err := swapFiles(from, to); err != nil {
		return err
	}
	p.undo = append(p.undo, func() error { return swapFiles(from, to) })
	return nil
}

// takeAway moves a file of the old site out of it.
func (p *patch) takeAway(name string) error {
	from, to := p.final(name), p.path(path.Join(oldFolder, name))
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	p.undo = append(p.undo, func() error { return os.Rename(to, from) })
	return nil
}

// removeFolders removes the folders that no file is in any more.
func (p *patch) removeFolders() {
	needed := map[string]bool{".": true, path.Dir(inventoryName): true}
	for name := range p.files {
		for dir := path.Dir(name); !needed[dir]; dir = path.Dir(dir) {
			needed[dir] = true
		}
	}
	for _, dir := range slices.Backward(p.old.dirs) {
		if !needed[dir] {
			_ = os.Remove(p.final(dir)) // one with a new file of somebody's stays
		}
	}
}

// swapFiles lets two files change places, in one step where the system can.
func swapFiles(a, b string) error {
	if swapNames(a, b) == nil {
		return nil
	}
	aside := a + ".aside"
	if err := os.Rename(b, aside); err != nil {
		return err
	}
	if err := os.Rename(a, b); err != nil {
		return errors.Join(err, os.Rename(aside, b))
	}
	return os.Rename(aside, a)
}

package site

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// A patch puts the files of an output that have changed in their places, one by
// one. Each changes places with the one that it replaces, so that all can be
// taken back if one cannot.
type patch struct {
	*output
	undo []func() error
}

// patch puts what has changed in its place and takes away what is gone. If it
// fails, the site is as it was. It touches nothing that no build has made.
//
// Whoever reads the site meanwhile finds each file whole. What others refer to
// comes first and what is gone leaves last, so nothing leads to what is not
// there. Until all is done, the inventory names the files of both sites, and does
// not vouch for those that change: a build over a site that was left half patched
// knows what is ours and makes the rest anew.
func (o *output) patch() error {
	p := &patch{output: o}
	if err := p.run(); err != nil {
		for _, undo := range slices.Backward(p.undo) {
			err = errors.Join(err, undo())
		}
		return err
	}
	return nil
}

func (p *patch) run() error {
	changed := p.changed()
	if err := p.list(p.both(changed)); err != nil {
		return err
	}
	for _, name := range changed {
		if err := p.bring(name); err != nil {
			return err
		}
	}
	for _, name := range p.gone() {
		if err := p.takeAway(name); err != nil {
			return err
		}
	}
	if err := p.list(p.files); err != nil {
		return err
	}
	p.removeFolders()
	return nil
}

// list puts an inventory in its place.
func (p *patch) list(v inventory) error {
	if err := writeSynced(p.path(inventoryName), v.bytes()); err != nil {
		return err
	}
	return p.bring(inventoryName)
}

// both returns the files of the old and of the new site. Of those that change
// nothing is known but their names.
func (p *patch) both(changed []string) inventory {
	v := make(inventory, len(p.old.listed)+len(changed))
	for name := range p.old.listed {
		v[name] = file{unknown, unknown, 0}
		if f, ok := p.old.files[name]; ok {
			v[name] = f
		}
	}
	for _, name := range changed {
		v[name] = file{unknown, unknown, 0}
	}
	return v
}

// changed returns the names of the files that are new or different in the order
// in which they can go to their places: what is new, of that the pages behind
// what they show and the lists behind what they list; what is different; and last
// the service worker, which asks for all others.
func (p *patch) changed() []string {
	names := p.names(func(name string) bool { return !p.kept[name] })
	rank := func(name string) int {
		_, there := p.old.listed[name]
		switch {
		case name == workerName:
			return 9
		case there:
			return 4
		}
		return depth(name)
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	return names
}

// depth is 0 for what pages show, 1 for an article's page, 2 for a list of them.
func depth(name string) int {
	switch {
	case path.Ext(name) != ".html":
		return 0
	case strings.HasPrefix(name, "a/"):
		return 1
	}
	return 2
}

// gone returns the files of the old site that the new one has not, lists first.
func (p *patch) gone() []string {
	var names []string
	for _, name := range sortedKeys(p.old.listed) {
		if _, stays := p.files[name]; !stays {
			names = append(names, name)
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(depth(b), depth(a)) })
	return names
}

// checkWays refuses, before anything is changed, what stands in the way of the
// new files and is nobody's to take away: a link in the place of a folder, which
// would be written through, and a file that no build has made.
func (o *output) checkWays() error {
	seen := map[string]bool{".": true}
	names := o.names(func(name string) bool { return true })
	for _, name := range append(names, sortedKeys(o.old.listed)...) {
		if err := o.checkFolder(path.Dir(name), seen); err != nil {
			return err
		}
	}
	if err := o.checkFolder(path.Dir(inventoryName), seen); err != nil {
		return err
	}
	for _, name := range names {
		if o.kept[name] {
			continue
		}
		if err := o.checkPlace(name); err != nil {
			return err
		}
	}
	return nil
}

// checkFolder checks a folder and those above it, below the root.
func (o *output) checkFolder(dir string, seen map[string]bool) error {
	if seen[dir] {
		return nil
	}
	seen[dir] = true
	if err := o.checkFolder(path.Dir(dir), seen); err != nil {
		return err
	}
	info, err := os.Lstat(o.final(dir))
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
		return nil
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("site: %s is a link, and a build writes through none; remove it, or build elsewhere", o.final(dir))
	case !info.IsDir() && !o.listed(dir):
		return fmt.Errorf("site: %s is a file that no build has made, and the site has a folder of that name; move it away", o.final(dir))
	}
	return nil
}

func (o *output) listed(name string) bool { _, ok := o.old.listed[name]; return ok }

// checkPlace checks where a new or different file goes.
func (o *output) checkPlace(name string) error {
	info, err := os.Lstat(o.final(name))
	switch {
	case err != nil:
		return nil // nothing is there; what is wrong with its folder shows when it is made
	case info.IsDir():
		if within, _ := os.ReadDir(o.final(name)); len(within) > 0 && !o.onlyListed(name) {
			return fmt.Errorf("site: %s is a folder with files that no build has made, and the site has a file of that name; move it away", o.final(name))
		}
		return nil
	case o.listed(name):
		return nil
	case info.Mode().IsRegular() && info.Size() == o.files[name].size && sumOf(o.final(name)) == o.files[name].sum:
		return nil // somebody has put there what we would
	}
	return fmt.Errorf("site: %s is not what a build has made, and the site has a file of that name; move it away, or into static/ beside the content if it is to be published", o.final(name))
}

// onlyListed reports whether a folder has nothing but folders and what builds have made.
func (o *output) onlyListed(dir string) bool {
	only := true
	err := filepath.WalkDir(o.final(dir), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(o.target, p)
		only = only && err == nil && o.listed(filepath.ToSlash(rel))
		return err
	})
	return err == nil && only
}

// bring puts a file in its place. What it replaces is then where it was.
func (p *patch) bring(name string) error {
	from, to := p.path(name), p.final(name)
	if err := p.makeFolder(path.Dir(name)); err != nil {
		return err
	}
	info, err := os.Lstat(to)
	switch {
	case err == nil && info.IsDir():
		if err := p.clearFolder(name); err != nil {
			return err
		}
		fallthrough
	case errors.Is(err, fs.ErrNotExist):
		if err := os.Rename(from, to); err != nil {
			return err
		}
		p.undo = append(p.undo, func() error { return os.Rename(to, from) })
		return nil
	case err != nil:
		return err
	}
	if err := swapFiles(from, to); err != nil {
		return err
	}
	p.undo = append(p.undo, func() error { return swapFiles(from, to) })
	return nil
}

// makeFolder makes a folder. A file of the old site in its place is taken away.
func (p *patch) makeFolder(dir string) error {
	for at := dir; at != "."; at = path.Dir(at) {
		if info, err := os.Lstat(p.final(at)); err == nil && !info.IsDir() {
			if err := p.takeAway(at); err != nil {
				return err
			}
		}
	}
	return os.MkdirAll(p.final(dir), 0o755)
}

// clearFolder takes away a folder where a file should be: checkPlace has seen that
// nothing in it is anybody's.
func (p *patch) clearFolder(name string) error {
	for listed := range p.old.listed {
		if strings.HasPrefix(listed, name+"/") {
			if err := p.takeAway(listed); err != nil {
				return err
			}
		}
	}
	var dirs []string
	err := filepath.WalkDir(p.final(name), func(dir string, d fs.DirEntry, err error) error {
		dirs = append(dirs, dir)
		return err
	})
	for _, dir := range slices.Backward(dirs) {
		err = errors.Join(err, os.Remove(dir))
	}
	return err
}

// takeAway moves a file of the old site out of it, if it is there.
func (p *patch) takeAway(name string) error {
	from, to := p.final(name), filepath.Join(p.stage, stageOld, filepath.FromSlash(name))
	if info, err := os.Lstat(from); errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || err == nil && info.IsDir() {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	p.undo = append(p.undo, func() error {
		return errors.Join(os.MkdirAll(filepath.Dir(from), 0o755), os.Rename(to, from))
	})
	return nil
}

// removeFolders removes the folders that the old site had files in and that are
// empty now.
func (p *patch) removeFolders() {
	needed := map[string]bool{".": true, path.Dir(inventoryName): true}
	for name := range p.files {
		for dir := path.Dir(name); !needed[dir]; dir = path.Dir(dir) {
			needed[dir] = true
		}
	}
	for _, dir := range slices.Backward(p.old.dirs) {
		if !needed[dir] {
			_ = os.Remove(p.final(dir)) // one with a file of somebody's stays
		}
	}
}

// swapFiles lets two files change places, in one step where the system can.
func swapFiles(a, b string) error {
	if swapNames(a, b) == nil {
		return nil
	}
	aside := a + asideSuffix
	if err := os.Rename(b, aside); err != nil {
		return err
	}
	if err := os.Rename(a, b); err != nil {
		return errors.Join(err, os.Rename(aside, b))
	}
	return os.Rename(aside, a)
}

package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// complete brings what is kept over to the new folder.
func (o *output) complete() error {
	for _, name := range sortedKeys(o.kept) {
		from, to := o.final(name), o.path(name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if os.Link(from, to) == nil {
			continue
		}
		// A file system without links.
		data, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		if err := os.WriteFile(to, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// swapIn lets the new folder and the target change places, and removes what was
// in the old one. It reports whether the new site is in its place.
func (o *output) swapIn() (done bool, err error) {
	mark := filepath.Join(o.stage, stageSwapped)
	if err := os.WriteFile(mark, nil, 0o644); err != nil {
		return false, err
	}
	old, err := exchange(o.path("."), o.target)
	if err != nil {
		if failed := os.Remove(mark); failed != nil {
			return false, errors.Join(err, failed)
		}
		return false, fmt.Errorf("site: the new site cannot take its place: %w", err)
	}
	if old == "" {
		return true, nil
	}
	return true, o.removeOld(old)
}

// removeOld removes an old site that the new one has taken the place of: what its
// list names, and no more. What somebody put there while the build went on is
// brought over.
func (o *output) removeOld(old string) error {
	err := o.bringOver(old)
	left, failed := removeListed(old)
	if err = errors.Join(err, failed); err != nil {
		return fmt.Errorf("site: the new site is in place, but the old one remains in %s: %w", old, err)
	}
	if left > 0 {
		return fmt.Errorf("site: the new site is in place; %s has %d files that were put into the old one meanwhile and that the new one has as well", old, left)
	}
	return nil
}

// bringOver moves what no build has made from an old site to the new one, unless
// the new one has a file of that name.
func (o *output) bringOver(old string) error {
	return bringOver(old, o.target, func(name string) bool {
		_, listed := o.old.listed[name]
		_, made := o.files[name]
		return listed || made
	})
}

// bringRest does the same for a build that has ended before it could. A file that is
// in both places, under two names, is removed from the old one.
func bringRest(old, target string) error {
	listed := make(map[string]bool)
	for _, dir := range []string{old, target} {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(inventoryName)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for name := range readInventory(data) {
			listed[name] = true
		}
	}
	return bringOver(old, target, func(name string) bool { return listed[name] })
}

// bringOver moves files from an old site to the one in its place, but for those that
// a build has made, and for those whose name is taken there by another.
func bringOver(old, target string, made func(name string) bool) error {
	return fs.WalkDir(os.DirFS(old), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || name == inventoryName || name == lockName || made(name) {
			return err
		}
		from, to := filepath.Join(old, filepath.FromSlash(name)), filepath.Join(target, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if there, err := os.Lstat(to); err == nil {
			if here, err := os.Lstat(from); err == nil && os.SameFile(here, there) {
				return os.Remove(from)
			}
			return nil
		}
		return os.Rename(from, to)
	})
}

// removeListed removes from a folder the files that its list names, the list, and
// the folders that are empty then, itself among them. It answers how many other
// files there are. A folder without a list is not touched.
func removeListed(dir string) (left int, err error) {
	list := filepath.Join(dir, filepath.FromSlash(inventoryName))
	data, err := os.ReadFile(list)
	if errors.Is(err, fs.ErrNotExist) {
		data = inventory{}.bytes()
	} else if err != nil {
		return 0, err
	}
	listed := readInventory(data)
	var dirs, ours []string
	err = fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch _, is := listed[name]; {
		case d.IsDir():
			dirs = append(dirs, name)
		case is, name == lockName, name == inventoryName && listed != nil:
			ours = append(ours, name)
		default:
			left++
		}
		return nil
	})
	if err != nil {
		return left, err
	}
	// The list goes last, so that whoever comes after a build that was ended here
	// knows what the rest is.
	slices.SortStableFunc(ours, func(a, b string) int { return last(a) - last(b) })
	for _, name := range ours {
		if name == inventoryName && left > 0 {
			continue
		}
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			return left, err
		}
	}
	for _, name := range slices.Backward(dirs) {
		_ = os.Remove(filepath.Join(dir, filepath.FromSlash(name))) // one with something in it stays
	}
	return left, nil
}

func last(name string) int {
	if path.Clean(name) == inventoryName {
		return 1
	}
	return 0
}

// asideSuffix is added to the name of what is moved aside for a moment.
const asideSuffix = ".aside"

// exchange moves dir to target and returns where the old target is now, empty
// if there was none. Where the system can, the two change places in one step.
func exchange(dir, target string) (old string, err error) {
	if swapNames(dir, target) == nil {
		return dir, nil
	}
	if err := os.Rename(dir, target); err == nil {
		return "", nil
	}
	old = dir + asideSuffix
	if err := os.Rename(target, old); err != nil {
		return "", err
	}
	if err := os.Rename(dir, target); err != nil {
		return "", errors.Join(err, os.Rename(old, target))
	}
	return old, nil
}

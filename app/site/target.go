package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// checkTarget reports whether a site may be built in the folder: it is not there,
// has nothing but dot files, or a build has left a list of what it made there.
func checkTarget(target string) error {
	entries, err := os.ReadDir(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("site: no site can be built in %s: %w", target, err)
	}
	first := ""
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			first = e.Name()
			break
		}
	}
	if first == "" {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(target, filepath.FromSlash(inventoryName)))
	switch {
	case err == nil && readInventory(data) != nil:
		return nil
	case err == nil:
		return fmt.Errorf("site: %s/%s is damaged, so nobody knows which files there a build has made; move the folder away, or empty it, and build again", target, inventoryName)
	}
	return fmt.Errorf("site: %s has files that Kanbao did not make, such as %s (there is no %s that lists them); "+
		"choose an empty folder; what should be published beside the articles belongs in a folder static/ beside the content", target, first, inventoryName)
}

// resolveTarget returns the folder without links. A link that leads to nothing
// would be replaced, and so is refused.
func resolveTarget(target string) (string, error) {
	if info, err := os.Lstat(target); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if _, err := os.Stat(target); err != nil {
			return "", fmt.Errorf("site: %s is a link that leads to no folder: %w", target, err)
		}
	}
	return realPath(target)
}

// The files of a build wait in a folder beside the target, or in the target where
// nothing can be moved from beside it: the parent cannot be written, or the target
// is a file system of its own. stageMark in it says that it is ours.
const (
	besideStage = ".tmp-"
	withinStage = ".kanbao-tmp-"
	stageMark   = ".kanbao-tmp"
	stageSite   = "site" // the new site
	stageOld    = "old"  // what is taken out of the old one
	// stageSwapped is there from when the two sites begin to change places.
	stageSwapped = "swapped"
)

// newStage makes a stage for target, which is there. It reports whether it lies
// beside the target, so that the two can change places.
func newStage(target string) (dir string, beside bool, err error) {
	dir, err = makeStage(filepath.Dir(target), filepath.Base(target)+besideStage)
	if err == nil {
		if canMove(dir, target) {
			return dir, true, nil
		}
		if err := removeStage(dir); err != nil {
			return "", false, err
		}
	}
	dir, err = makeStage(target, withinStage)
	return dir, false, err
}

func makeStage(parent, prefix string) (string, error) {
	dir, err := os.MkdirTemp(parent, prefix+"*")
	if err != nil {
		return "", err
	}
	err = errors.Join(os.WriteFile(filepath.Join(dir, stageMark), nil, 0o644), os.Mkdir(filepath.Join(dir, stageSite), 0o755))
	if err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return dir, nil
}

// canMove tries whether a file can be moved from one folder into the other.
func canMove(from, to string) bool {
	f, err := os.CreateTemp(from, withinStage)
	if err != nil {
		return false
	}
	f.Close()
	moved := filepath.Join(to, filepath.Base(f.Name()))
	if err := os.Rename(f.Name(), moved); err != nil {
		return false
	}
	return os.Remove(moved) == nil
}

var stageNumber = regexp.MustCompile(`^\d+$`)

// removeStages removes what dead builds have left of their work for the target,
// whose lock the caller has. What has no mark of ours stays.
func removeStages(target string) error {
	var errs []error
	for _, where := range []struct{ dir, prefix string }{
		{filepath.Dir(target), filepath.Base(target) + besideStage}, {target, withinStage},
	} {
		entries, err := os.ReadDir(where.dir)
		if err != nil {
			continue // a parent that may be passed through but not listed
		}
		for _, e := range entries {
			number, ok := strings.CutPrefix(e.Name(), where.prefix)
			if !ok || !stageNumber.MatchString(number) {
				continue
			}
			name := filepath.Join(where.dir, e.Name())
			if mark, err := os.Lstat(filepath.Join(name, stageMark)); e.IsDir() && (err != nil || !mark.Mode().IsRegular()) {
				_ = os.Remove(name) // only if it is empty: the build died before it made the mark
				continue
			}
			if !e.IsDir() && (where.dir != target || !isEmpty(e)) {
				continue // not what canMove leaves
			}
			if err := emptyStage(name, target); err != nil {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}

func isEmpty(e fs.DirEntry) bool {
	info, err := e.Info()
	return err == nil && info.Mode().IsRegular() && info.Size() == 0
}

// emptyStage removes a stage of the target. Where the two sites may have changed
// places, an old one in it loses what its list names, and what nobody's list names
// is brought over, as the build would have done that ended there; with anything else
// in it, it stays.
func emptyStage(dir, target string) error {
	if _, err := os.Lstat(filepath.Join(dir, stageSwapped)); err == nil {
		for _, name := range []string{stageSite, stageSite + asideSuffix} {
			site := filepath.Join(dir, name)
			if _, err := os.Lstat(site); errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err := bringRest(site, target); err != nil {
				return err
			}
			if left, err := removeListed(site); err != nil || left > 0 {
				return err
			}
		}
	}
	return removeStage(dir)
}

// removeStage removes a stage and all that is in it, the mark last: a build that is
// ended here leaves what the next one knows to be ours.
func removeStage(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() == stageMark {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return os.RemoveAll(dir)
}

package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// markerName is a file that every site has: a folder without it is somebody
// else's and is not replaced.
const markerName = "kanbao/build.json"

// output is a folder beside the one that it will replace. Its methods may be
// called from several goroutines, but for swapIn and discard.
type output struct {
	target string // without links
	dir    string // where files are written; empty once it is swapped in

	mu   sync.Mutex
	sums map[string][sha256.Size]byte // of all files, by path relative to dir
	page int64                        // bytes of HTML
}

func newOutput(target string) (*output, error) {
	target, err := realPath(target)
	if err != nil {
		return nil, err
	}
	if err := checkTarget(target); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(filepath.Dir(target), filepath.Base(target)+".tmp-*")
	if err != nil {
		return nil, err
	}
	o := &output{target: target, dir: dir, sums: make(map[string][sha256.Size]byte)}
	if err := os.Chmod(dir, 0o755); err != nil {
		o.discard()
		return nil, err
	}
	return o, nil
}

// checkTarget reports whether the folder may be replaced: it is not there, is
// empty or is a site.
func checkTarget(target string) error {
	entries, err := os.ReadDir(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("site: %s cannot be replaced: %w", target, err)
	case len(entries) == 0:
		return nil
	}
	if _, err := os.Stat(filepath.Join(target, filepath.FromSlash(markerName))); err != nil {
		return fmt.Errorf("site: %s has files that Kanbao did not make (there is no %s); choose an empty folder, or empty this one", target, markerName)
	}
	return nil
}

// write writes a file; name is relative to the site's root, with slashes.
func (o *output) write(name string, data []byte) error {
	path := filepath.Join(o.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		return err
	}
	o.note(name, sha256.Sum256(data), len(data))
	return nil
}

func (o *output) note(name string, sum [sha256.Size]byte, size int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sums[name] = sum
	if strings.HasSuffix(name, ".html") {
		o.page += int64(size)
	}
}

// adopt takes account of the files in a folder that somebody else has written,
// and returns their names.
func (o *output) adopt(folder string) ([]string, error) {
	var names []string
	err := fs.WalkDir(os.DirFS(o.dir), folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(filepath.Join(o.dir, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		defer f.Close()
		h := sha256.New()
		size, err := io.Copy(h, f)
		if err != nil {
			return err
		}
		o.note(name, [sha256.Size]byte(h.Sum(nil)), int(size))
		names = append(names, name)
		return nil
	})
	return names, err
}

// version is a hash over all files so far.
func (o *output) version() string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(o.sums)) {
		sum := o.sums[name]
		fmt.Fprintf(h, "%s %x\n", name, sum)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// swapIn puts the folder in the place of the target.
func (o *output) swapIn() error {
	if err := checkTarget(o.target); err != nil {
		return err
	}
	old, err := exchange(o.dir, o.target)
	if err != nil {
		return fmt.Errorf("site: the new site cannot take its place: %w", err)
	}
	o.dir = ""
	if old == "" {
		return nil
	}
	// The new site is there; an old one that cannot be removed is no failure
	// of the build, but whoever looks for disk space should know.
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("site: the new site is in place, but the old one remains: %w", err)
	}
	return nil
}

// exchange moves dir to target and returns where the old target is now, empty
// if there was none. Where the system can, the two change places in one step.
func exchange(dir, target string) (old string, err error) {
	err = os.Rename(dir, target)
	if err == nil {
		return "", nil
	}
	if swapNames(dir, target) == nil {
		return dir, nil
	}
	old = dir + ".old"
	if err := os.Rename(target, old); err != nil {
		return "", err
	}
	if err := os.Rename(dir, target); err != nil {
		return "", errors.Join(err, os.Rename(old, target))
	}
	return old, nil
}

// discard removes what was written, unless it has been swapped in.
func (o *output) discard() {
	if o.dir != "" {
		// There is nobody left to tell: the error that led here is the news.
		_ = os.RemoveAll(o.dir)
		o.dir = ""
	}
}

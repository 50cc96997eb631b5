package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"

	"github.com/kanbao/kanbao/index/chunk"
)

// markerName is a file that every site has: a folder without it is somebody
// else's and is not replaced.
const markerName = "kanbao/build.json"

// output is a folder beside the one that it will replace, with what is new in
// it. What would come out as it stands in the target is not written again. Its
// methods may be called from several goroutines, but for finish and discard.
type output struct {
	target string // without links
	dir    string // where files are written; empty once they are in their places
	old    *stock // of target

	mu    sync.Mutex
	files inventory       // of the new site
	kept  map[string]bool // those of them that stand in target and not in dir
}

// newOutput begins an output; afresh keeps nothing of what is there.
func newOutput(target string, afresh bool) (*output, error) {
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
	o := &output{target: target, dir: dir, old: new(stock), files: make(inventory), kept: make(map[string]bool)}
	if err := os.Chmod(dir, 0o755); err != nil {
		o.discard()
		return nil, err
	}
	if !afresh {
		o.old = takeStock(target)
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
	return o.put(name, data, file{chunk.Sum(data).String(), unknown, int64(len(data))})
}

// put writes a file of which more is known than its bytes.
func (o *output) put(name string, data []byte, f file) error {
	if o.same(name, f) {
		return nil
	}
	if err := writeFile(o.path(name), data); err != nil {
		return err
	}
	o.note(name, f, false)
	return nil
}

// same leaves a file as it stands if it has the same bytes, and reports whether it
// has.
func (o *output) same(name string, f file) bool {
	old, ok := o.old.files[name]
	if !ok || old.sum != f.sum || old.size != f.size {
		return false
	}
	o.note(name, f, true)
	return true
}

// keep leaves a file as it stands if it was made of the same inputs, and
// reports whether it was.
func (o *output) keep(name, inputs string) bool {
	old, ok := o.old.files[name]
	if !ok || old.inputs != inputs || inputs == unknown {
		return false
	}
	o.note(name, old, true)
	return true
}

func (o *output) note(name string, f file, kept bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.files[name] = f
	if kept {
		o.kept[name] = true
	}
}

// path is where a file lies while the site is built.
func (o *output) path(name string) string { return filepath.Join(o.dir, filepath.FromSlash(name)) }

// final is where a file lies once it is part of the site.
func (o *output) final(name string) string { return filepath.Join(o.target, filepath.FromSlash(name)) }

func writeFile(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

// names returns the names of all files so far for which want answers true, in
// order.
func (o *output) names(want func(name string) bool) []string {
	var names []string
	for _, name := range sortedKeys(o.files) {
		if want(name) {
			names = append(names, name)
		}
	}
	return names
}

// pageBytes is the size of all pages.
func (o *output) pageBytes() int64 {
	var n int64
	for name, f := range o.files {
		if path.Ext(name) == ".html" {
			n += f.size
		}
	}
	return n
}

// version is a hash over all files so far.
func (o *output) version() string {
	h := sha256.New()
	for _, name := range sortedKeys(o.files) {
		fmt.Fprintf(h, "%s %s\n", name, o.files[name].sum)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// Put implements chunk.Sink: chunks go where the index belongs.
func (o *output) Put(id chunk.ID, data []byte) error {
	return o.put(indexFolder+"/"+id.Name(), data, file{id.String(), unknown, int64(len(data))})
}

// PutManifest implements chunk.Sink.
func (o *output) PutManifest(data []byte) error { return o.write(indexFolder+"/"+manifestName, data) }

// Has implements chunk.Sink: a file is there as it was written if it is as the
// last build has left it.
func (o *output) Has(id chunk.ID) (size int, ok bool) {
	f, ok := o.old.files[indexFolder+"/"+id.Name()]
	return int(f.size), ok && f.sum == id.String()
}

// Keep implements chunk.Sink.
func (o *output) Keep(id chunk.ID) error {
	name := indexFolder + "/" + id.Name()
	f, ok := o.old.files[name]
	if !ok {
		return &chunk.FetchError{File: o.final(name), Err: chunk.ErrMissing}
	}
	o.note(name, f, true)
	return nil
}

// notesName is the file with what a build tells the next one of the index. As
// with the inventory, a site without it works.
const notesName = "kanbao/articles.bin"

// notes returns what the last build has left for this one, or nil.
func (o *output) notes() []byte {
	f, ok := o.old.files[notesName]
	if !ok {
		return nil
	}
	data, err := os.ReadFile(o.final(notesName))
	if err != nil || chunk.Sum(data).String() != f.sum {
		return nil
	}
	return data
}

// finish puts the site in its place: only what has changed, if that is the
// lesser part, else all of it at once.
func (o *output) finish() error {
	if err := checkTarget(o.target); err != nil {
		return err
	}
	if err := writeFile(o.path(inventoryName), o.files.bytes()); err != nil {
		return err
	}
	if 2*len(o.kept) > len(o.files) {
		err := o.patch()
		if err == nil || errors.Is(err, errOther) {
			return err
		}
		// Something stands in the way, as a folder where a file should be. It is
		// all as it was, and goes with the whole.
	}
	if err := o.complete(); err != nil {
		return err
	}
	return o.swapIn()
}

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

// swapIn puts the folder in the place of the target.
func (o *output) swapIn() error {
	old, err := exchange(o.dir, o.target)
	if err != nil {
		return fmt.Errorf("site: the new site cannot take its place: %w", err)
	}
	o.dir = ""
	if old == "" {
		return nil
	}
	return removeOld(old)
}

// removeOld removes an old site. The new one is there; an old one that cannot be
// removed is no failure of the build, but whoever looks for disk space should
// know.
func removeOld(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
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

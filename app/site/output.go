package site

import (
	"cmp"
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

// markerName is a file that every site has. It says which program made it.
const markerName = "kanbao/build.json"

// output is what is new of a site, in a folder where it waits until all of it is
// there. What would come out as it stands in the target is not written again. Its
// methods may be called from several goroutines, but for finish and discard.
type output struct {
	target string // without links
	stage  string // where files wait; empty once it is removed
	beside bool   // the stage is beside the target, and the two can change places
	made   bool   // the target was not there before
	lock   *lock
	old    *stock // of target

	mu    sync.Mutex
	files inventory       // of the new site
	kept  map[string]bool // those of them that stand in target and not in stage
	// failed is the first error of writing: such a site does not take its place, whoever
	// the error was told to.
	failed error
}

// How an output treats what is there.
const (
	keepSame   = iota // what is as the last build has left it may stay
	keepVerify        // the same, once its bytes have been compared
	keepNone          // nothing stays
)

// newOutput begins an output; keeping says what of the site that is there may
// stay as it is.
func newOutput(target string, keeping int) (*output, error) {
	target, err := resolveTarget(target)
	if err != nil {
		return nil, err
	}
	if err := checkTarget(target); err != nil {
		return nil, err
	}
	o := &output{target: target, old: new(stock), files: make(inventory), kept: make(map[string]bool)}
	if _, err := os.Lstat(target); errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(target, 0o755); err != nil {
			return nil, err
		}
		o.made = true
	}
	if err := o.begin(keeping); err != nil {
		o.discard()
		return nil, err
	}
	return o, nil
}

func (o *output) begin(keeping int) error {
	var err error
	if o.lock, err = takeLock(o.target); err != nil {
		return err
	}
	if err := removeStages(o.target); err != nil {
		return err
	}
	if err := checkTarget(o.target); err != nil { // it may have been another build's until now
		return err
	}
	if o.old, err = takeStock(o.target, keeping == keepVerify); err != nil {
		return fmt.Errorf("site: what is in %s cannot be read: %w", o.target, err)
	}
	if keeping == keepNone {
		o.old.files = make(inventory)
	}
	o.stage, o.beside, err = newStage(o.target)
	return err
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
		return o.fail(err)
	}
	o.note(name, f, false)
	return nil
}

// fail notes an error of writing, and returns it.
func (o *output) fail(err error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.failed = cmp.Or(o.failed, err)
	return err
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

// path is where a file waits until it is put in its place.
func (o *output) path(name string) string {
	return filepath.Join(o.stage, stageSite, filepath.FromSlash(name))
}

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

// pageBytes is the size of all pages but some.
func (o *output) pageBytes(but map[string]bool) int64 {
	var n int64
	for name, f := range o.files {
		if path.Ext(name) == ".html" && !but[name] {
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

// finish puts the site in its place: all of it at once where most has changed and
// nothing in the folder is anybody else's, else each file that has changed.
func (o *output) finish() error {
	if o.failed != nil {
		return fmt.Errorf("site: a file cannot be written, so the site stays as it was: %w", o.failed)
	}
	if err := o.checkUnchanged(); err != nil {
		return err
	}
	if err := o.checkWays(); err != nil {
		return err
	}
	if o.beside && !o.old.foreign && 2*len(o.kept) <= len(o.files) {
		if err := o.complete(); err != nil {
			return err
		}
		if err := writeSynced(o.path(inventoryName), o.files.bytes()); err != nil {
			return err
		}
		if done, err := o.swapIn(); done {
			return err
		}
		// Something holds the folder where it is. It goes file by file.
	}
	return o.patch()
}

// writeSynced writes a file that a power cut leaves whole.
func writeSynced(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// errOther says that two builds have written to one folder.
var errOther = errors.New("site: another build has written to the folder of the site meanwhile; build again")

// checkUnchanged compares the list of what is there with what it was when the
// build began.
func (o *output) checkUnchanged() error {
	data, err := os.ReadFile(o.final(inventoryName))
	switch {
	case errors.Is(err, fs.ErrNotExist) && o.old.sum == "":
		return nil
	case err != nil:
		return errors.Join(errOther, err)
	case chunk.Sum(data).String() != o.old.sum:
		return errOther
	}
	return nil
}

// discard removes what is left of the work, and the target if this build has made
// it and nothing is in it.
func (o *output) discard() {
	// There is nobody left to tell: the error that led here is the news.
	if o.stage != "" {
		_ = emptyStage(o.stage, o.target)
		o.stage = ""
	}
	if o.lock != nil {
		o.lock.release()
		o.lock = nil
	}
	if o.made {
		_ = os.Remove(o.target)
	}
}

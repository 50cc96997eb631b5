package serve

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long the content must be quiet before it is built: an editor
// that saves a file makes several events, and a git checkout thousands.
const settle = 150 * time.Millisecond

// A watcher says when something below a file or folder has changed.
type watcher struct {
	fs      *fsnotify.Watcher
	content string
	single  bool // content is a file: what happens to most of its neighbours is not our business
	// settings are the names of those neighbours that say how it is read.
	settings []string
	beside   []string // folders that are on the site as well
	lost     bool     // the folder was moved or removed, and nobody watches what is there now
}

// again is how often a folder that is not there is looked for.
const again = time.Second

func newWatcher(content string, settings, beside []string) (*watcher, error) {
	info, err := os.Stat(content)
	if err != nil {
		return nil, err
	}
	fsw, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watcher{fs: fsw, content: filepath.Clean(content), single: !info.IsDir(), settings: settings}
	for _, dir := range beside {
		w.beside = append(w.beside, filepath.Clean(dir))
	}
	if w.single {
		// The folder, because editors replace a file rather than write to it.
		err = fsw.Add(filepath.Dir(w.content))
	} else {
		err = w.addTree(w.content)
	}
	for _, dir := range w.beside {
		err = errors.Join(err, w.addTree(dir))
	}
	if err != nil {
		fsw.Close()
		return nil, err
	}
	return w, nil
}

// addTree watches dir and all folders below it but hidden ones.
func (w *watcher) addTree(dir string) error {
	return filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && p == dir:
			return err
		case err != nil || !d.IsDir():
			return nil // gone again before it could be looked at
		case p != dir && hidden(p):
			return filepath.SkipDir
		}
		return w.fs.Add(p)
	})
}

func hidden(p string) bool { return strings.HasPrefix(filepath.Base(p), ".") }

// run calls changed each time that the content has changed and then been quiet
// for a moment, until ctx is done. Changes during a call lead to another one.
func (w *watcher) run(ctx context.Context, changed func(), failed func(error)) {
	defer w.fs.Close()
	timer, back := time.NewTimer(settle), time.NewTimer(again)
	timer.Stop()
	back.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case err := <-w.fs.Errors:
			failed(err)
		case event := <-w.fs.Events:
			if w.concerns(event) {
				timer.Reset(settle)
			}
		case <-timer.C:
			w.lost = w.lost && w.addTree(w.content) != nil
			changed()
			if w.lost {
				back.Reset(again)
			}
		case <-back.C:
			if _, err := os.Stat(w.content); err != nil {
				back.Reset(again)
			} else {
				timer.Reset(settle)
			}
		}
	}
}

// correct reports whether a file is one beside the only content file that says what
// stands in it: A03.toml and A03.zones.toml of A03.pdf.
func (w *watcher) correct(name string) bool {
	stem := strings.TrimSuffix(w.content, filepath.Ext(w.content))
	return strings.HasPrefix(name, stem+".") && filepath.Ext(name) == ".toml"
}

// concerns reports whether the event may change the site, and watches folders
// that are new.
func (w *watcher) concerns(event fsnotify.Event) bool {
	if event.Op == fsnotify.Chmod {
		return false
	}
	name := filepath.Clean(event.Name)
	w.lost = w.lost || !w.single && name == w.content && (event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename))
	static := slices.ContainsFunc(w.beside, func(dir string) bool { return strings.HasPrefix(name, dir+string(filepath.Separator)) })
	if w.single && !static {
		return name == w.content || w.correct(name) || slices.Contains(w.settings, filepath.Base(name))
	}
	if hidden(event.Name) && !static {
		return false
	}
	if event.Has(fsnotify.Create) {
		if info, err := os.Stat(event.Name); err == nil && info.IsDir() {
			// What cannot be watched (too many folders, say) is at least built now.
			_ = w.addTree(event.Name)
		}
	}
	return true
}

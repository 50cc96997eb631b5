package site

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// lockName is a file in the folder of a site that says which build is at work on
// it. It goes when the build ends. One that a dead build left locks nothing.
const lockName = ".kanbao.lock"

var errBusy = errors.New("locked by another process")

// A lock keeps a second build out of the folder of a site.
type lock struct {
	file *os.File
	path string
}

// takeLock takes the lock on a folder, which must be there. If another build has
// it, the error says which.
func takeLock(dir string) (*lock, error) {
	path := filepath.Join(dir, lockName)
	for {
		f, err := openLock(path)
		if err != nil {
			return nil, fmt.Errorf("site: %s cannot be locked: %w", dir, err)
		}
		switch err := lockFile(f); {
		case errors.Is(err, errBusy):
			owner := readOwner(f)
			f.Close()
			return nil, fmt.Errorf("site: another build (%s) is writing to %s; build again when it has ended", owner, dir)
		case err != nil:
			f.Close()
			return nil, fmt.Errorf("site: %s cannot be locked: %w", dir, err)
		}
		// Whoever had the lock may have taken the file away since it was opened.
		if !sameFile(f, path) {
			f.Close()
			continue
		}
		l := &lock{f, path}
		if err := l.sign(); err != nil {
			l.release()
			return nil, fmt.Errorf("site: %s cannot be locked: %w", dir, err)
		}
		return l, nil
	}
}

// openLock opens or makes the file; it follows no link.
func openLock(path string) (*os.File, error) {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a file", path)
	}
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
}

func sameFile(f *os.File, path string) bool {
	a, err1 := f.Stat()
	b, err2 := os.Lstat(path)
	return err1 == nil && err2 == nil && os.SameFile(a, b)
}

// sign writes whose the lock is.
func (l *lock) sign() error {
	host, _ := os.Hostname()
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err := fmt.Fprintf(l.file, "process %d on %s, begun %s\n", os.Getpid(), host, time.Now().Format(time.DateTime))
	return err
}

func readOwner(f *os.File) string {
	said, _ := io.ReadAll(io.LimitReader(f, 200))
	if s := strings.TrimSpace(string(said)); s != "" {
		return s
	}
	return "of which nothing is known"
}

// release lets others in. The folder may have changed places with another since;
// then the file is in the old one and goes with it.
func (l *lock) release() {
	if sameFile(l.file, l.path) {
		// A file that stays locks nothing.
		_ = os.Remove(l.path)
	}
	l.file.Close()
}

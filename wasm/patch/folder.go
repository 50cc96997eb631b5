package patch

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A folder is what shall lie in a folder: the text of each file, by its full name.
type folder struct {
	dir   string
	files map[string]string
}

func newFolder(dir string) *folder { return &folder{dir, make(map[string]string)} }

func (f *folder) put(name, text string) { f.files[name] = text }

// putPackage makes altered the only Go files of a package.
func (f *folder) putPackage(dir string, altered map[string]string) {
	maps.DeleteFunc(f.files, func(name, _ string) bool { return filepath.Dir(name) == dir && strings.HasSuffix(name, ".go") })
	for name, text := range altered {
		f.put(filepath.Join(dir, name), text)
	}
}

// putModule copies what a module is built from: its Go files without tests, go.mod
// and go.sum. What its packages embed, none of which is linked here, stays behind.
func (f *folder) putModule(from, to string) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == "testdata" {
				return filepath.SkipDir
			}
			return nil
		}
		base := d.Name()
		if base != "go.mod" && base != "go.sum" && (!strings.HasSuffix(base, ".go") || strings.HasSuffix(base, "_test.go")) {
			return nil
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(name)
		f.put(filepath.Join(to, rel), string(text))
		return err
	})
}

// write makes the folder hold these sources: it writes those that differ and deletes
// Go files that should not be there. What go has built there is left alone.
func (f *folder) write() error {
	for _, name := range slices.Sorted(maps.Keys(f.files)) {
		if old, err := os.ReadFile(name); err == nil && string(old) == f.files[name] {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(f.files[name]), 0o666); err != nil {
			return err
		}
	}
	return filepath.WalkDir(f.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") {
			return err
		}
		if _, ok := f.files[name]; !ok {
			return os.Remove(name)
		}
		return nil
	})
}

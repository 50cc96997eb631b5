package patch

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A Workspace is a folder in which patched copies stand for modules and for files of
// Go's own library. Go refuses an overlay over its module cache, so modules are
// copied; over its library it allows one.
type Workspace struct {
	// Root is the folder of this module, Dir the workspace's, below Root.
	Root, Dir string
	// Goroot is where Go lies, and GoVersion what go.mod says after "go".
	Goroot, GoVersion string
	// ModuleDir returns where a module lies that is in the module cache.
	ModuleDir func(module string) (string, error)
}

// Programs are those that have a workspace's overlay each.
func Programs() []string { return []string{"page", "engine"} }

// WorkFile is the file that GOWORK names.
func (w Workspace) WorkFile() string { return filepath.Join(w.Dir, "go.work") }

// Overlay is the file that -overlay names for a program.
func (w Workspace) Overlay(program string) string { return filepath.Join(w.Dir, program+".json") }

func (w Workspace) stubs() string { return filepath.Join(w.Root, "wasm", "patch", "stub") }

// Write makes the workspace anew with these changes. All rules that do not match are
// in the error, by the names of their changes.
func (w Workspace) Write(changes []Change) error {
	if err := os.RemoveAll(w.Dir); err != nil {
		return err
	}
	if err := os.MkdirAll(w.Dir, 0o777); err != nil {
		return err
	}
	// So that ./... does not look into the copies.
	if err := os.WriteFile(filepath.Join(w.Dir, "go.mod"), []byte("module patched\n"), 0o666); err != nil {
		return err
	}
	replaced, err := w.writeModules(changes)
	if err == nil {
		err = w.writeWork(replaced)
	}
	for _, program := range Programs() {
		err = errors.Join(err, w.writeOverlay(program, changes))
	}
	return err
}

// writeModules copies the modules that rules alter, alters them, and returns the
// folder of each module that has another.
func (w Workspace) writeModules(changes []Change) (map[string]string, error) {
	replaced := make(map[string]string)
	for _, c := range changes {
		for module, ours := range c.Modules {
			replaced[module] = filepath.Join(w.stubs(), ours)
		}
		for _, r := range c.Rules {
			module := moduleOf(r.place())
			if c.Std || replaced[module] != "" {
				continue
			}
			from, err := w.ModuleDir(module)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.Name, err)
			}
			replaced[module] = filepath.Join(w.Dir, "modules", filepath.FromSlash(module))
			if err := copyModule(from, replaced[module]); err != nil {
				return nil, err
			}
		}
	}
	dirOf := func(pkg string) string {
		module := moduleOf(pkg)
		return filepath.Join(replaced[module], filepath.FromSlash(strings.TrimPrefix(pkg, module)))
	}
	packages, err := apply(changes, w.stubs(), dirOf, func(c Change) bool { return !c.Std })
	if err != nil {
		return nil, err
	}
	for pkg, files := range packages {
		if err := rewrite(dirOf(pkg), files); err != nil {
			return nil, err
		}
	}
	return replaced, nil
}

// moduleOf returns the module that has a package: one of those that rules alter.
func moduleOf(pkg string) string {
	for _, module := range []string{bleve, indexAPI, goApp} {
		if pkg == module || strings.HasPrefix(pkg, module+"/") {
			return module
		}
	}
	return ""
}

// apply returns the altered files of all packages that the chosen changes have rules
// for, by import path and name.
func apply(changes []Change, stubs string, dirOf func(pkg string) string, chosen func(Change) bool) (map[string]map[string]string, error) {
	packages := make(map[string]map[string]string)
	var faults []error
	for _, c := range changes {
		if !chosen(c) {
			continue
		}
		for _, r := range c.Rules {
			files, ok := packages[r.place()]
			if !ok {
				var err error
				if files, err = read(dirOf(r.place())); err != nil {
					return nil, fmt.Errorf("%s: %s: %w", c.Name, r, err)
				}
				packages[r.place()] = files
			}
			if err := r.apply(files, stubs); err != nil {
				faults = append(faults, fmt.Errorf("wasm/patch/changes.go: %q: %s: %w", c.Name, r, err))
			}
		}
	}
	return packages, errors.Join(faults...)
}

// read returns the Go files of a folder without tests, by name.
func read(dir string) (map[string]string, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	files := make(map[string]string)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files[filepath.Base(name)] = string(text)
	}
	return files, nil
}

// rewrite makes files the only Go files of a folder.
func rewrite(dir string, files map[string]string) error {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, ok := files[filepath.Base(name)]; !ok {
			if err := os.Remove(name); err != nil {
				return err
			}
		}
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// copyModule copies what a module is built from: its Go files without tests, go.mod
// and go.sum. What its packages embed, none of which is linked here, stays behind.
func copyModule(from, to string) error {
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
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(to, rel)), 0o777); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), text, 0o666)
	})
}

func (w Workspace) writeWork(replaced map[string]string) error {
	relative := func(dir string) (string, error) {
		rel, err := filepath.Rel(w.Dir, dir)
		rel = filepath.ToSlash(rel)
		if !strings.HasPrefix(rel, "../") {
			rel = "./" + rel
		}
		return rel, err
	}
	root, err := relative(w.Root)
	if err != nil {
		return err
	}
	var text strings.Builder
	fmt.Fprintf(&text, "go %s\n\nuse %s\n", w.GoVersion, strings.TrimPrefix(root, "./"))
	for _, module := range slices.Sorted(maps.Keys(replaced)) {
		dir, err := relative(replaced[module])
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "\nreplace %s => %s\n", module, dir)
	}
	return os.WriteFile(w.WorkFile(), []byte(text.String()), 0o666)
}

// writeOverlay writes the files of Go's library that a program has otherwise, and
// the list of them that -overlay wants.
func (w Workspace) writeOverlay(program string, changes []Change) error {
	original := func(pkg string) string { return filepath.Join(w.Goroot, "src", filepath.FromSlash(pkg)) }
	packages, err := apply(changes, w.stubs(), original, func(c Change) bool {
		return c.Std && (c.Only == "" || c.Only == program)
	})
	if err != nil {
		return err
	}
	replace := make(map[string]string)
	for pkg, files := range packages {
		before, err := read(original(pkg))
		if err != nil {
			return err
		}
		dir := filepath.Join(w.Dir, "std", program, filepath.FromSlash(pkg))
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
		for name := range before {
			if _, ok := files[name]; !ok {
				replace[filepath.Join(original(pkg), name)] = "" // as if it were not there
			}
		}
		for name, text := range files {
			if before[name] == text {
				continue
			}
			ours := filepath.Join(dir, name)
			replace[filepath.Join(original(pkg), name)] = ours
			if err := os.WriteFile(ours, []byte(text), 0o666); err != nil {
				return err
			}
		}
	}
	list, err := json.MarshalIndent(map[string]any{"Replace": replace}, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(w.Overlay(program), list, 0o666)
}

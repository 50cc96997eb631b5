package patch

import (
	"encoding/json"
	"errors"
	"fmt"
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

// Overlays are what has an overlay of its own: the two programs, and tests, which
// have the page's and what more they link.
func Overlays() []string { return []string{"page", "engine", "test"} }

// WorkFile is the file that GOWORK names.
func (w Workspace) WorkFile() string { return filepath.Join(w.Dir, "go.work") }

// Overlay is the file that -overlay names for a program.
func (w Workspace) Overlay(program string) string { return filepath.Join(w.Dir, program+".json") }

func (w Workspace) stubs() string { return filepath.Join(w.Root, "wasm", "patch", "stub") }

// Write makes the workspace one with these changes. What is as it should be stays as
// it is, so that a build of the same changes may go on meanwhile. All rules that do
// not match are in the error, by the names of their changes.
func (w Workspace) Write(changes []Change) error {
	files := newFolder(w.Dir)
	// So that ./... does not look into the copies.
	files.put(filepath.Join(w.Dir, "go.mod"), "module patched\n")
	replaced, err := w.putModules(files, changes)
	if err == nil {
		err = w.putWork(files, replaced)
	}
	for _, program := range Overlays() {
		err = errors.Join(err, w.putOverlay(files, program, changes))
	}
	if err != nil {
		return err
	}
	return files.write()
}

// putModules puts copies of the modules that rules alter, altered, and returns the
// folder of each module that has another.
func (w Workspace) putModules(files *folder, changes []Change) (map[string]string, error) {
	replaced, originals := make(map[string]string), make(map[string]string)
	for _, c := range changes {
		for module, ours := range c.Modules {
			replaced[module] = filepath.Join(w.stubs(), ours)
		}
		for _, r := range c.Rules {
			module := moduleOf(r.place())
			if c.Std || originals[module] != "" {
				continue
			}
			from, err := w.ModuleDir(module)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.Name, err)
			}
			originals[module] = from
			replaced[module] = filepath.Join(w.Dir, "modules", filepath.FromSlash(module))
			if err := files.putModule(from, replaced[module]); err != nil {
				return nil, err
			}
		}
	}
	in := func(dirs map[string]string, pkg string) string {
		module := moduleOf(pkg)
		return filepath.Join(dirs[module], filepath.FromSlash(strings.TrimPrefix(pkg, module)))
	}
	packages, err := apply(changes, w.stubs(), func(pkg string) string { return in(originals, pkg) }, func(c Change) bool { return !c.Std })
	if err != nil {
		return nil, err
	}
	for pkg, altered := range packages {
		files.putPackage(in(replaced, pkg), altered)
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

// putWork puts the file that has go see the copies.
func (w Workspace) putWork(files *folder, replaced map[string]string) error {
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
	files.put(w.WorkFile(), text.String())
	return nil
}

// putOverlay puts the files of Go's library that a program has otherwise, and the
// list of them that -overlay wants.
func (w Workspace) putOverlay(files *folder, program string, changes []Change) error {
	original := func(pkg string) string { return filepath.Join(w.Goroot, "src", filepath.FromSlash(pkg)) }
	packages, err := apply(changes, w.stubs(), original, func(c Change) bool {
		return c.Std && (c.Only == "" || c.Only == program)
	})
	if err != nil {
		return err
	}
	replace := make(map[string]string)
	for pkg, altered := range packages {
		before, err := read(original(pkg))
		if err != nil {
			return err
		}
		for name := range before {
			if _, ok := altered[name]; !ok {
				replace[filepath.Join(original(pkg), name)] = "" // as if it were not there
			}
		}
		for name, text := range altered {
			if before[name] == text {
				continue
			}
			ours := filepath.Join(w.Dir, "std", program, filepath.FromSlash(pkg), name)
			replace[filepath.Join(original(pkg), name)] = ours
			files.put(ours, text)
		}
	}
	list, err := json.MarshalIndent(map[string]any{"Replace": replace}, "", "\t")
	if err != nil {
		return err
	}
	files.put(w.Overlay(program), string(list))
	return nil
}

package patch

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A Rule is one alteration of one package. It fails if what it alters is not there.
type Rule interface {
	// place is the import path of the package.
	place() string
	// apply alters the files of the package, by name. stubs is the folder of ours.
	apply(files map[string]string, stubs string) error
	// String names the rule in errors.
	String() string
}

// A remove leaves out files of a package.
type remove struct {
	pkg   string
	files []string
}

func (r remove) place() string  { return r.pkg }
func (r remove) String() string { return "remove from " + r.pkg }

func (r remove) apply(files map[string]string, _ string) error {
	for _, name := range r.files {
		if _, ok := files[name]; !ok {
			return fmt.Errorf("there is no %s", name)
		}
		delete(files, name)
	}
	return nil
}

// A replaceFile puts ours, a path below stub/ without its .txt, in the place of the
// file of that name.
type replaceFile struct{ pkg, ours string }

func (r replaceFile) place() string  { return r.pkg }
func (r replaceFile) String() string { return "replace a file of " + r.pkg + " by stub/" + r.ours }

func (r replaceFile) apply(files map[string]string, stubs string) error {
	name := filepath.Base(r.ours)
	if _, ok := files[name]; !ok {
		return fmt.Errorf("there is no %s", name)
	}
	return stub(files, stubs, r.ours)
}

// An addFile puts ours, a path below stub/ without its .txt, beside the files of a
// package.
type addFile struct{ pkg, ours string }

func (r addFile) place() string  { return r.pkg }
func (r addFile) String() string { return "add stub/" + r.ours + " to " + r.pkg }

func (r addFile) apply(files map[string]string, stubs string) error {
	name := filepath.Base(r.ours)
	if _, ok := files[name]; ok {
		return fmt.Errorf("there is a %s already", name)
	}
	return stub(files, stubs, r.ours)
}

// A replacePackage puts ours, a path below stub/ without its .txt, in the place of
// the whole package.
type replacePackage struct{ pkg, ours string }

func (r replacePackage) place() string  { return r.pkg }
func (r replacePackage) String() string { return "replace " + r.pkg + " by stub/" + r.ours }

func (r replacePackage) apply(files map[string]string, stubs string) error {
	if len(files) == 0 {
		return fmt.Errorf("it has no files")
	}
	clear(files)
	return stub(files, stubs, r.ours)
}

func stub(files map[string]string, stubs, ours string) error {
	text, err := os.ReadFile(filepath.Join(stubs, ours+".txt"))
	files[filepath.Base(ours)] = string(text)
	return err
}

// An edit replaces what a regular expression finds, where ^ and $ are the ends of a
// line, in all files of a package but those in except.
type edit struct {
	pkg    string
	old    string
	new    string
	except []string
	// drops is an import that goes from each edited file that has no use for it any
	// more, adds one that comes in its place.
	drops, adds string
}

func (r edit) place() string  { return r.pkg }
func (r edit) String() string { return "edit " + r.pkg + ": " + r.old }

func (r edit) apply(files map[string]string, _ string) error {
	old, err := regexp.Compile("(?m)" + r.old)
	if err != nil {
		return err
	}
	found := false
	for name, text := range files {
		if slices.Contains(r.except, name) || !old.MatchString(text) {
			continue
		}
		found = true
		text = old.ReplaceAllString(text, r.new)
		if r.drops != "" {
			if text, err = swapImport(text, r.drops, r.adds); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		files[name] = text
	}
	if !found {
		return fmt.Errorf("no line matches")
	}
	return nil
}

// swapImport replaces the import of drops by that of adds, or takes it out if adds
// is "" or imported already. A file that still uses drops keeps it.
func swapImport(text, drops, adds string) (string, error) {
	line := regexp.MustCompile(`(?m)^(import |\t)"` + regexp.QuoteMeta(drops) + `"\n`)
	has := func(pkg string) bool { return strings.Contains(text, `"`+pkg+`"`) }
	if !line.MatchString(text) {
		return "", fmt.Errorf("it does not import %q on a line of its own", drops)
	}
	used := regexp.MustCompile(`\b` + regexp.QuoteMeta(drops) + `\.[A-Z]`).MatchString(text)
	switch {
	case used && (adds == "" || has(adds)):
		return text, nil
	case used:
		return line.ReplaceAllString(text, "$0$1\""+adds+"\"\n"), nil
	case adds == "" || has(adds):
		return line.ReplaceAllString(text, ""), nil
	}
	return line.ReplaceAllString(text, "$1\""+adds+"\"\n"), nil
}

// returnAtOnce makes functions and methods of a package return when they are called.
// They have no results.
func returnAtOnce(pkg string, functions ...string) []Rule {
	var rules []Rule
	for _, name := range functions {
		rules = append(rules, edit{
			pkg: pkg,
			old: `^func (?:\(\w+ \*?\w+\) )?` + regexp.QuoteMeta(name) + `\(.*\{$`,
			new: "$0\n\treturn",
		})
	}
	return rules
}

// constants makes constants of variables of a package that are only read, save in
// the files in except, which define and set them.
func constants(pkg string, except []string, value string, variables ...string) []Rule {
	var rules []Rule
	for _, name := range variables {
		rules = append(rules, edit{pkg: pkg, old: `\b` + regexp.QuoteMeta(name) + `\b`, new: value, except: except})
	}
	return rules
}

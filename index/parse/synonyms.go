package parse

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/parse/source"
)

// SynonymsName is the name of the file that a folder's synonyms are in.
const SynonymsName = "synonyms.txt"

// LoadSynonyms reads root/synonyms.txt or, where root is a file, the one beside
// it: in each line names of one thing, with = between them. What stands behind a
// # is a comment. Lines that are not so are faults, each an *Error; the others
// apply. Without the file there are none.
func LoadSynonyms(root string) (groups [][]string, faults []error) {
	dir := root
	if info, err := os.Stat(root); err != nil {
		return nil, []error{err}
	} else if !info.IsDir() {
		dir = filepath.Dir(root)
	}
	data, err := source.Read(dir, SynonymsName, source.MostText)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, []error{source.Errorf(SynonymsName, 0, "%v", err)}
	}
	text, err := source.Text(SynonymsName, bytes.NewReader(data))
	if err != nil {
		return nil, []error{err}
	}
	lines := make(map[string]int) // of each name
	for i, line := range strings.Split(text, "\n") {
		names, err := synonyms(line, i+1, lines)
		switch {
		case err != nil:
			faults = append(faults, err)
		case names != nil:
			groups = append(groups, names)
			for _, n := range names {
				lines[n] = i + 1
			}
		}
	}
	return groups, faults
}

// synonyms returns the names of a line, or nil if it has none. lines says where
// the names so far stand.
func synonyms(line string, number int, lines map[string]int) ([]string, error) {
	line, _, _ = strings.Cut(line, "#")
	if line = strings.TrimSpace(line); line == "" {
		return nil, nil
	}
	names := strings.Split(strings.ReplaceAll(line, "＝", "="), "=")
	for i, n := range names {
		names[i] = strings.TrimSpace(n)
		switch before, known := lines[names[i]]; {
		case len(names) < 2:
			return nil, source.Errorf(SynonymsName, number, "%q is one name; write the other behind a =, as in 百千万工程 = 百县千镇万村高质量发展工程", line)
		case names[i] == "":
			return nil, source.Errorf(SynonymsName, number, "%q has a = with no name on one side", line)
		case known:
			return nil, source.Errorf(SynonymsName, number, "%q is in line %d already; write all names of one thing in one line", names[i], before)
		case slices.Contains(names[:i], names[i]):
			return nil, source.Errorf(SynonymsName, number, "%q is there twice", names[i])
		}
	}
	return names, nil
}

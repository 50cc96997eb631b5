package entity

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/words"
	"github.com/kanbao/kanbao/index/parse/source"
)

// CorrectionsName is the name of the file beside the content in which an editor
// says what is a name.
const CorrectionsName = "names.txt"

// kinds are the first words of a line of corrections.
const (
	isPerson = "人"
	isPlace  = "地"
	isOrg    = "机构"
	isNone   = "不是"
)

// Corrections are what an editor says about names. Nil says nothing.
type Corrections struct {
	lines []correction
	sum   string
}

type correction struct{ kind, name string }

// LoadCorrections reads root/names.txt, or where root is a file, the one beside
// it. Without one there are no corrections, which is no error.
func LoadCorrections(root string) (*Corrections, error) {
	dir := root
	if info, err := os.Stat(root); err != nil {
		return nil, err
	} else if !info.IsDir() {
		dir = filepath.Dir(root)
	}
	file, err := source.Open(dir, CorrectionsName, source.MostText)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, source.Errorf(CorrectionsName, 0, "%v", err)
	}
	defer file.Close()
	return ReadCorrections(CorrectionsName, file)
}

// ReadCorrections reads a file of corrections, one a line: 人, 地, 机构 or 不是,
// a space and a name. Lines that begin with # and empty ones are passed over.
// Its errors are of type source.Error and call the file name.
func ReadCorrections(name string, r io.Reader) (*Corrections, error) {
	text, err := source.Text(name, r)
	if err != nil {
		return nil, err
	}
	c, said := new(Corrections), make(map[string]int)
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, len(text)+1)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Fields(line)
		kind, value := fields[0], strings.Join(fields[1:], " ")
		switch kind {
		case isPerson, isPlace, isOrg, isNone:
		default:
			return nil, source.Errorf(name, n, `%q: want "人", "地", "机构" or "不是", a space and a name`, line)
		}
		if value == "" {
			return nil, source.Errorf(name, n, "%s without a name; write it behind a space", kind)
		}
		if utf8.RuneCountInString(value) > longestName {
			return nil, source.Errorf(name, n, "a name of more than %d characters is none", longestName)
		}
		if before := said[value]; before > 0 {
			return nil, source.Errorf(name, n, "%s stands on line %d already", value, before)
		}
		said[value] = n
		c.lines = append(c.lines, correction{kind, value})
	}
	sum := sha256.Sum256([]byte(text))
	c.sum = hex.EncodeToString(sum[:6])
	return c, nil
}

// longestName is how many characters a name may have.
const longestName = 100

// own are corrections as they are looked up: character by character, so that it
// takes no longer where there are many.
type own struct {
	names *branch
	none  map[string]bool
}

// A branch is what names have in common up to a character.
type branch struct {
	next map[rune]*branch
	name *correction // nil if no name ends here
}

func newOwn(c *Corrections, folder analyze.Folder) own {
	o := own{none: make(map[string]bool)}
	if c == nil {
		return o
	}
	for _, line := range c.lines {
		folded := folder.Fold(line.name)
		if len(folded.Runes) == 0 {
			continue
		}
		line.name = folded.String()
		if line.kind == isNone {
			o.none[line.name] = true
			continue
		}
		if o.names == nil {
			o.names = new(branch)
		}
		at := o.names
		for _, r := range folded.Runes {
			if at.next == nil {
				at.next = make(map[rune]*branch)
			}
			if at.next[r] == nil {
				at.next[r] = new(branch)
			}
			at = at.next[r]
		}
		if at.name == nil {
			at.name = &line
		}
	}
	return o
}

// correct puts what the editor says over what was found.
func (r *extraction) correct(lines []words.Line) {
	all := map[string]*kind{isPerson: &r.persons, isPlace: &r.places, isOrg: &r.orgs}
	for _, k := range all {
		maps.DeleteFunc(k.names, func(name string, _ *name) bool { return r.own.none[name] })
	}
	if r.own.names == nil {
		return
	}
	said := make(map[string]bool)
	for i := range lines {
		r.at = &lines[i]
		runes := lines[i].Folded.Runes
		for at := 0; at < len(runes); at++ {
			c, n := r.longestOwn(runes[at:])
			if n == 0 {
				continue
			}
			if !said[c.name] {
				said[c.name] = true
				for _, k := range all {
					delete(k.names, c.name)
				}
			}
			all[c.kind].add(c.name, r.original(at, at+n), lines[i].Title)
			at += n - 1
		}
	}
}

// longestOwn returns the longest of the editor's names that the text begins
// with, and how many characters it has.
func (r *extraction) longestOwn(text []rune) (best correction, n int) {
	at := r.own.names
	for i, c := range text {
		if at = at.next[c]; at == nil {
			break
		}
		if at.name != nil {
			best, n = *at.name, i+1
		}
	}
	return best, n
}

package site

import (
	"bytes"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strings"
)

// A script is a file of web/, read line by line once: an expression over the whole of
// it, for each name, was a third of what a small build took.
type script struct {
	text     []byte // without the types and without the lines that import parts
	imports  []importOf
	exported []string
	declared []string // what all of the script sees, with what it exports
}

// importOf is a line that imports a part.
type importOf struct {
	part  string
	names []string
}

var (
	// importLine matches how a script imports a part: on one line, by names.
	importLine = regexp.MustCompile(`^import (?:\{ ([\w, ]+) \} from )?"\./([\w.-]+)";\n$`)
	// declaration matches the beginning of a declaration that all of a script sees.
	declaration = regexp.MustCompile(`^(export )?(?:async function|function|class|const|let) (\w+)`)
)

// readScript reads a file of web/. A part loses the word export, since what it exports is
// for the script alone that it stands in.
func readScript(name string, source []byte) (*script, error) {
	s, number, inTypes := new(script), 0, false
	isPart := slices.Contains(scriptParts, name)
	for line := range bytes.Lines(source) {
		number++
		// A comment for the type checker has lines of its own.
		trimmed := bytes.TrimSpace(line)
		if inTypes || bytes.HasPrefix(trimmed, []byte("/**")) && !bytes.Contains(trimmed[:len(trimmed)-2], []byte("*/")) {
			inTypes = !bytes.HasSuffix(trimmed, []byte("*/"))
			continue
		}
		if m := importLine.FindSubmatch(line); m != nil && slices.Contains(scriptParts, string(m[2])) {
			names := strings.FieldsFunc(string(m[1]), func(r rune) bool { return r == ',' || r == ' ' })
			s.imports = append(s.imports, importOf{string(m[2]), names})
			continue
		}
		for ref := range references(line) {
			if slices.Contains(scriptParts, ref.name) {
				return nil, fmt.Errorf("site: web/%s:%d: %q: a part is imported by a line of its own, import { names } from %q", name, number, ref.text, "./"+ref.name)
			}
		}
		if m := declaration.FindSubmatch(line); m != nil {
			s.declared = append(s.declared, string(m[2]))
			if m[1] != nil {
				s.exported = append(s.exported, string(m[2]))
			}
			if isPart {
				line = line[len(m[1]):]
			}
		}
		s.text = append(s.text, line...)
	}
	return s, nil
}

// remarkInLine matches what stands in a line for the type checker alone, and a comment
// at its end, which has no quotation marks.
var remarkInLine = regexp.MustCompile(`/\*\* @type \{.*?\} \*/ ?|([;,{}()\[\]]) // [^"'` + "`" + `\n]*(\n)`)

// withoutRemarks returns a script without comments, but for a few that could be part of
// a string, and without empty lines and indentation. A string of several lines stays as
// it is.
func withoutRemarks(script []byte) []byte {
	kept := make([]byte, 0, len(script))
	inString := false
	for line := range bytes.Lines(script) {
		if !inString {
			line = bytes.TrimLeft(line, " \t\r\n")
		}
		if !inString && bytes.HasPrefix(line, []byte("//")) {
			continue
		}
		if !inString && (bytes.Contains(line, []byte("/** @type {")) || bytes.Contains(line, []byte(" // "))) {
			line = remarkInLine.ReplaceAll(line, []byte("$1$2"))
		}
		kept = append(kept, line...)
		inString = inString != (bytes.Count(line, []byte("`"))%2 == 1)
	}
	return kept
}

// A fileRef is where a script names another file of the site: a string of "./" and a
// plain name.
type fileRef struct {
	text       string // with its quotation marks
	name       string
	start, end int // of the text, in bytes
}

// references returns where a script names other files.
func references(script []byte) iter.Seq[fileRef] {
	quotes := []byte("\"'`")
	return func(yield func(fileRef) bool) {
		for at := 0; ; {
			i := bytes.Index(script[at:], []byte("./"))
			if i < 0 {
				return
			}
			i += at
			at = i + 2
			if i == 0 || !bytes.ContainsRune(quotes, rune(script[i-1])) {
				continue
			}
			end := at
			for end < len(script) && isNameByte(script[end]) {
				end++
			}
			if end == at || end == len(script) || !bytes.ContainsRune(quotes, rune(script[end])) {
				continue
			}
			if !yield(fileRef{string(script[i-1 : end+1]), string(script[at:end]), i - 1, end + 1}) {
				return
			}
		}
	}
}

// isNameByte reports whether a file name of ours may have a byte.
func isNameByte(b byte) bool {
	return b == '.' || b == '-' || b == '_' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

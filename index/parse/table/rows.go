package table

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// rows reads the rows of a table. Quotation marks may stand within cells, as people
// write them; but a mark that opens a cell and is forgotten at its end would make one
// cell of all the rows behind it.
type rows struct {
	text  string
	comma rune
	cells int // of the first row, 0 before that is read
	from  int // in text, where csv begins
	line  int // of the file that this is on
	at    int // behind the last row
	open  int // cells so far that nothing closes
	csv   *csv.Reader
}

func newRows(text string) *rows {
	r := &rows{text: text, comma: comma(text)}
	r.begin(0)
	return r
}

// begin goes on at an offset of the text.
func (r *rows) begin(at int) {
	r.line += strings.Count(r.text[r.from:at], "\n")
	r.from, r.at = at, at
	r.csv = csv.NewReader(strings.NewReader(r.text[at:]))
	r.csv.FieldsPerRecord, r.csv.LazyQuotes, r.csv.Comma = -1, true, r.comma
}

// mostOpen is how many cells that nothing closes are looked behind: each look may go
// to the end of the table.
const mostOpen = 20

var errOpen = errors.New("a quotation mark opens a cell that nothing closes before the next row; write it twice where it is part of the text, or close the cell")

// next returns a row and the line that it begins on, from 1, or io.EOF. Behind a cell
// that nothing closes it goes on at the next line that is a row as the first one is.
func (r *rows) next() (row []string, line int, err error) {
	row, err = r.csv.Read()
	if errors.Is(err, io.EOF) {
		return nil, 0, err
	}
	end := r.from + int(r.csv.InputOffset())
	raw := r.text[r.at:end]
	if len(row) > 0 {
		line, _ = r.csv.FieldPos(0)
	}
	if opened, ok := r.openCell(raw); ok {
		line = 1 + r.line + strings.Count(r.text[r.from:r.at+opened], "\n")
		if r.open++; r.open > mostOpen {
			r.begin(len(r.text))
			return nil, line, fmt.Errorf("%w; there are more than %d such cells, and what is behind this one is not read", errOpen, mostOpen)
		}
		r.begin(r.nextRow(r.at + opened))
		return nil, line, errOpen
	}
	r.at = end
	return row, r.line + line, err
}

// openCell returns where in a row a cell begins with a quotation mark that nothing
// closes: all of the file is in it, or, where marks within it are loose, another row.
func (r *rows) openCell(raw string) (at int, ok bool) {
	comma := byte(r.comma)
	skipped := len(raw) - len(strings.TrimLeft(raw, "\n"))
	for i := skipped; i < len(raw); i++ {
		if raw[i] != '"' {
			next := strings.IndexByte(raw[i:], comma)
			if next < 0 {
				return 0, false
			}
			i += next
			continue
		}
		end, loose := closeOf(raw, i, comma)
		switch {
		case end < 0:
			return i, true
		case loose && r.holdsRow(raw, i, end):
			return i, true
		}
		i = end
	}
	return 0, false
}

// closeOf returns where a cell ends that a quotation mark opens at i, or -1, and whether
// there are marks within it that are not written twice.
func closeOf(raw string, i int, comma byte) (end int, loose bool) {
	for i++; ; {
		next := strings.IndexByte(raw[i:], '"')
		if next < 0 {
			return -1, loose
		}
		i += next + 1
		switch {
		case i == len(raw), raw[i] == comma, raw[i] == '\n':
			return i, loose
		case raw[i] == '"':
			i++
		default:
			loose = true
		}
	}
}

// holdsRow reports whether a line that begins within a cell is a row by itself.
func (r *rows) holdsRow(raw string, from, end int) bool {
	for {
		next := strings.IndexByte(raw[from:end], '\n')
		if next < 0 {
			return false
		}
		from += next + 1
		if line, _, _ := strings.Cut(raw[from:], "\n"); r.isRow(line) {
			return true
		}
	}
}

// isRow reports whether a line has as many cells as the first row.
func (r *rows) isRow(line string) bool {
	if r.cells < 2 || strings.Count(line, string(r.comma)) < r.cells-1 {
		return false
	}
	in := csv.NewReader(strings.NewReader(line))
	in.FieldsPerRecord, in.Comma = -1, r.comma
	row, err := in.Read()
	return err == nil && len(row) == r.cells
}

// nextRow returns where the next line behind at begins that is a row by itself, or the
// end of the text.
func (r *rows) nextRow(at int) int {
	for {
		next := strings.IndexByte(r.text[at:], '\n')
		if next < 0 {
			return len(r.text)
		}
		at += next + 1
		if line, _, _ := strings.Cut(r.text[at:], "\n"); r.isRow(line) {
			return at
		}
	}
}

package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// tables reads the tables of GitHub in place of goldmark's own parser, which fills
// every row up to as many cells as the line below the head has dashes: 80 kB of
// those and of short rows made cells for 8 GB.
type tables struct{}

func (tables) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithParagraphTransformers(util.Prioritized(tableReader{}, 200)))
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(
		extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), 500)))
}

// emptyCells is how many cells a table may have besides one for each of its bytes.
const emptyCells = 5000

type tableReader struct{}

func (tableReader) Transform(node *ast.Paragraph, reader text.Reader, _ parser.Context) {
	lines, src := node.Lines(), reader.Source()
	for i := 1; i < lines.Len(); i++ {
		below := lines.At(i)
		align := alignments(below.Value(src))
		if align == nil {
			continue
		}
		head := cellsOf(lines.At(i-1), src)
		if len(head) != len(align) {
			continue
		}
		size := lines.At(lines.Len()-1).Stop - lines.At(i-1).Start
		if rows := lines.Len() - i; rows*len(align) > size+emptyCells {
			return // nearly all of it would be empty cells
		}
		put(node, i, align, head, src)
		return
	}
}

// put replaces the lines from the head on, which is before line i, by a table.
func put(node *ast.Paragraph, i int, align []extast.Alignment, head []text.Segment, src []byte) {
	lines := node.Lines()
	table := extast.NewTable()
	table.Alignments = align
	table.SetPos(lines.At(i - 1).Start)
	table.AppendChild(table, extast.NewTableHeader(rowOf(head, align)))
	for j := i + 1; j < lines.Len(); j++ {
		table.AppendChild(table, rowOf(cellsOf(lines.At(j), src), align))
	}
	node.Parent().InsertAfter(node.Parent(), node, table)
	lines.SetSliced(0, i-1)
	if lines.Len() == 0 {
		node.Parent().RemoveChild(node.Parent(), node)
		return
	}
	last := lines.At(i - 2)
	last.Stop-- // the end of the line
	lines.Set(i-2, last)
}

// alignments reads the line below the head, nil if it is none.
func alignments(line []byte) []extast.Alignment {
	line = bytes.TrimSpace(line)
	if len(bytes.Trim(line, "|:- \t")) > 0 || !bytes.ContainsRune(line, '-') || !bytes.ContainsAny(line, "|:") {
		return nil
	}
	var out []extast.Alignment
	for _, cell := range bytes.Split(bytes.TrimSuffix(bytes.TrimPrefix(line, []byte("|")), []byte("|")), []byte("|")) {
		cell = bytes.TrimSpace(cell)
		dashes := bytes.Trim(cell, ":")
		if len(dashes) == 0 || len(bytes.Trim(dashes, "-")) > 0 || len(cell)-len(dashes) > 2 {
			return nil
		}
		left, right := cell[0] == ':', cell[len(cell)-1] == ':'
		switch {
		case left && right:
			out = append(out, extast.AlignCenter)
		case left:
			out = append(out, extast.AlignLeft)
		case right:
			out = append(out, extast.AlignRight)
		default:
			out = append(out, extast.AlignNone)
		}
	}
	return out
}

// cellsOf parts a row at its bars, but not at \|.
func cellsOf(row text.Segment, src []byte) []text.Segment {
	row = row.TrimLeftSpace(src)
	row = row.TrimRightSpace(src)
	start, stop := row.Start, row.Stop
	if start < stop && src[start] == '|' {
		start++
	}
	if start < stop && src[stop-1] == '|' && (stop-2 < start || src[stop-2] != '\\') {
		stop--
	}
	var out []text.Segment
	cell := func(from, to int) {
		s := text.NewSegment(from, to)
		s = s.TrimLeftSpace(src)
		out = append(out, s.TrimRightSpace(src))
	}
	from := start
	for i := start; i < stop; i++ {
		switch src[i] {
		case '\\':
			i++
		case '|':
			cell(from, i)
			from = i + 1
		}
	}
	cell(from, max(from, stop))
	return out
}

// rowOf makes a row of as many cells as the table has columns. GitHub drops the
// cells that are too many; an author's text is not dropped, so they join the last.
func rowOf(cells []text.Segment, align []extast.Alignment) *extast.TableRow {
	row := extast.NewTableRow(align)
	for i, a := range align {
		cell := extast.NewTableCell()
		cell.Alignment = a
		if i < len(cells) {
			s := cells[i]
			if i == len(align)-1 && len(cells) > len(align) {
				s.Stop = cells[len(cells)-1].Stop
			}
			cell.Lines().Append(s)
			cell.SetPos(s.Start)
		}
		row.AppendChild(row, cell)
	}
	return row
}

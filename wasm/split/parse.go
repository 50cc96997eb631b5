package split

import (
	"fmt"

	"github.com/kanbao/kanbao/wasm/module"
	"github.com/kanbao/kanbao/wasm/opcode"
)

// parts are what a module has, entry by entry, as the file has them.
type parts struct {
	module    module.Module
	types     [][]byte
	params    []int // of each type, how many
	imports   []int // the types of the functions that are imported
	functions []int // the types of those that the module defines
	names     []string
	bodies    [][]byte
	deferred  []calls    // of each function that the module defines, nil if it is not
	cold      []*divided // of each of them that is there in both, without its cold places in the program
	called    []int      // the indices of the others that deferred ones call, in order
	table     table
	memory    []byte // its limits
	globals   [][]byte
	exports   [][]byte
}

// A table has at least min places, and at most max, if bounded.
type table struct {
	min, max int
	bounded  bool
}

// grown returns the table's type with n more places.
func (t table) grown(n int) []byte {
	if t.bounded {
		return append(append([]byte{functionRef, 1}, number(t.min+n)...), number(t.max+n)...)
	}
	return append([]byte{functionRef, 0}, number(t.min+n)...)
}

// with returns the file with other bodies of sections, and without what is custom, such as
// the names of functions.
func (p *parts) with(other map[byte][]byte) []byte {
	var m module.Module
	for _, s := range p.module {
		if s.ID == module.CustomSection {
			continue
		}
		if body, ok := other[s.ID]; ok {
			s.Body = body
		}
		m = append(m, s)
	}
	return m.Bytes()
}

// parse takes a file apart. It knows what Go's linker writes; anything else that a section
// could have is an error that wraps module.ErrLayout.
func parse(file []byte) (*parts, error) {
	m, err := module.Parse(file)
	if err != nil {
		return nil, err
	}
	functions, err := m.Functions()
	if err != nil {
		return nil, err
	}
	p := &parts{module: m}
	for _, f := range functions {
		p.names = append(p.names, f.Name)
	}
	for _, s := range m {
		r := module.NewReader(s.Body)
		if err := p.section(s.ID, r); err != nil {
			return nil, fmt.Errorf("%w: section %d: %w", module.ErrLayout, s.ID, err)
		}
		if r.Short() {
			return nil, fmt.Errorf("section %d ends early: the file was cut off", s.ID)
		}
	}
	if len(p.functions) != len(p.bodies) || len(p.names) != len(p.bodies) || p.memory == nil || p.table.min == 0 {
		return nil, fmt.Errorf("%w: %d functions of %d bodies, a table of %d places, limits of memory in %d bytes", module.ErrLayout, len(p.functions), len(p.bodies), p.table.min, len(p.memory))
	}
	return p, nil
}

func (p *parts) section(id byte, r *module.Reader) error {
	switch id {
	case module.TypeSection:
		return p.entries(r, &p.types, p.functionType)
	case module.ImportSection:
		return p.entries(r, nil, p.functionImport)
	case module.FunctionSection:
		return p.entries(r, nil, func(r *module.Reader) error {
			p.functions = append(p.functions, r.Number())
			return nil
		})
	case module.TableSection:
		return p.entries(r, nil, p.onlyTable)
	case module.MemorySection:
		return p.entries(r, &[][]byte{}, func(r *module.Reader) error {
			whole := *r
			limits(r)
			p.memory = whole.Take(whole.Left() - r.Left())
			return nil
		})
	case module.GlobalSection:
		return p.entries(r, &p.globals, global)
	case module.ExportSection:
		return p.entries(r, &p.exports, func(r *module.Reader) error {
			r.Take(r.Number())
			r.Byte()
			r.Number()
			return nil
		})
	case module.CodeSection:
		return p.entries(r, nil, func(r *module.Reader) error {
			p.bodies = append(p.bodies, r.Take(r.Number()))
			return nil
		})
	}
	return nil
}

// entries has each entry of a section read, and kept as it stands in the file.
func (p *parts) entries(r *module.Reader, kept *[][]byte, read func(*module.Reader) error) error {
	for n := r.Number(); n > 0 && !r.Short(); n-- {
		whole := *r
		if err := read(r); err != nil {
			return err
		}
		if kept != nil {
			*kept = append(*kept, whole.Take(whole.Left()-r.Left()))
		}
	}
	return nil
}

func (p *parts) functionType(r *module.Reader) error {
	if form := r.Byte(); form != 0x60 {
		return fmt.Errorf("a type of form %#x, not a function's", form)
	}
	n := r.Number()
	r.Take(n)
	r.Take(r.Number())
	p.params = append(p.params, n)
	return nil
}

func (p *parts) functionImport(r *module.Reader) error {
	r.Take(r.Number())
	r.Take(r.Number())
	if kind := r.Byte(); kind != 0 {
		return fmt.Errorf("an import of kind %d, not a function", kind)
	}
	p.imports = append(p.imports, r.Number())
	return nil
}

func (p *parts) onlyTable(r *module.Reader) error {
	if p.table.min > 0 {
		return fmt.Errorf("a second table")
	}
	if kind := r.Byte(); kind != functionRef {
		return fmt.Errorf("a table of %#x, not of functions", kind)
	}
	p.table.min, p.table.max, p.table.bounded = limits(r)
	return nil
}

func limits(r *module.Reader) (from, to int, bounded bool) {
	bounded = r.Byte() == 1
	from = r.Number()
	if bounded {
		to = r.Number()
	}
	return from, to, bounded
}

// global reads one whose value is a constant.
func global(r *module.Reader) error {
	r.Take(2) // type, and whether it changes
	switch op := r.Byte(); op {
	case opcode.I32Const, opcode.I32Const + 1: // of 32 or 64 bits
		r.SkipNumber()
	default:
		return fmt.Errorf("a global that begins by the instruction %#x", op)
	}
	if r.Byte() != opcode.End {
		return fmt.Errorf("a global that begins by more than one instruction")
	}
	return nil
}

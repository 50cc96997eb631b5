package module

import "errors"

// A Function is one that a module defines.
type Function struct {
	Name string // as the linker wrote it, with "/" as "_"
	Size int    // bytes of its code
}

// Functions returns the functions of a module that has their names: one that was
// linked without -s.
func (m Module) Functions() ([]Function, error) {
	bodies, imported, err := m.Bodies()
	if err != nil {
		return nil, err
	}
	var names map[int]string
	for _, s := range m {
		if s.ID == CustomSection {
			if r := NewReader(s.Body); string(r.Take(r.Number())) == "name" {
				if names = readNames(r); r.Short() {
					return nil, errors.New("the names of functions end early: the file was cut off")
				}
			}
		}
	}
	if names == nil {
		return nil, errors.New("no names of functions: link without -s")
	}
	functions := make([]Function, len(bodies))
	for i, body := range bodies {
		functions[i] = Function{names[imported+i], len(body)}
	}
	return functions, nil
}

// Bodies returns the bodies of a module's functions, and how many functions it imports.
func (m Module) Bodies() (bodies [][]byte, imported int, err error) {
	for _, s := range m {
		r := NewReader(s.Body)
		switch s.ID {
		case ImportSection:
			imported = countFunctions(r)
		case CodeSection:
			for n := r.Number(); n > 0 && !r.Short(); n-- {
				bodies = append(bodies, r.Take(r.Number()))
			}
		}
		if r.Short() {
			return nil, 0, errors.New("a section ends early: the file was cut off")
		}
	}
	return bodies, imported, nil
}

// DataSize returns the bytes of the data section.
func (m Module) DataSize() int {
	size := 0
	for _, s := range m {
		if s.ID == DataSection {
			size += len(s.Body)
		}
	}
	return size
}

// countFunctions returns how many of the imports are functions, the only ones that
// Go's linker writes.
func countFunctions(r *Reader) int {
	functions := 0
	for n := r.Number(); n > 0 && !r.Short(); n-- {
		r.Take(r.Number())
		r.Take(r.Number())
		if r.Byte() == 0 {
			functions++
			r.Number()
		}
	}
	return functions
}

func readNames(r *Reader) map[int]string {
	names := make(map[int]string)
	for r.More() {
		id := r.Byte()
		part := NewReader(r.Take(r.Number()))
		if id != functionNames {
			continue
		}
		for n := part.Number(); n > 0 && !part.Short(); n-- {
			index := part.Number()
			names[index] = string(part.Take(part.Number()))
		}
	}
	return names
}

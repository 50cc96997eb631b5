package pdfium

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"reflect"

	"github.com/klippa-app/go-pdfium"
)

// A pointer is an address in an instance's memory; 0 is none.
type pointer = uint64

// A library calls the C functions of one instance. go-pdfium's own methods lock,
// look handles up and take memory for each value that a function gives back, and
// do not tell whether two characters have one font: for some ten thousand
// characters on a page that is half the time of reading it.
//
// After a call has failed the instance is of no more use: all further calls
// return 0, and err says why.
type library struct {
	ctx     context.Context
	module  reflect.Value // has the method ExportedFunction
	memory  memory
	calls   map[string]function
	scratch pointer    // memory for what functions give back through pointers
	stack   [12]uint64 // of the call
	err     error
}

// scratchBytes is how much memory there is for what a function gives back.
const scratchBytes = 256

// What a library needs of go-pdfium's module.
type (
	function interface {
		CallWithStack(ctx context.Context, stack []uint64) error
	}
	memory interface {
		Read(offset, count uint32) ([]byte, bool)
		Write(offset uint32, v []byte) bool
	}
)

// newLibrary finds the module below an instance. go-pdfium exports it in a type
// that it does not export.
func newLibrary(ctx context.Context, in pdfium.Pdfium) (*library, error) {
	impl := reflect.ValueOf(in.GetImplementation())
	if impl.Kind() != reflect.Pointer || impl.Elem().Kind() != reflect.Struct {
		return nil, fmt.Errorf("PDFium's module is not where it was expected: %v", impl.Type())
	}
	module := impl.Elem().FieldByName("Module")
	if !module.IsValid() || !module.MethodByName("ExportedFunction").IsValid() || !module.MethodByName("Memory").IsValid() {
		return nil, fmt.Errorf("PDFium's module is not where it was expected: %v", impl.Type())
	}
	mem, ok := module.MethodByName("Memory").Call(nil)[0].Interface().(memory)
	if !ok {
		return nil, fmt.Errorf("PDFium's memory is not what was expected: %v", module.Type())
	}
	l := &library{ctx: ctx, module: module, memory: mem, calls: map[string]function{}}
	l.scratch = l.call("malloc", scratchBytes)
	return l, l.err
}

// call calls a function with integers and pointers, and returns the integer or
// pointer that it returns.
func (l *library) call(name string, args ...uint64) uint64 {
	return l.raw(name, args...) & math.MaxUint32
}

// raw returns the 64 bits that a function returns.
func (l *library) raw(name string, args ...uint64) uint64 {
	if l.err != nil {
		return 0
	}
	f, ok := l.calls[name]
	if !ok {
		f, ok = l.module.MethodByName("ExportedFunction").Call([]reflect.Value{reflect.ValueOf(name)})[0].Interface().(function)
		if !ok {
			l.err = fmt.Errorf("PDFium has no %s", name)
			return 0
		}
		l.calls[name] = f
	}
	copy(l.stack[:], args)
	if err := f.CallWithStack(l.ctx, l.stack[:]); err != nil {
		l.err = fmt.Errorf("PDFium failed in %s: %w", name, err)
		return 0
	}
	return l.stack[0]
}

// int calls a function that returns an int, is one that returns a truth value.
func (l *library) int(name string, args ...uint64) int { return int(int32(l.call(name, args...))) }
func (l *library) is(name string, args ...uint64) bool { return int32(l.call(name, args...)) != 0 }

// double calls a function that returns a double.
func (l *library) double(name string, args ...uint64) float64 {
	return math.Float64frombits(l.raw(name, args...))
}

// at returns where the i-th value of so many bytes lies of what a function gives
// back.
func (l *library) at(i, size int) pointer { return l.scratch + uint64(i*size) }

// bytes returns a part of the instance's memory, to be read before the next call.
// With a call that fails the memory may be given back.
func (l *library) bytes(at pointer, n int) ([]byte, bool) {
	if l.err != nil {
		return nil, false
	}
	return l.memory.Read(uint32(at), uint32(n))
}

// The i-th value of those that a function gave back, as one of a C type.

func (l *library) uint(i int) uint32 {
	if b, ok := l.bytes(l.at(i, 4), 4); ok {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (l *library) float(i int) float64 { return float64(math.Float32frombits(l.uint(i))) }

func (l *library) doubleAt(i int) float64 {
	if b, ok := l.bytes(l.at(i, 8), 8); ok {
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
	return 0
}

// colour returns what a function gave back as red, green, blue and alpha.
func (l *library) colour() (rgb uint32, alpha uint32) {
	return l.uint(0)&255<<16 | l.uint(1)&255<<8 | l.uint(2)&255, l.uint(3)
}

// four are the addresses of the first four values of four bytes.
func (l *library) four() (a, b, c, d pointer) {
	return l.at(0, 4), l.at(1, 4), l.at(2, 4), l.at(3, 4)
}

// put copies data into the instance's memory.
func (l *library) put(data []byte) pointer {
	p := l.call("malloc", uint64(len(data)))
	if l.err == nil && (p == 0 || !l.memory.Write(uint32(p), data)) {
		l.err = fmt.Errorf("no room in PDFium's memory for %d bytes", len(data))
	}
	return p
}

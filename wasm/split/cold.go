package split

import (
	"github.com/kanbao/kanbao/wasm/opcode"
	"github.com/kanbao/kanbao/wasm/resume"
)

// A divided function is one of which the program has a part.
//
// When it comes to a cold place it goes on in its whole form, which is deferred, from the
// same value of its parameter. It may where no local is in use but that of the stack's
// pointer, which each function begins with: as behind a call, since a goroutine that waits
// there loses its locals. A place that needs one stays.
type divided struct {
	locals []byte
	f      resume.Function
	places []place
	kept   []bool
}

// divide returns a function without its cold places, nil if that is not worthwhile.
func divide(body []byte, cold func(place int) bool) (*divided, error) {
	locals, code, err := opcode.Decode(body)
	if err != nil {
		return nil, err
	}
	f, ok := resume.Parse(code)
	keepsStack := len(code) > 1 && code[0].Op == opcode.GlobalGet && code[0].N == 0 && code[1].Op == opcode.LocalSet && code[1].N == resume.StackPointer
	if !ok || !f.Told || f.Places == 0 || !keepsStack {
		return nil, nil
	}
	p := placesOf(f)
	for n, needs := range inUse(f, p) {
		if needs&^(1<<resume.StackPointer) != 0 {
			p[n].fixed = true
		}
	}
	d := &divided{body[:locals], f, p, p.keep(cold)}
	size := len(d.without(func(opcode.Instruction) []byte { return make([]byte, bailSize) }))
	if len(body)-size < max(worthwhile, len(body)/8) {
		return nil, nil
	}
	return d, nil
}

// without returns the body of the function without its cold places. bail returns the code
// that goes on elsewhere, from a value of the parameter that an instruction gives.
//
// Places that only the table leads to need no code each: it has one of them for all.
func (d *divided) without(bail func(parameter opcode.Instruction) []byte) []byte {
	out := append([]byte{}, d.locals...)
	add := func(from, to int) {
		for _, in := range d.f.Code[from:to] {
			out = append(out, in.Bytes...)
		}
	}
	entered := d.entered()
	gone := func(n int) bool { return !d.kept[n] && !entered[n] }
	common := 0
	for common < len(d.places) && !gone(common) {
		common++
	}
	add(0, d.f.Table)
	out = append(out, d.table(gone, common)...)
	at := d.f.Table + 1
	for n, place := range d.places {
		add(at, place.from)
		at = place.to
		switch {
		case d.kept[n]:
			add(place.from, place.to)
		case entered[n]:
			out = append(out, bail(opcode.Signed(opcode.I32Const, place.parameter))...)
		case n == common:
			out = append(out, bail(opcode.Indexed(opcode.LocalGet, resume.Parameter))...)
		default:
			out = append(out, opcode.Unreachable)
		}
	}
	add(at, len(d.f.Code))
	return out
}

// entered returns which places are led to by those that are kept.
func (d *divided) entered() []bool {
	entered := make([]bool, len(d.places))
	for n, place := range d.places {
		if d.kept[n] {
			for _, next := range place.next {
				entered[next] = true
			}
		}
	}
	return entered
}

// table returns the table of the function, with one place for all that are gone.
func (d *divided) table(gone func(place int) bool, common int) []byte {
	labels := d.f.Code[d.f.Table].Table
	out := append([]byte{opcode.BrTable}, number(len(labels)-1)...)
	for _, label := range labels {
		if label < len(d.places) && gone(label) {
			label = common
		}
		out = append(out, number(label)...)
	}
	return out
}

// worthwhile is how many bytes a function must be smaller without its cold places, so that
// it is worth its stub and that it comes again, whole.
const worthwhile = 150

// bailSize is about how long the code is that goes on elsewhere.
const bailSize = 12

// A place is one of a function, with where control goes from it.
type place struct {
	from, to  int   // its code
	parameter int64 // the lowest that leads to it, or -1
	next      []int // the places that it jumps to or runs into
	fixed     bool  // it needs locals
}

type places []place

func placesOf(f resume.Function) places {
	p := make(places, f.Places)
	for n := range p {
		p[n].parameter = -1
	}
	table := f.Code[f.Table].Table
	for value := len(table) - 1; value >= 0; value-- {
		if n := table[value]; n < f.Places {
			p[n].parameter = int64(value)
		}
	}
	f.Walk(func(i int, at resume.Spot) {
		n := at.Ended - 1
		if f.Code[i].Op == opcode.End && at.Nested == 0 { // of the block of the next place, or what is around all
			if n >= 0 && n < f.Places {
				p[n].to = i
			}
			if at.Ended < f.Places {
				p[at.Ended].from = i + 1
			}
		}
	})
	for n := range p {
		p.leads(f, n, func(to int, _ int) { p[n].next = append(p[n].next, to) })
	}
	return p
}

// leads calls to with each place that a place leads to, and at which instruction.
func (p places) leads(f resume.Function, n int, to func(place, at int)) {
	nested := 0
	for i := p[n].from; i < p[n].to; i++ {
		in := f.Code[i]
		if in.Op == opcode.Br || in.Op == opcode.BrIf {
			at := resume.Spot{Ended: n + 1, Nested: nested}
			if place, ok := f.Target(in.N, at); ok && place < f.Places {
				to(place, i)
			} else if f.ToLoop(in, at) {
				for _, place := range p.told(f, i) {
					to(place, i)
				}
			}
		}
		nested += resume.Opens(in)
	}
	if n+1 < len(p) && p.runsOn(f, n) {
		to(n+1, p[n].to)
	}
}

// runsOn reports whether control may come to the end of a place's code.
func (p places) runsOn(f resume.Function, n int) bool {
	if p[n].from == p[n].to {
		return true
	}
	switch f.Code[p[n].to-1].Op {
	case opcode.Br, opcode.Return, opcode.Unreachable:
		return false
	}
	return true
}

// told returns which places a branch to the loop may lead to.
func (p places) told(f resume.Function, i int) []int {
	if before := f.Code[i-2]; before.Op == opcode.I32Const {
		if to := f.PlaceOf(before.N); to < f.Places {
			return []int{to}
		}
		return nil
	}
	all := make([]int, len(p))
	for n := range all {
		all[n] = n
	}
	return all
}

// keep returns which places stay: those that are not cold, and those that they lead to and
// that cannot be left out.
func (p places) keep(cold func(place int) bool) []bool {
	kept := make([]bool, len(p))
	var visit func(n int)
	visit = func(n int) {
		if kept[n] {
			return
		}
		kept[n] = true
		for _, next := range p[n].next {
			if p[next].fixed || p[next].parameter < 0 {
				visit(next)
			}
		}
	}
	for n := range p {
		if !cold(n) {
			visit(n)
		}
	}
	return kept
}

// inUse returns which locals each place needs, as a set of bits: which it reads, or what it
// leads to reads, before they are set.
func inUse(f resume.Function, p places) []uint64 {
	needs := make([]uint64, len(p))
	for changed := true; changed; {
		changed = false
		for n := len(p) - 1; n >= 0; n-- {
			if now := needs[n] | p.needs(f, n, needs); now != needs[n] {
				needs[n], changed = now, true
			}
		}
	}
	return needs
}

// needs returns which locals a place needs, given what others do.
func (p places) needs(f resume.Function, n int, others []uint64) uint64 {
	leads := make(map[int]uint64) // what is needed where an instruction leads to another place
	p.leads(f, n, func(to, at int) { leads[at] |= others[to] })
	var set, need uint64
	nested := 0
	for i := p[n].from; i < p[n].to; i++ {
		in := f.Code[i]
		need |= leads[i] &^ set
		switch in.Op {
		case opcode.LocalGet:
			need |= bit(in.N) &^ set
		case opcode.LocalSet, opcode.LocalTee:
			if nested == 0 && in.N < lumped { // in a block it may not happen
				set |= bit(in.N)
			}
		}
		nested += resume.Opens(in)
	}
	return need | leads[p[n].to]&^set
}

// lumped is from which local on all have one bit, which so is never known to be set.
const lumped = 63

func bit(local int64) uint64 { return 1 << min(local, lumped) }

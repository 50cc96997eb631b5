package search

import "github.com/kanbao/kanbao/index/format"

// An Inventory says what an index holds.
type Inventory struct {
	Documents int
	Terms     int
	Chunks    int
	// IndexBytes is all that a full offline copy of the index fetches.
	IndexBytes int64
	// Bytes parts it by the names of the kinds of chunks, and "manifest".
	Bytes map[string]int64
}

// Inspect returns what the index holds. It fetches nothing.
func (e *Engine) Inspect() Inventory {
	m := e.ix.Manifest
	inv := Inventory{Documents: m.Docs(), Bytes: make(map[string]int64)}
	for _, kind := range format.Kinds() {
		for _, s := range m.Segments {
			for _, c := range s.Of(kind) {
				inv.Bytes[kind.String()] += int64(c.Size)
				inv.Chunks++
			}
		}
	}
	for _, s := range m.Segments {
		inv.Terms += s.Terms
	}
	inv.Bytes["manifest"] = int64(len(m.Append(nil)))
	for _, n := range inv.Bytes {
		inv.IndexBytes += n
	}
	return inv
}

package search

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
	inv := Inventory{Documents: e.ix.Docs(), Bytes: make(map[string]int64)}
	for _, s := range e.ix.Segments() {
		inv.Chunks += len(s.Chunks)
		inv.Terms += s.Terms
		for kind, n := range s.Bytes {
			inv.Bytes[kind.String()] += n
		}
	}
	for _, ix := range e.ix.Parts() {
		inv.Bytes["manifest"] += int64(ix.ManifestBytes)
	}
	for _, n := range inv.Bytes {
		inv.IndexBytes += n
	}
	return inv
}

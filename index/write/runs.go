package write

import (
	"bufio"
	"container/heap"
	"encoding/binary"
	"io"
	"slices"
)

// runs are the occurrences of keys in documents, for an external sort: they are
// gathered as numbers, and from time to time sorted and written to a spool as a
// run, which has each key once with its documents.
type runs struct {
	counted  bool     // frequencies are kept; else all are 1
	gathered []uint64 // key, document of the run and, if counted, frequency
	base     uint32   // the first document of the run
	spool    spool
	written  []run
	scratch  []byte
}

// run is one that was written.
type run struct {
	base uint32
	extent
}

const (
	docBits  = 64 - 3*letterBits
	runDocs  = 1 << docBits // documents that a run may have
	freqBits = 8
)

func (r *runs) add(key uint64, doc uint32, freq uint8) {
	v := key<<docBits | uint64(doc-r.base)
	if r.counted {
		v = v<<freqBits | uint64(freq)
	}
	r.gathered = append(r.gathered, v)
}

// split takes an occurrence apart.
func (r *runs) split(v uint64) (key uint64, doc uint32, freq uint8) {
	freq = 1
	if r.counted {
		freq, v = uint8(v), v>>freqBits
	}
	return v >> docBits, uint32(v & (runDocs - 1)), freq
}

// end sorts what was gathered and writes it as a run: of each key the distance
// from the one before, the number of its documents, and they. The next run begins
// with document next.
func (r *runs) end(next uint32) error {
	slices.Sort(r.gathered)
	at := r.spool.size()
	b, before := r.scratch[:0], uint64(0)
	for from := 0; from < len(r.gathered); {
		key, _, _ := r.split(r.gathered[from])
		to := from + 1
		for to < len(r.gathered) {
			if k, _, _ := r.split(r.gathered[to]); k != key {
				break
			}
			to++
		}
		b = binary.AppendUvarint(b, key-before)
		b = binary.AppendUvarint(b, uint64(to-from))
		last := uint32(0)
		for _, v := range r.gathered[from:to] {
			_, doc, freq := r.split(v)
			b = appendPosting(b, doc-last, freq)
			last = doc
		}
		from, before = to, key
		if len(b) >= 64<<10 || from == len(r.gathered) {
			if _, err := r.spool.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	if n := r.spool.size() - at; n > 0 {
		r.written = append(r.written, run{r.base, extent{at, int(n)}})
	}
	r.scratch, r.gathered, r.base = b, r.gathered[:0], next
	return nil
}

// appendPosting appends the distance of a document from the one before and its
// frequency. Frequency 1, the common one, shares a number with the distance.
func appendPosting(b []byte, distance uint32, freq uint8) []byte {
	d := uint64(distance) << 1
	if freq == 1 {
		return binary.AppendUvarint(b, d)
	}
	return append(binary.AppendUvarint(b, d|1), freq)
}

// merge calls yield with every key, in order, and its documents with their
// frequencies, in the order in which they were added. The slices are good until
// yield returns.
func (r *runs) merge(yield func(key uint64, docs []uint32, freqs []uint8) error) error {
	var h cursors
	for _, w := range r.written {
		c := &runCursor{base: w.base, r: bufio.NewReaderSize(io.NewSectionReader(&r.spool, w.at, int64(w.n)), 64<<10)}
		if err := c.next(); err != nil {
			return err
		}
		h = append(h, c)
	}
	heap.Init(&h)
	var docs []uint32
	var freqs []uint8
	for len(h) > 0 {
		key := h[0].key
		docs, freqs = docs[:0], freqs[:0]
		for len(h) > 0 && h[0].key == key {
			var err error
			if docs, freqs, err = h[0].documents(docs, freqs); err != nil {
				return err
			}
			switch err := h[0].next(); err {
			case nil:
				heap.Fix(&h, 0)
			case io.EOF:
				heap.Pop(&h)
			default:
				return err
			}
		}
		if err := yield(key, docs, freqs); err != nil {
			return err
		}
	}
	return nil
}

// runCursor reads a run key by key.
type runCursor struct {
	r    *bufio.Reader
	base uint32
	key  uint64
	n    uint64 // documents of the key
}

// next goes to the next key. At the end of the run it answers io.EOF.
func (c *runCursor) next() error {
	d, err := binary.ReadUvarint(c.r)
	if err != nil {
		return err
	}
	c.key += d
	c.n, err = binary.ReadUvarint(c.r)
	return err
}

// documents appends the documents of the key. Characters without a letter may
// bring one of them twice.
func (c *runCursor) documents(docs []uint32, freqs []uint8) ([]uint32, []uint8, error) {
	doc := c.base
	for range c.n {
		d, err := binary.ReadUvarint(c.r)
		if err != nil {
			return nil, nil, err
		}
		freq := uint8(1)
		if d&1 != 0 {
			if freq, err = c.r.ReadByte(); err != nil {
				return nil, nil, err
			}
		}
		doc += uint32(d >> 1)
		if n := len(docs); n > 0 && docs[n-1] == doc {
			continue
		}
		docs, freqs = append(docs, doc), append(freqs, freq)
	}
	return docs, freqs, nil
}

// cursors is a heap: the least key first, and of equal ones the earliest run.
type cursors []*runCursor

func (h cursors) Len() int { return len(h) }
func (h cursors) Less(i, j int) bool {
	if h[i].key != h[j].key {
		return h[i].key < h[j].key
	}
	return h[i].base < h[j].base
}
func (h cursors) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *cursors) Push(x any)   { *h = append(*h, x.(*runCursor)) }
func (h *cursors) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

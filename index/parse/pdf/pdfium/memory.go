//go:build linux || darwin

package pdfium

import (
	"context"
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// withMemory has the memory of instances taken from the system as address space that
// is filled as it is used, and given back when an instance is closed. wazero's own
// is on Go's heap, where it is cleared, and copied each time that it grows.
func withMemory(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(func(_, most uint64) experimental.LinearMemory {
		all, err := syscall.Mmap(-1, 0, int(most), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON|syscall.MAP_NORESERVE)
		if err != nil {
			return &onHeap{most: most}
		}
		return &mapped{all}
	}))
}

// mapped is address space of the largest size.
type mapped struct{ all []byte }

// Reallocate returns the first bytes of it.
func (m *mapped) Reallocate(size uint64) []byte {
	if size > uint64(len(m.all)) {
		return nil
	}
	return m.all[:size:size]
}

// Free gives it back. It is called when an instance is closed in which no call runs,
// and at the end of a call that was stopped; from then on a library reads nothing.
func (m *mapped) Free() {
	if m.all != nil {
		_ = syscall.Munmap(m.all)
		m.all = nil
	}
}

// onHeap is memory where the system gives no address space.
type onHeap struct {
	all  []byte
	most uint64
}

// Reallocate makes it larger.
func (h *onHeap) Reallocate(size uint64) []byte {
	if size > h.most {
		return nil
	}
	h.all = append(h.all, make([]byte, size-uint64(len(h.all)))...)
	return h.all
}

// Free drops it.
func (h *onHeap) Free() { h.all = nil }

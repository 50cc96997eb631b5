package chunk

import (
	"context"
	"sync"
)

// Memory is a Source and a Sink that keeps everything in memory. Its zero value
// is empty and ready.
type Memory struct {
	mu       sync.Mutex
	chunks   map[ID][]byte
	manifest []byte
}

// Get implements Store.
func (m *Memory) Get(_ context.Context, id ID) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if file, ok := m.chunks[id]; ok {
		return file, nil
	}
	return nil, &FetchError{File: id.Name(), Err: ErrMissing}
}

// Manifest implements Source.
func (m *Memory) Manifest(context.Context) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.manifest == nil {
		return nil, &FetchError{File: ManifestName, Err: ErrMissing}
	}
	return m.manifest, nil
}

// Refetch implements Source.
func (m *Memory) Refetch(ctx context.Context, id ID) ([]byte, error) { return m.Get(ctx, id) }

// Fill implements Source: everything is in memory, and nothing is fetched.
func (m *Memory) Fill(context.Context, ID, []ID, int) (Filled, error) { return NotFilled, nil }

// Put implements Sink.
func (m *Memory) Put(id ID, file []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.chunks == nil {
		m.chunks = make(map[ID][]byte)
	}
	if _, ok := m.chunks[id]; !ok {
		m.chunks[id] = append([]byte(nil), file...)
	}
	return nil
}

// Has implements Sink. Whoever writes over an index in memory puts all of it.
func (m *Memory) Has(ID) (size int, ok bool) { return 0, false }

// Keep implements Sink.
func (m *Memory) Keep(id ID) error { return &FetchError{File: id.Name(), Err: ErrMissing} }

// PutManifest implements Sink.
func (m *Memory) PutManifest(file []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.manifest = append([]byte(nil), file...)
	return nil
}

// Files returns every file by its name. The slices are the store's own.
func (m *Memory) Files() map[string][]byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	files := map[string][]byte{ManifestName: m.manifest}
	for id, file := range m.chunks {
		files[id.Name()] = file
	}
	return files
}

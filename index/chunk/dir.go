//go:build !js

package chunk

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Dir is a folder as Source and Sink.
type Dir string

// Get implements Store.
func (d Dir) Get(ctx context.Context, id ID) ([]byte, error) { return d.read(ctx, id.Name()) }

// Manifest implements Source.
func (d Dir) Manifest(ctx context.Context) ([]byte, error) { return d.read(ctx, ManifestName) }

// Refetch implements Source.
func (d Dir) Refetch(ctx context.Context, id ID) ([]byte, error) { return d.Get(ctx, id) }

// Fill implements Source: a folder is at hand, and nothing is fetched.
func (d Dir) Fill(context.Context, ID, []ID, int) (Filled, error) { return NotFilled, nil }

func (d Dir) read(ctx context.Context, name string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	path := filepath.Join(string(d), name)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &FetchError{File: path, Err: ErrMissing}
	}
	return b, err
}

// Put implements Sink.
func (d Dir) Put(id ID, file []byte) error {
	path := filepath.Join(string(d), id.Name())
	if info, err := os.Stat(path); err == nil && info.Size() == int64(len(file)) {
		return nil
	}
	return d.write(id.Name(), file)
}

// Has implements Sink. A folder cannot tell whether a file is as it was written.
func (d Dir) Has(ID) (size int, ok bool) { return 0, false }

// Keep implements Sink.
func (d Dir) Keep(id ID) error {
	return &FetchError{File: filepath.Join(string(d), id.Name()), Err: ErrMissing}
}

// PutManifest implements Sink. The manifest is replaced in one step.
func (d Dir) PutManifest(file []byte) error { return d.write(ManifestName, file) }

func (d Dir) write(name string, file []byte) error {
	if err := os.MkdirAll(string(d), 0o755); err != nil {
		return err
	}
	path := filepath.Join(string(d), name)
	part := path + ".part"
	if err := os.WriteFile(part, file, 0o644); err != nil {
		return err
	}
	return os.Rename(part, path)
}

//go:build !js

package chunk

import (
	"context"
	"errors"
	"testing"
)

func TestDirReplacesTheManifestAndKeepsChunks(t *testing.T) {
	d := Dir(t.TempDir())
	file := []byte("chunk")
	for range 2 {
		if err := d.Put(Sum(file), file); err != nil {
			t.Fatal(err)
		}
		if err := d.PutManifest([]byte("manifest")); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := d.Get(context.Background(), Sum(file)); err != nil || string(got) != "chunk" {
		t.Errorf("chunk: %q, %v", got, err)
	}
	if got, err := d.Manifest(context.Background()); err != nil || string(got) != "manifest" {
		t.Errorf("manifest: %q, %v", got, err)
	}
	if _, err := d.Get(context.Background(), ID{1}); !errors.Is(err, ErrMissing) {
		t.Errorf("a chunk that is not there: %v, want ErrMissing", err)
	}
}

func TestDirFetchesNothingAhead(t *testing.T) {
	if filled, err := Verified(Dir(t.TempDir())).Fill(t.Context(), ID{2}, []ID{{3}}, 5); filled != NotFilled || err != nil {
		t.Errorf("Fill returns %d, %v", filled, err)
	}
}

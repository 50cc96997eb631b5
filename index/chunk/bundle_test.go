package chunk

import (
	"errors"
	"testing"

	"github.com/kanbao/kanbao/index/format"
)

func TestBundleHasItsFiles(t *testing.T) {
	files := [][]byte{[]byte("first"), nil, []byte("third of them")}
	ids := []ID{{1}, {2}, {3}}
	bundle := AppendBundle(nil, files)
	extents, err := bundleExtents(bundle[:min(len(bundle), bundleHead(3))], len(bundle), ids)
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		e := extents[id]
		if got := string(bundle[e.Offset : e.Offset+e.Size]); got != string(files[i]) {
			t.Errorf("file %d is %q, want %q", i, got, files[i])
		}
	}
}

func TestDamagedBundleIsNoticed(t *testing.T) {
	ids := []ID{{1}, {2}}
	bundle := AppendBundle(nil, [][]byte{[]byte("first"), []byte("second")})
	for n := range len(bundle) {
		if _, err := bundleExtents(bundle[:n], n, ids); !errors.Is(err, format.ErrCorrupt) {
			t.Errorf("cut to %d bytes: error %v, want one of damage", n, err)
		}
	}
	for name, damage := range map[string]func(b []byte) []byte{
		"another magic": func(b []byte) []byte { b[0] = 'x'; return b },
		"more bytes":    func(b []byte) []byte { return append(b, 0) },
		"fewer chunks":  func(b []byte) []byte { return AppendBundle(nil, [][]byte{b}) },
		"a longer file": func(b []byte) []byte { b[5]++; return b },
	} {
		b := damage(append([]byte(nil), bundle...))
		if _, err := bundleExtents(b, len(b), ids); !errors.Is(err, format.ErrCorrupt) {
			t.Errorf("%s: error %v, want one of damage", name, err)
		}
	}
	bundle[3]++
	var version *format.VersionError
	if _, err := bundleExtents(bundle, len(bundle), ids); !errors.As(err, &version) {
		t.Errorf("another version: error %v, want a VersionError", err)
	}
}

func FuzzBundle(f *testing.F) {
	f.Add(AppendBundle(nil, [][]byte{[]byte("first"), []byte("second")}))
	f.Fuzz(func(t *testing.T, b []byte) {
		extents, err := bundleExtents(b, len(b), []ID{{1}, {2}})
		if err != nil {
			return
		}
		for id, e := range extents {
			if e.Offset < 0 || e.Size < 0 || e.Offset+e.Size > len(b) {
				t.Errorf("chunk %v lies at %+v in %d bytes", id, e, len(b))
			}
		}
	})
}

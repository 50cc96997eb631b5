package chunk

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/kanbao/kanbao/index/format"
)

// IDSize is the length of an ID in bytes.
const IDSize = 8

// An ID is the first eight bytes of the SHA-256 of a chunk's file.
type ID [IDSize]byte

// letters are the 32 of a name, Crockford's: none looks like another.
const letters = "0123456789abcdefghjkmnpqrstvwxyz"

// Sum returns the ID of a file.
func Sum(file []byte) ID {
	h := sha256.Sum256(file)
	return ID(h[:IDSize])
}

// String returns the ID in 13 letters and digits, five bits each, as encoding/base32 does
// without padding. That is several kilobytes of every first search.
func (id ID) String() string {
	bits := binary.BigEndian.Uint64(id[:])
	var name [13]byte
	for i := range name {
		name[i] = letters[bits>>59]
		bits <<= 5
	}
	return string(name[:])
}

// Name returns the name of the chunk's file.
func (id ID) Name() string { return id.String() + format.Extension }

// ManifestName is the name of the one file that is not named by its hash.
const ManifestName = "manifest" + format.Extension

// A Source is what an index is read from. It is the only interface for that:
// nothing asks a Source whether it can do more, so one that wraps another passes
// each call on or says what it does instead. Its methods may be called from
// several goroutines. The slices that they return are shared and must not be
// changed.
type Source interface {
	// Manifest returns the newest manifest that can be had.
	Manifest(ctx context.Context) ([]byte, error)
	// Get returns the file of a chunk.
	Get(ctx context.Context, id ID) ([]byte, error)
	// Refetch is Get past every cache. A Source without a cache just gets the file
	// again.
	Refetch(ctx context.Context, id ID) ([]byte, error)
	// Fill fetches a bundle ahead of what is asked for, and says what came of it.
	// ids are those of the chunks in the bundle, in its order, and size is the sum of
	// their bytes. A Source that cannot keep a bundle returns NotFilled and no error.
	Fill(ctx context.Context, bundle ID, ids []ID, size int) (Filled, error)
}

// Filled says what Fill has fetched.
type Filled int

const (
	// NotFilled says that nothing was fetched.
	NotFilled Filled = iota
	// FilledUnchecked says that from now on Get returns the chunks from memory. Each
	// must still be compared with its name.
	FilledUnchecked
	// FilledChecked is FilledUnchecked for a bundle that was compared with its own
	// name, so that its chunks need not be.
	FilledChecked
)

// A Sink is what an index is written to. It may have files of an older index, which
// then need not be read and put again.
type Sink interface {
	// Put keeps a chunk. A chunk that is there already stays as it is.
	Put(id ID, file []byte) error
	// PutManifest keeps the manifest. It is called once, last.
	PutManifest(file []byte) error
	// Has reports whether a file of the older index is there as it was written, and
	// its size in bytes. A Sink that cannot tell returns false.
	Has(id ID) (size int, ok bool)
	// Keep takes a file into the new index for which Has has returned true.
	Keep(id ID) error
}

// ErrMissing says that a store does not have a file that it should have.
var ErrMissing = errors.New("a file of the index is not there")

// ErrReplaced says that a store does not have a file because a newer index has taken
// the place of the one that the file is of.
var ErrReplaced = errors.New("the index has been replaced by a newer one")

// ErrUnreachable says that a store could not be asked, as when the network is down.
var ErrUnreachable = errors.New("the index cannot be reached")

// A FetchError says which file could not be had; it wraps ErrMissing,
// ErrReplaced, ErrUnreachable or what the system said.
type FetchError struct {
	File string
	Err  error
}

func (e *FetchError) Error() string { return fmt.Sprintf("%s: %v", e.File, e.Err) }

// Unwrap returns the cause.
func (e *FetchError) Unwrap() error { return e.Err }

package chunk

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"

	"github.com/kanbao/kanbao/index/format"
)

// IDSize is the length of an ID in bytes.
const IDSize = 8

// An ID is the first eight bytes of the SHA-256 of a chunk's file.
type ID [IDSize]byte

var encoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// Sum returns the ID of a file.
func Sum(file []byte) ID {
	h := sha256.Sum256(file)
	return ID(h[:IDSize])
}

// String returns the ID in 13 letters and digits.
func (id ID) String() string { return encoding.EncodeToString(id[:]) }

// Name returns the name of the chunk's file.
func (id ID) Name() string { return id.String() + format.Extension }

// ManifestName is the name of the one file that is not named by its hash.
const ManifestName = "manifest" + format.Extension

// A Store has chunks. Get returns a slice that is shared and must not be
// changed; it may be called from several goroutines.
type Store interface {
	Get(ctx context.Context, id ID) ([]byte, error)
}

// A Source is a Store that has a manifest too.
type Source interface {
	Store
	Manifest(ctx context.Context) ([]byte, error)
}

// A Sink takes the files of an index while it is written.
type Sink interface {
	// Put keeps a chunk. A chunk that is there already stays as it is.
	Put(id ID, file []byte) error
	// PutManifest keeps the manifest. It is called once, last.
	PutManifest(file []byte) error
}

// ErrMissing says that a store does not have a file that it should have.
var ErrMissing = errors.New("a file of the index is not there")

// ErrUnreachable says that a store could not be asked, as when the network is down.
var ErrUnreachable = errors.New("the index cannot be reached")

// A FetchError says which file could not be had; it wraps ErrMissing,
// ErrUnreachable or what the system said.
type FetchError struct {
	File string
	Err  error
}

func (e *FetchError) Error() string { return fmt.Sprintf("%s: %v", e.File, e.Err) }

// Unwrap returns the cause.
func (e *FetchError) Unwrap() error { return e.Err }

// Package uuid stands in for github.com/google/uuid in the wasm build. go-app
// makes names of broadcast channels and of devices with it, which the reader
// does not use; the real one brings hashes and database/sql/driver.
package uuid

import (
	"math/rand/v2"
	"strconv"
)

// NewString returns a name that is not taken yet, as good as surely.
func NewString() string { return strconv.FormatUint(rand.Uint64(), 36) }

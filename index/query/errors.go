package query

import "errors"

// ErrNotFound says that the index has no article at an address.
var ErrNotFound = errors.New("query: no article at this address")

package query

import "errors"

// What can go wrong that a reader can be told apart. Errors of a Library are
// one of these by errors.Is, or a fault that nobody foresaw.
var (
	// ErrNotFound says that the index has no article at an address.
	ErrNotFound = errors.New("query: no article at this address")
	// ErrUnreachable says that a file of the index could not be fetched, as when
	// the network is down. Asking again may help.
	ErrUnreachable = errors.New("query: the index cannot be reached")
	// ErrOutdated says that index and engine are of two builds, or that the
	// site has been built anew since the page was opened. Loading the page anew
	// helps.
	ErrOutdated = errors.New("query: the site has changed since the page was opened")
	// ErrDamaged says that a file of the index is not what it should be. The
	// site must be copied anew by whoever keeps it.
	ErrDamaged = errors.New("query: a file of the index is damaged")
	// ErrTooLong says that a query is beyond MaxCharacters or MaxWords.
	ErrTooLong = errors.New("query: too long")
	// ErrUnknown says that an index has no field or order of a name.
	ErrUnknown = errors.New("query: no such field or order")
	// ErrTooLarge says that an article is too large to be shown out of the index.
	// Its page shows it.
	ErrTooLarge = errors.New("query: the article is too large to be shown out of the index")
)

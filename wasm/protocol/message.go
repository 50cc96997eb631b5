package protocol

import (
	"context"
	"errors"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
)

// The methods of a Server, with what they use of a Request and answer.
const (
	MethodOpen     = "open"     // → null, once the index is open
	MethodSearch   = "search"   // Query, API → query.Result
	MethodSuggest  = "suggest"  // Text, Limit → []query.Suggestion
	MethodDocument = "document" // URL, Text, Whole → query.Document
	MethodArticle  = "article"  // Article, Index → query.Article
	MethodStats    = "stats"    // → Stats
	MethodCancel   = "cancel"   // Of → no answer; the request of that ID is answered as cancelled
)

// A Request asks one thing. In JavaScript it is one flat object with the names of
// the tags, those of the query among them; zero values may be left out.
type Request struct {
	// ID names the request in its answer; IDs are positive and not used again.
	ID     int    `json:"id,omitempty"`
	Method string `json:"method"`
	// Lane cancels: a request takes the place of the one before it in the same
	// lane. Requests without a lane go on side by side.
	Lane string `json:"lane,omitempty"`
	// Of is the ID of the request that a cancellation is about.
	Of  int    `json:"of,omitempty"`
	URL string `json:"url,omitempty"`
	// Article is the ID of an article, and Index which of several indexes has it.
	Article string `json:"article,omitempty"`
	Index   int    `json:"index,omitempty"`
	// Whole asks for an article however large it is.
	Whole bool `json:"whole,omitempty"`
	// API asks for the answer in the form encode.API.
	API bool `json:"api,omitempty"`

	query.Query
}

// An Answer is what became of a Request: a Result, or an Error.
type Answer struct {
	ID     int    `json:"id"`
	Result any    `json:"result"`
	Error  *Error `json:"error"`
}

// Stats is what a Server knows of itself.
type Stats struct {
	Requests int    `json:"requests"` // answered, cancellations not counted
	Crashes  int    `json:"crashes"`  // requests that panicked
	Heap     uint64 `json:"heap"`     // bytes of live and dead objects on the Go heap
	System   uint64 `json:"system"`   // bytes of memory taken from the browser
	// Index is what the index says of itself: counts and bytes by their names.
	// It is nil until the index is open.
	Index map[string]int64 `json:"index"`
}

// A Kind tells errors apart for those who put them into words.
type Kind string

// The kinds of errors.
const (
	Cancelled   Kind = "cancelled"
	NotFound    Kind = "not-found"
	Unreachable Kind = "unreachable"
	Outdated    Kind = "outdated"
	Damaged     Kind = "damaged"
	TooLong     Kind = "too-long"  // the query is beyond its bounds
	TooLarge    Kind = "too-large" // the article is beyond what is shown live
	Invalid     Kind = "invalid"   // the request is not one
	Crashed     Kind = "crashed"   // a fault of the engine
)

// An Error is an error as it travels.
type Error struct {
	Kind    Kind   `json:"kind"`
	Message string `json:"message"`
}

func (e *Error) Error() string { return e.Message }

// Is makes errors.Is see the error that the kind stands for.
func (e *Error) Is(target error) bool {
	switch target {
	case query.ErrNotFound:
		return e.Kind == NotFound
	case query.ErrUnreachable:
		return e.Kind == Unreachable
	case query.ErrOutdated:
		return e.Kind == Outdated
	case query.ErrDamaged:
		return e.Kind == Damaged
	case query.ErrTooLong:
		return e.Kind == TooLong
	case query.ErrTooLarge:
		return e.Kind == TooLarge
	case query.ErrUnknown:
		return e.Kind == Invalid
	case context.Canceled:
		return e.Kind == Cancelled
	}
	return false
}

// newError tells an error's kind. A file that is not there, although no newer index
// has taken the place of its own, is damage: the site was copied with a hole.
func newError(err error) *Error {
	var version *format.VersionError
	kind := Crashed
	switch {
	case errors.Is(err, context.Canceled):
		kind = Cancelled
	case errors.Is(err, query.ErrNotFound):
		kind = NotFound
	case errors.Is(err, chunk.ErrUnreachable):
		kind = Unreachable
	case errors.Is(err, query.ErrTooLong):
		kind = TooLong
	case errors.Is(err, query.ErrTooLarge):
		kind = TooLarge
	case errors.Is(err, query.ErrUnknown):
		kind = Invalid
	case errors.Is(err, chunk.ErrReplaced), errors.As(err, &version):
		kind = Outdated
	case errors.Is(err, chunk.ErrMissing), errors.Is(err, format.ErrCorrupt):
		kind = Damaged
	}
	return &Error{Kind: kind, Message: err.Error()}
}

package protocol

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/kanbao/kanbao/index/query"
)

// A Client is a query.Library that asks a Server.
type Client struct {
	// Whole has articles sent however large they are: where there is no network,
	// there are no pages to go to instead.
	Whole bool
	// Begin is what the IDs of requests are larger than, so that answers to another
	// client of the same server are not taken for one's own.
	Begin int

	lane string
	send func(Request)

	mu      sync.Mutex
	last    int
	waiting map[int]chan received
}

// received is an Answer whose Result only the one who asked can read.
type received struct {
	Answer
	Result json.RawMessage `json:"result"`
}

var _ query.Library = (*Client)(nil)

// NewClient returns a client whose searches take each other's place in lane.
// Those for facets have a lane of their own, and suggestions have another.
// It calls send with every request. Answers are to be given to Receive.
func NewClient(lane string, send func(Request)) *Client {
	return &Client{lane: lane, send: send, waiting: make(map[int]chan received)}
}

// Receive takes an answer. One that nobody waits for any more is dropped.
func (c *Client) Receive(text string) error {
	var a received
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		return fmt.Errorf("not an answer: %.80q: %w", text, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if ch, ok := c.waiting[a.ID]; ok {
		delete(c.waiting, a.ID)
		ch <- a
	}
	return nil
}

// Ended says that the server has ended: the requests under way fail with err. Those
// to come are sent as before, for whoever sends them starts another server.
func (c *Client) Ended(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, ch := range c.waiting {
		delete(c.waiting, id)
		ch <- received{Answer: Answer{ID: id, Error: &Error{Kind: Crashed, Message: err.Error()}}}
	}
}

// Search implements query.Searcher.
func (c *Client) Search(ctx context.Context, q query.Query) (*query.Result, error) {
	lane := c.lane
	if len(q.Facets) > 0 {
		lane = c.laneOf("facets")
	}
	if q.Confirm {
		lane = c.laneOf("confirm")
	}
	return ask[*query.Result](ctx, c, Request{Method: MethodSearch, Lane: lane, Query: q})
}

// Suggest implements query.Searcher.
func (c *Client) Suggest(ctx context.Context, prefix string, limit int) ([]query.Suggestion, error) {
	return ask[[]query.Suggestion](ctx, c, Request{Method: MethodSuggest, Lane: c.laneOf("suggestions"), Query: query.Query{Text: prefix, Limit: limit}})
}

// laneOf returns the lane of what goes on beside the searches. A client without
// a lane has no others.
func (c *Client) laneOf(kind string) string {
	if c.lane == "" {
		return ""
	}
	return c.lane + " " + kind
}

// Document implements query.Library.
func (c *Client) Document(ctx context.Context, url, text string) (*query.Document, error) {
	return ask[*query.Document](ctx, c, Request{Method: MethodDocument, URL: url, Whole: c.Whole, Query: query.Query{Text: text}})
}

func ask[T any](ctx context.Context, c *Client, r Request) (result T, err error) {
	if err := ctx.Err(); err != nil {
		return result, err
	}
	id, ch := c.wait()
	r.ID = id
	c.send(r)
	select {
	case a := <-ch:
		if a.Error != nil {
			return result, a.Error
		}
		if err := json.Unmarshal(a.Result, &result); err != nil {
			return result, fmt.Errorf("answer to %s: %w", r.Method, err)
		}
		if string(a.Result) == "null" {
			return result, fmt.Errorf("answer to %s: neither a result nor an error", r.Method)
		}
		return result, nil
	case <-ctx.Done():
		c.forget(id)
		return result, ctx.Err()
	}
}

func (c *Client) wait() (int, chan received) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last++
	ch := make(chan received, 1)
	c.waiting[c.Begin+c.last] = ch
	return c.Begin + c.last, ch
}

// forget stops waiting for an answer and lets the server stop working on it.
func (c *Client) forget(id int) {
	c.mu.Lock()
	delete(c.waiting, id)
	c.mu.Unlock()
	c.send(Request{Method: MethodCancel, Of: id})
}

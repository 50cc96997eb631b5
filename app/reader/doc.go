// Package reader is the reader's live half: what appears over the static page once
// a reader searches. It shows results while they type and articles out of the
// index, and keeps the address in step. It is made of go-app components.
//
// It knows search only as a query.Library, and the browser only as a Page, so
// all of it runs in native tests. It never touches the static page, the search
// field or the history itself.
package reader

// Package query is all that a reader knows about search: what is asked, what
// is answered and the interface between the two. It has plain types only; it
// never reads an index.
package query

// Package manifest is the table of contents of an index: its segments, and for
// each the chunks with what they hold. It is the one file of an index that is
// not named by its hash. The package never fetches a chunk.
package manifest

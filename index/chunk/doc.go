// Package chunk names, stores and fetches the files of an index. A chunk's name
// is the hash of its bytes, so a chunk never changes and whoever fetches one can
// tell whether it is whole. Stores are a folder, HTTP (in the browser) and
// memory; Verified, Packed and Cache wrap one. The package never looks into a
// chunk.
package chunk

// Package chunk names, fetches and stores the files of an index. A chunk's name
// is the hash of its bytes, so a chunk never changes and whoever fetches one can
// tell whether it is whole. An index is read from a Source and written to a Sink: a
// folder, memory, or, in the browser and for reading only, HTTP. Verified and Packed
// wrap a Source, and Cache keeps what was made of chunks. The package never looks
// into a chunk.
package chunk

// Package warmup has a small index, embedded in the program, that an engine searches
// before it answers the first real query.
//
// A browser compiles a function of wasm when it is first called. For all that a first
// search calls it needs 0.2 to 0.3 s. Without this index it would need them after the
// reader's chunks have come; with it, while they are on their way. No answer has
// anything of this index.
package warmup

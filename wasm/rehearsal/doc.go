// Package rehearsal has a small index inside of the program, for an engine to
// search before the first real query is answered.
//
// A browser compiles each function of wasm when it is first called. What a first
// search calls takes it 0.2 to 0.3 s, and those it would spend after the reader's
// chunks have come; a search of this index spends them while they are on their
// way. The package has no part in any answer.
package rehearsal

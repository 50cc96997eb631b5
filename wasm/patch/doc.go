// Package patch says what the wasm programs do without, and makes it so: a table
// of changes to other modules and to Go's own library (changes.go), and a workspace
// in which copies with these changes stand for the originals (workspace.go).
//
// A change is a list of rules. A rule that no longer matches what it is about, in
// another version of Go or of a module, is an error that names it. The sources that
// rules put in the place of others lie in stub/.
//
// It never changes the module cache, Go's own files or what other builds see.
package patch

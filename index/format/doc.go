// Package format is the byte layout of the index and nothing else: the chunk
// file and its kinds, the cursor that reads every structure, the bit codes of
// posting lists, and the errors that damage turns into. docs/index-format.md
// specifies what is here; a test compares the two. The package reads and writes
// bytes in memory; it never opens a file and knows nothing of what a term or an
// article means.
package format

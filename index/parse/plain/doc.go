// Package plain reads a text file that has no mark-up: each line that is not empty
// is a paragraph, and every character of it is the author's.
package plain

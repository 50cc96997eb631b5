// Package layout finds the articles on a newspaper page from what is printed
// where: columns, headlines, stories and their reading order. It is geometry
// over characters, lines and pictures, knows no PDF and no file, and never
// drops a character: each is in a story, in what is left over, or named as
// left out. docs/newspaper-layout.md tells how.
package layout

// Package update writes an index anew out of all articles and, where an index
// of the same settings is there already, reuses it: articles that have not
// changed stay in their segments, whose chunks stay byte for byte as they were;
// what is new goes into a small segment of its own; what is deleted is marked. Small
// segments are merged as they grow in number, so that there are never more than
// a handful. It is the package that decides which articles are new: a site asks it
// before it makes pages. It reads the old index and writes the new one; it never
// changes the old one's files.
package update

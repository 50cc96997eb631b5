// Package snippet finds where a query matches in an article and chooses the passage
// to show, from the beginning of a sentence or clause to the end of one. Matches are
// found in folded text and given as offsets of the text as written. It fetches
// nothing.
package snippet

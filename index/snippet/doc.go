// Package snippet finds where a query matches in an article, chooses the
// passage to show and cuts it at a sentence or clause. Matches are found in
// folded text and given as offsets of the text as written. It fetches nothing.
package snippet

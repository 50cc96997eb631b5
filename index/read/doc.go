// Package read opens an index and answers what is in it: the posting lists of
// a term, the articles of document numbers, the columns. It fetches only the
// chunks that an answer needs, each at most once while they fit its caches, and
// is bleve's IndexReader, so that bleve's searchers run over it. It knows
// nothing of queries, and it shares only the format with the package that
// writes.
package read

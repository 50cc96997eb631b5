// Package search is the engine: it takes a query as typed, cuts it with the
// words of the index, runs bleve's searchers over the pairs, puts exact matches
// above scattered words, compares candidates with the text where pairs alone do
// not decide, and makes hits. It runs natively and in the browser alike. It
// never writes an index and knows nothing of pages.
package search

// Package words segments Chinese into words as gse does, with its dictionary of
// simplified Chinese. It is linked when an index is built and never in the
// browser: a query is segmented with the words that the index has.
package words

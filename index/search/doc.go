// Package search is the engine: it answers a query over an index, natively and in the
// browser alike. It never writes an index and knows nothing of pages.
//
// search.go has the steps of an answer in their order; each is a package below:
//
//	plan       understands what was typed: operators, pinyin, segmentation, dates, synonyms
//	spelling   the words of the vocabulary that letters spell; for plan and suggest
//	term       what plan makes and all others look for: a word with all its forms
//	match      finds candidates in the posting lists and verifies them with their text
//	filter     filters, and the counts of facets
//	rank       the formula with all its constants, and the searchers that bleve runs
//	suggest    suggestions while one types, and corrections of what finds little
//
// The package itself makes hits, and opens articles.
package search

// Package rank orders articles. formula.go has the formula with all its constants,
// nearness.go what the text of an article adds to it; the rest are the searchers that
// bleve runs. It fetches no article, and it does not know what was typed.
package rank

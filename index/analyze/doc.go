// Package analyze turns text into what the index counts and a query asks for.
// Fold makes equal what a reader takes for equal (full and half width, upper and
// lower case, kinds of white space) and keeps, for every folded character, where
// it stands in the text as written. Bigrams are any two folded characters side
// by side, punctuation included: whatever two characters a reader pastes
// into the box, the index has them as one term. Words, below this package, segments
// Chinese into words with a dictionary and is linked at build time only.
//
// The same Fold runs when the index is built and when it is asked, so the two
// cannot disagree. The package never changes the text that is stored.
package analyze

// Package match finds the articles that match a query. Find gets candidates from the
// posting lists, Verify compares with their text those whose bigrams do not decide.
// Each step returns a value of its own and changes no other, so that their order is
// that in which one needs what another returns. The package makes no hits.
package match

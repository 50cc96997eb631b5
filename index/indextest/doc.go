// Package indextest has what tests of the index share: random articles that
// collide often, an oracle that scans their text, and stores that lose or damage
// files. Only tests import it.
package indextest

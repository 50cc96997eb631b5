// Package updatetest writes random articles over an older index, for tests of the
// packages that read one. Only tests import it.
package updatetest

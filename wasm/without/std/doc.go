// Package std has nothing of its own: beside it lie the sources that stand for
// packages of the standard library in the wasm programs (see wasm/flags.sh), and
// here the test that they do what those do.
package std

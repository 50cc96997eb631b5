// Package module takes a WebAssembly file, as Go's linker writes it, apart into its
// sections and puts it together again. It knows no layout of Go's runtime.
package module

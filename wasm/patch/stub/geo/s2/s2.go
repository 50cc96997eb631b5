// Package s2 stands in for github.com/blevesearch/geo/s2 in the wasm build, of
// which bleve's search package names one type.
package s2

// GeoBufferPool is never made.
type GeoBufferPool struct{}

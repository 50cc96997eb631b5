// Package filter narrows the documents of a query by their properties, and counts the
// values of these, the facets. It knows documents by their numbers alone and reads no
// text.
package filter

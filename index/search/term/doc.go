// Package term has the terms of a query: a word or phrase with all its forms,
// dates in other numerals among them, and the field it is asked for in. It finds a
// term in folded text. It reads no index.
package term

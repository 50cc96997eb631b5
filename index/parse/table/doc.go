// Package table reads a file of comma-separated values as articles, one a row. The
// first row names the columns.
package table

// Package record is how an article lies in a chunk of stored fields. The writer
// and the reader of the index share it; it knows the article and the bytes, and
// nothing of chunks or documents.
package record

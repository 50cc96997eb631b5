// Package article is the document model: what every parser makes, what the
// index stores and what the reader shows. It does no input or output and
// knows nothing of files, the index or the browser.
package article

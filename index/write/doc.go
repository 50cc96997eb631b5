// Package write makes an index out of articles: Add takes them one by one, in
// reading order, and Finish writes the chunks and, last, the manifest. Equal
// articles in equal order give equal bytes, on one core or on many. The package
// shares only the format with the one that reads; it never reads an index.
package write

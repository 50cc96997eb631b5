// Package serve shows a built site over HTTP the way a good host would: right
// MIME types, precompressed files, caching by content hash, and the headers of
// a strict Content-Security-Policy. Files is the handler for that alone. Run
// adds what a writer needs at home: the site is rebuilt when the content
// changes, and open pages reload.
//
// It never builds anything by itself (the caller says how), and it is not a
// server for the open internet: a site is files, and any host will do.
package serve

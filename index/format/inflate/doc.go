// Package inflate unpacks what deflate (RFC 1951) packed, where it is known how
// many bytes come out, as it is for every chunk of an index. A search unpacks a
// dozen chunks in a browser, and in wasm compress/flate takes two and a half
// times as long: it does not know the size, so that each byte goes through a
// window.
//
// It packs nothing, knows no header or checksum, and never reads or writes
// beyond what it was given, whatever the bytes say.
package inflate

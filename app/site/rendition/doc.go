// Package rendition tells how large a picture is when it is shown, and makes smaller ones
// of it, for screens that need no more. It reads what content brings and trusts none of
// it: a file that it does not understand has no size, and one with more than a hundred
// million pixels is never unpacked. It changes no file and writes none.
package rendition

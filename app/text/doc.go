// Package text has every word of the interface, in simplified and traditional
// Chinese and in English: what the pages say (Site) and how dates, counts and
// reading times are put into words. A message with a number in it is a
// function, so that each language can say it its own way.
//
// The package holds no words of articles, and it never touches HTML: whoever
// shows a message escapes it.
package text

// Package newspaper reads the text of a newspaper's page, as it comes out of a
// PDF, as the articles that were printed on it. It joins paragraphs that a
// column's end tore apart, sets captions apart from the text that they
// interrupt and reads bylines, and in all that loses no character: what it does
// not understand stays where it was, as text.
package newspaper

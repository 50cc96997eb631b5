// Package syntax parts what a reader typed into words, phrases, exclusions,
// alternatives and filters. Whatever is no operator is text: nothing that can be
// typed is an error, and no character is lost.
package syntax

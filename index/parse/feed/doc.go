// Package feed reads RSS and Atom: each item is an article. It reads what the feed
// has of an item and fetches nothing.
package feed

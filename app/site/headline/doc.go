// Package headline sets headlines so that their lines end between words: never inside a
// word or a name. It knows the words of gse's dictionary and the names that package
// entity finds, and is used when a site is built. What it adds is markup without text
// (<wbr> and <span>), so that who copies a headline or hears it read gets what its
// author wrote. The style sheet does the rest: word-break: keep-all.
package headline

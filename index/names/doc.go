// Package names finds the people, places and organisations that an article
// names, by the words and parts of speech of gse's dictionary and by the
// patterns of news: 「区委书记X」, 「X表示」, 「X街道X村」, 「X党支部」. It would
// rather miss a name than take something else for one. It is linked when an
// index is built and never in the browser, and it knows of no article but the
// one before it, so that what it finds there never depends on the others.
package names

// Package entity finds the entities that an article names: people, places and
// organisations. It goes by the words and parts of speech of gse's dictionary and by
// the patterns of news: 「区委书记X」, 「X表示」, 「X街道X村」, 「X党支部」. It would rather
// miss a name than take something else for one. It is linked when an index is built
// and never in the browser. It looks at one article alone, so that what it finds does
// not depend on the others. What an editor says in names.txt comes before what it
// finds.
package entity

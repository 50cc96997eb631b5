// Package markdown reads a Markdown file as one article: front matter, the
// first heading as title, the others as sections. It never reads a file as
// several articles; that is package newspaper's.
package markdown

// Package html reads a page of an existing site as an article: what is the
// text among menus and footers, and what the page's meta elements say of title,
// date and source. It follows no link and fetches nothing.
package html

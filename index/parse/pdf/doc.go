// Package pdf makes articles of newspaper pages that are PDF files: pdfium
// reads what is printed, layout finds the stories, and this package makes them
// articles with the edition that the page's folio, a file beside it or its name
// tells. It recognizes no characters in pictures of text.
package pdf

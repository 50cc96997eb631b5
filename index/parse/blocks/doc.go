// Package blocks turns HTML that nobody vouches for into the blocks of an
// article: it cleans it, breaks it into paragraphs, captions and blocks with a
// structure of their own, and keeps the promise that a block's Text is the text
// content of its HTML. It knows nothing of files or of where the HTML is from.
package blocks

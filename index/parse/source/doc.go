// Package source reads files the way editors leave them: with a byte order
// mark, Windows line ends or in GB18030, with front matter at the top, dates
// in a dozen spellings and half of what is known in the file's name. It
// understands nothing of an article's text.
package source

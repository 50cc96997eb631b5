// Package variants has the table of characters that are folded to others: the
// traditional with the simplified, those of Taiwan, Hong Kong and Japan with the
// common, and the doubles that Unicode has of some. It is linked when an index
// is built and never in the browser, which gets what it needs with the index.
//
// The table goes by characters, not by words: 乾, 幹 and 干 are one in it, as
// whoever types one of them may mean any. Where OpenCC takes a traditional
// character for a simplified one by itself only in some words (瞭, 著, 覆), it
// stays what it is, for simplified text has it, too.
package variants

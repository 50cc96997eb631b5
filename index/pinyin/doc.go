// Package pinyin says how words are pronounced: in syllables without tones. A
// character with several pronunciations has that of the phrase that it stands in. The
// package is linked when an index is written and never in the browser: an index has
// the pronunciations of its own words.
package pinyin

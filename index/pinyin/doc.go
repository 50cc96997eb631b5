// Package pinyin tells how words are read: the syllables of a word without
// tones, characters with several readings as the phrase that they stand in has
// them. It is linked when an index is written and never in the browser, to which
// the index brings the readings of its own words.
package pinyin

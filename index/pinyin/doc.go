// Package pinyin tells how words are read: the syllables of a word without
// tones, characters with several pronunciations as the phrase that they stand in has
// them. It is linked when an index is written and never in the browser, to which
// the index brings the pronunciations of its own words.
package pinyin

// Package spelling finds the words of an index's vocabulary that what was typed
// spells: in pinyin, whole or in initials, in characters, or in both. It decides
// nothing about a query.
package spelling

// Package plan understands a query. A Planner makes a Plan of what was typed: it
// parses the operators, reads pinyin as words, segments the rest along the words of
// the index, and adds the other forms of a word: dates in other numerals, synonyms.
// It looks no article up and knows no score.
package plan

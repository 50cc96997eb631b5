// Package jsonl reads JSON Lines, an article a line, as other programs write
// them. It reads line by line, however large the file, and a bad line costs
// nothing but itself.
package jsonl

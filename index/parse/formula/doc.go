// Package formula turns formulas in TeX into MathML at build time, so that no page
// needs a script for them. It takes nothing on trust: what the library that it
// uses does not know, or what is not plain MathML in the end, is no formula, and
// whoever asked shows the TeX instead. It never reads Markdown or HTML.
package formula

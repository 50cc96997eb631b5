// Package fullwidth shows the half-width punctuation between Chinese characters, which
// text out of PDF files often has, in its full-width form: ",;:?!()" as "，；：？！（）".
// It changes what is shown and never what is stored, searched or handed to programs.
// Each character takes the place of one character, so that what counts in characters
// stays; what counts in bytes, as marks do, has to be applied first. Figures, Latin
// text, addresses, code and formulas stay as their author wrote them. The package is
// linked into the generator and into both wasm programs, so it uses no table of
// Unicode and no parser of HTML.
package fullwidth

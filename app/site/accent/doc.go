// Package accent puts a paper's own colour in the place of Kanbao's in the style
// sheet that has all colours, and says where it could not be read. It changes no
// other colour, and never one that the editor has chosen.
package accent

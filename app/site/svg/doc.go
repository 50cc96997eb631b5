// Package svg makes an SVG picture of an author safe to publish. A browser may
// open a picture by itself, as a page of the site, and then everything in it
// counts: scripts, links, style sheets, what it fetches.
//
// Clean reads the file as XML and writes a new one out of elements and attributes
// that are known to draw and to do nothing else. Styles become presentation
// attributes, because a site's policy forbids styles within a page. The package
// never copies a byte of mark-up, and never draws anything itself.
package svg

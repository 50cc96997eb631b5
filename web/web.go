// Package web has the files that a site serves as they are: scripts, style
// sheets, icons and, in built/, the wasm programs that build.sh makes. It names
// no file; whoever makes a site decides what becomes of each.
package web

import (
	"embed"
	"io/fs"
)

//go:embed *.js *.d.ts css icons han/*.txt npm all:built
var files embed.FS

// Files returns the files, by their paths relative to this package.
func Files() fs.FS { return files }

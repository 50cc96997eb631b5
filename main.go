// Command kanbao turns a folder of articles into a static site with a reader
// and full-text search that runs in the visitor's browser.
package main

import (
	"os"

	"github.com/kanbao/kanbao/app/command"
)

func main() { os.Exit(command.Main(os.Args[1:])) }

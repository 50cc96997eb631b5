package site

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/kanbao/kanbao/index/chunk"
)

// inventoryName is the file that says what a site consists of, so that the next
// build need not make again what would come out the same. Nothing on the site
// reads it; a site without it works, and is built anew as a whole.
const inventoryName = "kanbao/files.txt"

// A file is one file of a site.
type file struct {
	sum    string // of its bytes
	inputs string // a hash of all that its bytes depend on, or unknown
	size   int64
}

// unknown are the inputs of a file that is made anew in every build.
const unknown = "-"

// An inventory has the files of a site by name.
type inventory map[string]file

const inventoryHead = "kanbao files 1 "

// bytes are a line with a hash of all others and then one for each file.
func (v inventory) bytes() []byte {
	var lines []byte
	for _, name := range sortedKeys(v) {
		f := v[name]
		lines = fmt.Appendf(lines, "%s %s %d %s\n", f.sum, f.inputs, f.size, name)
	}
	return append([]byte(inventoryHead+chunk.Sum(lines).String()+"\n"), lines...)
}

// readInventory answers nothing if any byte is not as it was written.
func readInventory(data []byte) inventory {
	head, lines, _ := bytes.Cut(data, []byte("\n"))
	if string(head) != inventoryHead+chunk.Sum(lines).String() {
		return nil
	}
	v := make(inventory, bytes.Count(lines, []byte("\n")))
	for line := range strings.Lines(string(lines)) {
		parts := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 4)
		if len(parts) < 4 {
			return nil
		}
		size, err := strconv.ParseInt(parts[2], 10, 64)
		if err != nil {
			return nil
		}
		v[parts[3]] = file{parts[0], parts[1], size}
	}
	return v
}

// A stock is what stands in a folder before a build.
type stock struct {
	sum   string    // of its inventory, empty if nothing in it can be used again
	files inventory // those that are as the last build has left them
	names []string  // of all files, also those that Kanbao did not make
	dirs  []string  // of all folders, each before those in it
}

// takeStock looks at what stands in a folder. A file is as the last build has
// left it if it has the size that the inventory says and has not been changed
// since the inventory was written, which was last.
func takeStock(dir string) *stock {
	path := filepath.Join(dir, filepath.FromSlash(inventoryName))
	info, err := os.Stat(path)
	if err != nil {
		return new(stock)
	}
	data, err := os.ReadFile(path)
	listed := readInventory(data)
	if err != nil || listed == nil {
		return new(stock)
	}
	s := &stock{sum: chunk.Sum(data).String(), files: make(inventory, len(listed))}
	err = fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			s.dirs = append(s.dirs, name)
			return nil
		}
		s.names = append(s.names, name)
		f, ok := listed[name]
		if !ok || !d.Type().IsRegular() {
			return nil
		}
		found, err := d.Info()
		if err == nil && found.Size() == f.size && !found.ModTime().After(info.ModTime()) {
			s.files[name] = f
		}
		return err
	})
	if err != nil {
		return new(stock)
	}
	return s
}

package site

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/kanbao/kanbao/index/chunk"
)

// inventoryName is the file that says what a site consists of: which files a
// build may take away or replace, since a build has made them, and which it need
// not make again, since they would come out the same. Nothing on the site reads
// it.
const inventoryName = "kanbao/files.txt"

// A file is one file of a site.
type file struct {
	sum    string // of its bytes, or unknown
	inputs string // a hash of all that its bytes depend on, or unknown
	size   int64
}

// unknown are the inputs of a file that is made anew in every build, and the sum
// of one that was being replaced when the list was written.
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

// readInventory answers nothing if any byte is not as it was written, or if a
// name leads out of the folder: what the list names may be taken away.
func readInventory(data []byte) inventory {
	head, lines, _ := bytes.Cut(data, []byte("\n"))
	if string(head) != inventoryHead+chunk.Sum(lines).String() {
		return nil
	}
	v := make(inventory, bytes.Count(lines, []byte("\n")))
	for line := range strings.Lines(string(lines)) {
		parts := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 4)
		if len(parts) < 4 || !fs.ValidPath(parts[3]) {
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
	sum     string    // of its inventory, empty if there is none that can be read
	listed  inventory // what builds have made there, as the inventory says
	files   inventory // those of them that are as the last build has left them
	foreign bool      // there is something that no build has made
	dirs    []string  // of all folders with something listed, each before those in it
}

// takeStock looks at what stands in a folder. A file is as the last build has
// left it if it has the size that the inventory says and has not been changed
// since the inventory was written, which was last. With verify its bytes are
// compared with the inventory as well.
func takeStock(dir string, verify bool) (*stock, error) {
	s := &stock{files: make(inventory)}
	list := filepath.Join(dir, filepath.FromSlash(inventoryName))
	info, err := os.Lstat(list)
	if err == nil && info.Mode().IsRegular() {
		data, err := os.ReadFile(list)
		if err != nil {
			return nil, err
		}
		if s.listed = readInventory(data); s.listed != nil {
			s.sum = chunk.Sum(data).String()
		}
	}
	ours := make(map[string]bool)
	for name := range s.listed {
		for dir := path.Dir(name); !ours[dir]; dir = path.Dir(dir) {
			ours[dir] = true
		}
	}
	return s, fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (ours[name] || name == "."):
			s.dirs = append(s.dirs, name)
			return nil
		case d.IsDir():
			s.foreign = true
			return fs.SkipDir
		case name == inventoryName || name == lockName:
			return nil
		}
		f, ok := s.listed[name]
		if !ok {
			s.foreign = true
		}
		if !ok || !d.Type().IsRegular() || f.sum == unknown {
			return nil
		}
		found, err := d.Info()
		if err == nil && found.Size() == f.size && !found.ModTime().After(info.ModTime()) &&
			(!verify || sumOf(filepath.Join(dir, filepath.FromSlash(name))) == f.sum) {
			s.files[name] = f
		}
		return err
	})
}

// sumOf is the hash of a file as an inventory has it, empty if it cannot be read.
func sumOf(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return chunk.Sum(data).String()
}

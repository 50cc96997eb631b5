package parse

import (
	"io/fs"

	"github.com/kanbao/kanbao/index/parse/source"
)

// contentFiles are the files of the content that others may include, by the rules
// by which articles are read.
type contentFiles struct {
	folder string
	most   int64
}

// Open implements fs.FS.
func (f contentFiles) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	file, err := source.Open(f.folder, name, f.most)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return file, nil
}

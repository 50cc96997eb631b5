package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// MostText is how many bytes a text file of the content may have, if the settings
// do not say otherwise.
const MostText = 64 << 20

// Open opens a file of the content: name is relative to folder, with slashes. Only
// a regular file of at most most bytes is opened. A link is followed as long as it
// leads, by relative names, to such a file below the folder. The error of what is
// no such file says what it is, and nothing of what is in it; it is fs.ErrNotExist
// where there is nothing of that name.
func Open(folder, name string, most int64) (*os.File, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	name = filepath.FromSlash(name)
	link, err := root.Lstat(name)
	if err != nil {
		return nil, cause(err)
	}
	info, err := root.Stat(name)
	if err != nil && link.Mode()&fs.ModeSymlink != 0 {
		return nil, errors.New("is a link that leads out of the content folder, or to nothing; put the file itself there")
	}
	if err == nil {
		err = check(info, most)
	}
	if err != nil {
		return nil, cause(err)
	}
	// What is no file any more by now must not hold us up.
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, cause(err)
	}
	if info, err = f.Stat(); err == nil {
		err = check(info, most)
	}
	if err != nil {
		f.Close()
		return nil, cause(err)
	}
	return f, nil
}

// check reports whether something is a file that may be read whole.
func check(info fs.FileInfo, most int64) error {
	switch mode := info.Mode(); {
	case mode.IsDir():
		return errors.New("is a folder, and a file is expected")
	case !mode.IsRegular():
		return errors.New("is no regular file, but a pipe, a device or the like")
	case info.Size() > most:
		return fmt.Errorf("has %.1f MB, and at most %d MB are read; largest_text and largest_file in kanbao.toml set the limit", float64(info.Size())/(1<<20), most>>20)
	}
	return nil
}

// cause is an error without the path that it names.
func cause(err error) error {
	var fault *fs.PathError
	if errors.As(err, &fault) {
		return fault.Err
	}
	return err
}

// Read reads what Open opens.
func Read(folder, name string, most int64) ([]byte, error) {
	f, err := Open(folder, name, most)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = errors.New("grows while it is read")
	}
	return data, err
}

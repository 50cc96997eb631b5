package write

import (
	"io"
	"os"
)

// A spool keeps bytes that are needed again at the end: in memory while they are
// few, in a temporary file beyond that. Its zero value is empty; reading is for
// any number of goroutines once everything is written.
type spool struct {
	limit   int    // bytes in memory
	buf     []byte // what is not in the file yet
	file    *os.File
	flushed int64 // bytes in the file
}

// An extent is a stretch of a spool.
type extent struct {
	at int64
	n  int
}

// size returns how many bytes were written.
func (s *spool) size() int64 { return s.flushed + int64(len(s.buf)) }

// Write implements io.Writer.
func (s *spool) Write(b []byte) (int, error) {
	s.buf = append(s.buf, b...)
	if len(s.buf) < s.limit {
		return len(b), nil
	}
	if s.file == nil {
		file, err := os.CreateTemp("", "kanbao-build-")
		if err != nil {
			return 0, err
		}
		s.file = file
		// Where the system lets an open file go, nothing can be left behind.
		_ = os.Remove(file.Name())
	}
	n, err := s.file.Write(s.buf)
	s.flushed += int64(n)
	s.buf = s.buf[:0]
	return len(b), err
}

// add writes b and returns where it is.
func (s *spool) add(b []byte) (extent, error) {
	e := extent{s.size(), len(b)}
	_, err := s.Write(b)
	return e, err
}

// read returns what is at e.
func (s *spool) read(e extent) ([]byte, error) {
	b := make([]byte, e.n)
	_, err := s.ReadAt(b, e.at)
	return b, err
}

// ReadAt implements io.ReaderAt.
func (s *spool) ReadAt(b []byte, at int64) (int, error) {
	n := 0
	if at < s.flushed {
		var err error
		n, err = s.file.ReadAt(b[:min(int64(len(b)), s.flushed-at)], at)
		if err != nil {
			return n, err
		}
	}
	if from := at + int64(n) - s.flushed; n < len(b) && from < int64(len(s.buf)) {
		n += copy(b[n:], s.buf[from:])
	}
	if n < len(b) {
		return n, io.ErrUnexpectedEOF
	}
	return n, nil
}

// close gives everything up.
func (s *spool) close() {
	if s.file != nil {
		// What was to be kept is in the index; a temporary file has no other use.
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
	*s = spool{}
}

package harness

import (
	"net/http"
	"sync"
	"time"
)

// A Line is a slow connection that all requests share, those of workers, too.
type Line struct {
	Latency time.Duration // before each answer
	Rate    int           // bytes a second

	mu   sync.Mutex
	free time.Time // when all that was sent so far has gone through
}

// Slow has everything sent through a line from now on. It is to be called before the
// first request.
func (s *Server) Slow(l *Line) { s.line = l }

// piece is what a line lets through at a time, so that requests share it.
const piece = 4 << 10

// send waits until n more bytes have gone through.
func (l *Line) send(n int) {
	l.mu.Lock()
	if now := time.Now(); l.free.Before(now) {
		l.free = now
	}
	l.free = l.free.Add(time.Duration(n) * time.Second / time.Duration(l.Rate))
	until := l.free
	l.mu.Unlock()
	time.Sleep(time.Until(until))
}

type slowWriter struct {
	http.ResponseWriter
	line *Line
}

func (w *slowWriter) Write(b []byte) (n int, err error) {
	for len(b) > 0 && err == nil {
		part := b[:min(len(b), piece)]
		w.line.send(len(part))
		var m int
		m, err = w.ResponseWriter.Write(part)
		n, b = n+m, b[len(part):]
		if f, ok := w.ResponseWriter.(http.Flusher); ok && err == nil {
			f.Flush()
		}
	}
	return n, err
}

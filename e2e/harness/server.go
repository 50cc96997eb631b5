package harness

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/kanbao/kanbao/app/serve"
)

// A Server serves a site under Base, and what a test adds to the same origin.
type Server struct {
	Base string // path of the site, with a slash at both ends

	mux  *http.ServeMux
	addr string
	line *Line // or nil

	mu        sync.Mutex
	http      *http.Server
	requests  []Request
	intercept func(w http.ResponseWriter, r *http.Request) bool
}

// A Request is one that has been answered.
type Request struct {
	Path   string
	Status int
	Bytes  int64 // of the body, as sent
}

// Serve serves the site in dir below base at a free port.
func Serve(dir, base string) (*Server, error) {
	s := &Server{Base: base, mux: http.NewServeMux()}
	s.mux.Handle("/", serve.Files(dir, base))
	s.addr = "127.0.0.1:0"
	if err := s.Start(); err != nil {
		return nil, err
	}
	return s, nil
}

// Start serves, at the address of before if the server was stopped.
func (s *Server) Start() error {
	listener, err := net.Listen("tcp", s.addr)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.addr = listener.Addr().String()
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	go s.http.Serve(listener) //nolint:errcheck // always ErrServerClosed, after Stop
	return nil
}

// Stop breaks all connections and answers nothing any more.
func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.http.Close()
}

// Origin returns "http://host:port".
func (s *Server) Origin() string { return "http://" + s.addr }

// URL returns the address of a path of the site.
func (s *Server) URL(rel string) string { return s.Origin() + s.Base + rel }

// Page adds a page to the origin, outside of the site, under the strict policy.
func (s *Server) Page(path, html string) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", serve.ContentSecurityPolicy)
		fmt.Fprint(w, html)
	})
}

// Intercept asks f about every request from now on. If f returns true it has
// answered. A nil f ends this.
func (s *Server) Intercept(f func(w http.ResponseWriter, r *http.Request) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.intercept = f
}

// WithoutPolicy answers as the server does, but without the policy, for Intercept.
func (s *Server) WithoutPolicy(w http.ResponseWriter, r *http.Request) bool {
	return s.WithPolicy(w, r, "")
}

// WithPolicy answers as the server does, but with another policy, for Intercept.
func (s *Server) WithPolicy(w http.ResponseWriter, r *http.Request, policy string) bool {
	s.answer(underPolicy{w, policy}, r)
	return true
}

// underPolicy changes the policy of what is answered.
type underPolicy struct {
	http.ResponseWriter
	policy string // "" for none
}

func (u underPolicy) WriteHeader(status int) {
	u.Header().Del("Content-Security-Policy")
	if u.policy != "" {
		u.Header().Set("Content-Security-Policy", u.policy)
	}
	u.ResponseWriter.WriteHeader(status)
}

// Requests returns what has been answered so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// Forget empties the list of requests.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = nil
}

// Count returns how many requests had a path that contains part.
func (s *Server) Count(part string) int {
	n := 0
	for _, r := range s.Requests() {
		if strings.Contains(r.Path, part) {
			n++
		}
	}
	return n
}

// ServeHTTP answers and remembers.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	intercept := s.intercept
	s.mu.Unlock()
	counted := &countingWriter{ResponseWriter: w, status: http.StatusOK}
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.requests = append(s.requests, Request{Path: r.URL.Path, Status: counted.status, Bytes: counted.bytes})
	}()
	var to http.ResponseWriter = counted
	if s.line != nil {
		time.Sleep(s.line.Latency)
		to = &slowWriter{counted, s.line}
	}
	if intercept != nil && intercept(to, r) {
		return
	}
	s.answer(to, r)
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	// Every browser asks for it at the root of the host, which is not ours.
	if r.URL.Path == "/favicon.ico" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	s.mux.ServeHTTP(w, r)
}

type countingWriter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (c *countingWriter) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

// Flush implements http.Flusher.
func (c *countingWriter) Flush() {
	if f, ok := c.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}

func (c *countingWriter) Write(b []byte) (int, error) {
	n, err := c.ResponseWriter.Write(b)
	c.bytes += int64(n)
	return n, err
}

// PageWith is Page with other headers than the strict policy, each "Name: value".
func (s *Server) PageWith(path, html string, headers ...string) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			w.Header().Set(name, value)
		}
		fmt.Fprint(w, html)
	})
}

// Share has every file of the site sent with a header that lets pages of all origins
// read it.
func (s *Server) Share() {
	s.Intercept(func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		return false
	})
}

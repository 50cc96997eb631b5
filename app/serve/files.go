package serve

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"time"
)

// Files returns a handler for the site in dir below base, which begins and ends
// with a slash. The folder is looked up for each request, so that it may be
// swapped for another at any time.
func Files(dir, base string) http.Handler { return &files{dir: dir, base: base} }

type files struct {
	dir  string
	base string
	// script, if set, is the address of a script that is added to every page.
	script string
}

func (f *files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	setSecurityHeaders(w.Header())
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD are answered here", http.StatusMethodNotAllowed)
		return
	}
	if r.URL.Path+"/" == f.base || r.URL.Path == "/" && f.base != "/" {
		http.Redirect(w, r, f.base, http.StatusFound)
		return
	}
	rest, ok := strings.CutPrefix(r.URL.Path, f.base)
	if !ok {
		http.Error(w, "the site is at "+f.base, http.StatusNotFound)
		return
	}
	root, err := openSite(f.dir)
	if err != nil {
		http.Error(w, "there is no built site to show yet", http.StatusServiceUnavailable)
		return
	}
	defer root.Close()
	allowPictures(w.Header(), root)
	f.serve(w, r, root, rest)
}

// openSite opens the site's folder. It is missing for the blink of an eye while
// a new one is swapped in, so it is tried a few times.
func openSite(dir string) (*os.Root, error) {
	for try := 0; ; try++ {
		root, err := os.OpenRoot(dir)
		if err == nil || try == 10 || !errors.Is(err, fs.ErrNotExist) {
			return root, err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// serve answers with the file at rest, a path below the site's root. The root
// opens nothing outside of itself, whatever rest and symbolic links say.
func (f *files) serve(w http.ResponseWriter, r *http.Request, root *os.Root, rest string) {
	if rest == "" || strings.HasSuffix(rest, "/") {
		rest += "index.html"
	}
	name := path.Clean(rest)
	if name != rest || !fs.ValidPath(name) {
		f.notFound(w, r, root)
		return
	}
	info, err := root.Stat(name)
	if err != nil {
		f.notFound(w, r, root)
		return
	}
	if info.IsDir() {
		// Relative, so that it is right behind any proxy.
		target := (&url.URL{Path: "./" + path.Base(name) + "/", RawQuery: r.URL.RawQuery}).String()
		w.Header().Set("Location", target)
		w.WriteHeader(http.StatusMovedPermanently)
		return
	}
	w.Header().Set("Content-Type", contentType(name))
	w.Header().Set("Cache-Control", cacheControl(name))
	if f.script != "" && path.Ext(name) == ".html" {
		f.servePage(w, r, root, name, http.StatusOK)
		return
	}
	f.serveFile(w, r, root, name)
}

// serveFile sends the file, or the smallest form of it that lies beside it and
// that the browser accepts. A part of a file is always sent as it is.
func (f *files) serveFile(w http.ResponseWriter, r *http.Request, root *os.Root, name string) {
	for _, e := range encodings {
		file, info, err := openFile(root, name+e.suffix)
		if err != nil {
			continue
		}
		defer file.Close()
		w.Header().Set("Vary", "Accept-Encoding")
		if r.Header.Get("Range") == "" && accepts(r.Header.Get("Accept-Encoding"), e.name) {
			w.Header().Set("Content-Encoding", e.name)
			// ServeContent leaves the length out where there is an encoding.
			w.Header().Set("Content-Length", fmt.Sprint(info.Size()))
			serveContent(w, r, info, e.name, file)
			return
		}
	}
	file, info, err := openFile(root, name)
	if err != nil {
		f.notFound(w, r, root)
		return
	}
	defer file.Close()
	serveContent(w, r, info, "", file)
}

func openFile(root *os.Root, name string) (*os.File, fs.FileInfo, error) {
	file, err := root.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = fs.ErrNotExist
	}
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

func serveContent(w http.ResponseWriter, r *http.Request, info fs.FileInfo, coding string, content io.ReadSeeker) {
	w.Header().Set("ETag", fmt.Sprintf(`"%x-%x%s"`, info.ModTime().UnixNano(), info.Size(), coding))
	http.ServeContent(w, r, "", info.ModTime(), content)
}

// servePage sends an HTML file with the script added at the end of its head.
func (f *files) servePage(w http.ResponseWriter, r *http.Request, root *os.Root, name string, status int) {
	page, err := root.ReadFile(name)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if f.script != "" {
		tag := fmt.Sprintf("<script type=\"module\" src=%q></script>", f.script)
		page = bytes.Replace(page, []byte("</head>"), []byte(tag+"</head>"), 1)
	}
	w.Header().Set("Content-Length", fmt.Sprint(len(page)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		// An error here means that the browser has gone away.
		_, _ = w.Write(page)
	}
}

// notFound answers with the site's own page for that.
func (f *files) notFound(w http.ResponseWriter, r *http.Request, root *os.Root) {
	w.Header().Set("Cache-Control", "no-cache")
	if _, err := root.Stat("404.html"); err != nil {
		http.Error(w, "404: there is no such page", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", contentType("404.html"))
	f.servePage(w, r, root, "404.html", http.StatusNotFound)
}

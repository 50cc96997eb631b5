package serve

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

const engine = "kanbao/engine-0123456789abcdef.wasm"

// writeSite writes a small site and returns its folder. Beside it lies a file
// that nobody may read.
func writeSite(t *testing.T) string {
	t.Helper()
	parent := t.TempDir()
	dir := filepath.Join(parent, "site")
	wasm := strings.Repeat("\x00asm 看报", 100)
	write := func(name, content string) {
		t.Helper()
		p := filepath.Join(parent, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("secret.txt", "secret")
	write("site/index.html", "<!doctype html><head><title>看报</title></head><p>首页")
	write("site/404.html", "<!doctype html><head></head><p>没有这一页")
	write("site/a/潮汐/index.html", "<!doctype html><head></head><p>潮汐")
	write("site/index/manifest.kb", "manifest")
	write("site/index/0123456789abc.kb", "0123456789")
	write("site/manifest.webmanifest", "{}")
	write("site/kanbao.js", "export {}")
	write("site/"+engine, wasm)
	write("site/"+engine+".gz", pack(t, wasm, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }))
	write("site/"+engine+".br", pack(t, wasm, func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) }))
	if err := os.Symlink(filepath.Join(parent, "secret.txt"), filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func pack(t *testing.T, s string, open func(io.Writer) io.WriteCloser) string {
	t.Helper()
	var b bytes.Buffer
	w := open(&b)
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func get(h http.Handler, method, target string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestFilesHaveTheirTypeAndTheirCaching(t *testing.T) {
	h := Files(writeSite(t), "/news/")
	const forever, ask = "public, max-age=31536000, immutable", "no-cache"
	for _, c := range []struct{ path, contentType, cache string }{
		{"", "text/html; charset=utf-8", ask},
		{"a/%E6%BD%AE%E6%B1%90/", "text/html; charset=utf-8", ask},
		{"kanbao.js", "text/javascript; charset=utf-8", ask},
		{"manifest.webmanifest", "application/manifest+json", ask},
		{"index/manifest.kb", "application/octet-stream", ask},
		{"index/0123456789abc.kb", "application/octet-stream", forever},
		{engine, "application/wasm", forever},
	} {
		w := get(h, "GET", "/news/"+c.path)
		if w.Code != 200 {
			t.Errorf("%s: status %d, want 200", c.path, w.Code)
		}
		if got := w.Header().Get("Content-Type"); got != c.contentType {
			t.Errorf("%s: type %q, want %q", c.path, got, c.contentType)
		}
		if got := w.Header().Get("Cache-Control"); got != c.cache {
			t.Errorf("%s: caching %q, want %q", c.path, got, c.cache)
		}
	}
}

func TestEveryAnswerHasTheSecurityHeaders(t *testing.T) {
	h := Files(writeSite(t), "/news/")
	for _, target := range []string{"/news/", "/news/kanbao.js", "/news/none", "/elsewhere", "/news/a"} {
		header := get(h, "GET", target).Header()
		if csp := header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, ContentSecurityPolicy) {
			t.Errorf("%s: policy %q, want it to begin with %q", target, csp, ContentSecurityPolicy)
		}
		for _, name := range []string{"X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"} {
			if header.Get(name) == "" {
				t.Errorf("%s: no %s", target, name)
			}
		}
	}
}

func TestPrecompressedFileIsSentToWhoAcceptsIt(t *testing.T) {
	dir := writeSite(t)
	h := Files(dir, "/")
	want, err := os.ReadFile(filepath.Join(dir, engine))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ accept, coding string }{
		{"gzip, deflate, br, zstd", "br"},
		{"gzip", "gzip"},
		{"br;q=0, gzip;q=0.5", "gzip"},
		{"*", "br"},
		{"*;q=0", ""},
		{"identity", ""},
		{"", ""},
		{"br;q=high", ""},
	} {
		w := get(h, "GET", "/"+engine, "Accept-Encoding", c.accept)
		if got := w.Header().Get("Content-Encoding"); got != c.coding {
			t.Errorf("Accept-Encoding %q: sent as %q, want %q", c.accept, got, c.coding)
			continue
		}
		if w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: caches are not told that the answer varies", c.accept)
		}
		if w.Header().Get("Content-Type") != "application/wasm" {
			t.Errorf("Accept-Encoding %q: type is %q", c.accept, w.Header().Get("Content-Type"))
		}
		if got := unpack(t, c.coding, w.Body); !bytes.Equal(got, want) {
			t.Errorf("Accept-Encoding %q: the file came out different", c.accept)
		}
	}
}

func unpack(t *testing.T, coding string, r io.Reader) []byte {
	t.Helper()
	switch coding {
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		zr, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = zr
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPartOfAFileIsSentUncompressed(t *testing.T) {
	h := Files(writeSite(t), "/")
	w := get(h, "GET", "/index/0123456789abc.kb", "Range", "bytes=2-4")
	if w.Code != http.StatusPartialContent || w.Body.String() != "234" {
		t.Errorf("status %d, body %q; want 206 and %q", w.Code, w.Body, "234")
	}
	w = get(h, "GET", "/"+engine, "Range", "bytes=1-3", "Accept-Encoding", "br")
	if w.Header().Get("Content-Encoding") != "" || w.Body.String() != "asm" {
		t.Errorf("coding %q, body %q; want none and %q", w.Header().Get("Content-Encoding"), w.Body, "asm")
	}
}

func TestHeadHasTheHeadersAndNoBody(t *testing.T) {
	h := Files(writeSite(t), "/")
	for _, target := range []string{"/", "/" + engine, "/none"} {
		a, b := get(h, "GET", target), get(h, "HEAD", target)
		if b.Body.Len() != 0 {
			t.Errorf("HEAD %s has a body of %d bytes", target, b.Body.Len())
		}
		if a.Code != b.Code || a.Header().Get("Content-Length") != b.Header().Get("Content-Length") {
			t.Errorf("HEAD %s: status %d, length %s; GET: %d, %s", target,
				b.Code, b.Header().Get("Content-Length"), a.Code, a.Header().Get("Content-Length"))
		}
	}
}

func TestUnchangedFileIsNotSentAgain(t *testing.T) {
	h := Files(writeSite(t), "/")
	etag := get(h, "GET", "/kanbao.js").Header().Get("ETag")
	if w := get(h, "GET", "/kanbao.js", "If-None-Match", etag); w.Code != http.StatusNotModified {
		t.Errorf("status %d, want 304 for ETag %s", w.Code, etag)
	}
	br := get(h, "GET", "/"+engine, "Accept-Encoding", "br").Header().Get("ETag")
	if plain := get(h, "GET", "/"+engine).Header().Get("ETag"); br == plain {
		t.Errorf("both forms of the engine have the ETag %s", br)
	}
}

func TestMissingPageIsTheSitesOwn(t *testing.T) {
	h := Files(writeSite(t), "/news/")
	w := get(h, "GET", "/news/a/none/")
	if w.Code != 404 || !strings.Contains(w.Body.String(), "没有这一页") {
		t.Errorf("status %d, body %q; want 404 and the site's 404.html", w.Code, w.Body)
	}
	if w := get(h, "GET", "/other/"); w.Code != 404 || strings.Contains(w.Body.String(), "没有这一页") {
		t.Errorf("outside of the site: status %d, body %q", w.Code, w.Body)
	}
}

func TestFolderWithoutSlashIsRedirected(t *testing.T) {
	h := Files(writeSite(t), "/news/")
	for _, c := range []struct {
		target   string
		status   int
		location string
	}{
		{"/news/a/%E6%BD%AE%E6%B1%90?q=%E6%BD%AE", 301, "./%E6%BD%AE%E6%B1%90/?q=%E6%BD%AE"},
		{"/news", 302, "/news/"},
		{"/", 302, "/news/"},
	} {
		w := get(h, "GET", c.target)
		if w.Code != c.status || w.Header().Get("Location") != c.location {
			t.Errorf("%s: %d to %q, want %d to %q", c.target, w.Code, w.Header().Get("Location"), c.status, c.location)
		}
	}
}

func TestNothingOutsideOfTheSiteIsServed(t *testing.T) {
	h := Files(writeSite(t), "/")
	for _, p := range []string{"/../secret.txt", "/a/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
		"/link.txt", "//secret.txt", "/./kanbao.js", "/a\x00/"} {
		r := httptest.NewRequest("GET", "/", nil)
		r.URL.Path = strings.NewReplacer("%2e", ".", "%2f", "/").Replace(p)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 404 || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%q: status %d, body %q; want 404", p, w.Code, w.Body)
		}
	}
}

func TestOnlyReadingIsAllowed(t *testing.T) {
	w := get(Files(writeSite(t), "/"), "POST", "/")
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: status %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
}

func TestFilesFollowASwappedFolder(t *testing.T) {
	dir := writeSite(t)
	h := Files(dir, "/")
	if err := os.Rename(dir, dir+".old"); err != nil {
		t.Fatal(err)
	}
	if w := get(h, "GET", "/"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("without a site: status %d, want 503", w.Code)
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte("新的首页"), 0o644); err != nil {
		t.Fatal(err)
	}
	if w := get(h, "GET", "/"); w.Body.String() != "新的首页" {
		t.Errorf("after the swap: %q", w.Body)
	}
}

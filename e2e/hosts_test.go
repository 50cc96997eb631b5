package e2e

import (
	"compress/gzip"
	"mime"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Hosts differ in what they compress. On each the engine comes in the smallest form
// that the host can send, and once: it is most of what a first search waits for.
func TestEngineComesOnceInTheSmallestForm(t *testing.T) {
	for name, host := range map[string]struct {
		answer func(http.ResponseWriter, *http.Request, string) bool
		want   []string // how the addresses end that were asked for
		allow  string
	}{
		"sends what lies compressed beside a file": {nil, []string{".wasm"}, ""},
		"compresses nothing":                       {sendPlain, []string{".wasm.gz"}, ""},
		"compresses itself":                        {sendGzipped, []string{".wasm.gz"}, ""},
		"got only the files themselves":            {sendUnpacked, []string{".wasm.gz", ".wasm"}, "404"},
	} {
		t.Run(name, func(t *testing.T) {
			p := prepare(t, sample)
			if host.allow != "" {
				p.tab.Allow(host.allow)
			}
			if host.answer != nil {
				p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
					rel, ours := strings.CutPrefix(r.URL.Path, base)
					return ours && host.answer(w, r, filepath.Join(sample, filepath.FromSlash(rel)))
				})
			}
			p.server.Page("/gov/", strings.Replace(foreign, ` href="data:,"`, ` href="/favicon.ico"`, 1))
			p.must(p.tab.Open(p.server.Origin() + "/gov/"))
			if n := eval[int](p, `import("`+base+`kanbao.js").then(async ({ open }) => (await (await open()).search("`+word+`")).total)`); n == 0 {
				t.Error("nothing is found")
			}
			var asked []string
			for _, r := range p.server.Requests() {
				if file := path.Base(r.Path); strings.Contains(file, ".wasm") {
					asked = append(asked, file[strings.Index(file, "."):])
				}
			}
			if !slices.Equal(asked, host.want) {
				t.Errorf("asked for %q, want %q", asked, host.want)
			}
		})
	}
}

// sendPlain is a host that sends files as they are.
func sendPlain(w http.ResponseWriter, _ *http.Request, file string) bool {
	data, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	w.Header().Set("Content-Type", mime.TypeByExtension(filepath.Ext(file)))
	_, err = w.Write(data)
	return err == nil
}

// sendGzipped is one that compresses what its types say is worth it.
func sendGzipped(w http.ResponseWriter, r *http.Request, file string) bool {
	ext := filepath.Ext(file)
	if !slices.Contains([]string{".js", ".wasm"}, ext) {
		return sendPlain(w, r, file)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	w.Header().Set("Content-Type", mime.TypeByExtension(ext))
	w.Header().Set("Content-Encoding", "gzip")
	zw := gzip.NewWriter(w)
	if _, err := zw.Write(data); err != nil {
		return false
	}
	return zw.Close() == nil
}

// sendUnpacked is one to which nobody copied the compressed files.
func sendUnpacked(w http.ResponseWriter, r *http.Request, file string) bool {
	if ext := filepath.Ext(file); ext == ".gz" || ext == ".br" {
		http.NotFound(w, r)
		return true
	}
	return sendPlain(w, r, file)
}

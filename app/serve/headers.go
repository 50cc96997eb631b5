package serve

import (
	"encoding/json"
	"net/http"
	"os"
	"path"
	"regexp"
	"strings"
)

// ContentSecurityPolicy is what every page of a site works under.
const ContentSecurityPolicy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'"

// securityHeaders are sent with every answer. docs/hosting.md shows how to send
// the same from other servers.
var securityHeaders = [...][2]string{
	{"Content-Security-Policy", ContentSecurityPolicy + "; form-action 'self'; frame-ancestors 'self'"},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "same-origin"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
}

func setSecurityHeaders(h http.Header) {
	for _, kv := range securityHeaders {
		h.Set(kv[0], kv[1])
	}
}

// origin matches an origin as it may stand in a policy.
var origin = regexp.MustCompile(`^https?://[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5})?$`)

// allowPictures widens the policy by the origins that the site says that it shows
// pictures of.
func allowPictures(h http.Header, root *os.Root) {
	data, err := root.ReadFile("kanbao/build.json")
	if err != nil {
		return // a site without such
	}
	var marker struct{ Pictures []string }
	if json.Unmarshal(data, &marker) != nil {
		return
	}
	sources := ""
	for _, o := range marker.Pictures {
		if origin.MatchString(o) {
			sources += " " + o
		}
	}
	if sources != "" {
		name := securityHeaders[0][0]
		h.Set(name, h.Get(name)+"; img-src 'self'"+sources)
	}
}

// mimeTypes is complete for what a site holds, so that the answer does not
// depend on the tables of the machine that serves.
var mimeTypes = map[string]string{
	".html":        "text/html; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".wasm":        "application/wasm",
	".kb":          "application/octet-stream",
	".webmanifest": "application/manifest+json",
	".xml":         "application/xml; charset=utf-8",
	".txt":         "text/plain; charset=utf-8",
	".ts":          "text/plain; charset=utf-8", // types, to be read
	".svg":         "image/svg+xml",
	".png":         "image/png",
	".jpg":         "image/jpeg",
	".jpeg":        "image/jpeg",
	".gif":         "image/gif",
	".webp":        "image/webp",
	".avif":        "image/avif",
	".ico":         "image/x-icon",
	".pdf":         "application/pdf",
}

func contentType(name string) string {
	if t, ok := mimeTypes[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}

// hashedName matches files whose name holds a hash of their content, as
// kanbao/style-<hash>.css and index/<hash>.kb. Such a file never changes under
// its name.
var hashedName = regexp.MustCompile(`^(?:kanbao/[\w.-]*-[0-9a-z]{8,64}\.\w+|index/[0-9a-z]{12,32}\.kb)$`)

// cacheControl lets browsers keep what never changes and ask about all else.
func cacheControl(name string) string {
	if hashedName.MatchString(name) {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}

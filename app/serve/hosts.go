package serve

import (
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
)

// onlyHosts answers only requests for a host that the server at addr is known by. A page
// of another site can have its own name lead to this machine, and could then read what
// is served here, drafts included; it cannot have that name be an address, localhost or
// this machine's own.
func onlyHosts(addr string, next http.Handler) http.Handler {
	known := []string{"localhost"}
	if host, _, err := net.SplitHostPort(addr); err == nil && host != "" {
		known = append(known, strings.ToLower(host))
	}
	if name, err := os.Hostname(); err == nil && name != "" {
		known = append(known, strings.ToLower(name), strings.ToLower(name)+".local")
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isKnown(r.Host, known) {
			setSecurityHeaders(w.Header())
			http.Error(w, "this server does not answer for that host; to have it answer, name the host when you start it: kanbao serve --addr HOST:PORT", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func isKnown(host string, known []string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	address, _, _ := strings.Cut(host, "%") // a zone
	return net.ParseIP(address) != nil || strings.HasSuffix(host, ".localhost") || slices.Contains(known, host)
}

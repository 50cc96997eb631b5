package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Options say what to show and how to make it.
type Options struct {
	Addr    string // host:port to listen at
	Base    string // path of the site on the server, with a slash at both ends
	Content string // file or folder that is watched
	// Settings are the names of files beside a single one that say how it is read.
	Settings []string
	// Beside are folders beside the content that are on the site as well; they are
	// watched, too.
	Beside []string
	Out    string // where Build leaves the site
	// Build makes the site in Out, or leaves the old one as it was.
	Build func(context.Context) error
	// Log is told in a line what happens.
	Log func(string)
}

// Run builds the site, serves it, and builds it again whenever the content
// changes, until ctx is done. A build that fails is logged and the last good
// site stays; where there is none yet, the answer is 503 until the content is
// mended. Run fails only if it cannot listen or cannot watch.
func Run(ctx context.Context, o Options) error {
	listener, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return fmt.Errorf("serve: %w; choose another address with --addr", err)
	}
	defer listener.Close()
	watch, err := newWatcher(o.Content, o.Settings, o.Beside)
	if err != nil {
		return fmt.Errorf("serve: watch %s: %w", o.Content, err)
	}
	if err := o.Build(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		o.Log(err.Error())
	}
	events := newBroker()
	server := &http.Server{Handler: onlyHosts(o.Addr, handler(o, events)), ReadHeaderTimeout: 10 * time.Second}
	go watch.run(ctx, func() {
		o.Log("content changed, building")
		if err := o.Build(ctx); err != nil {
			if ctx.Err() == nil {
				o.Log(err.Error())
			}
			return
		}
		events.publish()
	}, func(err error) { o.Log("watch " + o.Content + ": " + err.Error()) })

	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(listener) }()
	o.Log("serving http://" + listener.Addr().String() + o.Base)
	select {
	case err := <-stopped:
		return err
	case <-ctx.Done():
	}
	close(events.quit)
	grace, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// handler is the site with the reload script in its pages, and what that needs.
func handler(o Options, events http.Handler) http.Handler {
	site := &files{dir: o.Out, base: o.Base, script: o.Base + reloadScript}
	mux := http.NewServeMux()
	mux.Handle(o.Base+reloadEvents, events)
	mux.HandleFunc(o.Base+reloadScript, func(w http.ResponseWriter, r *http.Request) {
		setSecurityHeaders(w.Header())
		w.Header().Set("Content-Type", contentType(reloadScript))
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write(reloadJS) // fails only if the browser has gone
	})
	mux.Handle("/", site)
	return mux
}

package serve

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A name that somebody else has lead here could read drafts.
func TestOnlyKnownHostsAreAnswered(t *testing.T) {
	s := start(t)
	machine, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]int{
		"": 200, "localhost:1234": 200, "LOCALHOST": 200, "site.localhost": 200, "127.0.0.1": 200, "[::1]:80": 200, "192.168.1.7:8080": 200, strings.ToUpper(machine) + ":80": 200, "localhost.": 200,
		"evil.example": 421, "127.0.0.1.evil.example:80": 421, "localhost.evil.example": 421, "evillocalhost": 421,
	} {
		for _, rel := range []string{"", reloadEvents, reloadScript} {
			r, err := http.NewRequest(http.MethodGet, s.url+rel, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Host = host
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if answer.StatusCode != want {
				t.Errorf("%q at %q: %d, want %d", host, rel, answer.StatusCode, want)
			}
		}
	}
	if !isKnown("paper.example:8080", []string{"localhost", "paper.example"}) {
		t.Error("the host that the server was started for is not answered")
	}
}

// A folder that is moved away and comes back is watched again, as is another in its place.
func TestContentThatComesBackIsWatched(t *testing.T) {
	s := start(t)
	events := s.builds(t)
	last := nextBuild(t, events)
	away := filepath.Join(t.TempDir(), "away")
	if err := os.Rename(s.content, away); err != nil {
		t.Fatal(err)
	}
	s.await(t, "open ") // the build says that there is no page
	if err := os.Rename(away, s.content); err != nil {
		t.Fatal(err)
	}
	back := nextBuild(t, events)
	if back == last {
		t.Fatal("no build when the content was back")
	}
	s.write(t, "page.html", "<html><head></head>二")
	if nextBuild(t, events) == back || !strings.HasSuffix(s.fetch(t, ""), "二") {
		t.Error("no build of a change after the content was back")
	}
}

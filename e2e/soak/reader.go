package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/kanbao/kanbao/e2e/harness"
)

// warm is how many pages are visited before memory is first measured: the browser
// keeps some pages, and compiles what runs often.
const warm = 30

// evening visits pages and searches in each until the time is over and all is done.
func (s *session) evening(long time.Duration) error {
	began := time.Now()
	done := func() float64 {
		return min(time.Since(began).Seconds()/long.Seconds(), float64(s.pages)/leastPages, float64(s.searches)/leastSearches)
	}
	for done() < 1 || s.published < builds {
		if err := s.visit(s.rel[s.pages%len(s.rel)]); err != nil {
			return err
		}
		if s.pages == warm || s.pages > warm && s.pages%25 == 0 {
			if err := s.measure(time.Since(began)); err != nil {
				return err
			}
		}
		if s.published < builds && done() > float64(s.published+1)/float64(builds+1) {
			if err := s.publish(); err != nil {
				return err
			}
		}
		if s.pages%60 == 45 {
			if err := s.outage(); err != nil {
				return err
			}
		}
		// The rest of the time is spread over what is left.
		if left := long - time.Since(began); left > 0 && s.pages >= warm {
			time.Sleep(min(left/time.Duration(max(leastPages-s.pages, 1)), 3*time.Second) / 2)
		}
		if list := s.tab.Complaints(); len(list) > 0 {
			return fmt.Errorf("the browser complains: %q", list)
		}
	}
	if err := s.visit(""); err != nil {
		return err
	}
	if err := s.search(s.news()); err != nil {
		return fmt.Errorf("the newest build's own word: %w", err)
	}
	return s.measure(time.Since(began))
}

// visit goes to a page and searches in it, opens a hit now and then, and leaves the
// search again.
func (s *session) visit(rel string) error {
	s.pages++
	if err := s.tab.Open(s.server.URL(rel)); err != nil {
		return err
	}
	for i := range 3 {
		if err := s.search(words[(s.searches+i)%len(words)]); err != nil {
			return err
		}
	}
	var hit bool
	if err := s.tab.Eval(`Boolean(document.querySelector(".kb-hit"))`, &hit); err != nil || !hit || s.pages%3 > 0 {
		return err
	}
	if err := s.tab.Eval(`document.querySelector(".kb-hit").click()`, nil); err != nil {
		return err
	}
	if err := s.tab.Wait(`document.querySelector("#kb-live .kb-article, #kb-main .kb-article")?.checkVisibility()`); err != nil {
		return err
	}
	if err := s.tab.Eval(`history.back()`, nil); err != nil {
		return err
	}
	return s.tab.Wait(`document.querySelector("#kb-live .kb-results")`)
}

// search types words over what is in the field, and waits for what is found.
func (s *session) search(q string) error {
	s.searches++
	if err := s.tab.Eval(`{ const q = document.querySelector("#kb-q"); q.focus(); q.select(); }`, nil); err != nil {
		return err
	}
	if _, err := harness.Call(s.tab, input.InsertText, input.InsertTextParams{Text: q}); err != nil {
		return err
	}
	text, err := json.Marshal(q)
	if err != nil {
		return err
	}
	return s.tab.Wait(`document.title.includes(` + string(text) + `) && new URLSearchParams(location.search).get("q") === ` + string(text) +
		` && document.querySelector("#kb-live .kb-hit, #kb-live .kb-state") && !document.querySelector("#kb-live .kb-state button")`)
}

// outage takes the network away, searches and reads without it, and brings it back.
func (s *session) outage() error {
	if err := s.tab.Wait(`document.documentElement.dataset.kept === "true"`); err != nil {
		return err
	}
	s.outages++
	s.server.Stop()
	if err := s.visit(s.rel[s.pages%len(s.rel)]); err != nil {
		return fmt.Errorf("without a network: %w", err)
	}
	return s.server.Start()
}

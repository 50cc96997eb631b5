package site

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/gorilla/feeds"
)

// inFeed is how many articles the feed has.
const inFeed = 30

// writeFeed writes feed.xml (Atom). A feed is read far from the site, so there
// is none unless the site's public address is known.
func (p *pages) writeFeed(out *output) error {
	if !p.site.HasFeed {
		return nil
	}
	xml, err := p.feed()
	if err != nil {
		return fmt.Errorf("site: feed: %w", err)
	}
	return out.write("feed.xml", xml)
}

// feed returns the feed as XML.
func (p *pages) feed() ([]byte, error) {
	newest := slices.Clone(p.content.entries)
	slices.SortStableFunc(newest, byDateThenOrder)
	newest = newest[:min(inFeed, len(newest))]
	feed := &feeds.Feed{
		Title: p.site.Title, Subtitle: p.site.Description, Id: p.absolute(""),
		Link: &feeds.Link{Href: p.absolute("")}, Updated: at(newest[0].Date),
	}
	for _, e := range newest {
		feed.Items = append(feed.Items, &feeds.Item{
			Title: e.Title, Id: p.absolute(e.Path), Link: &feeds.Link{Href: p.absolute(e.Path)},
			Description: cmp.Or(e.Opening(), e.Subtitle, e.Title), Updated: at(max(e.Date, e.Updated)), Created: at(e.Date),
			Author: &feeds.Author{Name: cmp.Or(e.Byline, p.site.Title)},
		})
	}
	atom := (&feeds.Atom{Feed: feed}).AtomFeed()
	for _, e := range atom.Entries {
		// The library says html of what is text: an article may say <b>.
		if e.Summary != nil {
			e.Summary.Type = "text"
		}
	}
	xml, err := feeds.ToXML(atom)
	return []byte(xml), err
}

// at returns the begin of a day; without a date, of the first that there is.
func at(date string) time.Time {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return time.Unix(0, 0).UTC()
	}
	return t
}

// webManifest describes the site as something to install.
type webManifest struct {
	ID          string       `json:"id"`
	Name        string       `json:"name"`
	ShortName   string       `json:"short_name"`
	Description string       `json:"description,omitempty"`
	Lang        string       `json:"lang"`
	StartURL    string       `json:"start_url"`
	Scope       string       `json:"scope"`
	Display     string       `json:"display"`
	Background  string       `json:"background_color"`
	Theme       string       `json:"theme_color"`
	Icons       []icon       `json:"icons"`
	Shortcuts   []shortcut   `json:"shortcuts,omitempty"`
	Screenshots []screenshot `json:"screenshots,omitempty"`
}

// A shortcut leads from the icon of an installed site to a page of it.
type shortcut struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type icon struct {
	Src     string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose,omitempty"`
}

func (p *pages) writeManifest(out *output) error {
	m := webManifest{
		ID: "./", Name: p.site.Title, ShortName: p.site.Title, Description: p.site.Description, Lang: p.site.Lang,
		StartURL: "./", Scope: "./", Display: "standalone", Background: "#fbf9f4", Theme: "#fbf9f4",
	}
	for _, i := range p.site.Icons {
		m.Icons = append(m.Icons, icon{i.Path, i.Sizes, i.Type, i.Purpose})
	}
	m.Shortcuts = []shortcut{{p.text.Search, "search/"}, {p.text.Archive, "archive/"}}
	if p.site.HasTags {
		m.Shortcuts = append(m.Shortcuts, shortcut{p.text.Tags, "t/"})
	}
	m.Screenshots = p.screenshots
	data, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	return out.write("manifest.webmanifest", append(data, '\n'))
}

package site

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"
)

const jsonFeedName = "feed.json"

// A jsonFeed is a feed as jsonfeed.org has it, version 1.1.
type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	Home        string     `json:"home_page_url"`
	Feed        string     `json:"feed_url"`
	Description string     `json:"description,omitempty"`
	Icon        string     `json:"icon,omitempty"`
	Language    string     `json:"language"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	Summary   string       `json:"summary,omitempty"`
	Text      string       `json:"content_text"`
	Image     string       `json:"image,omitempty"`
	Published string       `json:"date_published,omitempty"`
	Modified  string       `json:"date_modified,omitempty"`
	Authors   []jsonAuthor `json:"authors,omitempty"`
	Tags      []string     `json:"tags,omitempty"`
	Language  string       `json:"language,omitempty"`
}

type jsonAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// jsonFeed returns the newest articles as JSON.
func (p *pages) jsonFeed() ([]byte, error) {
	newest := slices.Clone(p.content.entries)
	slices.SortStableFunc(newest, byDateThenOrder)
	feed := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: p.site.Title, Description: p.site.Description, Language: p.site.Lang,
		Home: p.absolute(""), Feed: p.absolute(jsonFeedName),
	}
	for _, i := range p.site.Icons {
		if i.Sizes == "512x512" && i.Purpose == "" {
			feed.Icon = p.absolute(i.Path)
		}
	}
	for _, e := range newest[:min(inFeed, len(newest))] {
		item := jsonItem{
			ID: p.absolute(e.Path), URL: p.absolute(e.Path), Title: e.Title, Summary: e.Subtitle, Language: e.Lang,
			Text: strings.Join(e.Lead, "\n\n"), Image: p.pictureURL(e.Cover), Published: moment(e.Date), Tags: e.Tags,
		}
		if e.Updated > e.Date {
			item.Modified = moment(e.Updated)
		}
		for _, name := range e.names {
			item.Authors = append(item.Authors, jsonAuthor{Name: name})
		}
		feed.Items = append(feed.Items, item)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // nothing reads it as HTML
	enc.SetIndent("", "\t")
	err := enc.Encode(feed)
	return b.Bytes(), err
}

// moment is the begin of a day as RFC 3339 has it, or empty.
func moment(date string) string {
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return ""
	}
	return at(date).Format(time.RFC3339)
}

// pictureURL returns the public address of a picture that is named as pages name it.
func (p *pages) pictureURL(src string) string {
	if u, err := url.Parse(src); err != nil || src == "" || u.Host != "" {
		return src
	}
	if p.config.URL == "" {
		return ""
	}
	return p.absolute(strings.TrimPrefix(src, toRoot))
}

package source

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/article"
)

// Meta is what the front matter of a file says, whichever generator it was written
// for. Keys that it does not name are left alone: other tools keep theirs in the
// same place.
type Meta struct {
	ID         string
	Kind       string // "newspaper" or "article"
	Title      string
	Subtitle   string
	Date       string
	Author     Authors
	Authors    Authors
	Tags       Words
	Categories Words
	Summary    string
	// Description stands in for Summary.
	Description string
	Source      string
	Paper       string
	Page        string
	Name        string // of the page: 江海新闻
	// Role is what a page is for that is no article: "tags", "404" and the like.
	Role string

	Publication article.Publication
	// Cascade is what the page of a folder says of all below it.
	Cascade  []Cascade
	Said     bool     // there is front matter
	Warnings []*Error // fields that could not be read, and what is wrong with them
}

// Edition returns what the front matter says of the edition.
func (m *Meta) Edition() article.Edition {
	return article.Edition{Paper: m.Paper, Date: m.Date, Page: m.Page, Name: m.Name}
}

// Split parts the front matter from the text after it, which begins on the
// line that is returned. Without front matter the text is whole. A field that
// cannot be read costs nothing but itself; meta.Warnings name it. It fails where
// front matter is there and cannot be read at all.
func Split(name, text string) (meta Meta, body string, line int, err error) {
	f, err := findFront(name, text)
	if err == nil && f == nil {
		meta.readFence(name, text)
		body = meta.readLast(name, text, 1)
		meta.dateOfRelease()
		return meta, body, 1, nil
	}
	if err != nil {
		return meta, text, 1, err
	}
	meta.Said, meta.Warnings = true, f.warnings
	for _, field := range f.fields {
		meta.set(name, field)
	}
	line = LineAt(text, len(text)-len(f.body))
	meta.readSecond(name, f.body, line)
	body = meta.readLast(name, f.body, line)
	meta.dateOfRelease()
	return meta, body, line, nil
}

// MetaOf reads the same fields from an object that a program has decoded, as a line
// of JSON, which stands on the given line.
func MetaOf(name string, line int, object map[string]any) Meta {
	var meta Meta
	for _, field := range plainFields(object, func(string) int { return line }) {
		meta.set(name, field)
	}
	meta.dateOfRelease()
	return meta
}

// Knows reports whether a key, in lower case, says something of an article.
func Knows(key string) bool {
	var m Meta
	return ruleOf(key) != 0 || m.words(key) != nil || m.text(key) != nil || slices.Contains(otherKeys, key)
}

// otherKeys are those that setOther reads.
var otherKeys = []string{"kind", "type", "layout", "cascade", "date", "lastmod", "updated", "modified", "last_modified_at", "last_update", "author", "authors",
	"weight", "sidebar_position", "order", "nav_order", "image", "cover", "thumbnail", "featured_image", "featuredimage", "banner"}

// dateOfRelease has an article without a date be of the day of its release, as Hugo
// has it.
func (m *Meta) dateOfRelease() {
	if r := m.Publication.Release; m.Date == "" && r.Date == "" {
		m.Date, _ = Date(r.From) // it has been read before
	}
}

// set reads one field.
func (m *Meta) set(name string, f field) {
	warn := func(format string, args ...any) {
		m.Warnings = append(m.Warnings, Warningf(name, f.line, "%s: %s", f.key, fmt.Sprintf(format, args...)))
	}
	if rule := ruleOf(f.key); f.fault != "" && (rule == 0 || rule == heldIfNowhere) {
		warn("%s; the article is shown without it", f.fault)
	}
	if m.setRelease(f, warn) {
		return
	}
	if f.value == nil {
		return
	}
	if to := m.words(f.key); to != nil {
		words, err := WordsOf(f.value)
		if err != nil {
			warn("%v", err)
		}
		for _, w := range words {
			if !slices.Contains(*to, w) {
				*to = append(*to, w)
			}
		}
		return
	}
	if to := m.text(f.key); to != nil {
		s, ok := textOf(f.value)
		if !ok {
			warn("found %s, want one word or sentence", describe(f.value))
		} else if *to == "" {
			*to = s
		}
		return
	}
	m.setOther(f, warn)
}

// text returns where the value of a key goes that is one string.
func (m *Meta) text(key string) *string {
	switch key {
	case "id":
		return &m.ID
	case "title":
		return &m.Title
	case "subtitle":
		return &m.Subtitle
	case "summary":
		return &m.Summary
	case "description", "excerpt", "abstract":
		return &m.Description
	case "source":
		return &m.Source
	case "paper":
		return &m.Paper
	case "page":
		return &m.Page
	case "name":
		return &m.Name
	case "slug":
		return &m.Publication.Slug
	case "lang", "language", "locale":
		return &m.Publication.Lang
	}
	return nil
}

// words returns where the values of a key go that is a list of words.
func (m *Meta) words(key string) *[]string {
	switch key {
	case "tags", "tag", "keywords", "keyword":
		return &m.Tags
	case "categories", "category":
		return &m.Categories
	case "url", "permalink", "alias", "aliases", "redirect_from":
		return &m.Publication.Addresses
	}
	return nil
}

// setOther reads the fields that are neither words nor plain text.
func (m *Meta) setOther(f field, warn func(format string, args ...any)) {
	switch f.key {
	case "kind":
		switch s, _ := textOf(f.value); s {
		case "newspaper", "article":
			m.Kind = s
		default:
			warn(`found %s, want "newspaper" for a page of several articles or "article"`, describe(f.value))
		}
	case "type", "layout":
		switch s, ok := textOf(f.value); {
		case ok && (ruleOf(s) == heldIfDraft || strings.HasSuffix(strings.ToLower(s), "_draft")): // layout: draft, Typecho's post_draft
			m.Publication.Release.Held = f.key + ": " + s
		case ok && isRole(s):
			m.Role = s
		}
	case "cascade":
		m.setCascade(f, warn)
	case "date":
		m.setDate(&m.Date, f.value, warn)
	case "lastmod", "updated", "modified", "last_modified_at":
		m.setDate(&m.Publication.Updated, f.value, warn)
	case "last_update":
		if of, ok := f.value.(map[string]any); ok && of["date"] != nil {
			m.setDate(&m.Publication.Updated, of["date"], warn)
		}
	case "author":
		m.setAuthors(&m.Author, f.value, warn)
	case "authors":
		m.setAuthors(&m.Authors, f.value, warn)
	case "weight", "sidebar_position", "order", "nav_order":
		weight, err := weightOf(f.value)
		if err != nil {
			warn("%v", err)
			return
		}
		m.Publication.Weight = &weight
	case "image", "cover", "thumbnail", "featured_image", "featuredimage", "banner":
		if s, ok := pictureOf(f.value); ok && m.Publication.Cover == "" {
			m.Publication.Cover = s
		}
	}
}

func (m *Meta) setDate(to *string, v any, warn func(format string, args ...any)) {
	s, ok := textOf(v)
	if !ok {
		warn("found %s, want a date such as 2024-09-05", describe(v))
		if to == &m.Date {
			m.Publication.Release.Date = latest(scalarsOf(v)) // any of them may be that of the release
		}
		return
	}
	if to == &m.Date {
		m.Publication.Release.Date = s // also where no day can be read: it may be to come
	}
	date, err := Date(s)
	if err != nil {
		warn("%v", err)
		return
	}
	*to = date
}

// latest returns the date that is the last of some, or "".
func latest(words []string) (last string) {
	day := ""
	for _, w := range words {
		if date, err := Date(w); err == nil && date > day {
			last, day = w, date
		}
	}
	return last
}

func (m *Meta) setAuthors(to *Authors, v any, warn func(format string, args ...any)) {
	got, err := AuthorsOf(v)
	if err != nil {
		warn("%v", err)
	}
	*to = got
}

// isRole reports whether a type or layout is that of a page that lists others.
func isRole(s string) bool {
	return slices.Contains([]string{"tags", "categories", "archives", "archive", "search", "404", "link", "links", "home"}, strings.ToLower(s))
}

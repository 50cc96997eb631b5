package manifest

import "strings"

// pagesSetting stands in the settings of an index of another site's pages, before the
// way to that site.
const pagesSetting = ", pages "

// WithPages returns the settings of an index of the pages of another site, which lies
// at root as seen from the folder that the index's folder is in: "../".
func WithPages(settings, root string) string { return settings + pagesSetting + root }

// Pages reports whether the articles are the pages of another site, so that their
// IDs are addresses relative to it, and where that site lies.
func (m *Manifest) Pages() (root string, ok bool) {
	_, root, ok = strings.Cut(m.Settings, pagesSetting)
	return root, ok
}

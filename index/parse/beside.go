package parse

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/kanbao/kanbao/index/parse/source"
)

// metaName is how a file ends in which Nikola keeps the front matter of the file beside
// it: chao.meta belongs to chao.md.
const metaName = ".meta"

// metaBeside returns the front matter that stands beside a file, or nil. One that cannot
// be read holds the article back, because it may say so there.
func (w *walker) metaBeside(name string) *source.Meta {
	switch extension(name) {
	case ".md", ".markdown", ".mdx", ".txt", ".html", ".htm":
	default:
		return nil
	}
	meta := strings.TrimSuffix(name, path.Ext(name)) + metaName
	if _, err := os.Lstat(filepath.Join(w.root, filepath.FromSlash(meta))); err != nil {
		return nil
	}
	data, err := source.Read(w.root, meta, w.config.mostText())
	text := ""
	if err == nil {
		text, err = source.Text(meta, bytes.NewReader(data))
	}
	var m source.Meta
	if err == nil {
		m, _, _, err = source.Split(meta, text)
	}
	switch {
	case err != nil:
		m = source.Meta{Said: true, Warnings: []*source.Error{
			source.Warningf(meta, 1, "is beside %s and cannot be read: %v; the article is held back", path.Base(name), err),
		}}
		m.Publication.Release.Held = path.Base(meta) + " cannot be read"
	case !m.Said:
		return nil // of some other program
	}
	return &m
}

// isMeta reports whether a file says what stands in the one beside it.
func (w *walker) isMeta(name string) bool {
	stem, ok := strings.CutSuffix(name, metaName)
	if !ok {
		return false
	}
	for _, ext := range extensions {
		if _, err := os.Stat(filepath.Join(w.root, filepath.FromSlash(stem+ext))); err == nil {
			return true
		}
	}
	return false
}

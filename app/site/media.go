package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/app/site/svg"
)

// The kinds of files that articles may bring along.
var (
	pictureTypes = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"}
	fileTypes    = append([]string{".pdf", ".epub", ".csv", ".txt", ".zip", ".mp3", ".mp4"}, pictureTypes...)
)

var errNotThere = errors.New("there is no such file in the content")

// media copies the files that articles show or link to. Its methods are for one
// goroutine.
type media struct {
	folder string // that the names of content files are relative to
	out    *output
	copies map[string]copied // by their name in the content
}

// copied is a file of the content that the site has.
type copied struct {
	path    string   // on the site
	leftOut []string // what of a drawing is not published, for a warning
}

func newMedia(contentPath string, out *output) *media {
	if info, err := os.Stat(contentPath); err == nil && !info.IsDir() {
		contentPath = filepath.Dir(contentPath)
	}
	return &media{folder: contentPath, out: out, copies: make(map[string]copied)}
}

// add copies the file that ref means in the content file from. It never reads a
// file outside of the content folder.
func (m *media) add(from, ref string, types []string) (copied, error) {
	u, err := url.Parse(ref)
	if err != nil {
		return copied{}, err
	}
	if u.Scheme != "" || u.Host != "" {
		return copied{}, errors.New("is on another site, and a page of this one fetches nothing from there")
	}
	if _, ok := contentName(from, u.Path); !ok {
		return copied{}, errNotThere
	}
	ext := strings.ToLower(path.Ext(u.Path))
	switch {
	case !slices.Contains(types, ext):
		return copied{}, fmt.Errorf("files of the kind %q are not copied, only %s", ext, strings.Join(types, " "))
	}
	var name string
	var data []byte
	err = errNotThere
	for _, name = range pictureNames(from, u.Path) {
		if done, ok := m.copies[name]; ok {
			return done, nil
		}
		if data, err = m.read(name); err == nil {
			break
		}
	}
	if err != nil {
		return copied{}, errNotThere
	}
	var done copied
	if ext == ".svg" {
		if data, done.leftOut, err = svg.Clean(data); err != nil {
			return copied{}, err
		}
	}
	sum := sha256.Sum256(data)
	done.path = "media/" + hex.EncodeToString(sum[:8]) + ext
	if err := m.out.write(done.path, data); err != nil {
		return copied{}, err
	}
	m.copies[name] = done
	return done, nil
}

// publicFolders are where generators have the files whose addresses begin with a
// slash.
var publicFolders = []string{"static", "public", "source", "assets", ".vuepress/public", "images"}

// besideContent is what the names of files begin with that lie in "static" beside
// the content folder.
const besideContent = "\x00static/"

// pictureNames returns the names of files that a path in the content file from may
// mean, the likeliest first. Hexo has the pictures of posts/a.md in posts/a/.
func pictureNames(from, ref string) []string {
	name, ok := contentName(from, ref)
	if !ok {
		return nil
	}
	names := []string{name}
	if !strings.HasPrefix(ref, "/") {
		return append(names, path.Join(strings.TrimSuffix(from, path.Ext(from)), ref))
	}
	for dir := path.Dir("/" + from); ; dir = path.Dir(dir) {
		for _, public := range publicFolders {
			names = append(names, strings.TrimPrefix(path.Join(dir, public, name), "/"))
		}
		if dir == "/" {
			break
		}
		names = append(names, strings.TrimPrefix(path.Join(dir, name), "/"))
	}
	return append(names, besideContent+name)
}

// read opens a file below the content folder, whatever its name and links say.
func (m *media) read(name string) ([]byte, error) {
	folder := m.folder
	if rest, ok := strings.CutPrefix(name, besideContent); ok {
		folder, name = filepath.Join(folder, "..", "static"), rest
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	f, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errNotThere
	}
	return io.ReadAll(f)
}

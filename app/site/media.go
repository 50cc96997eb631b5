package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/kanbao/kanbao/app/site/svg"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/parse/source"
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
	static *static
	remote remote
	most   int64             // bytes of one file
	copies map[string]copied // by their name in the content
	sizes  map[string]sized  // of pictures, by their path on the site
}

// copied is a file of the content that the site has.
type copied struct {
	path    string   // on the site
	leftOut []string // what of a drawing is not published, for a warning
	read    func() ([]byte, error)
}

func newMedia(contentPath string, out *output, s *static, cfg *parse.Config) *media {
	if info, err := os.Stat(contentPath); err == nil && !info.IsDir() {
		contentPath = filepath.Dir(contentPath)
	}
	return &media{folder: contentPath, out: out, static: s, most: cfg.MostFile(), copies: make(map[string]copied), sizes: make(map[string]sized),
		remote: remote{shown: cfg.Pictures == "remote", counts: make(map[string]int)}}
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
	if at, ok := m.published(u.Path); ok {
		return copied{path: at, read: func() ([]byte, error) { return source.Read(m.static.files[at], at, m.most) }}, nil
	}
	var name string
	var data []byte
	err = errNotThere
	for _, name = range pictureNames(from, u.Path) {
		if done, ok := m.copies[name]; ok {
			return done, nil
		}
		if data, err = m.read(name); err == nil || !errors.Is(err, errNotThere) {
			break // what is there and cannot be read is the one that is meant
		}
	}
	if err != nil {
		return copied{}, err
	}
	done := copied{read: func() ([]byte, error) { return m.read(name) }}
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

// published returns the path on the site of a file that is published as it is, if
// an address that counts from the site's root means one.
func (m *media) published(ref string) (string, bool) {
	at, ok := strings.CutPrefix(path.Clean(ref), "/")
	if !ok || m.static == nil {
		return "", false
	}
	for _, name := range []string{at, strings.TrimPrefix(at, staticName+"/")} {
		if _, ok := m.static.files[name]; ok {
			return name, true
		}
	}
	return "", false
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

// read reads a file below the content folder, whatever its name and links say.
func (m *media) read(name string) ([]byte, error) {
	folder := m.folder
	if rest, ok := strings.CutPrefix(name, besideContent); ok {
		folder, name = filepath.Join(folder, "..", staticName), rest
	}
	data, err := source.Read(folder, name, m.most)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil, errNotThere
	}
	return data, err
}

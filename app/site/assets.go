package site

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"

	"github.com/kanbao/kanbao/index/chunk"
)

// The files of web/ that keep their names, at the root of the site.
const (
	moduleName = "kanbao.js"
	typesName  = "kanbao.d.ts" // of the module, for who writes programs with it
	workerName = "sw.js"
)

const (
	styleName  = "style.css"
	liveStyle  = "live.css"
	loaderName = "loader.js"
	liveName   = "live.js"
	resumeName = "resume.js"
	// offlineScript stores the whole site.
	offlineScript = "offline.js"
	engineName    = "engine.js"
	// diagnosisName is loaded by the module when something has failed.
	diagnosisName = "diagnosis.js"
	articleName   = "article.js"
	findName      = "find.js"
	languageName  = "language.js"
	firstName     = "first.js" // it alone comes before the page is painted
)

// What readers choose, when they choose it.
const (
	settingsName = "settings.js"
	listenName   = "listen.js"
)

// assets are the files that pages refer to, under the names that the site gives
// them. Plain names are those without the hash: "loader.js".
type assets struct {
	paths map[string]string   // of the site, by plain name
	files map[string]asset    // by path of the site
	uses  map[string][]string // plain names that a script refers to, in order
	sw    []byte              // the service worker, which is written last
}

// An asset is what a file of web/ has become, or, where that is what it was, where
// it lies: the wasm is most of a site's bytes and seldom written.
type asset struct {
	sum  [sha256.Size]byte
	size int64
	data []byte // nil if it is to be read
	web  fs.FS
	name string
}

func newAsset(data []byte) asset {
	return asset{sum: sha256.Sum256(data), size: int64(len(data)), data: data}
}

// readAsset reads a file for its hash alone.
func readAsset(web fs.FS, name string) (asset, error) {
	f, err := web.Open(name)
	if err != nil {
		return asset{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return asset{sum: [sha256.Size]byte(h.Sum(nil)), size: n, web: web, name: name}, err
}

func (a asset) bytes() ([]byte, error) {
	if a.data == nil && a.size > 0 {
		return fs.ReadFile(a.web, a.name)
	}
	return a.data, nil
}

// tokensName is the style sheet that has all colours.
const tokensName = "css/tokens.css"

// stylesheets are joined in this order, so that a later one may rely on the
// names in an earlier one.
var stylesheets = []string{
	tokensName, "css/page.css", "css/footer.css", "css/front.css", "css/edition.css", "css/print-pages.css", "css/article.css", "css/article-tools.css", "css/lists.css", "css/offline.css", "css/choices.css", "css/vertical.css", "css/forced.css", "css/print.css",
}

// liveSheets are joined, too. live.js fetches them, for whom a search is wanted: a page
// that is read is a sixth smaller without.
var liveSheets = []string{"css/live.css", "css/search.css"}

// loadAssets reads what the pages need out of web/ and gives it its names. With keep,
// the search shows punctuation as it was written. pack is what compresses, or nil.
func loadAssets(web fs.FS, f *face, keep bool, pack packer) (*assets, error) {
	a := &assets{paths: make(map[string]string), files: make(map[string]asset), uses: make(map[string][]string)}
	if err := a.addStyle(styleName, stylesheets, web, f); err != nil {
		return nil, err
	}
	if err := a.addStyle(liveStyle, liveSheets, web, f); err != nil {
		return nil, err
	}
	if err := a.addFolder(web, "css", "css/panels.css"); err != nil {
		return nil, err
	}
	if err := a.addFolder(web, "han", "han/*.txt"); err != nil {
		return nil, err
	}
	if err := a.addFace(web, f); err != nil {
		return nil, err
	}
	if err := a.addFolder(web, "built", "built/*.wasm"); err != nil {
		return nil, err
	}
	if len(a.plain(".wasm")) == 0 {
		return nil, errors.New("site: this kanbao was built without the wasm files, and its sites could not search; build it with ./build.sh")
	}
	if err := a.addScripts(web, keep); err != nil {
		return nil, err
	}
	types, err := readAsset(web, typesName)
	if err != nil {
		return nil, fmt.Errorf("site: the types of %s are missing: %w", moduleName, err)
	}
	a.files[typesName] = types
	if pack == nil {
		pack = compress
	}
	if err := a.pack(pack); err != nil {
		return nil, err
	}
	return a, a.addPackage(web)
}

// packageFolder is the folder of the package for projects with a bundler, which loads
// the module from the site.
const packageFolder = "kanbao/npm/"

// addPackage adds the package with the types of the module.
func (a *assets) addPackage(web fs.FS) error {
	names, err := fs.Glob(web, "npm/*")
	if err != nil || len(names) == 0 {
		return err
	}
	for _, name := range append(names, typesName) {
		file, err := readAsset(web, name)
		if err != nil {
			return err
		}
		a.files[packageFolder+path.Base(name)] = file
	}
	return nil
}

// styleComment matches a comment of a style sheet, with the lines that it leaves empty.
// No string in ours looks like one.
var styleComment = regexp.MustCompile(`(?s)/\*.*?\*/\s*`)

// addStyle adds style sheets as one, under a plain name.
func (a *assets) addStyle(plain string, sheets []string, web fs.FS, f *face) error {
	var all bytes.Buffer
	for _, name := range sheets {
		css, err := fs.ReadFile(web, name)
		if err != nil {
			return fmt.Errorf("site: a style sheet is missing: %w", err)
		}
		if name == tokensName {
			if css, err = f.tokens(css); err != nil {
				return err
			}
		}
		// Comments are for who reads web/: a sixth of what every reader would fetch.
		for line := range bytes.Lines(styleComment.ReplaceAll(css, nil)) {
			if line = bytes.TrimSpace(line); len(line) > 0 {
				all.Write(line)
				all.WriteByte('\n')
			}
		}
	}
	a.add(plain, newAsset(a.link(all.Bytes(), "kanbao/")))
	return nil
}

// addFace adds the paper's logo and icons.
func (a *assets) addFace(web fs.FS, f *face) error {
	if f.logo != nil {
		a.add("logo"+f.logo.Ext, newAsset(f.logo.Data))
	}
	for _, i := range f.icons {
		a.add(i.Name, newAsset(i.Data))
	}
	if f.icons != nil {
		return nil
	}
	return a.addFolder(web, "icons", "icons/*.png", "icons/*.svg")
}

// addFolder adds the files that match, each with its compressed forms.
func (a *assets) addFolder(web fs.FS, folder string, patterns ...string) error {
	for _, pattern := range patterns {
		names, err := fs.Glob(web, pattern)
		if err != nil {
			return err
		}
		for _, name := range names {
			file, err := readAsset(web, name)
			if err != nil {
				return err
			}
			a.add(path.Base(name), file)
			for _, suffix := range []string{".br", ".gz"} {
				if packed, err := readAsset(web, name+suffix); err == nil {
					a.files[a.paths[path.Base(name)]+suffix] = packed
				}
			}
		}
	}
	return nil
}

// add gives a file a name that holds a hash of it.
func (a *assets) add(plain string, file asset) {
	ext := path.Ext(plain)
	site := "kanbao/" + strings.TrimSuffix(plain, ext) + "-" + hex.EncodeToString(file.sum[:4]) + ext
	a.paths[plain] = site
	a.files[site] = file
}

// pack adds the compressed forms of scripts and styles. Hosts that look for them
// send fewer bytes; and by how a host sends a script, the script knows whether it
// sends wasm as brotli (smallest in web/packing.js), so those of the wasm need them.
func (a *assets) pack(pack packer) error {
	for _, name := range sortedKeys(a.files) {
		if ext := path.Ext(name); ext != ".js" && ext != ".css" && ext != ".txt" {
			continue
		}
		data, err := a.files[name].bytes()
		if err != nil {
			return err
		}
		br, gz, err := pack(data)
		if err != nil {
			return err
		}
		a.files[name+".br"], a.files[name+".gz"] = newAsset(br), newAsset(gz)
	}
	return nil
}

// A packer compresses a file as brotli and as gzip.
type packer func(data []byte) (br, gz []byte, err error)

func compress(data []byte) ([]byte, []byte, error) {
	var br, gz bytes.Buffer
	zw, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return nil, nil, err
	}
	for _, w := range []io.WriteCloser{brotli.NewWriterOptions(&br, brotli.WriterOptions{Quality: 9, LGWin: 16}), zw} {
		if _, err := w.Write(data); err != nil {
			return nil, nil, err
		}
		if err := w.Close(); err != nil {
			return nil, nil, err
		}
	}
	return br.Bytes(), gz.Bytes(), nil
}

// plain returns the plain names that end in ext.
func (a *assets) plain(ext string) []string {
	var names []string
	for _, name := range sortedKeys(a.paths) {
		if path.Ext(name) == ext {
			names = append(names, name)
		}
	}
	return names
}

// needed returns the paths of what a page loads, directly or not, when
// somebody searches. The tables of the other script are not among them: few readers
// want one.
func (a *assets) needed() []string {
	return a.neededBy([]string{loaderName, resumeName, articleName, languageName}, a.paths[styleName], a.paths[firstName])
}

// onlyModule leaves nothing but kanbao.js with what that loads, and the package of it.
func (a *assets) onlyModule() {
	keep := map[string]bool{typesName: true}
	for _, name := range a.neededBy([]string{moduleName}) {
		for _, suffix := range []string{"", ".br", ".gz"} {
			keep[name+suffix] = true
		}
	}
	maps.DeleteFunc(a.files, func(name string, _ asset) bool { return !keep[name] && !strings.HasPrefix(name, packageFolder) })
	maps.DeleteFunc(a.paths, func(_, name string) bool { return !keep[name] })
}

// neededBy returns some paths, and those of scripts and what they load, directly or not.
func (a *assets) neededBy(queue []string, paths ...string) []string {
	for len(queue) > 0 {
		name := queue[0]
		queue = queue[1:]
		if a.paths[name] != "" && !slices.Contains(paths, a.paths[name]) && path.Ext(name) != ".txt" {
			paths = append(paths, a.paths[name])
			queue = append(queue, a.uses[name]...)
		}
	}
	return paths
}

func (a *assets) wasmBytes() int64 {
	var n int64
	for _, name := range a.plain(".wasm") {
		n += a.files[a.paths[name]].size
	}
	return n
}

// write writes all of them but the service worker.
func (a *assets) write(out *output) error {
	for _, name := range sortedKeys(a.files) {
		asset := a.files[name]
		f := file{chunk.ID(asset.sum[:chunk.IDSize]).String(), unknown, asset.size}
		if out.same(name, f) {
			continue
		}
		data, err := asset.bytes()
		if err != nil {
			return err
		}
		if err := out.put(name, data, f); err != nil {
			return err
		}
	}
	return nil
}

package parse

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/source"
	"github.com/pelletier/go-toml/v2"
)

// ConfigName is the name of the file that a folder's settings are in.
const ConfigName = "kanbao.toml"

// An Error is a fault in a content file: "file:line: msg".
type Error = source.Error

// Config is what kanbao.toml says. One at the top of the content describes the
// site. One in a folder below gives what its articles have in common (paper,
// date, page, name, kind) and is joined with those above it.
type Config struct {
	Title       string `toml:"title"` // of the site; by default the paper or the folder's name
	Paper       string `toml:"paper"`
	Description string `toml:"description"`
	Lang        string `toml:"lang"` // "zh-Hans" (default), "zh-Hant" or "en"
	URL         string `toml:"url"`  // public address of the site, absolute
	Base        string `toml:"base"` // path that the site lies under, as in --base

	// Ahead is whether browsers on a fast network may fetch the whole index when
	// they have nothing else to do; they may if it is not said.
	Ahead *bool `toml:"ahead"`
	// Offline is whether a service worker stores the site for reading offline; it does if
	// it is not said. False takes the worker away from those who have one.
	Offline *bool `toml:"offline"`

	// Recent is whether a reader's browser remembers, on the device alone, what was
	// searched for; it does if it is not said.
	Recent *bool `toml:"recent"`

	Static   string `toml:"static"`   // name of the folder that is published as it is; "static"
	Pictures string `toml:"pictures"` // "local" (default), or "remote": those of other hosts are shown
	// Punctuation is "full" (default): half-width punctuation between Chinese characters
	// is shown in full width; or "keep": all is shown as it was written.
	Punctuation string `toml:"punctuation"`

	Exclude []string `toml:"exclude"` // patterns of what is not read
	Include []string `toml:"include"` // patterns of what is read although its name says that it is no article
	// Skip has patterns of the HTML files that are no articles, as html.Options has
	// them, in the place of html.DefaultSkip.
	Skip     []string `toml:"skip"`
	TimeZone string   `toml:"timezone"` // in which a day begins; China's by default
	// LargestText and LargestFile are how many MB (of 2^20 bytes) a file may have
	// that is read as text, or published as it is.
	LargestText int64 `toml:"largest_text"`
	LargestFile int64 `toml:"largest_file"`
	// CSV has the names of columns by what is in them: title, text, date, author, …
	CSV map[string]string `toml:"csv"`

	Logo       string   `toml:"logo"`        // SVG or PNG beside kanbao.toml: in the masthead and, without icon, as icon
	Icon       string   `toml:"icon"`        // SVG or PNG, square: what browsers and phones show of the site
	Accent     string   `toml:"accent"`      // colour of the paper, "#9e1b1f"
	AccentDark string   `toml:"accent_dark"` // the same on a dark page; by default one that can be read there
	Theme      string   `toml:"theme"`       // until the reader chooses one; by default as the system has it
	Masthead   []string `toml:"masthead"`    // lines below the name on front pages
	Footer     Footer   `toml:"footer"`

	Kind string `toml:"kind"` // "newspaper": Markdown files are pages of several articles
	Date string `toml:"date"` // of the edition
	Page string `toml:"page"` // the page's number
	Name string `toml:"name"` // the page's name

	lines map[string]int // of some keys, for what is found to be wrong with them later

	// What the command says: show what is held back as a draft, or for its date.
	Drafts bool `toml:"-"`
	Future bool `toml:"-"`
	// Now is the moment that dates are compared with; time.Now if it is zero.
	Now time.Time `toml:"-"`
}

// now is the moment at which the articles are read, in the zone of the settings.
func (c *Config) now() time.Time {
	t := c.Now
	if t.IsZero() {
		t = time.Now()
	}
	zone := time.FixedZone("Asia/Shanghai", 8*60*60)
	if c.TimeZone != "" {
		if z, err := time.LoadLocation(c.TimeZone); err == nil {
			zone = z
		}
	}
	return t.In(zone)
}

func (c *Config) mostText() int64 { return cmp.Or(c.LargestText<<20, source.MostText) }

// MostFile is how many bytes a file may have that is published as it is.
func (c *Config) MostFile() int64 { return cmp.Or(c.LargestFile, 1024) << 20 }

// Edition returns what the settings say of the edition.
func (c *Config) Edition() article.Edition {
	return article.Edition{Paper: c.Paper, Date: c.Date, Page: c.Page, Name: c.Name}
}

// LoadConfig reads root/kanbao.toml, or where root is a file, the one beside
// it. Without one, the settings are the defaults.
func LoadConfig(root string) (*Config, error) {
	dir := root
	if info, err := os.Stat(root); err != nil {
		return nil, err
	} else if !info.IsDir() {
		dir = filepath.Dir(root)
	}
	cfg := &Config{}
	if err := cfg.merge(dir, ConfigName); err != nil {
		return nil, err
	}
	if cfg.Lang == "" {
		cfg.Lang = "zh-Hans"
	}
	if cfg.Title == "" {
		cfg.Title = cfg.Paper
	}
	if cfg.Title == "" {
		cfg.Title = folderName(root)
	}
	return cfg, nil
}

func folderName(root string) string {
	abs, err := filepath.Abs(root)
	if err != nil {
		abs = root
	}
	return source.Stem(filepath.ToSlash(abs))
}

// merge puts what a file of the content says over what c has. A file that is not
// there says nothing.
func (c *Config) merge(root, name string) error {
	data, err := source.Read(root, name, source.MostText)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return source.Errorf(name, 0, "%v", err)
	}
	text, err := source.Text(name, bytes.NewReader(data))
	if err != nil {
		return err
	}
	if err := toml.NewDecoder(strings.NewReader(text)).DisallowUnknownFields().Decode(c); err != nil {
		return tomlFault(name, err)
	}
	return c.check(name, text)
}

func (c *Config) check(name, text string) error {
	date, err := source.Date(c.Date)
	if err != nil {
		return source.Errorf(name, keyLine(text, "date"), "%v", err)
	}
	c.Date = date
	switch c.Lang {
	case "", "zh-Hans", "zh-Hant", "en":
	default:
		return source.Errorf(name, keyLine(text, "lang"), `lang %q: want "zh-Hans", "zh-Hant" or "en"`, c.Lang)
	}
	switch c.Kind {
	case "", "newspaper", "article":
	default:
		return source.Errorf(name, keyLine(text, "kind"), `kind %q: want "newspaper" or "article"`, c.Kind)
	}
	if c.URL != "" {
		if u, err := url.Parse(c.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "" {
			return source.Errorf(name, keyLine(text, "url"), "url %q: want an absolute address such as https://example.org/paper/", c.URL)
		}
	}
	if err := CheckBase(c.Base); err != nil {
		return source.Errorf(name, keyLine(text, "base"), "base %v", err)
	}
	if err := c.checkFace(name, text); err != nil {
		return err
	}
	return c.checkFiles(name, text)
}

// checkFiles checks what the settings say of files.
func (c *Config) checkFiles(name, text string) error {
	if c.Static != "" && (!fs.ValidPath(c.Static) || strings.ContainsAny(c.Static, `/\`) || strings.HasPrefix(c.Static, ".")) {
		return source.Errorf(name, keyLine(text, "static"), "static %q: want the name of a folder beside or in the content", c.Static)
	}
	switch c.Pictures {
	case "", "local", "remote":
	default:
		return source.Errorf(name, keyLine(text, "pictures"), `pictures %q: want "local" or "remote"`, c.Pictures)
	}
	switch c.Punctuation {
	case "", "full", "keep":
	default:
		return source.Errorf(name, keyLine(text, "punctuation"), `punctuation %q: want "full" or "keep"`, c.Punctuation)
	}
	for key, patterns := range map[string][]string{"exclude": c.Exclude, "include": c.Include} {
		for _, p := range patterns {
			if !doublestar.ValidatePattern(p) || p == "" {
				return source.Errorf(name, keyLine(text, key), "%s %q: want a pattern such as drafts/**, *.tmp.md or 附录", key, p)
			}
		}
	}
	for _, p := range c.Skip {
		if _, err := path.Match(p, ""); err != nil || p == "" {
			return source.Errorf(name, keyLine(text, "skip"), "skip %q: want a pattern of names or paths such as tags, print.html or page/[0-9]*", p)
		}
	}
	if _, err := time.LoadLocation(c.TimeZone); err != nil {
		return source.Errorf(name, keyLine(text, "timezone"), "timezone %q: want a name such as Asia/Shanghai", c.TimeZone)
	}
	for key, n := range map[string]int64{"largest_text": c.LargestText, "largest_file": c.LargestFile} {
		if n < 0 || n > 1<<20 {
			return source.Errorf(name, keyLine(text, key), "%s %d: want a number of MB, at most %d", key, n, 1<<20)
		}
	}
	return nil
}

// CheckBase says what is wrong with the path that a site is to lie under.
func CheckBase(base string) error {
	if base == "" {
		return nil
	}
	u, err := url.Parse(base)
	switch {
	case err != nil || !strings.HasPrefix(base, "/"):
		return fmt.Errorf("%q: expected a path that begins with a slash, as /news/", base)
	case u.Host != "" || strings.HasPrefix(base, "//") || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.ContainsAny(base, "{}\\?# \t\n\"'<>"):
		return fmt.Errorf("%q: expected a path alone, as /news/, without a host, spaces or signs such as ? # { }", base)
	case strings.Contains(u.Path+"/", "/../") || strings.Contains(u.Path+"/", "/./") || strings.Contains(u.Path, "//"):
		return fmt.Errorf("%q: expected a path without empty parts and dots, as /news/", base)
	}
	return nil
}

// keyLine returns the line on which key is set.
func keyLine(text, key string) int {
	for i, l := range strings.Split(text, "\n") {
		if k, _, found := strings.Cut(l, "="); found && strings.Trim(k, " \t\"'") == key {
			return i + 1
		}
	}
	return 1
}

// tomlFault says where in the file the decoder stopped, and what it may have.
func tomlFault(name string, err error) error {
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) && len(unknown.Errors) > 0 {
		first := unknown.Errors[0]
		line, _ := first.Position()
		keys := keysOf(reflect.TypeFor[Config]())
		if key := first.Key(); len(key) > 1 && key[0] == "footer" {
			keys = keysOf(reflect.TypeFor[Footer]())
		}
		return source.Errorf(name, line, "unknown key %q; the keys are %s", strings.Join(first.Key(), "."), strings.Join(keys, ", "))
	}
	var fault *toml.DecodeError
	if errors.As(err, &fault) {
		line, _ := fault.Position()
		msg := strings.TrimPrefix(fault.Error(), "toml: ")
		if strings.Contains(msg, "of type string") {
			key := strings.Join(fault.Key(), ".")
			msg = fmt.Sprintf(`%s is not a string; write it in quotation marks: %s = "…"`, key, key)
		}
		return source.Errorf(name, line, "%s", msg)
	}
	return source.Errorf(name, 0, "%v", err)
}

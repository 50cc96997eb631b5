package parse

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"

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

	Kind string `toml:"kind"` // "newspaper": Markdown files are pages of several articles
	Date string `toml:"date"` // of the edition
	Page string `toml:"page"` // the page's number
	Name string `toml:"name"` // the page's name
}

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
	if err := cfg.merge(filepath.Join(dir, ConfigName), ConfigName); err != nil {
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

// merge puts what the file says over what c has. A file that is not there says
// nothing. In errors the file is called name.
func (c *Config) merge(file, name string) error {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return source.Errorf(name, 0, "cannot be read: %v", err)
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
		if u, err := url.Parse(c.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return source.Errorf(name, keyLine(text, "url"), "url %q: want an absolute address such as https://example.org/paper/", c.URL)
		}
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
		return source.Errorf(name, line, "unknown key %q; the keys are %s", strings.Join(first.Key(), "."), strings.Join(configKeys(), ", "))
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

func configKeys() []string {
	var keys []string
	t := reflect.TypeFor[Config]()
	for i := range t.NumField() {
		keys = append(keys, t.Field(i).Tag.Get("toml"))
	}
	return keys
}

package parse

import (
	"fmt"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/parse/source"
)

// A Footer is what the table [footer] of kanbao.toml says: who answers for the site,
// as the law asks of sites in China.
type Footer struct {
	Sponsor       string `toml:"sponsor"`       // 主办单位
	Organizer     string `toml:"organizer"`     // 承办单位
	Address       string `toml:"address"`       // 地址
	Phone         string `toml:"phone"`         // 电话
	ICP           string `toml:"icp"`           // ICP备案号
	Police        string `toml:"police"`        // 公安备案号
	Code          string `toml:"code"`          // 网站标识码
	Accessibility string `toml:"accessibility"` // 无障碍声明: an address, or a file of the content
	Copyright     string `toml:"copyright"`
	Links         []Link `toml:"links"`
}

// A Link is a name with an address, or with a file of the content.
type Link struct {
	Name string `toml:"name"`
	URL  string `toml:"url"`
}

// Themes are the themes that a site may have until its reader chooses another. They
// are those of web/css/tokens.css.
func Themes() []string { return []string{"paper", "white", "dark", "contrast"} }

// colour matches a colour as kanbao.toml has it.
var colour = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)

// Fault returns an error about a key of the settings, with its line.
func (c *Config) Fault(key string, err error) *Error {
	return source.Errorf(ConfigName, c.lines[key], "%v", err)
}

// longColour returns a colour of three digits, #a31, with six, and others as they are.
func longColour(s string) string {
	if len(s) != len("#a31") || !colour.MatchString(s+s[1:]) {
		return s
	}
	return "#" + strings.Repeat(s[1:2], 2) + strings.Repeat(s[2:3], 2) + strings.Repeat(s[3:], 2)
}

// checkFace checks what the settings say of how the site looks and who answers for it.
func (c *Config) checkFace(name, text string) error {
	c.lines = make(map[string]int)
	for _, key := range []string{"logo", "icon", "accent", "accent_dark", "accessibility", "links"} {
		c.lines[key] = keyLine(text, key)
	}
	c.Accent, c.AccentDark = longColour(c.Accent), longColour(c.AccentDark)
	for key, value := range map[string]string{"accent": c.Accent, "accent_dark": c.AccentDark} {
		if value != "" && !colour.MatchString(value) {
			return source.Errorf(name, keyLine(text, key), `%s %q: want a colour such as "#9e1b1f"`, key, value)
		}
	}
	if c.Theme != "" && c.Theme != "system" && !slices.Contains(Themes(), c.Theme) {
		return source.Errorf(name, keyLine(text, "theme"), "theme %q: want %s or system", c.Theme, strings.Join(Themes(), ", "))
	}
	if err := checkAddress(c.Footer.Accessibility); err != nil {
		return source.Errorf(name, keyLine(text, "accessibility"), "footer.accessibility %v", err)
	}
	for _, l := range c.Footer.Links {
		if strings.TrimSpace(l.Name) == "" || l.URL == "" {
			return source.Errorf(name, keyLine(text, "links"), `footer.links: want a name and an address for each: {name = "…", url = "…"}`)
		}
		if err := checkAddress(l.URL); err != nil {
			return source.Errorf(name, keyLine(text, "links"), "footer.links: %q %v", l.Name, err)
		}
	}
	return nil
}

// checkAddress says what is wrong with where a link of the footer leads.
func checkAddress(to string) error {
	u, err := url.Parse(to)
	switch {
	case err != nil:
		return fmt.Errorf("%q: is no address", to)
	case u.Scheme == "" && u.Host == "":
		return nil // on the site
	case (u.Scheme == "http" || u.Scheme == "https") && u.Host != "", u.Scheme == "mailto", u.Scheme == "tel":
		return nil
	}
	return fmt.Errorf("%q: want an address such as https://example.org/, or a file of the content", to)
}

// keysOf are the keys of a table of kanbao.toml.
func keysOf(table reflect.Type) []string {
	var keys []string
	for i := range table.NumField() {
		if key := table.Field(i).Tag.Get("toml"); key != "-" && key != "" {
			keys = append(keys, key)
		}
	}
	return keys
}

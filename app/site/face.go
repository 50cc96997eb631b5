package site

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/kanbao/kanbao/app/site/accent"
	"github.com/kanbao/kanbao/app/site/logo"
	"github.com/kanbao/kanbao/app/text"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/parse/source"
)

// A face is what a site has of its paper: logo, icons and colour. Without settings it
// is a neutral one.
type face struct {
	logo     *logo.Logo  // nil if the name stands alone
	icons    []logo.Icon // nil if those of web/icons will do
	light    string      // accent; empty for that of tokens.css
	dark     string
	warnings []error
}

// mostLogo is how many bytes a logo may have: every reader loads it.
const mostLogo = 2 << 20

// loadFace reads what the settings name. A logo that cannot be read is an error: a
// paper without its name is not what anybody means.
func loadFace(cfg *parse.Config, content string) (*face, error) {
	if info, err := os.Stat(content); err == nil && !info.IsDir() {
		content = filepath.Dir(content)
	}
	f := &face{light: cfg.Accent, dark: cfg.AccentDark}
	if f.light == "" && f.dark != "" {
		return nil, cfg.Fault("accent_dark", errors.New("accent_dark is there and accent is not; give both, or accent alone"))
	}
	read := func(key, name string) (*logo.Logo, error) {
		data, err := source.Read(content, path.Clean(name), mostLogo)
		var l *logo.Logo
		if err == nil {
			l, err = logo.Read(name, data)
		}
		if err != nil {
			return nil, cfg.Fault(key, fmt.Errorf("%s %q: %w", key, name, err))
		}
		if len(l.LeftOut) > 0 {
			f.warnings = append(f.warnings, cfg.Fault(key, fmt.Errorf("%s %q: not published of it are %s", key, name, strings.Join(l.LeftOut, ", "))))
		}
		return l, nil
	}
	var err error
	if cfg.Logo != "" {
		if f.logo, err = read("logo", cfg.Logo); err != nil {
			return nil, err
		}
	}
	icon := f.logo
	if cfg.Icon != "" {
		if icon, err = read("icon", cfg.Icon); err != nil {
			return nil, err
		}
	}
	if icon != nil {
		f.icons, err = icon.Icons()
	}
	return f, err
}

// tokens returns the style sheet of all colours with the paper's own.
func (f *face) tokens(css []byte) ([]byte, error) {
	if f.light == "" {
		return css, nil
	}
	out, err := accent.Apply(string(css), f.light, f.dark)
	return []byte(out), err
}

// neutralIcons are those of web/icons.
var neutralIcons = []logo.Icon{
	{Name: "icon.svg", Sizes: "any", Type: "image/svg+xml"},
	{Name: "icon-180.png", Sizes: "180x180", Type: "image/png"},
	{Name: "icon-192.png", Sizes: "192x192", Type: "image/png"},
	{Name: "icon-512.png", Sizes: "512x512", Type: "image/png"},
	{Name: "icon-maskable.png", Sizes: "512x512", Type: "image/png", Purpose: "maskable"},
}

// phoneIcon is the plain name of the icon that phones want apart from the others.
const phoneIcon = "icon-180.png"

// iconView is an icon as pages and the web manifest name it.
type iconView struct{ Path, Sizes, Type, Purpose string }

// BrowserIcons are those that browsers show beside the title.
func (s *siteView) BrowserIcons() []iconView {
	var some []iconView
	for _, i := range s.Icons {
		if i.Sizes == "any" || i.Sizes == "32x32" || i.Sizes == "192x192" && i.Purpose == "" {
			some = append(some, i)
		}
	}
	if len(some) > 0 && some[0].Sizes == "any" {
		return some[:1] // it is all others in one
	}
	return some
}

// logoView is the logo in the masthead.
type logoView struct {
	Path          string
	Width, Height int  // as it is shown
	Name          bool // it shows the name of the paper
	Plate         bool // something light stands behind it on a dark page
}

// How high a logo stands in the masthead, in CSS pixels, and how wide at most.
const (
	logoHeight = 44
	logoWidth  = 264
)

func (f *face) view(a *assets) *logoView {
	if f.logo == nil {
		return nil
	}
	w, h := logoHeight*f.logo.Width/f.logo.Height, float64(logoHeight)
	if w > logoWidth {
		w, h = logoWidth, logoWidth*f.logo.Height/f.logo.Width
	}
	return &logoView{
		Path: a.paths["logo"+f.logo.Ext], Width: max(1, int(math.Round(w))), Height: max(1, int(math.Round(h))),
		Name: f.logo.IsName(), Plate: !f.logo.Opaque,
	}
}

// footerView is who answers for the site.
type footerView struct {
	Facts     []footerFact
	Links     []footerLink
	Copyright string
}

type footerFact struct {
	Label, Text string
	To          string // empty if it leads nowhere
}

type footerLink struct {
	Name, To string // To is empty if it leads nowhere
	Own      bool   // To is relative to the root
}

// Where the two registers of sites in China can be asked.
const (
	icpRegister    = "https://beian.miit.gov.cn/"
	policeRegister = "https://beian.mps.gov.cn/#/query/webSearch?code="
)

var digits = regexp.MustCompile(`\d{8,}`)

// footer makes the foot of the pages; what leads nowhere is shown as text, and said.
func (c *content) footer(cfg *parse.Config, s *static, t text.Footer) (v footerView, warnings []error) {
	f := cfg.Footer
	fact := func(label, s, to string) {
		if s = strings.TrimSpace(s); s != "" {
			v.Facts = append(v.Facts, footerFact{Label: label, Text: s, To: to})
		}
	}
	fact(t.Sponsor, f.Sponsor, "")
	fact(t.Organizer, f.Organizer, "")
	fact(t.Address, f.Address, "")
	fact(t.Phone, f.Phone, "")
	fact(t.ICP, f.ICP, icpRegister)
	police := ""
	if n := digits.FindString(f.Police); n != "" {
		police = policeRegister + n
	}
	fact(t.Police, f.Police, police)
	fact(t.Code, f.Code, "")
	follow := func(key, name, to string) footerLink {
		at, own := c.wayTo(to, s)
		if at == "" {
			warnings = append(warnings, cfg.Fault(key, fmt.Errorf("footer.%s: %q leads to nothing that the site has; it is shown as text", key, to)))
		}
		return footerLink{name, at, own}
	}
	if f.Accessibility != "" {
		v.Links = append(v.Links, follow("accessibility", t.Accessibility, f.Accessibility))
	}
	for _, l := range f.Links {
		v.Links = append(v.Links, follow("links", l.Name, l.URL))
	}
	v.Copyright = strings.TrimSpace(f.Copyright)
	return v, warnings
}

// wayTo returns where an address of the settings leads: to an article by its file, to
// a page of the site, or to another site.
func (c *content) wayTo(to string, s *static) (at string, own bool) {
	u, err := url.Parse(to)
	if err != nil {
		return "", false
	}
	if u.Scheme != "" || u.Host != "" {
		return to, false
	}
	name := strings.Trim(path.Clean("/"+u.Path), "/")
	if e := c.entryAt(name); e != nil {
		return e.Path, true
	}
	if _, ok := s.files[name]; ok {
		return name, true
	}
	if _, ok := s.files[index(name)]; ok {
		return name + "/", true
	}
	for _, e := range c.entries {
		if strings.Trim(e.Path, "/") == name {
			return e.Path, true
		}
	}
	return "", false
}

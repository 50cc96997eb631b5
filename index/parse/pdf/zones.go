package pdf

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/layout"
	"github.com/kanbao/kanbao/index/parse/source"
	"github.com/pelletier/go-toml/v2"
)

// zonesEnd is how the name of a file with corrections ends: A03.zones.toml is
// that of A03.pdf.
const zonesEnd = ".zones.toml"

// corrections is what such a file says.
type corrections struct {
	Story []marked `toml:"story"`
}

// marked is a story that somebody has marked.
type marked struct {
	Page     int          `toml:"page"`
	Title    string       `toml:"title"`
	Kicker   string       `toml:"kicker,omitempty"`
	Subtitle string       `toml:"subtitle,omitempty"`
	Zones    [][4]float64 `toml:"zones"`
}

// readZones reads the corrections beside r, if r is a file and has some.
func readZones(r io.Reader, name string) (corrections, error) {
	f, ok := r.(interface{ Name() string })
	if !ok {
		return corrections{}, nil
	}
	called := strings.TrimSuffix(name, path.Ext(name)) + zonesEnd
	data, err := os.ReadFile(strings.TrimSuffix(f.Name(), path.Ext(f.Name())) + zonesEnd)
	if errors.Is(err, fs.ErrNotExist) {
		return corrections{}, nil
	}
	if err != nil {
		return corrections{}, source.Errorf(called, 0, "cannot be read: %v", err)
	}
	return parseZones(called, string(data))
}

func parseZones(name, text string) (c corrections, err error) {
	if err := toml.NewDecoder(strings.NewReader(text)).DisallowUnknownFields().Decode(&c); err != nil {
		line := 0
		var fault *toml.DecodeError
		var unknown *toml.StrictMissingError
		if errors.As(err, &fault) {
			line, _ = fault.Position()
		} else if errors.As(err, &unknown) && len(unknown.Errors) > 0 {
			line, _ = unknown.Errors[0].Position()
		}
		return corrections{}, source.Errorf(name, line, "%v; want [[story]] with page, title and zones = [[x0, y0, x1, y1], …]", err)
	}
	for i, s := range c.Story {
		if s.Page < 1 || len(s.Zones) == 0 {
			return corrections{}, source.Errorf(name, 0, "story %d (%s): want page, from 1, and at least one zone [x0, y0, x1, y1]", i+1, s.Title)
		}
		for _, z := range s.Zones {
			if !(z[0] < z[2] && z[1] < z[3]) {
				return corrections{}, source.Errorf(name, 0, "story %d (%s): zone %v has no area; want [left, top, right, bottom] in points", i+1, s.Title, z)
			}
		}
	}
	return c, nil
}

// given returns the stories that are marked on a page.
func (c corrections) given(page int) []layout.Given {
	var out []layout.Given
	for _, s := range c.Story {
		if s.Page != page {
			continue
		}
		g := layout.Given{Kicker: s.Kicker, Title: s.Title, Subtitle: s.Subtitle}
		for _, z := range s.Zones {
			g.Zones = append(g.Zones, layout.Rect{X0: z[0], Y0: z[1], X1: z[2], Y1: z[3]})
		}
		out = append(out, g)
	}
	return out
}

// Zones writes the zones of articles as a file of corrections, for somebody to
// start from.
func Zones(articles []*article.Article) string {
	var b strings.Builder
	b.WriteString("# The stories as they were found. Zones are [left, top, right, bottom] in points\n" +
		"# from the page's top left. Move a boundary, put two stories' zones into one, part\n" +
		"# one in two, or write another title, kicker or subtitle. A story that is left out\n" +
		"# here is found by the program as before.\n")
	for _, a := range articles {
		pages := map[int]bool{}
		for _, z := range a.Zones {
			if pages[z.Page] {
				continue
			}
			pages[z.Page] = true
			fmt.Fprintf(&b, "\n[[story]]\npage = %d\ntitle = %s\n", z.Page, quoted(a.Title))
			if a.Kicker != "" {
				fmt.Fprintf(&b, "kicker = %s\n", quoted(a.Kicker))
			}
			if a.Subtitle != "" {
				fmt.Fprintf(&b, "subtitle = %s\n", quoted(a.Subtitle))
			}
			b.WriteString("zones = [")
			sep := ""
			for _, o := range a.Zones {
				if o.Page == z.Page {
					fmt.Fprintf(&b, "%s[%.1f, %.1f, %.1f, %.1f]", sep, o.X0, o.Y0, o.X1, o.Y1)
					sep = ", "
				}
			}
			b.WriteString("]\n")
		}
	}
	return b.String()
}

// quoted writes a string as TOML has it.
func quoted(s string) string {
	out, err := toml.Marshal(map[string]string{"s": s})
	if err != nil {
		return `""`
	}
	return strings.TrimSpace(strings.TrimPrefix(string(out), "s = "))
}

package site

import (
	"fmt"
	"image"
	_ "image/jpeg" // the formats that a browser takes for screenshots
	_ "image/png"
	"path"
	"strings"

	"github.com/kanbao/kanbao/index/parse/source"
)

// A screenshot is a picture of the site that a browser shows before it installs it.
type screenshot struct {
	Src        string `json:"src"`
	Sizes      string `json:"sizes"`
	Type       string `json:"type"`
	FormFactor string `json:"form_factor"`
}

// screenshots returns the pictures that are published as screenshot*.png or .jpg at the
// root: nobody else knows how a site looks. What is none is left out.
func (s *static) screenshots() []screenshot {
	var all []screenshot
	for _, name := range sortedKeys(s.files) {
		kind := map[string]string{".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}[strings.ToLower(path.Ext(name))]
		if kind == "" || path.Dir(name) != "." || !strings.HasPrefix(name, "screenshot") {
			continue
		}
		width, height, ok := s.sizeOfPicture(name)
		if !ok {
			continue
		}
		shot := screenshot{Src: name, Sizes: fmt.Sprintf("%dx%d", width, height), Type: kind, FormFactor: "narrow"}
		if width > height {
			shot.FormFactor = "wide"
		}
		all = append(all, shot)
	}
	return all
}

func (s *static) sizeOfPicture(name string) (width, height int, ok bool) {
	f, err := source.Open(s.files[name], name, s.most)
	if err != nil {
		return 0, 0, false
	}
	defer f.Close()
	c, _, err := image.DecodeConfig(f)
	return c.Width, c.Height, err == nil
}

package site

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/kanbao/kanbao/app/site/rendition"
	"github.com/kanbao/kanbao/index/chunk"
)

// A sized is a picture of the site with what a page says of it, so that nothing moves
// when it comes and a phone fetches no more than it shows.
type sized struct {
	copied
	rendition.Size
	smaller []smaller
	fault   error // why there are no smaller ones where there should be
}

// A smaller is a smaller form of a picture.
type smaller struct {
	path  string
	width int
}

// picture adds a picture as add does, with its smaller forms. Those that the last build
// has made are not made again.
func (m *media) picture(from, ref string) (sized, error) {
	done, err := m.add(from, ref, pictureTypes)
	if err != nil {
		return sized{}, err
	}
	if known, ok := m.sizes[done.path]; ok {
		return known, nil
	}
	s := sized{copied: done}
	data, err := done.read()
	if err != nil {
		return sized{}, err
	}
	s.Size = rendition.SizeOf(data)
	s.smaller, s.fault = m.scale(done.path, data)
	m.sizes[done.path] = s
	return s, nil
}

// scale makes the smaller forms of a picture that is at a path of the site.
func (m *media) scale(at string, data []byte) ([]smaller, error) {
	var all []smaller
	var widths []int
	hash := sha256.Sum256(data)
	sum := hex.EncodeToString(hash[:8])
	inputs := func(w int) string {
		return chunk.Sum([]byte(fmt.Sprintf("picture %s %s %d", rendition.Version, sum, w))).String()
	}
	name := func(w int) string {
		// One that is published as it is may lie anywhere.
		return "media/" + sum + "-" + strconv.Itoa(w) + strings.ToLower(path.Ext(at))
	}
	for _, w := range rendition.Widths(data) {
		if !m.out.keep(name(w), inputs(w)) {
			widths = append(widths, w)
		}
		all = append(all, smaller{name(w), w})
	}
	if len(widths) == 0 {
		return all, nil
	}
	files, err := rendition.Scale(data, widths)
	if err != nil {
		return nil, err
	}
	kept := all[:0]
	for _, s := range all {
		if len(widths) > 0 && widths[0] == s.width {
			small := files[0]
			widths, files = widths[1:], files[1:]
			if small == nil {
				continue
			}
			f := file{chunk.Sum(small).String(), inputs(s.width), int64(len(small))}
			if err := m.out.put(s.path, small, f); err != nil {
				return nil, err
			}
		}
		kept = append(kept, s)
	}
	return kept, nil
}

// onPage is how wide a picture is set: the measure of the text, or all of a phone.
const onPage = "(min-width: 44rem) 41rem, 100vw"

// sources returns the srcset of a picture, empty if it has no smaller forms; to is the
// way to the root.
func (s sized) sources(to string) string {
	if len(s.smaller) == 0 || s.Width == 0 {
		return ""
	}
	var b strings.Builder
	for _, x := range s.smaller {
		fmt.Fprintf(&b, "%s%s %dw, ", to, x.path, x.width)
	}
	fmt.Fprintf(&b, "%s%s %dw", to, s.path, s.Width)
	return b.String()
}

package logo

import (
	"bytes"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
)

// picture returns a PNG, red at its left half and transparent at its right.
func picture(t testing.TB, w, h int) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w / 2 {
			m.Set(x, y, color.NRGBA{200, 0, 0, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestIconsOfAPicture(t *testing.T) {
	l, err := Read("报头.PNG", picture(t, 600, 300))
	if err != nil {
		t.Fatal(err)
	}
	if l.Opaque || !l.IsName() {
		t.Errorf("opaque %v, a name %v", l.Opaque, l.IsName())
	}
	if shown, err := png.DecodeConfig(bytes.NewReader(l.Data)); err != nil || shown.Width != 360 || shown.Height != 180 {
		t.Errorf("%d × %d are shown, %v", shown.Width, shown.Height, err)
	}
	icons, err := l.Icons()
	if err != nil || len(icons) != 5 {
		t.Fatalf("%d icons, %v", len(icons), err)
	}
	for _, i := range icons {
		m, err := png.Decode(bytes.NewReader(i.Data))
		if err != nil {
			t.Fatalf("%s: %v", i.Name, err)
		}
		edge := m.Bounds().Dx()
		if got := strings.Split(i.Sizes, "x")[0]; m.Bounds().Dy() != edge || got != map[int]string{32: "32", 180: "180", 192: "192", 512: "512"}[edge] {
			t.Errorf("%s has %d pixels and says %s", i.Name, edge, i.Sizes)
		}
		if r, g, _, a := m.At(edge*3/8, edge/2).RGBA(); a < 0xf000 || r < 0xa000 || g > 0x1000 {
			t.Errorf("%s is not red left of its middle: %v", i.Name, m.At(edge*3/8, edge/2))
		}
		_, _, _, corner := m.At(1, 1).RGBA()
		if solid := i.Name == "icon-180.png" || i.Purpose == "maskable"; solid != (corner == 0xffff) {
			t.Errorf("%s: the corner has the alpha %x", i.Name, corner)
		}
		if _, _, _, a := m.At(edge-2, edge/2).RGBA(); i.Purpose == "" && i.Name != "icon-180.png" && a != 0 {
			t.Errorf("%s is not transparent where the logo is", i.Name)
		}
	}
}

func TestDrawing(t *testing.T) {
	l, err := Read("logo.svg", []byte(`<svg viewBox="0 0 300 60" onload="alert(1)"><script>alert(2)</script><rect width="10" height="10"/></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	if l.Width != 300 || l.Height != 60 || !l.IsName() || strings.Contains(string(l.Data), "alert") || len(l.LeftOut) == 0 {
		t.Errorf("%v × %v, left out %q: %s", l.Width, l.Height, l.LeftOut, l.Data)
	}
	if icons, err := l.Icons(); err != nil || len(icons) != 1 || icons[0].Sizes != "any" || !bytes.Equal(icons[0].Data, l.Data) {
		t.Errorf("the icons are %v, %v", icons, err)
	}
	if l, err := Read("logo.svg", []byte(`<svg width="32px" height="32" xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>`)); err != nil || l.Width != 32 || l.IsName() {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestWhatIsNoLogo(t *testing.T) {
	huge := picture(t, 2, 2)
	copy(huge[16:], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // 65,536 × 65,536
	sum := crc32.ChecksumIEEE(huge[12:29])
	copy(huge[29:], []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"logo.jpg":  {nil, `is of the kind ".jpg"; want SVG or PNG`},
		"empty.png": {nil, "is no PNG"},
		"cut.png":   {picture(t, 9, 9)[:60], "is no PNG"},
		"huge.png":  {huge, "has 65536 × 65536 pixels"},
		"text.svg":  {[]byte("hello"), "SVG"},
		"no.svg":    {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>`), "viewBox"},
		"per.svg":   {[]byte(`<svg width="100%" height="100%"><g/></svg>`), "viewBox"},
	} {
		if _, err := Read(name, c.data); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

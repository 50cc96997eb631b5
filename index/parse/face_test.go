package parse

import "testing"

func TestFaceFaultsNameTheLine(t *testing.T) {
	for in, want := range map[string]string{
		"accent = \"red\"\n":                                  `kanbao.toml:1: accent "red": want a colour such as "#9e1b1f"`,
		"theme = \"pink\"\n":                                  `kanbao.toml:1: theme "pink": want paper, white, dark, contrast or system`,
		"[footer]\nsponser = \"x\"\n":                         `kanbao.toml:2: unknown key "footer.sponser"; the keys are sponsor, organizer, address, phone, icp, police, code, accessibility, copyright, links`,
		"[footer]\naccessibility = \"javascript:alert(1)\"\n": `kanbao.toml:2: footer.accessibility "javascript:alert(1)": want an address such as https://example.org/, or a file of the content`,
		"[footer]\nlinks = [{name = \"x\"}]\n":                `kanbao.toml:2: footer.links: want a name and an address for each: {name = "…", url = "…"}`,
	} {
		_, err := LoadConfig(folder(t, map[string]string{"kanbao.toml": in}))
		if err == nil || err.Error() != want {
			t.Errorf("%q: error %v, want %s", in, err, want)
		}
	}
}

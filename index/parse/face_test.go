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

func TestColoursMayHaveThreeDigits(t *testing.T) {
	cfg, err := LoadConfig(folder(t, map[string]string{"kanbao.toml": "accent = \"#a10\"\naccent_dark = \"#F9c\"\n"}))
	if err != nil || cfg.Accent != "#aa1100" || cfg.AccentDark != "#FF99cc" {
		t.Errorf("accent %q, accent_dark %q, %v", cfg.Accent, cfg.AccentDark, err)
	}
	for _, wrong := range []string{"#a1", "#a1g", "a10", "#a100", "报"} {
		if _, err := LoadConfig(folder(t, map[string]string{"kanbao.toml": "accent = \"" + wrong + "\"\n"})); err == nil {
			t.Errorf("%q is taken for a colour", wrong)
		}
	}
}

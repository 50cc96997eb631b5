package site

import (
	"maps"
	"testing"
)

// An inventory is read by the next build, which may be of another version of the
// program: whoever changes the bytes gives them another head.
func TestInventoryIsWrittenAsEver(t *testing.T) {
	v := inventory{"sw.js": {"0123456789abc", unknown, 12}, "a/潮 水/index.html": {"zyxwvtsrqpnmk", "c0ffee0000000", 3456}}
	const want = "kanbao files 1 31n514a5fbrq4\n" +
		"zyxwvtsrqpnmk c0ffee0000000 3456 a/潮 水/index.html\n" +
		"0123456789abc - 12 sw.js\n"
	if got := string(v.bytes()); got != want {
		t.Errorf("the inventory is\n%s\nwant\n%s", got, want)
	}
	if back := readInventory([]byte(want)); !maps.Equal(back, v) {
		t.Errorf("it is read as %v", back)
	}
}

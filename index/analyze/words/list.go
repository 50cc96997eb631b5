package words

import (
	"fmt"

	"github.com/go-ego/gse"
)

// FromList returns a Cutter whose dictionary is the given words, each as likely
// as any other. Tests and tools that cannot wait for the real one use it.
func FromList(list ...string) (*Cutter, error) {
	c := new(Cutter)
	c.seg.SkipLog = true
	c.seg.Dict = gse.NewDict()
	for _, w := range list {
		if err := c.seg.AddToken(w, 100, "n"); err != nil {
			return nil, fmt.Errorf("words: add %q: %w", w, err)
		}
	}
	c.seg.CalcToken()
	return c, nil
}

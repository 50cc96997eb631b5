package command

import (
	"context"
	"fmt"

	"github.com/kanbao/kanbao/app/site"
)

type checkCommand struct {
	Out string `arg:"" help:"Folder of a built site."`
}

// Run prints each problem in a line, and what was looked at.
func (c checkCommand) Run(ctx context.Context, t terminal) error {
	found, err := site.Check(ctx, c.Out)
	if err != nil {
		return err
	}
	for _, p := range found.Problems {
		fmt.Fprintln(t.err, p)
	}
	fmt.Fprintf(t.out, "%s: %d files, %d pages, %d articles\n", c.Out, found.Files, found.Pages, found.Articles)
	if n := len(found.Problems); n > 0 {
		return fmt.Errorf("%d problems (see above); kanbao build, or kanbao index, with --verify makes anew what is damaged", n)
	}
	return nil
}

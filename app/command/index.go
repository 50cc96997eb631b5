package command

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"time"

	"github.com/kanbao/kanbao/app/site"
)

type indexCommand struct {
	Site       name     `arg:"" help:"Folder of a finished site: HTML files of whatever generator."`
	Out        name     `short:"o" required:"" placeholder:"OUT" help:"Folder below SITE for the index, kanbao.js and what it loads, such as SITE/kanbao. Nothing else in SITE changes, and nothing in OUT before all is complete."`
	Settings   string   `placeholder:"FOLDER" type:"existingdir" help:"Folder with kanbao.toml, synonyms.txt and names.txt. By default SITE."`
	Exclude    []string `placeholder:"PATTERN" sep:"none" help:"Files and folders that are not read, such as drafts/** or 附录. May be repeated."`
	Full       bool     `help:"Start over: use nothing of the index that is in OUT."`
	Verify     bool     `help:"Compare every byte in OUT with what the last run wrote, and make anew what is damaged."`
	AllowEmpty bool     `help:"Make an index without pages where there are none to be found. Otherwise that is an error, and what is in OUT stays."`
}

// Run indexes the site, whole or not at all.
func (c indexCommand) Run(ctx context.Context, t terminal) error {
	progress, done := plainProgress(t.err), func() {}
	if t.interactive() {
		progress, done = barProgress(t.err)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(buildGC)
	}
	sum, err := site.Index(ctx, site.IndexOptions{
		Site: string(c.Site), Out: string(c.Out), Settings: c.Settings, Exclude: c.Exclude,
		Full: c.Full, Verify: c.Verify, AllowEmpty: c.AllowEmpty, Progress: progress,
	})
	done()
	if err != nil {
		return err
	}
	for _, e := range slices.Concat(sum.Errors, sum.Warnings) {
		fmt.Fprintln(t.err, e)
	}
	fmt.Fprintf(t.out, "%s: %d pages, %d of them as they were, %d terms; index %s, wasm %s; %s\n", c.Out,
		sum.Articles, sum.Kept, sum.Terms, size(sum.IndexBytes), size(sum.WasmBytes), sum.Elapsed.Round(10*time.Millisecond))
	if n := len(sum.HeldBack); n > 0 {
		fmt.Fprintf(t.out, "left out: %d (%s)\n", n, counted(sum.HeldBack, whyHeld))
		sum.HeldBack = nil // no flag shows them
	}
	printBesides(t.out, sum)
	if len(sum.Errors) > 0 {
		return badFiles(len(sum.Errors))
	}
	return nil
}

package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/kanbao/kanbao/app/serve"
	"github.com/kanbao/kanbao/app/site"
	"github.com/kanbao/kanbao/index/entity"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/schollz/progressbar/v3"
)

// buildGC has a build of 10,000 articles take a tenth less memory than Go's own
// 100, for a fiftieth more of processor time.
const buildGC = 70

type buildCommand struct {
	Content    name   `arg:"" help:"File or folder of articles."`
	Out        name   `short:"o" required:"" placeholder:"OUT" help:"Folder for the site. Nothing in it changes before the new site is complete."`
	Base       string `placeholder:"/PATH/" help:"Path that the site lies under on its host. By default what kanbao.toml says, else /."`
	Full       bool   `help:"Start over: use nothing of the site that is in OUT."`
	Verify     bool   `help:"Compare every byte of the site in OUT with what the last build wrote, and make anew what is damaged."`
	Drafts     bool   `help:"Publish what is held back as a draft too."`
	Future     bool   `help:"Publish what is held back for its date too."`
	AllowEmpty bool   `help:"Build a site without articles where nothing in CONTENT is to be published. Otherwise that is an error, and the site in OUT stays."`
}

// Validate is called by kong.
func (c buildCommand) Validate() error { return validBase(c.Base) }

// A name is that of a file, a folder or an address. It is not empty: a variable of a
// script that is not set would mean the folder that the script is in, or any address of
// the machine.
type name string

// Validate is called by kong for a name that is given.
func (n name) Validate() error {
	if n == "" {
		return errors.New("the name is empty; the folder that you are in is called . (a dot)")
	}
	return nil
}

func validBase(base string) error {
	if err := parse.CheckBase(base); err != nil {
		return fmt.Errorf("--base %w", err)
	}
	return nil
}

// cleanBase ends a path with a slash.
func cleanBase(base string) string {
	if base == "" {
		return ""
	}
	return strings.TrimRight(base, "/") + "/"
}

// Run builds the site, whole or not at all.
func (c buildCommand) Run(ctx context.Context, t terminal) error {
	bad, err := buildSite(ctx, t, site.Options{
		Content: string(c.Content), Out: string(c.Out), Base: cleanBase(c.Base), Full: c.Full, Verify: c.Verify,
		AllowEmpty: c.AllowEmpty, Drafts: c.Drafts, Future: c.Future,
	})
	if err == nil && bad > 0 {
		return badFiles(bad)
	}
	return err
}

// buildSite builds and prints how it goes, the errors of bad files, and what
// came out. It returns the number of bad files.
func buildSite(ctx context.Context, t terminal, o site.Options) (bad int, err error) {
	progress, done := plainProgress(t.err), func() {}
	if t.interactive() {
		progress, done = barProgress(t.err)
	}
	o.Progress = progress
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(buildGC)
	}
	summary, err := site.Build(ctx, o)
	done()
	if err != nil {
		return 0, err
	}
	for _, e := range slices.Concat(summary.Errors, summary.Warnings) {
		fmt.Fprintln(t.err, e)
	}
	fmt.Fprintf(t.out, "%s: %d articles, %d terms; pages %s, index %s, wasm %s; %s\n", o.Out,
		summary.Articles, summary.Terms, size(summary.PageBytes), size(summary.IndexBytes), size(summary.WasmBytes),
		summary.Elapsed.Round(10*time.Millisecond))
	printBesides(t.out, summary)
	return len(summary.Errors), nil
}

// size writes a number of bytes as people read them.
func size(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1000_000:
		return fmt.Sprintf("%.1f kB", float64(n)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1000_000)
}

// barProgress shows a bar for each step, wiped away at the end.
func barProgress(w io.Writer) (progress func(site.Progress), done func()) {
	var bar *progressbar.ProgressBar
	var step site.Step
	return func(p site.Progress) {
		if bar == nil || p.Step != step {
			step = p.Step
			wipe(w)
			bar = newBar(w, string(step), p.Total)
		}
		// It fails only for more articles than were counted, which is no matter.
		_ = bar.Set(p.Done)
	}, func() { wipe(w) }
}

// wipe empties the line that the bar is on.
func wipe(w io.Writer) { fmt.Fprint(w, "\r\x1b[K") }

func newBar(w io.Writer, step string, total int) *progressbar.ProgressBar {
	if total == 0 {
		total = -1 // a spinner
	}
	return progressbar.NewOptions(total,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription(step),
		progressbar.OptionSetWidth(30),
		progressbar.OptionShowCount(),
		progressbar.OptionSetSpinnerChangeInterval(0), // moves with the work, not by itself
		progressbar.OptionThrottle(65*time.Millisecond))
}

// plainProgress writes a line when a step begins.
func plainProgress(w io.Writer) func(site.Progress) {
	var step site.Step
	return func(p site.Progress) {
		if p.Step == step {
			return
		}
		step = p.Step
		if p.Step == site.Printing {
			fmt.Fprintf(w, "%s pictures of %d pages\n", step, p.Total)
		} else if p.Total > 0 {
			fmt.Fprintf(w, "%s %d articles\n", step, p.Total)
		} else {
			fmt.Fprintln(w, step)
		}
	}
}

type serveCommand struct {
	Content name   `arg:"" help:"File or folder of articles."`
	Drafts  bool   `help:"Show what is held back as a draft too."`
	Future  bool   `help:"Show what is held back for its date too."`
	Addr    name   `default:"127.0.0.1:8080" help:"Address to serve at."`
	Base    string `placeholder:"/PATH/" help:"Path to serve the site under. By default what kanbao.toml says, else /."`
}

// Validate is called by kong.
func (c serveCommand) Validate() error { return validBase(c.Base) }

// Run serves the site out of a folder that is gone afterwards.
func (c serveCommand) Run(ctx context.Context, t terminal) error {
	content := string(c.Content)
	config, err := parse.LoadConfig(content)
	if err != nil {
		return err
	}
	base := cleanBase(c.Base)
	if base == "" {
		base = cleanBase(config.Base)
	}
	if base == "" {
		base = "/"
	}
	dir, err := os.MkdirTemp("", "kanbao-serve-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "site")
	static, err := site.StaticFolders(content, config)
	if err != nil {
		return err
	}
	stem := strings.TrimSuffix(filepath.Base(content), filepath.Ext(content))
	settings := []string{parse.ConfigName, parse.SynonymsName, entity.CorrectionsName, stem + ".toml", stem + ".zones.toml"}
	err = serve.Run(ctx, serve.Options{
		Addr: string(c.Addr), Base: base, Content: content, Settings: settings, Beside: static, Out: out,
		Log: func(line string) { fmt.Fprintln(t.err, line) },
		Build: func(ctx context.Context) error {
			_, err := buildSite(ctx, t, site.Options{Content: content, Out: out, Base: base, AllowEmpty: true, Drafts: c.Drafts, Future: c.Future})
			return err
		},
	})
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

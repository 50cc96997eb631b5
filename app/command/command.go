// Package command is the kanbao command. It turns a folder of articles into a static site with a reader
// and full-text search that runs in the visitor's browser. It also shows the
// site while it is being written, and looks into content and sites.
//
// The files of this package hold flags, exit codes and what is printed, a file
// for each command. The work is done in index/ and app/.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
	"golang.org/x/term"
)

type commands struct {
	Build    buildCommand    `cmd:"" help:"Build the static site of CONTENT in a folder, for any host, under any path."`
	Index    indexCommand    `cmd:"" help:"Make a finished SITE of HTML files searchable as it is, whatever has generated it."`
	Serve    serveCommand    `cmd:"" help:"Build the site of CONTENT, show it, and build it again when CONTENT changes."`
	Articles articlesCommand `cmd:"" help:"Print what the parser understood of CONTENT."`
	Query    queryCommand    `cmd:"" help:"Search a built site with the engine that runs in the browser."`
	Check    checkCommand    `cmd:"" help:"Look over a built site: files, index, links, identifiers and what the policy forbids."`
	Inspect  inspectCommand  `cmd:"" help:"Print what a built site holds."`
}

// A terminal is where a command reads and prints.
type terminal struct {
	in  io.Reader
	out io.Writer
	err *os.File
}

// interactive reports whether somebody watches what is printed to err.
func (t terminal) interactive() bool { return term.IsTerminal(int(t.err.Fd())) }

// Exit codes. A build with bad files has built the others.
const (
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130
)

// Main runs the command with the arguments that follow its name, and returns its
// exit code: 0, 1 where something failed, 2 for a wrong call, 130 when interrupted.
func Main(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, args)
}

func run(ctx context.Context, args []string) int {
	var c commands
	parser := kong.Must(&c,
		kong.Name("kanbao"),
		kong.Description("看报: a folder of Chinese articles as a static site with instant full-text search."),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(terminal{in: os.Stdin, out: os.Stdout, err: os.Stderr}),
	)
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(os.Stderr, "kanbao: %v; kanbao --help tells how it is used\n", err)
		return exitUsage
	}
	return exitCode(ctx, command.Run())
}

// exitCode prints the error, if there is one, and says how to end.
func exitCode(ctx context.Context, err error) int {
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "kanbao: interrupted; the last good site is as it was")
		return exitInterrupted
	}
	fmt.Fprintln(os.Stderr, "kanbao:", err)
	return exitFailed
}

// badFiles is the error of a command that did its work but for some files,
// whose errors it has printed already.
type badFiles int

func (n badFiles) Error() string {
	if n == 1 {
		return "1 article or line could not be read (see above); all others are there"
	}
	return fmt.Sprintf("%d articles or lines could not be read (see above); all others are there", int(n))
}

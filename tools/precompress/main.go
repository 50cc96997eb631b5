// Command precompress writes FILE.br and FILE.gz beside each FILE named, at the
// highest level, unless those that lie there were made of the same bytes. Hosts
// that serve precompressed files send these; the wasm files are the ones that
// are worth it. It runs at build time only and is no part of the kanbao command.
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"

	"github.com/andybalholm/brotli"
	"golang.org/x/sync/errgroup"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: precompress FILE...")
		os.Exit(2)
	}
	var g errgroup.Group
	for _, name := range os.Args[1:] {
		g.Go(func() error { return precompress(name) })
	}
	if err := g.Wait(); err != nil {
		fmt.Fprintln(os.Stderr, "precompress:", err)
		os.Exit(1)
	}
}

func precompress(name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if !current(name, data) {
		if err := compress(name, data); err != nil {
			return err
		}
	}
	return report(name, len(data))
}

// current reports whether name.br holds exactly data and name.gz is there too.
// Unpacking takes a hundredth of the time of packing, and cannot be fooled by
// the times of files as a checkout leaves them.
func current(name string, data []byte) bool {
	if _, err := os.Stat(name + ".gz"); err != nil {
		return false
	}
	f, err := os.Open(name + ".br")
	if err != nil {
		return false
	}
	defer f.Close()
	old, err := io.ReadAll(brotli.NewReader(f))
	return err == nil && bytes.Equal(old, data)
}

func compress(name string, data []byte) error {
	var gz, br bytes.Buffer
	zw, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return err
	}
	bw := brotli.NewWriterOptions(&br, brotli.WriterOptions{Quality: 11, LGWin: 24})
	for _, w := range []io.WriteCloser{zw, bw} {
		if _, err := w.Write(data); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
	}
	// The brotli file is what current looks at, so it is written last.
	if err := os.WriteFile(name+".gz", gz.Bytes(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(name+".br", br.Bytes(), 0o644)
}

func report(name string, raw int) error {
	gz, err := os.Stat(name + ".gz")
	if err != nil {
		return err
	}
	br, err := os.Stat(name + ".br")
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d kB, gzip %d kB, brotli %d kB\n", name, raw/1000, gz.Size()/1000, br.Size()/1000)
	return nil
}

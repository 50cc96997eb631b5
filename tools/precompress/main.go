// Command precompress writes FILE.br and FILE.gz beside each FILE named, at the
// highest level, unless those that lie there were made of the same bytes. Hosts
// that serve precompressed files send these; the wasm files are the ones that
// are worth it. It runs at build time only and is no part of the kanbao command.
//
// The gzip file is by libdeflate where libdeflate-gzip is installed, which makes it
// a twentieth smaller than Go's own package does.
//
// With -quick first, it takes a second instead of half a minute, and the files
// are a quarter larger: for tests, which only need them to be right. The next run
// without it writes them anew.
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"os/exec"

	"github.com/andybalholm/brotli"
	"golang.org/x/sync/errgroup"
)

// The window of each way is also how a file is known by its first byte, as only
// the highest level needs the larger one.
var (
	best  = brotli.WriterOptions{Quality: 11, LGWin: 24}
	quick = brotli.WriterOptions{Quality: 5, LGWin: 22}
)

func main() {
	names, options := os.Args[1:], best
	if len(names) > 0 && names[0] == "-quick" {
		names, options = names[1:], quick
	}
	if len(names) == 0 {
		fmt.Fprintln(os.Stderr, "usage: precompress [-quick] FILE...")
		os.Exit(2)
	}
	var g errgroup.Group
	for _, name := range names {
		g.Go(func() error { return precompress(name, options) })
	}
	if err := g.Wait(); err != nil {
		fmt.Fprintln(os.Stderr, "precompress:", err)
		os.Exit(1)
	}
}

func precompress(name string, options brotli.WriterOptions) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if !current(name, data, options) {
		if err := compress(name, data, options); err != nil {
			return err
		}
	}
	return report(name, len(data))
}

// current reports whether name.br holds exactly data, packed as well as options
// ask for, and name.gz is there too. Unpacking takes a hundredth of the time of
// packing, and cannot be fooled by the times of files as a checkout leaves them.
func current(name string, data []byte, options brotli.WriterOptions) bool {
	if _, err := os.Stat(name + ".gz"); err != nil {
		return false
	}
	packed, err := os.ReadFile(name + ".br")
	if err != nil || len(packed) == 0 || window(packed) < options.LGWin {
		return false
	}
	old, err := io.ReadAll(brotli.NewReader(bytes.NewReader(packed)))
	return err == nil && bytes.Equal(old, data)
}

// window returns the bits of the window of a brotli stream, as far as there is
// one of 18 to 24: an odd low bit, and three more above it (RFC 7932, 9.1).
func window(packed []byte) int { return 17 + int(packed[0]>>1&7)*int(packed[0]&1) }

func compress(name string, data []byte, options brotli.WriterOptions) error {
	gz, err := gzipped(data, options)
	if err != nil {
		return err
	}
	var br bytes.Buffer
	bw := brotli.NewWriterOptions(&br, options)
	if err := write(bw, data); err != nil {
		return err
	}
	// The brotli file is what current looks at, so it is written last.
	if err := os.WriteFile(name+".gz", gz, 0o644); err != nil {
		return err
	}
	return os.WriteFile(name+".br", br.Bytes(), 0o644)
}

func gzipped(data []byte, options brotli.WriterOptions) ([]byte, error) {
	if path, err := exec.LookPath("libdeflate-gzip"); err == nil && options == best {
		c := exec.Command(path, "-12")
		c.Stdin, c.Stderr = bytes.NewReader(data), os.Stderr
		return c.Output()
	}
	var gz bytes.Buffer
	zw, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	err = write(zw, data)
	return gz.Bytes(), err
}

func write(w io.WriteCloser, data []byte) error {
	if _, err := w.Write(data); err != nil {
		return err
	}
	return w.Close()
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

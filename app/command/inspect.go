package command

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
)

type inspectCommand struct {
	Out  string `arg:"" help:"Folder of a built site."`
	JSON bool   `help:"Print one JSON object."`
}

type inspectJSON struct {
	Documents  int              `json:"documents"`
	Terms      int              `json:"terms"`
	Chunks     int              `json:"chunks"`
	IndexBytes int64            `json:"index_bytes"`
	Bytes      map[string]int64 `json:"bytes"`
	PageBytes  int64            `json:"page_bytes"`
	WasmBytes  int64            `json:"wasm_bytes"`
}

// Run counts what the index says of itself and what lies beside it.
func (c inspectCommand) Run(ctx context.Context, t terminal) error {
	engine, err := openSite(ctx, c.Out)
	if err != nil {
		return err
	}
	inv := engine.Inspect()
	j := inspectJSON{Documents: inv.Documents, Terms: inv.Terms, Chunks: inv.Chunks,
		IndexBytes: inv.IndexBytes, Bytes: inv.Bytes}
	if j.PageBytes, j.WasmBytes, err = pageAndWasmBytes(c.Out); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(j)
	}
	fmt.Fprintf(t.out, "documents %10d\nterms     %10d\nchunks    %10d\nindex     %10d bytes, all that an offline copy fetches\n",
		j.Documents, j.Terms, j.Chunks, j.IndexBytes)
	for _, kind := range slices.Sorted(maps.Keys(j.Bytes)) {
		fmt.Fprintf(t.out, "  %-12s %10d bytes\n", kind, j.Bytes[kind])
	}
	_, err = fmt.Fprintf(t.out, "pages     %10d bytes\nwasm      %10d bytes, uncompressed\n", j.PageBytes, j.WasmBytes)
	return err
}

// pageAndWasmBytes sums up the HTML files and the wasm files of a site. The
// compressed forms beside wasm files are the same bytes again, so they are left
// out.
func pageAndWasmBytes(out string) (pages, wasm int64, err error) {
	err = fs.WalkDir(os.DirFS(out), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		switch path.Ext(name) {
		case ".html":
			pages += info.Size()
		case ".wasm":
			wasm += info.Size()
		}
		return nil
	})
	return pages, wasm, err
}

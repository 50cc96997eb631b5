package warmup

import (
	_ "embed"
	"encoding/binary"

	"github.com/kanbao/kanbao/index/chunk"
)

// file is the files of an index, the manifest first, each after its length as a
// varint. `go test ./wasm/warmup -write` makes it out of the articles of the
// test and says when it has to be made again.
//
//go:embed index.bin
var file []byte

// Text is a query that finds more than ten of the articles, by two words.
const Text = "月亮 潮水"

// Index returns the index.
func Index() chunk.Source {
	m := new(chunk.Memory)
	for rest, first := file, true; len(rest) > 0; first = false {
		size, n := binary.Uvarint(rest)
		f := rest[n : n+int(size)]
		rest = rest[n+int(size):]
		if first {
			_ = m.PutManifest(f) // a Memory takes everything
		} else {
			_ = m.Put(chunk.Sum(f), f)
		}
	}
	return m
}

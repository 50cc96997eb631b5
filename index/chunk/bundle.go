package chunk

import (
	"encoding/binary"
	"slices"

	"github.com/kanbao/kanbao/index/format"
)

const bundleMagic = "kbb"

// AppendBundle appends a bundle of files to b. A bundle has many chunks in one file,
// and so costs one request.
func AppendBundle(b []byte, files [][]byte) []byte {
	size := bundleHead(len(files))
	for _, f := range files {
		size += len(f)
	}
	b = slices.Grow(b, size)
	b = append(b, bundleMagic...)
	b = append(b, format.Version)
	b = binary.AppendUvarint(b, uint64(len(files)))
	for _, f := range files {
		b = binary.AppendUvarint(b, uint64(len(f)))
	}
	for _, f := range files {
		b = append(b, f...)
	}
	return b
}

// bundleHead is as long as what stands before the first of n files can be.
func bundleHead(n int) int { return len(bundleMagic) + 1 + (n+1)*binary.MaxVarintLen32 }

// bundleExtents returns where the files of a bundle lie. head is its beginning,
// at least bundleHead bytes unless it is shorter, and size its length. What the
// files hold is for the names of the chunks to check.
func bundleExtents(head []byte, size int, ids []ID) (map[ID]Extent, error) {
	c := format.NewCursor("bundle", head)
	if magic := c.Bytes(len(bundleMagic)); c.Err() == nil && string(magic) != bundleMagic {
		c.Fail("begins with %q, want %q", magic, bundleMagic)
	}
	if version := int(c.Byte()); c.Err() == nil && version != format.Version {
		return nil, &format.VersionError{Found: version}
	}
	if n := c.Int(len(ids)); n != len(ids) {
		c.Fail("%d chunks, want %d", n, len(ids))
	}
	extents := make(map[ID]Extent, len(ids))
	at := 0
	for _, id := range ids {
		n := c.Int(size - at)
		extents[id] = Extent{at, n}
		at += n
	}
	begin := c.Offset()
	if c.Err() == nil && begin+at != size {
		c.Fail("%d bytes of chunks in a file of %d", at, size)
	}
	for id, e := range extents {
		extents[id] = Extent{begin + e.Offset, e.Size}
	}
	return extents, c.Err()
}

package write

import (
	"context"
	"fmt"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/record"
)

// stored writes the articles themselves.
func (b *builder) stored(ctx context.Context, phrases []byte) error {
	var starts []int
	size, most := 0, b.sizeOf(b.opt.StoredSize, 8<<10, 12<<10)
	for i, from := range b.order {
		n := b.acc.docs[from].size
		if i == 0 || size+n > most {
			starts, size = append(starts, i), 0
		}
		size += n
	}
	files, err := each(ctx, len(starts), func(i int) ([]byte, error) {
		end := len(b.order)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		body, err := b.records(starts[i], end)
		return (&format.Chunk{Kind: format.Stored, Body: body}).Append(nil, phrases), err
	})
	if err != nil {
		return err
	}
	for i, file := range files {
		b.add(manifest.Chunk{Kind: format.Stored, From: starts[i]}, file)
	}
	return nil
}

// records returns the records of the documents from up to end, each after its
// length.
func (b *builder) records(from, end int) ([]byte, error) {
	coder := record.Coded{Alphabet: b.seg.Alphabet}
	var body []byte
	for _, doc := range b.order[from:end] {
		a, err := b.article(doc)
		if err != nil {
			return nil, fmt.Errorf("write: article %s: %w", b.acc.docs[doc].id, err)
		}
		body = format.AppendBlock(body, record.Append(nil, a, coder))
	}
	return body, nil
}

// article returns an article as it was added.
func (b *builder) article(doc int) (*article.Article, error) {
	record, err := b.acc.records.read(b.acc.docs[doc].record)
	if err != nil {
		return nil, err
	}
	return decompress(record)
}

// columns writes what there is one value of for each document.
func (b *builder) columns() {
	norms := make([]byte, 0, len(b.order))
	for _, doc := range b.order {
		norms = append(norms, format.Length(b.acc.docs[doc].length))
	}
	var dates, ids []byte
	day, id := 0, ""
	for _, doc := range b.order {
		d := &b.acc.docs[doc]
		next := format.Day(d.date)
		dates = format.AppendVarint(dates, int64(next-day))
		day = next
		ids = format.AppendShared(ids, id, d.id)
		id = d.id
	}
	for _, c := range []format.Chunk{{Kind: format.Norms, Body: norms}, {Kind: format.Dates, Body: dates}, {Kind: format.IDs, Body: ids}} {
		b.add(manifest.Chunk{Kind: c.Kind}, c.Append(nil, nil))
	}
}

// variants returns which characters of the text are folded to others, and which
// others would be folded to a character of it.
func (b *builder) variants() (used, others map[rune]rune) {
	used, others = make(map[rune]rune), make(map[rune]rune)
	for r, to := range b.opt.Folder.Variants {
		if _, ok := b.seg.Alphabet.Code(to); !ok {
			continue
		}
		if _, ok := b.seg.Alphabet.Code(r); ok {
			used[r] = to
		} else {
			others[r] = to
		}
	}
	return used, others
}

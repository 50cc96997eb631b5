package read

import (
	"context"
	"sort"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/record"
)

// storedChunk is a chunk of articles, inflated but not decoded.
type storedChunk struct {
	records [][]byte
}

func (ix *Index) loadStored(ctx context.Context, id chunk.ID) (*storedChunk, int, error) {
	p := ix.of[id]
	phrases, err := p.seg.column(ctx, format.Phrases)
	if err != nil {
		return nil, 0, err
	}
	c, err := ix.fetch(ctx, id, format.Stored, phrases)
	if err != nil {
		return nil, 0, err
	}
	cursor := format.NewCursor("stored", c.Body)
	s := new(storedChunk)
	for cursor.Len() > 0 {
		s.records = append(s.records, cursor.Block())
	}
	if want := p.seg.docsOf(p.entry); cursor.Err() == nil && len(s.records) != want {
		cursor.Fail("%d articles, want %d", len(s.records), want)
	}
	return s, len(c.Body) + 24*len(s.records), format.InFile(cursor.Err(), id.Name())
}

// docsOf returns how many documents a chunk of articles has.
func (s *Segment) docsOf(c manifest.Chunk) int {
	at := s.storedFor(uint32(c.From))
	if at+1 < len(s.storeds) {
		return s.storeds[at+1].From - c.From
	}
	return s.Docs - c.From
}

// storedFor returns which chunk has a document of the segment.
func (s *Segment) storedFor(doc uint32) int {
	return sort.Search(len(s.storeds), func(i int) bool { return s.storeds[i].From > int(doc) }) - 1
}

// Article returns the article of a document.
func (ix *Index) Article(ctx context.Context, doc uint32) (*article.Article, error) {
	s, local := ix.Segment(doc)
	entry := s.storeds[s.storedFor(local)]
	c, err := s.ix.stored.Get(ctx, entry.ID)
	if err != nil {
		return nil, err
	}
	cursor := format.NewCursor("stored", c.records[int(local)-entry.From])
	a := record.Read(cursor, record.Coded{Alphabet: s.Alphabet})
	return a, format.InFile(cursor.Close(), entry.ID.Name())
}

// StoredChunk names the chunk that has a document's article, and says whether
// it is in memory.
func (ix *Index) StoredChunk(doc uint32) (chunk.ID, bool) {
	s, local := ix.Segment(doc)
	id := s.storeds[s.storedFor(local)].ID
	return id, s.ix.stored.Has(id)
}

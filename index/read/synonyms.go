package read

import (
	"context"

	"github.com/kanbao/kanbao/index/format"
)

// Synonyms returns the names that mean one thing.
// They are in the table of the first segment and are fetched once.
func (ix *Index) Synonyms(ctx context.Context) (*format.SynonymList, error) {
	if len(ix.segments) == 0 || len(ix.segments[0].Of(format.Synonyms)) == 0 {
		return new(format.SynonymList), nil
	}
	first := ix.segments[0]
	b, err := first.column(ctx, format.Synonyms)
	if err != nil {
		return nil, err
	}
	c := format.NewCursor("synonyms", b)
	s := format.ReadSynonyms(c)
	return s, format.InFile(c.Close(), first.Of(format.Synonyms)[0].ID.Name())
}

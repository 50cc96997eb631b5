package read

import (
	"context"
	"slices"

	"github.com/kanbao/kanbao/index/format"
)

// Synonyms returns the names that mean one thing.
// They are in the table of an index's first segment and are fetched once.
func (ix *Index) Synonyms(ctx context.Context) (*format.SynonymList, error) {
	all := new(format.SynonymList)
	for _, part := range ix.Parts() {
		s, err := part.ownSynonyms(ctx)
		if err != nil || len(ix.Parts()) == 1 {
			return s, err
		}
		for _, group := range s.Groups {
			if !slices.ContainsFunc(all.Groups, func(g []format.Synonym) bool { return slices.Equal(g, group) }) {
				all.Groups = append(all.Groups, group)
			}
		}
		for r, to := range s.Variants {
			if all.Variants == nil {
				all.Variants = make(map[rune]rune)
			}
			all.Variants[r] = to
		}
	}
	return all, nil
}

func (ix *Index) ownSynonyms(ctx context.Context) (*format.SynonymList, error) {
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

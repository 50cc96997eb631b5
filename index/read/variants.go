package read

import (
	"context"
	"strings"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/format"
)

// Folder returns what folds the text of the index's articles, as the writer
// did. Nothing is fetched for it.
func (ix *Index) Folder() analyze.Folder { return ix.folder }

// FolderFor returns a Folder for texts that are not of an article, as a query is. The
// manifest has the variants of all characters that some article has. If a text has
// another character beyond ASCII, the chunks with the other variants are fetched. A character
// stays as it is if no article has it or what it folds to.
func (ix *Index) FolderFor(ctx context.Context, texts ...string) (analyze.Folder, error) {
	for _, r := range strings.Join(texts, "") {
		plain := analyze.Folder{}.Rune(r)
		if plain >= utf8.RuneSelf && !pictograph(r) && !ix.hasChar(r) && !ix.hasChar(plain) {
			table, err := ix.allVariants(ctx)
			return analyze.Folder{Variants: table}, err
		}
	}
	return ix.Folder(), nil
}

// pictograph reports whether a character is an emoji or the like, which has no variant.
func pictograph(r rune) bool { return r >= 0x1F000 && r <= 0x1FAFF }

// hasChar reports whether an article has the character, as it is or folded.
func (ix *Index) hasChar(r rune) bool {
	for _, s := range ix.segments {
		if _, ok := s.Alphabet.Code(r); ok {
			return true
		}
	}
	return false
}

// allVariants returns all characters that fold to one that an article or a
// synonym has. What a character folds to is the same in every segment that knows.
func (ix *Index) allVariants(ctx context.Context) (map[rune]rune, error) {
	tables := make([]map[rune]rune, len(ix.segments)+1)
	g, ctx := errgroup.WithContext(ctx)
	for i, s := range ix.segments {
		g.Go(func() (err error) {
			tables[i], err = s.otherVariants(ctx)
			return err
		})
	}
	g.Go(func() error {
		synonyms, err := ix.Synonyms(ctx)
		if err == nil {
			tables[len(ix.segments)] = synonyms.Variants
		}
		return err
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	all := make(map[rune]rune)
	for _, table := range append(tables, ix.folder.Variants) {
		for r, to := range table {
			all[r] = to
		}
	}
	return all, nil
}

// otherVariants returns the variants of the segment's characters that are not in
// its text.
func (s *Segment) otherVariants(ctx context.Context) (map[rune]rune, error) {
	b, err := s.column(ctx, format.Variants)
	if b == nil || err != nil {
		return nil, err
	}
	c := format.NewCursor("variants", b)
	table := format.ReadVariants(c)
	return table, format.InFile(c.Close(), s.Of(format.Variants)[0].ID.Name())
}

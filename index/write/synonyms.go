package write

import (
	"maps"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
)

// withSynonyms puts the synonyms into the table of the first segment and takes
// older ones out of all tables. The segments are left as they were.
func withSynonyms(opt *Options, segments []Segment) []Segment {
	out := make([]Segment, len(segments))
	for i, s := range segments {
		table := *s.Segment
		out[i] = Segment{Segment: &table, Read: s.Read}
		table.Chunks, table.Bytes = nil, maps.Clone(s.Bytes)
		delete(table.Bytes, format.Synonyms)
		for j, c := range s.Chunks {
			if c.Kind != format.Synonyms {
				table.Chunks, out[i].Files = append(table.Chunks, c), append(out[i].Files, s.Files[j])
			}
		}
	}
	if synonyms := fold(opt); len(out) > 0 && len(synonyms.Groups) > 0 {
		file := (&format.Chunk{Kind: format.Synonyms, Body: synonyms.Append(nil)}).Append(nil, nil)
		first := &out[0] // its kind is the last
		first.Chunks = append(first.Chunks, manifest.Chunk{ID: chunk.Sum(file), Kind: format.Synonyms, Size: len(file)})
		first.Files = append(first.Files, file)
		first.Bytes[format.Synonyms] = int64(len(file))
	}
	return out
}

// fold folds the names of the synonyms. Those that fold to the same are one.
func fold(opt *Options) *format.SynonymList {
	s := &format.SynonymList{Variants: make(map[rune]rune)}
	var all strings.Builder
	for _, written := range opt.Synonyms {
		var names []format.Synonym
		for _, w := range written {
			n := format.Synonym{Written: w, Folded: opt.Folder.Fold(w).String()}
			if n.Folded != "" && !slices.ContainsFunc(names, func(o format.Synonym) bool { return o.Folded == n.Folded }) {
				names = append(names, n)
				all.WriteString(n.Folded)
			}
		}
		if len(names) > 1 {
			s.Groups = append(s.Groups, names)
		}
	}
	for r, to := range opt.Folder.Variants {
		if strings.ContainsRune(all.String(), to) {
			s.Variants[r] = to
		}
	}
	return s
}

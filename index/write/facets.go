package write

import (
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/words"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
)

// facetsOf returns the values of an article in the order of format.FacetFields.
func facetsOf(a *article.Article, lines []words.Line, opt *Options) [format.NumFacets][]string {
	var authors, persons, places, orgs []string
	for _, author := range a.Authors {
		authors = append(authors, analyze.Name(author.Name))
	}
	if opt.Entities != nil {
		persons, places, orgs = opt.Entities(a, lines)
	}
	facets := [format.NumFacets][]string{{a.Edition.PageName()}, authors, {analyze.Name(a.Source)}, a.Tags, persons, places, orgs, a.Categories,
		properties(a, article.Filtered), properties(a, article.Sorted)}
	for f, values := range facets {
		facets[f] = values[:0:0]
		for _, v := range values {
			if v = strings.TrimSpace(v); v != "" && !slices.Contains(facets[f], v) {
				facets[f] = append(facets[f], v)
			}
		}
	}
	return facets
}

// properties returns those of one use as values.
func properties(a *article.Article, use article.Use) []string {
	var values []string
	for _, p := range a.Properties {
		if p.Use == use {
			values = append(values, p.Name+"="+p.Value)
		}
	}
	return values
}

// facets writes a chunk for each field that some article has a value of. Values
// of a single article are written like any other: left out, they would be
// missing from the counts of an index whose other segments have them too.
func (b *builder) facets() {
	for f := range format.NumFacets {
		docs := b.acc.facets[f]
		if len(docs) == 0 {
			continue
		}
		values := make([]format.Facet, 0, len(docs))
		for v, of := range docs {
			b.renumber(of, nil)
			values = append(values, format.Facet{Value: v, Docs: of})
		}
		slices.SortFunc(values, func(v, w format.Facet) int { return strings.Compare(v.Value, w.Value) })
		file := format.FacetChunk(values, uint32(len(b.order))).Append(nil, nil)
		b.add(manifest.Chunk{Kind: format.Facets, From: f}, file)
	}
}

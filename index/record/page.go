package record

import (
	"encoding/binary"
	"math"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/format"
)

// hundredths is the unit in which weights lie.
const hundredths = 100

// appendPage appends what the page of another site says of an article, or nothing
// if it says nothing.
func appendPage(b []byte, a *article.Article, k Coder) []byte {
	weights, says := weightsOf(a), len(a.Properties) > 0
	for _, s := range a.Sections {
		says = says || s.Anchor != ""
	}
	if !says && len(weights) == 0 {
		return b
	}
	b = binary.AppendUvarint(b, uint64(len(a.Properties)))
	for _, p := range a.Properties {
		b = k.AppendString(k.AppendString(append(b, byte(p.Use)), p.Name), p.Value)
	}
	for _, s := range a.Sections {
		b = k.AppendString(b, s.Anchor)
	}
	b = binary.AppendUvarint(b, uint64(len(weights)))
	for _, w := range weights {
		b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(w.of)), uint64(math.Round(*w.is*hundredths)))
	}
	return b
}

// A weight is that of a block or, behind all blocks, of a heading.
type weight struct {
	of int
	is *float64
}

// weightsOf returns the weights of an article that are said.
func weightsOf(a *article.Article) []weight {
	var said []weight
	for i, w := range places(a) {
		if *w >= 0.5/hundredths {
			said = append(said, weight{i + 1, w})
		}
	}
	return said
}

// places returns where the weights of an article stand: those of its blocks, then
// those of its headings.
func places(a *article.Article) []*float64 {
	var all []*float64
	for _, b := range a.Blocks {
		all = append(all, &b.Weight)
	}
	for i := range a.Sections {
		all = append(all, &a.Sections[i].Weight)
	}
	return all
}

// readPage reads what appendPage wrote.
func readPage(c *format.Cursor, a *article.Article, k Coder) {
	for range c.Count(3) {
		p := article.Property{Use: article.Use(c.Byte()), Name: k.ReadString(c), Value: k.ReadString(c)}
		if p.Use > article.Sorted {
			c.Fail("a property of use %d", p.Use)
		}
		a.Properties = append(a.Properties, p)
	}
	for i := range a.Sections {
		a.Sections[i].Anchor = k.ReadString(c)
	}
	n := c.Count(2)
	if n == 0 {
		return
	}
	all := places(a)
	for range n {
		of, is := c.Int(len(all)), c.Int(10*hundredths)
		if c.Err() != nil || of == 0 {
			c.Fail("a weight of block %d", of)
			return
		}
		*all[of-1] = float64(is) / hundredths
	}
}

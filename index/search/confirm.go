package search

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/manifest"
)

const (
	atOnce  = 8  // articles that are fetched at the same time
	settleN = 24 // candidates up to which all are compared, so that the count is exact
)

// verdict is what a document's text says: the fields in which the phrase
// stands, and whether every quoted phrase does somewhere.
type verdict struct {
	fields uint8
	quoted bool
}

// settle compares candidates with their text until the page that was asked for
// is certain.
func (r *run) settle(top []scored, total int, asked words) (*ranked, error) {
	most := int(r.e.ix.MaxDoc())
	want := min(r.q.Offset+r.q.Limit, most)
	deep := min(max(want, nearDepth), most)
	for {
		settled, dropped, err := r.confirmTop(top, deep, total)
		if err != nil {
			return nil, err
		}
		// Whatever was not collected has at most the score of the last that was.
		if len(top) < total && (len(settled) < deep || settled[deep-1].score < top[len(top)-1].score) {
			if top, total, err = r.collect(asked, len(top)*4); err != nil {
				return nil, err
			}
			continue
		}
		all := len(top) == total && r.certain(settled) == len(settled)
		out := &ranked{total: total - dropped, exact: r.exactTotal(all)}
		if settled, err = r.near(settled); err != nil {
			return nil, err
		}
		out.docs = settled[min(r.q.Offset, len(settled)):min(want, len(settled))]
		return out, nil
	}
}

// confirmTop compares documents, the best first, until the first want of them
// are certain, and returns all in their order with those left out that lack a
// quoted phrase. If quoted phrases have few candidates, all are compared.
func (r *run) confirmTop(top []scored, want, total int) (settled []scored, dropped int, err error) {
	if len(r.quoted) > 0 && total <= settleN {
		want = total
	}
	settled = slices.Clone(top)
	for {
		var batch []scored
		for _, s := range settled[:min(want, len(settled))] {
			if _, ok := r.confirmed[s.doc]; !ok && r.needsText(s.doc) {
				batch = append(batch, s)
			}
		}
		if len(batch) == 0 {
			return settled, len(top) - len(settled), nil
		}
		if err := r.confirm(batch); err != nil {
			return nil, 0, err
		}
		settled = r.judge(settled[:0], top)
	}
}

// judge appends the documents to settled with the scores that what is known of
// their text gives them, in order, and leaves out those that lack a quoted phrase.
func (r *run) judge(settled, docs []scored) []scored {
	for _, s := range docs {
		v, ok := r.confirmed[s.doc]
		if ok && !v.quoted {
			continue
		}
		if ok && r.phrase != nil {
			s.score += classStep * (class(v.fields) - class(r.phrase.Contains(s.doc)))
		}
		settled = append(settled, s)
	}
	sortByScore(settled)
	return settled
}

// certain returns how many documents at the front are known to stand rightly.
func (r *run) certain(settled []scored) int {
	for i, s := range settled {
		if _, ok := r.confirmed[s.doc]; !ok && r.needsText(s.doc) {
			return i
		}
	}
	return len(settled)
}

// needsText reports whether pairs alone do not decide about a document.
func (r *run) needsText(doc uint32) bool {
	for _, p := range r.quoted {
		if p.Contains(doc)&^p.Exact != 0 && p.Contains(doc)&p.Exact == 0 {
			return true
		}
	}
	return r.phrase != nil && r.phrase.Contains(doc)&^r.phrase.Exact != 0
}

// confirm reads the articles of those documents that need it.
func (r *run) confirm(batch []scored) error {
	verdicts := make([]*verdict, len(batch))
	g, ctx := errgroup.WithContext(r.ctx)
	g.SetLimit(atOnce)
	for i, s := range batch {
		if _, ok := r.confirmed[s.doc]; ok || !r.needsText(s.doc) {
			continue
		}
		g.Go(func() error {
			v, err := r.compare(ctx, s.doc)
			verdicts[i] = &v
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i, s := range batch {
		if verdicts[i] != nil {
			r.confirmed[s.doc] = *verdicts[i]
		}
	}
	return nil
}

// compare compares one article with the phrases.
func (r *run) compare(ctx context.Context, doc uint32) (verdict, error) {
	a, err := r.openDoc(ctx, doc)
	if err != nil {
		return verdict{}, err
	}
	v := verdict{quoted: true}
	for i, q := range r.plan.quoted {
		if r.quoted[i].Contains(doc) == 0 || r.fields(a, q)&q.fields() == 0 {
			v.quoted = false
		}
	}
	if r.phrase != nil && r.phrase.Contains(doc) != 0 {
		v.fields = r.fields(a, r.plan.phrase)
	}
	return v, nil
}

// fields returns the fields of an article in which a phrase stands, as bits.
func (r *run) fields(a *opened, phrase term) uint8 {
	has := func(text string) bool { return phrase.stands(r.e.folder.Fold(text).Runes) }
	var fields uint8
	if phrase.stands(a.title.Runes) || has(a.Subtitle) {
		fields |= 1 << manifest.Title
	}
	if slices.ContainsFunc(a.Sections, func(s article.Section) bool { return has(s.Heading) }) {
		fields |= 1 << manifest.Heading
	}
	if slices.ContainsFunc(a.blocks, func(b analyze.Folded) bool { return phrase.stands(b.Runes) }) {
		fields |= 1 << manifest.Body
	}
	return fields
}

// exactTotal reports whether the number of documents is certain: only quoted
// phrases were asked for and all documents are certain, or pairs alone decide
// about every word.
func (r *run) exactTotal(all bool) bool {
	if all && len(r.plan.units) == 0 {
		return true
	}
	for _, w := range slices.Concat(r.plan.quoted, r.plan.units) {
		p, err := r.reader.Postings(w.field, w.key()) // remembered, so it does not fail
		if err != nil || p.Exact != allFields {
			return false
		}
	}
	return true
}

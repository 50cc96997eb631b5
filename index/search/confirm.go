package search

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/manifest"
)

const (
	atOnce  = 10 // articles that are fetched at the same time; no fewer than nearDepth
	settleN = 24 // candidates up to which all are compared, so that the count is exact
)

// verdict is what a document's text says: the fields in which the phrase
// stands, and whether it has what it must have and nothing that it must not.
type verdict struct {
	fields uint8
	holds  bool
}

// settle compares candidates with their text until the page that was asked for
// is certain.
func (r *run) settle(top []scored, total int, asked words) (*ranked, error) {
	most := int(r.e.ix.MaxDoc())
	want := min(r.q.Offset+r.q.Limit, most)
	deep := min(max(want, nearDepth), most)
	whole := false
	if r.found != nil {
		var err error
		if whole, err = r.confirmAll(asked); err != nil {
			return nil, err
		}
	}
	for {
		settled, err := r.confirmTop(top, deep, total)
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
		out := &ranked{total: total - r.dropped(), exact: whole || r.exactTotal(all)}
		if settled, err = r.near(settled); err != nil {
			return nil, err
		}
		out.docs = settled[min(r.q.Offset, len(settled)):min(want, len(settled))]
		return out, nil
	}
}

// dropped returns how many of the documents found do not have what was asked.
func (r *run) dropped() int {
	n := 0
	for doc, v := range r.confirmed {
		if !v.holds && (r.found == nil || r.found.has(doc)) {
			n++
		}
	}
	return n
}

// confirmTop compares documents, the best first, until the first want of them
// are certain, and returns all in their order without those that do not hold.
// If what must and must not be there has few candidates, all are compared.
func (r *run) confirmTop(top []scored, want, total int) ([]scored, error) {
	if len(r.quoted)+len(r.excluded) > 0 && total <= settleN {
		want = total
	}
	for {
		settled := r.judge(top)
		var batch []uint32
		for _, s := range settled[:min(want, len(settled))] {
			if _, ok := r.confirmed[s.doc]; !ok && r.needsText(s.doc) {
				batch = append(batch, s.doc)
			}
		}
		if len(batch) == 0 {
			return settled, nil
		}
		if err := r.confirm(batch, nil); err != nil {
			return nil, err
		}
	}
}

// judge returns the documents with the scores that what is known of their text
// gives them, in order, and leaves out those that do not hold.
func (r *run) judge(docs []scored) []scored {
	settled := make([]scored, 0, len(docs))
	for _, s := range docs {
		v, ok := r.confirmed[s.doc]
		if ok && !v.holds {
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
	return r.unsure(doc) || r.phrase != nil && r.phrase.Contains(doc)&^r.phrase.Exact != 0
}

// confirm compares articles with their text; with asked, with its words too.
func (r *run) confirm(batch []uint32, asked *words) error {
	verdicts := make([]verdict, len(batch))
	g, ctx := errgroup.WithContext(r.ctx)
	g.SetLimit(atOnce)
	for i, doc := range batch {
		g.Go(func() (err error) {
			verdicts[i], err = r.compare(ctx, doc, asked)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i, doc := range batch {
		r.confirmed[doc] = verdicts[i]
	}
	return nil
}

// compare compares one article with the phrases.
func (r *run) compare(ctx context.Context, doc uint32, asked *words) (verdict, error) {
	a, err := r.openDoc(ctx, doc)
	if err != nil {
		return verdict{}, err
	}
	stands := func(t term) bool { return r.fields(a, t)&t.fields() != 0 }
	v := verdict{holds: true}
	for _, t := range r.plan.quoted {
		v.holds = v.holds && stands(t)
	}
	for i, t := range r.plan.excluded {
		v.holds = v.holds && (known(r.excluded[i], doc) == no || !stands(t))
	}
	if asked != nil && asked.any {
		v.holds = v.holds && slices.ContainsFunc(asked.list, stands)
	} else if asked != nil {
		v.holds = v.holds && !slices.ContainsFunc(asked.list, func(t term) bool { return !stands(t) })
	}
	if r.phrase != nil && r.phrase.Contains(doc) != 0 {
		v.fields = r.fields(a, r.plan.phrase)
	}
	return v, nil
}

// fields returns the fields of an article in which a phrase stands, as bits.
func (r *run) fields(a *opened, phrase term) uint8 {
	has := func(text string) bool { return phrase.stands(r.e.folder.Runes(text)) }
	var fields uint8
	if phrase.stands(a.title) || has(a.Subtitle) {
		fields |= 1 << manifest.Title
	}
	if slices.ContainsFunc(a.Sections, func(s article.Section) bool { return has(s.Heading) }) {
		fields |= 1 << manifest.Heading
	}
	for _, b := range a.blocks {
		if phrase.stands(b) {
			fields |= 1 << manifest.Body
			break
		}
	}
	return fields
}

// exactTotal reports whether the number of documents is certain: no words were
// asked for and all documents are certain, or pairs alone decide about every word.
func (r *run) exactTotal(all bool) bool {
	if all && len(r.plan.units) == 0 {
		return true
	}
	for _, w := range slices.Concat(r.plan.quoted, r.plan.excluded, r.plan.units) {
		p, err := r.reader.Postings(w.field, w.key()) // remembered, so it does not fail
		if err != nil || p.Exact != allFields {
			return false
		}
	}
	return true
}

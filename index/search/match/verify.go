package match

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search/filter"
	"github.com/kanbao/kanbao/index/search/rank"
	"github.com/kanbao/kanbao/index/search/term"
)

const (
	// AtOnce is how many articles are fetched at the same time; no fewer than
	// rank.Depth.
	AtOnce = 10
	// verifyAllBelow is the number of candidates up to which all are verified if what
	// must and must not be there has no more, so that the total is exact.
	verifyAllBelow = 24
	// What is counted or filtered is verified up to these bounds, so that counts are
	// exact. Beyond them candidates are counted. A chunk of an index that is not one
	// file is some 6 kB and a request.
	verifyDocs   = 400
	verifyChunks = 64
	// confirmDocs is the bound where somebody has asked for all of them.
	confirmDocs = 20000
)

// A verdict is what the text of a document says: the fields in which the phrase
// stands, and whether the document has all it must have and nothing that it must not.
type verdict struct {
	fields  uint8
	matches bool
}

// verdicts are those of the documents that were verified.
type verdicts map[uint32]verdict

// Verified are the candidates after those that matter were compared with their text.
type Verified struct {
	Docs  []rank.Scored // those of the page that was asked for, in order
	Total int           // documents that match; an upper bound if it is not exact
	Exact bool

	found    *Found
	verdicts verdicts
}

// Verify compares candidates with their text until the page that was asked for is
// certain.
func (q *Query) Verify(ctx context.Context, c rank.Clauses, found *Found) (*Verified, error) {
	most := int(q.Index.MaxDoc())
	want := min(q.Offset+q.Limit, most)
	deep := min(max(want, rank.Depth), most)
	known := make(verdicts)
	counted, err := q.verifyCounted(ctx, known, c, found)
	if err != nil {
		return nil, err
	}
	for {
		top, err := q.verifyTop(ctx, known, &c, found, deep)
		if err != nil {
			return nil, err
		}
		// Whatever was not ranked has at most the score of the last that was.
		if last := len(found.Top); last < found.Total && (len(top) < deep || top[deep-1].Score < found.Top[last-1].Score) {
			if found, err = q.Find(ctx, c, last*4); err != nil {
				return nil, err
			}
			continue
		}
		all := len(found.Top) == found.Total && q.certain(known, &c, top)
		if top, err = q.near(ctx, top); err != nil {
			return nil, err
		}
		return &Verified{
			Docs:  top[min(q.Offset, len(top)):min(want, len(top))],
			Total: found.Total - known.dropped(found), Exact: counted || q.exactTotal(all, c.Any),
			found: found, verdicts: known,
		}, nil
	}
}

// Counted returns the documents that a field is counted over.
func (q *Query) Counted(v *Verified, field query.Field) filter.DocSet {
	set := v.found.counted(q.Filters, field)
	for doc, verdict := range v.verdicts {
		if !verdict.matches {
			set.Remove(doc)
		}
	}
	return set
}

// dropped returns how many of the documents found do not match.
func (v verdicts) dropped(found *Found) int {
	n := 0
	for doc, verdict := range v {
		if !verdict.matches && (found.docs == nil || found.docs.Has(doc)) {
			n++
		}
	}
	return n
}

// verifyCounted verifies all that is counted, and reports whether anything is counted
// and that was not too much.
func (q *Query) verifyCounted(ctx context.Context, known verdicts, c rank.Clauses, found *Found) (bool, error) {
	if found.docs == nil {
		return false, nil
	}
	words, err := q.postings(c.Words)
	if err != nil {
		return false, err
	}
	var docs []uint32
	chunks := make(map[chunk.ID]bool)
	for doc := range q.Index.MaxDoc() {
		if !found.counts(doc) || !q.unsure(doc) && !undecided(words, doc, c.Any) {
			continue
		}
		if docs = append(docs, doc); q.tooMany(doc, len(docs), chunks) {
			return false, nil
		}
	}
	return true, q.verify(ctx, known, docs, &c)
}

// tooMany adds a document to those that are read, and reports whether they are more
// than are verified for the sake of counts and words.
func (q *Query) tooMany(doc uint32, docs int, chunks map[chunk.ID]bool) bool {
	id, _ := q.Index.StoredChunk(doc)
	chunks[id] = true
	if q.Confirm {
		return docs > confirmDocs
	}
	return docs > verifyDocs || len(chunks) > verifyChunks && !q.Index.Packed()
}

// spent reports whether so many documents have been read that the words of others are
// not verified any more. That goes for short words alone, which stand within others more
// often than not: of other words, few candidates have the parts and not the whole.
func (q *Query) spent(known verdicts) bool {
	if !q.Plan.AsWords() {
		return false
	}
	chunks := make(map[chunk.ID]bool)
	for doc := range known {
		if q.tooMany(doc, len(known), chunks) {
			return true
		}
	}
	return false
}

// verifyTop verifies documents, the best first, until the first want of them are
// certain, and returns all that match in their order. If what must and must not be
// there, or stands by itself, has few candidates, all are verified.
func (q *Query) verifyTop(ctx context.Context, known verdicts, c *rank.Clauses, found *Found, want int) ([]rank.Scored, error) {
	if (len(q.must)+len(q.excluded) > 0 || q.Plan.AsWords()) && found.Total <= verifyAllBelow {
		want = found.Total
	}
	for {
		top := q.judge(known, found.Top)
		var batch []uint32
		spent := q.spent(known)
		for _, s := range top[:min(want, len(top))] {
			if _, ok := known[s.Doc]; !ok && (q.needsText(s.Doc) || !spent && q.wordsOpen(s.Doc, c)) {
				batch = append(batch, s.Doc)
			}
		}
		if len(batch) == 0 {
			return top, nil
		}
		if err := q.verify(ctx, known, batch, c); err != nil {
			return nil, err
		}
	}
}

// judge returns the documents with the scores that what is known of their text gives
// them, in order, and leaves out those that do not match.
func (q *Query) judge(known verdicts, docs []rank.Scored) []rank.Scored {
	judged := make([]rank.Scored, 0, len(docs))
	for _, s := range docs {
		v, ok := known[s.Doc]
		if ok && !v.matches {
			continue
		}
		if ok && q.formula != nil {
			s.Score = q.formula.Confirmed(s, v.fields)
		}
		judged = append(judged, s)
	}
	rank.Sort(judged)
	return judged
}

// certain reports whether all of some documents are known to stand rightly.
func (q *Query) certain(known verdicts, c *rank.Clauses, docs []rank.Scored) bool {
	for _, s := range docs {
		if _, ok := known[s.Doc]; !ok && (q.needsText(s.Doc) || q.wordsOpen(s.Doc, c)) {
			return false
		}
	}
	return true
}

// needsText reports whether bigrams alone do not decide about what a document must
// have and about the phrase.
func (q *Query) needsText(doc uint32) bool {
	phrase := q.phrase()
	return q.unsure(doc) || phrase != nil && !q.Plan.Phrase.Apart && phrase.Contains(doc)&^phrase.Exact != 0
}

// wordsOpen reports whether bigrams alone do not decide that a document has all words.
func (q *Query) wordsOpen(doc uint32, c *rank.Clauses) bool {
	return !c.Any && undecided(q.words, doc, false)
}

// verify compares articles with their text.
func (q *Query) verify(ctx context.Context, known verdicts, batch []uint32, c *rank.Clauses) error {
	found := make([]verdict, len(batch))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(AtOnce)
	for i, doc := range batch {
		g.Go(func() (err error) {
			found[i], err = q.compare(ctx, doc, c)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i, doc := range batch {
		known[doc] = found[i]
	}
	return nil
}

// compare compares one article with what is asked of it.
func (q *Query) compare(ctx context.Context, doc uint32, c *rank.Clauses) (verdict, error) {
	text, err := q.Texts.Get(ctx, doc)
	if err != nil {
		return verdict{}, err
	}
	stands := func(t term.Term) bool { return q.fields(text, t)&t.Fields() != 0 }
	lacks := func(t term.Term) bool { return !stands(t) }
	v := verdict{matches: true}
	for _, t := range q.Plan.Must {
		v.matches = v.matches && stands(t)
	}
	for i, t := range q.Plan.Excluded {
		v.matches = v.matches && (q.excluded[i].has(doc) == no || !stands(t))
	}
	switch {
	case !v.matches || len(c.Words) == 0:
	case c.Any:
		v.matches = slices.ContainsFunc(c.Words, stands)
	default: // the whole that was typed may begin or end within a word
		v.matches = !slices.ContainsFunc(c.Words, lacks) || !q.Plan.Phrase.Apart && stands(q.Plan.Phrase)
	}
	if phrase := q.phrase(); phrase != nil && phrase.Contains(doc) != 0 {
		v.fields = q.fields(text, q.Plan.Phrase)
	}
	v.matches = v.matches && (q.whole == nil || v.fields != 0 || stands(q.Plan.Phrase))
	return v, nil
}

// fields returns the fields of an article in which a term stands, as bits.
func (q *Query) fields(text *Text, t term.Term) uint8 {
	folder := q.Index.Folder()
	has := func(line string) bool { return t.In(folder.Runes(line)) }
	var fields uint8
	if t.In(text.Title) || has(text.Subtitle) || has(text.Kicker) {
		fields |= 1 << manifest.Title
	}
	if slices.ContainsFunc(text.Sections, func(s article.Section) bool { return has(s.Heading) }) {
		fields |= 1 << manifest.Heading
	}
	if slices.ContainsFunc(text.Blocks, t.In) {
		fields |= 1 << manifest.Body
	}
	return fields
}

// exactTotal reports whether the number of documents is certain: bigrams alone decide
// about every word, or all documents are certain and must have all words.
func (q *Query) exactTotal(all, some bool) bool {
	if all && (!some || len(q.Plan.Words) == 0) {
		return true
	}
	terms := slices.Concat(q.Plan.Must, q.Plan.Excluded, q.Plan.Words)
	if q.whole != nil {
		terms = append(terms, q.Plan.Phrase)
	}
	for _, t := range terms {
		p, err := q.Reader.Postings(t.Field, t.Key()) // it is in memory, so it does not fail
		if err != nil || t.Apart || p.Exact != term.AllFields {
			return false
		}
	}
	return true
}

// near orders the first documents by what their text says, too. They are the first
// whatever page is asked for, so that pages follow each other.
func (q *Query) near(ctx context.Context, top []rank.Scored) ([]rank.Scored, error) {
	head := slices.Clone(top[:min(rank.Depth, len(top))])
	if q.formula == nil || len(q.formula.Words)+len(q.formula.Writings) == 0 || len(head) < 2 {
		return top, nil
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(AtOnce)
	for i := range head {
		g.Go(func() error {
			text, err := q.Texts.Get(ctx, head[i].Doc)
			if err == nil {
				head[i].Score += q.formula.Nearness(text.Article, text.Title, text.Blocks)
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	rank.Sort(head)
	return append(head, top[len(head):]...), nil
}

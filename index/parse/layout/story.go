package layout

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/parse/byline"
)

// analyze finds the stories of a region.
func (p *page) analyze(r *region) {
	if len(r.lines) == 0 && len(r.tables) == 0 {
		p.picturesAlone(r)
		return
	}
	if p.runsDown(deref(r.lines)) {
		p.turnRegion(r)
		defer p.turnRegion(r)
	}
	m := p.newMatter(r)
	if r.given == nil && isAdvertisement(m, r) {
		lines := slices.Clone(r.lines)
		for _, t := range r.tables {
			lines = append(lines, t.lines...)
		}
		slices.SortStableFunc(lines, func(a, b *line) int { return cmp.Compare(a.box.Y0, b.box.Y0) })
		for _, f := range r.pictures {
			lines = append(lines, f.caption...)
		}
		for _, l := range lines {
			p.rest("advertisement", l)
		}
		return
	}
	m.findHeads()
	parts := m.split(r)
	if r.given != nil {
		parts = []*part{{heads: m.heads, blocks: m.makeBlocks(m.lines), pictures: r.pictures, tables: r.tables}}
	}
	for _, part := range parts {
		m.tell(part, r, len(parts) == 1)
	}
}

// picturesAlone makes stories of pictures that have a caption and no other
// text.
func (p *page) picturesAlone(r *region) {
	for _, f := range r.pictures {
		if len(f.caption) == 0 {
			continue
		}
		p.out.Stories = append(p.out.Stories, Story{
			Body:     []Block{{Kind: Caption, Text: p.textOf(f.caption...), Begins: true, Ends: true}},
			Zones:    []Rect{p.back(f.whole())},
			Pictures: []Picture{{Box: p.back(f.box)}},
		})
	}
}

func deref(lines []*line) []line {
	out := make([]line, len(lines))
	for i, l := range lines {
		out[i] = *l
	}
	return out
}

// turnRegion turns what is in a region so that its lines run right.
func (p *page) turnRegion(r *region) {
	p.turned = !p.turned
	t := turn
	if !p.turned {
		t = turnBack
	}
	for _, l := range r.lines {
		l.box = t(l.box)
		l.down = !l.down
	}
	for _, f := range r.pictures {
		f.turn(t)
	}
	for _, tt := range r.tables {
		tt.box = t(tt.box)
	}
	r.frame, r.box = t(r.frame), t(r.box)
}

// A part is a story before its text is read.
type part struct {
	heads    []*head
	blocks   []*block
	pictures []*figure
	tables   []*tableText
}

func (q *part) box() Rect {
	var b Rect
	for _, h := range q.heads {
		b = b.Union(h.box)
	}
	for _, x := range q.blocks {
		b = b.Union(x.box)
	}
	for _, f := range q.pictures {
		b = b.Union(f.whole())
	}
	for _, t := range q.tables {
		b = b.Union(t.box)
	}
	return b
}

// tell makes a story, or several briefs, of a part.
func (m *matter) tell(q *part, r *region, whole bool) {
	p := m.p
	if len(q.heads) == 1 && len(q.heads[0].lines) == 1 && len(q.blocks)+len(q.pictures)+len(q.tables) == 0 && len(q.heads[0].lines[0].glyphs) <= 12 {
		p.rest("label", q.heads[0].lines...)
		return
	}
	across := []Rect{}
	for _, f := range q.pictures {
		across = append(across, f.whole())
	}
	for _, h := range q.heads {
		across = append(across, h.box)
	}
	order := m.order(q.blocks, across)

	pieces := m.pieces(order)
	if briefs := m.briefs(pieces, q.heads); briefs != nil && r.given == nil {
		for _, h := range q.heads {
			p.rest("label", h.lines...)
		}
		for i, b := range briefs {
			s := m.story(nil, b, nil)
			if i == 0 {
				m.addArt(&s, q, nil)
			}
			p.out.Stories = append(p.out.Stories, s)
		}
		return
	}
	s := m.story(q.heads, pieces, q)
	box := q.box()
	for _, h := range q.heads {
		for _, g := range p.grounds {
			if g.Contains(h.box, snap) && !h.down {
				box = box.Union(g)
			}
		}
	}
	if whole && r.sealed {
		box = r.frame
	}
	s.Zones = []Rect{p.back(box)}
	if r.given != nil {
		s.Zones = r.given.Zones
		r.given.correct(&s)
	}
	p.out.Stories = append(p.out.Stories, s)
}

// story makes a story of its headlines and pieces; zones are the places of
// what it is made of.
func (m *matter) story(heads []*head, pieces []piece, q *part) Story {
	p := m.p
	var s Story
	for _, h := range heads {
		if s.Title.String == "" {
			s.Label = join(s.Label, p.textOf(h.label...))
			s.Kicker, s.Title, s.Subtitle = p.textOf(h.kicker...), p.textOf(h.title...), p.textOf(h.subtitle...)
		} else {
			s.Subtitle = join(s.Subtitle, p.textOf(h.lines...))
			continue
		}
		if len(h.byline) > 0 {
			s.Body = append(s.Body, Block{Kind: Byline, Text: p.textOf(h.byline...), Begins: true, Ends: true})
		}
	}
	var box Rect
	for i := range pieces {
		pc := &pieces[i]
		for _, l := range pc.lines {
			box = box.Union(l.box)
		}
		if len(heads) == 0 && i == 0 && pc.kind == Heading {
			s.Title = p.textOf(pc.lines...)
			continue
		}
		t := p.textOf(pc.lines...)
		if len(heads) == 0 && i == 0 && s.Title.String == "" {
			if in := briefMark().FindStringSubmatch(t.String); in != nil {
				s.Title = Text{String: in[1]}
			} else if lead := m.boldLead(pc); lead != "" {
				s.Title = Text{String: lead}
			}
		}
		ends := i < len(pieces)-1 || pc.kind != Paragraph || ending(t.String)
		s.Body = append(s.Body, Block{Kind: pc.kind, Text: t, Begins: pc.begins, Ends: ends})
	}
	if q != nil {
		m.addArt(&s, q, pieces)
	}
	s.Zones = []Rect{p.back(box)}
	return s
}

func join(a, b Text) Text {
	switch {
	case len(a.Glyphs) == 0:
		return b
	case len(b.Glyphs) == 0:
		return a
	}
	return Text{String: a.String + " " + b.String, Glyphs: append(slices.Clone(a.Glyphs), b.Glyphs...)}
}

// addArt puts pictures, captions and tables behind the text.
func (m *matter) addArt(s *Story, q *part, _ []piece) {
	p := m.p
	for _, f := range q.pictures {
		pic := Picture{Box: p.back(f.box), Caption: -1}
		if len(f.caption) > 0 {
			pic.Caption = len(s.Body)
			s.Body = append(s.Body, Block{Kind: Caption, Text: p.textOf(f.caption...), Begins: true, Ends: true})
		}
		s.Pictures = append(s.Pictures, pic)
	}
	for _, t := range q.tables {
		s.Body = append(s.Body, Block{Kind: Table, Rows: t.rows(p), Begins: true, Ends: true})
	}
}

// rows returns the cells of a table.
func (t *tableText) rows(p *page) [][]Text {
	cells := map[[2]int][]*line{}
	for _, l := range t.lines {
		b := p.back(l.box)
		row, col, _ := t.grid.cell(b.MidX(), b.MidY())
		k := [2]int{row, col}
		cells[k] = append(cells[k], l)
	}
	out := make([][]Text, max(1, len(t.grid.ys)-1))
	for i := range out {
		out[i] = make([]Text, max(1, len(t.grid.xs)-1))
	}
	for k, lines := range cells {
		slices.SortStableFunc(lines, func(a, b *line) int {
			return cmp.Or(cmp.Compare(a.box.Y0, b.box.Y0), cmp.Compare(a.box.X0, b.box.X0))
		})
		row, col := max(0, k[0]), max(0, k[1])
		out[row][col] = join(out[row][col], p.textOf(lines...))
	}
	return out
}

// briefs cuts a part whose text begins with a small headline, and has more of
// them, into briefs; nil if it is no such part. Below a headline that is more than
// the name of a column, words in bold are a question or the like.
func (m *matter) briefs(pieces []piece, heads []*head) [][]piece {
	if len(pieces) > 0 && m.boldLead(&pieces[0]) != "" && !startsBrief(pieces[0].lines[0].text) &&
		slices.ContainsFunc(heads, func(h *head) bool { return !h.isName() }) {
		return nil
	}
	if len(pieces) < 2 {
		if len(pieces) == 1 && m.startsBriefPiece(&pieces[0]) {
			return [][]piece{pieces}
		}
		return nil
	}
	if !m.startsBriefPiece(&pieces[0]) {
		return nil
	}
	if pieces[0].kind == Paragraph && !startsBrief(pieces[0].lines[0].text) && m.boldLeads(pieces) < 2 {
		return nil
	}
	var out [][]piece
	for i := range pieces {
		if m.startsBriefPiece(&pieces[i]) && !(i > 0 && pieces[i-1].kind == Heading && pieces[i].kind == Heading) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], pieces[i])
	}
	return out
}

func (m *matter) boldLeads(pieces []piece) int {
	n := 0
	for i := range pieces {
		if m.boldLead(&pieces[i]) != "" {
			n++
		}
	}
	return n
}

func (m *matter) startsBriefPiece(p *piece) bool {
	return p.kind == Heading || startsBrief(p.lines[0].text) || m.boldLead(p) != ""
}

// boldLead returns the words in another type that a paragraph begins with, if
// they are a title run into the text.
func (m *matter) boldLead(p *piece) string {
	if p.kind != Paragraph || !m.leads(p.lines[0]) {
		return ""
	}
	t := m.p.textOf(p.lines...)
	first := m.p.glyphs[t.Glyphs[0]]
	n := 0
	for n < len(t.Glyphs) && m.p.glyphs[t.Glyphs[n]].Font == first.Font && m.p.glyphs[t.Glyphs[n]].Bold == first.Bold {
		n++
	}
	if n < 4 || n > 40 || n == len(t.Glyphs) {
		return ""
	}
	var lead strings.Builder
	for _, g := range t.Glyphs[:n] {
		lead.WriteRune(plain(m.p.glyphs[g].Rune))
	}
	if _, is := byline.Dateline(t.String); is || strings.ContainsAny(lead.String(), "（）()，。") {
		return ""
	}
	return lead.String()
}

// isAdvertisement reports whether a region has no text that runs on: all its
// lines are short and of many sizes.
func isAdvertisement(m *matter, r *region) bool {
	if len(r.lines) < 2 || slices.ContainsFunc(r.tables, func(t *tableText) bool { return !t.grid.loose }) {
		return false
	}
	flow, large := 0, 0
	var words strings.Builder
	for _, l := range r.lines {
		words.WriteString(l.text)
		words.WriteByte(' ')
		if l.size >= big*m.p.body {
			large++
		}
	}
	for _, b := range m.makeBlocks(r.lines) {
		for i := 1; i < len(b.lines); i++ {
			a, c := b.lines[i-1], b.lines[i]
			if near(a.size, c.size, 0.3) && a.size < big*m.p.body && c.box.X0-b.left < 1.2*m.p.body && len(a.glyphs) >= 8 && a.box.X1 > b.right-1.5*m.p.body {
				flow++
			}
		}
	}
	return flow == 0 && (large >= 2 || adWords(words.String()) >= 2 || r.centred())
}

// centred reports whether a region is a box of a few lines, all of which stand in the
// middle, and no sentence.
func (r *region) centred() bool {
	return r.sealed && len(r.lines) > 2 && len(r.lines) <= 16 && !slices.ContainsFunc(r.lines, func(l *line) bool {
		return l.down || !near(l.box.MidX(), r.frame.MidX(), 0.06*r.frame.W()) || strings.Contains(l.text, "。") || isByline(l.text)
	})
}

func adWords(s string) int {
	n := 0
	for _, w := range []string{"热线", "電話", "电话", "熱線", "地址", "优惠", "優惠", "元", "购", "購", "开业", "開業", "招聘", "免费", "免費", "补贴", "補貼", "咨询", "諮詢", "诚聘"} {
		if strings.Contains(s, w) {
			n++
		}
	}
	return n
}

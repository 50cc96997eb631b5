package layout

// Given is a story that somebody has marked on the page: what lies in its zones
// is one story, whatever the analysis would make of it.
type Given struct {
	Zones []Rect
	// Kicker, Title and Subtitle take the place of what is found, if not empty.
	Kicker, Title, Subtitle string
}

// AnalyzeGiven is Analyze with stories that are known. What lies in no zone is
// analyzed as ever.
func AnalyzeGiven(s *Sheet, given []Given) *Page { return analyze(s, given) }

// givenRegions takes what lies in the zones out of the page and makes a region
// of each story. A place in several zones belongs to the first of them.
func (p *page) givenRegions() []*region {
	out := make([]*region, len(p.given))
	for i := range out {
		out[i] = &region{given: &p.given[i]}
	}
	in := func(b Rect) *region {
		b = p.back(b)
		for i := range p.given {
			for _, z := range p.given[i].Zones {
				if z.Holds(b.MidX(), b.MidY()) {
					return out[i]
				}
			}
		}
		return nil
	}
	// A region keeps pointers into the slice that it takes lines from.
	all := p.lines
	p.lines = nil
	for i := range all {
		if r := in(all[i].box); r != nil {
			r.lines = append(r.lines, &all[i])
		} else {
			p.lines = append(p.lines, all[i])
		}
	}
	figures := p.figures[:0:0]
	for _, f := range p.figures {
		if r := in(f.box); r != nil {
			r.pictures = append(r.pictures, f)
		} else {
			figures = append(figures, f)
		}
	}
	p.figures = figures
	tables := p.art.tables[:0:0]
	for i := range p.art.tables {
		t := &tableText{grid: &p.art.tables[i], box: p.art.tables[i].box}
		r := in(t.box)
		if r == nil {
			tables = append(tables, p.art.tables[i])
			continue
		}
		rest := r.lines[:0:0]
		for _, l := range r.lines {
			if t.box.Holds(l.box.MidX(), l.box.MidY()) {
				t.lines = append(t.lines, l)
			} else {
				rest = append(rest, l)
			}
		}
		r.lines, r.tables = rest, append(r.tables, t)
	}
	p.art.tables = tables
	for _, r := range out {
		r.measure()
	}
	return out
}

// correct puts what is given in the place of what was found.
func (g *Given) correct(s *Story) {
	for _, c := range []struct {
		to   *Text
		from string
	}{{&s.Kicker, g.Kicker}, {&s.Title, g.Title}, {&s.Subtitle, g.Subtitle}} {
		if c.from != "" {
			c.to.String, c.to.Joins = c.from, nil
		}
	}
}

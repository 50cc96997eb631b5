package svg

import (
	"slices"
	"strings"

	"github.com/aymerick/douceur/css"
	"github.com/aymerick/douceur/parser"
)

// Bounds of the style sheets of one drawing: their bytes, and their rules, each of
// which is compared with each element. The parser of styles takes a time that
// grows with the square of a value's length.
const (
	maxSheet  = 64 << 10
	maxInline = 4 << 10 // bytes of a style attribute
	maxRules  = 500
)

// A rule is one selector of a style sheet with what it sets.
type rule struct {
	selector []compound // the last one is the element itself
	weight   int        // specificity: 100 for an id, 10 for a class, 1 for a name
	sets     []attribute
}

// A compound is a part of a selector that means one element. The zero value
// means any.
type compound struct {
	name    string
	id      string
	classes []string
	child   bool // the element before it is the parent, not any ancestor
}

// rules reads the style sheets. What is beyond simple selectors is left out and
// said: a drawing program writes classes, names and ids.
func (r *reader) rules() []rule {
	text := r.sheets.String()
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if len(text) > maxSheet {
		r.leftOut["a style sheet that is too long"] = true
		return nil
	}
	sheet, err := parser.Parse(text)
	if err != nil {
		r.leftOut["a style sheet that is none"] = true
		return nil
	}
	var all []rule
	for _, from := range sheet.Rules {
		if from.Kind != css.QualifiedRule {
			r.leftOut[from.Name] = true
			continue
		}
		sets := r.declarations(from.Declarations)
		all = append(all, r.ruleFor(from.Selectors, sets)...)
	}
	if len(all) > maxRules {
		r.leftOut["all styles but the first of too many"] = true
		all = all[:maxRules]
	}
	// What is more specific counts, then what comes later.
	slices.SortStableFunc(all, func(a, b rule) int { return a.weight - b.weight })
	return all
}

// ruleFor returns a rule for each selector that can be read.
func (r *reader) ruleFor(selectors []string, sets []attribute) []rule {
	var all []rule
	for _, text := range selectors {
		selector, weight, ok := parseSelector(text)
		if !ok {
			r.leftOut["the style of "+text] = true
			continue
		}
		all = append(all, rule{selector, weight, sets})
	}
	return all
}

func (r *reader) declarations(list []*css.Declaration) []attribute {
	var sets []attribute
	for _, d := range list {
		name := strings.ToLower(d.Property)
		if !properties[name] {
			continue // no drawing depends on it: there is no such attribute
		}
		if fetches(d.Value) {
			r.leftOut["a style that fetches something"] = true
			continue
		}
		sets = append(sets, attribute{name, d.Value})
	}
	return sets
}

// parseSelector reads names, classes and ids, and white space or > between them.
func parseSelector(text string) (selector []compound, weight int, ok bool) {
	child := false
	for _, part := range strings.Fields(strings.ReplaceAll(text, ">", " > ")) {
		if part == ">" {
			if child || len(selector) == 0 {
				return nil, 0, false
			}
			child = true
			continue
		}
		c, w, ok := parseCompound(part)
		if !ok {
			return nil, 0, false
		}
		c.child = child
		child = false
		weight += w
		selector = append(selector, c)
	}
	return selector, weight, len(selector) > 0 && !child
}

func parseCompound(text string) (c compound, weight int, ok bool) {
	for first := true; text != ""; first = false {
		end := strings.IndexAny(text[1:], ".#:[*+~") + 1
		if end == 0 {
			end = len(text)
		}
		part := text[:end]
		text = text[end:]
		switch {
		case part[0] == '.' && len(part) > 1:
			c.classes = append(c.classes, part[1:])
			weight += 10
		case part[0] == '#' && len(part) > 1 && c.id == "":
			c.id = part[1:]
			weight += 100
		case strings.ContainsRune(".#:[+~", rune(part[0])) || !first:
			return c, 0, false
		case part != "*":
			c.name = part
			weight++
		}
	}
	return c, weight, true
}

func (c *compound) matches(n *node) bool {
	if c.name != "" && c.name != n.name || c.id != "" && c.id != n.id {
		return false
	}
	for _, class := range c.classes {
		if !slices.Contains(n.classes, class) {
			return false
		}
	}
	return true
}

// matches reports whether the selector means the element.
func (r *rule) matches(n *node) bool {
	last := len(r.selector) - 1
	return r.selector[last].matches(n) && ancestors(r.selector[:last], r.selector[last].child, n.parent)
}

// ancestors reports whether the compounds mean ancestors of what is in n, the
// last of them n itself if child says so. To take the nearest ancestor that fits
// is not always right before a >, and is what is done: no drawing needs more.
func ancestors(selector []compound, child bool, n *node) bool {
	for len(selector) > 0 {
		last := &selector[len(selector)-1]
		for !child && n != nil && !last.matches(n) {
			n = n.parent
		}
		if n == nil || !last.matches(n) {
			return false
		}
		selector, child, n = selector[:len(selector)-1], last.child, n.parent
	}
	return true
}

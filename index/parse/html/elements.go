package html

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

// Elements by what the tree does with them. A name that is in none of these, and
// is not that of a component (with a dash) or of another vocabulary (with a
// colon), is no element: List<Object> is text.
var (
	voidElements = set("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
	// blockElements end a paragraph that is open.
	blockElements = set("address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form " +
		"h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table ul xmp plaintext listing " +
		"dt dd tr td th thead tbody tfoot caption colgroup")
	inlineElements = set("a abbr acronym applet audio b bdi bdo big blink button canvas cite code data datalist del dfn em font i " +
		"iframe ins kbd label legend map mark marquee math meter nobr noembed noframes noscript object optgroup option output picture progress " +
		"q rb rp rt rtc ruby s samp script select slot small span strike strong style sub sup svg template textarea time title tt u var video")
	mathElements = set("math semantics annotation annotation-xml mrow mi mo mn ms mtext mspace msup msub msubsup mfrac msqrt mroot " +
		"mstyle mover munder munderover mtable mtr mtd mlabeledtr mpadded mphantom menclose mfenced merror maction mmultiscripts mprescripts none " +
		"svg g path rect circle ellipse line polyline polygon text tspan defs use symbol clippath lineargradient radialgradient stop marker pattern mask filter foreignobject image desc")
	// loose elements are often named in prose, as types of a programming language
	// are; without attributes, and unless they are closed, they are text.
	looseElements = set("object applet map data output picture template slot marquee select button textarea dialog frame title " +
		"text path line image use none symbol pattern filter mask stop video audio canvas search time option")
	ignoredElements = set("html head body frameset")
	rawElements     = []string{"script", "style", "title", "textarea", "iframe", "xmp", "plaintext"}
	// keptAttributes are those that mean something to what follows.
	keptAttributes = set("href src alt title class id name content property itemprop itemtype http-equiv charset type rel role hidden aria-hidden " +
		"aria-label colspan rowspan align start width height datetime data-src data-original data-lazy-src data-actualsrc encoding display " +
		"mathvariant poster style data data-line-number value")
)

func set(names string) map[string]bool {
	out := map[string]bool{}
	for n := range strings.FieldsSeq(names) {
		out[n] = true
	}
	return out
}

// isElement reports whether name is that of an element.
func isElement(name string) bool {
	return voidElements[name] || blockElements[name] || inlineElements[name] || mathElements[name] || ignoredElements[name] ||
		strings.ContainsAny(name, "-:")
}

func isRaw(name string) bool { return slices.Contains(rawElements, name) }

func atomOf(name string) atom.Atom { return atom.Lookup([]byte(name)) }

// closedBy has, for each element that ends others of its kind, which those are
// and at which element the search for them ends.
var closedBy = map[string]struct{ closes, until map[string]bool }{
	"li":       {set("li"), set("ul ol menu dir table td th")},
	"dt":       {set("dt dd"), set("dl table td th")},
	"dd":       {set("dt dd"), set("dl table td th")},
	"td":       {set("td th"), set("table tr")},
	"th":       {set("td th"), set("table tr")},
	"tr":       {set("tr caption colgroup"), set("table")},
	"thead":    {set("thead tbody tfoot caption colgroup"), set("table")},
	"tbody":    {set("thead tbody tfoot caption colgroup"), set("table")},
	"tfoot":    {set("thead tbody tfoot caption colgroup"), set("table")},
	"option":   {set("option"), set("select datalist")},
	"optgroup": {set("option optgroup"), set("select")},
	"rt":       {set("rt rp"), set("ruby")},
	"rp":       {set("rt rp"), set("ruby")},
	"rb":       {set("rb rt rp"), set("ruby")},
}

var (
	tableScope = set("table")
	cellScope  = set("table td th caption")
	tableParts = set("tr td th thead tbody tfoot caption colgroup table")
)

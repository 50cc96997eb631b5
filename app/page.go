package app

// A Page is the static page that the reader is live on: its field, its history
// and what of it is seen.
type Page interface {
	// URL returns the absolute address of a place. The address of the place with
	// an empty path is the site's root.
	URL(p Place) string
	// Place tells where the page is now.
	Place() Place
	// Borrowed reports whether the static page is another one, shown because
	// that of the address could not be had.
	Borrowed() bool
	// Push goes to a place: a new entry in the history. Replace puts it in the
	// place of the present entry. Back goes back by one.
	Push(p Place)
	Replace(p Place)
	Back()
	// Leave lets the browser load a place as a page of its own.
	Leave(p Place)

	// Listen tells the page what to do when the reader does something.
	Listen(h Handlers)
	// Field returns what is in the search field, SetField puts text there.
	Field() string
	SetField(text string)
	// FocusField and Blur move the caret into the field, and the keyboard of a
	// phone out of the way.
	FocusField()
	Blur()
	// Describe tells assistive technology whether the field has a list below it
	// and which of its options is chosen ("" for none).
	Describe(open bool, option string)

	// Live hides the static main part and shows the live view, or the reverse.
	Live(live bool)
	// Title sets the title of the document; "" is the static page's own.
	Title(title string)
	// Say puts words under the field, which are read aloud.
	Say(words string)
	// Focus moves the focus to an element of the live view without scrolling.
	Focus(id string)
	// Reveal scrolls as little as it takes to see the element.
	Reveal(id string)
	// Scroll scrolls the document to y pixels, ScrollTo to an element's top.
	Scroll(y int)
	ScrollTo(id string)
}

// A Place is somewhere on the site.
type Place struct {
	// Path is relative to the site's root: "", "search/", "a/some-article/".
	Path string
	// Q is what is searched for, on the search page.
	Q string
	// Block is the block of an article that the address leads to, or 0.
	Block int

	// What follows is kept with an entry of the history and is not in its
	// address.

	// Marks is the query whose matches are marked in the article.
	Marks string
	// Depth counts how many entries of ours are below this one.
	Depth int
	// Scroll is how far the document was scrolled when the entry was left.
	Scroll int
}

// searchPath is where searches have their address.
const searchPath = "search/"

// articlePath is what the paths of articles begin with.
const articlePath = "a/"

// Handlers are what a Page calls. None of them blocks.
type Handlers struct {
	// Typed is called when the text of the field has changed and nothing is
	// being composed.
	Typed func(text string)
	// Pressed is called for a key pressed in the field, except while composing.
	Pressed func(k Key)
	// Submitted is called when the search form is sent.
	Submitted func()
	// Moved is called when the reader goes back or forward in the history.
	Moved func(p Place)
}

// A Key is a key pressed in the field.
type Key struct {
	Name  string // as KeyboardEvent.key names it
	Shift bool
	// Prevent keeps the browser from doing what it would do. It is to be called
	// before Pressed returns, or not at all.
	Prevent func()
}

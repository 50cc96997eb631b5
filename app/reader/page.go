package reader

// A Page is the static page that the reader is live on: its field, its history
// and what of it is seen.
type Page interface {
	// URL returns the absolute address of a place. The address of the place with
	// an empty path is the site's root.
	URL(p Place) string
	// Place tells where the page is now.
	Place() Place
	// Name returns the name of the site.
	Name() string
	// Words returns the words of a text, which together are the text, or nothing if the
	// browser does not tell words apart.
	Words(text string) []string
	// Home returns the path of the page that was loaded, which Place may have left.
	Home() string
	// Shell reports whether the page is the shell: the search page, which the service
	// worker answers with when the page of an address cannot be fetched.
	Shell() bool
	// Push goes to a place: a new entry in the history. Replace puts it in the
	// place of the present entry, as soon as nothing else is to be done. Back goes
	// back by one.
	Push(p Place)
	Replace(p Place)
	Back()
	// Article returns the static page of an article as HTML, or "" if it cannot be
	// had in reasonable time. It may be called from any goroutine, and waits.
	Article(path string) string
	// Leave lets the browser load a place as a page of its own.
	Leave(p Place)

	// Listen tells the page what to do when the reader does something.
	Listen(h Handlers)
	// Field returns what is in the search field, SetField puts text there.
	Field() string
	SetField(text string)
	// FocusField and Blur move the caret into the field, and the keyboard of a
	// phone out of the way. Focused reports whether the caret is in the field.
	FocusField()
	Focused() bool
	Blur()
	// Offer shows a list below the field, in the place of the one before; without
	// offers there is none. The label is its name for assistive technology.
	// Choose marks one of the offers, or none if i is -1.
	Offer(label string, offers []Offer)
	Choose(i int)

	// Disturbed reports whether anybody but the reader has changed the live view since
	// Drawn was called: a browser's translator, or an extension. Drawn says that the
	// live view is as the reader has it.
	Disturbed() bool
	Drawn()
	// Dress gives the article in the live view what the scripts of its page would give
	// it, with a way from match to match if a query is marked in it.
	Dress(marks string)
	// Rest lets the browser do what waits: keys, painting. It may be called from any
	// goroutine, which goes on soon after.
	Rest()
	// Painted returns once what has been drawn is on the screen, or soon after if nobody
	// sees the page. It may be called from any goroutine.
	Painted()
	// Log notes what went wrong for who looks for faults.
	Log(message string)

	// Recent returns what was searched for on this device, the latest first, and
	// whether that is remembered; SetRecent has it remembered, or nothing any more.
	// Remembers reports whether the site wants it at all.
	Recent() (list []string, on bool)
	SetRecent(list []string, on bool)
	Remembers() bool

	// Live hides the static main part and shows the live view, or the reverse.
	Live(live bool)
	// Title sets the title of the document, once what has been drawn is seen; "" is the
	// static page's own.
	Title(title string)
	// Say puts words under the field, which are read aloud.
	Say(words string)
	// Focus moves the focus to an element of the live view without scrolling,
	// FocusLive to the first place in it that can have it.
	Focus(id string)
	FocusLive()
	// Shown reports whether an element takes any room: what is seen beside the
	// hits on a desk may not be on a phone.
	Shown(id string) bool
	// Reveal scrolls as little as it takes to see the element.
	Reveal(id string)
	// Scroll scrolls the document to y pixels, ScrollTo to an element's top.
	Scroll(y int)
	ScrollTo(id string)
}

// Handlers are what a Page calls. None of them blocks.
type Handlers struct {
	// Focused is called when the field gets the focus.
	Focused func()
	// Typed is called when the text of the field has changed and nothing is
	// being composed.
	Typed func(text string)
	// Pressed is called for a key pressed in the field, except while composing.
	Pressed func(k Key)
	// Submitted is called when the search form is sent.
	Submitted func()
	// Moved is called when the reader goes back or forward in the history.
	Moved func(p Place)
	// Taken is called when an offer is clicked, Left when the focus leaves the
	// field.
	Taken func(i int)
	Left  func()
	// Resized is called when the window has another size.
	Resized func()
	// Spoken is called when the interface is to have another language.
	Spoken func(lang string)
}

// An Offer is a line of the list below the field.
type Offer struct {
	Text string
	// Note is what stands at the end of the line: a count, a kind.
	Note string
	// Quiet is a line that is about the list and not a part of it.
	Quiet bool
}

// A Key is a key pressed in the field.
type Key struct {
	Name  string // as KeyboardEvent.key names it
	Shift bool
	// Prevent keeps the browser from doing what it would do. It is to be called
	// before Pressed returns, or not at all.
	Prevent func()
}

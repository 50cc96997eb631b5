package text

// Site has the words of the pages. Dates are YYYY-MM-DD.
type Site struct {
	Lang    string
	Choices Choices

	// On every page.
	Skip         string // link past the masthead
	Sections     string // name of the navigation
	Front        string // link to the front page of a paper
	Home         string // the same on a site without printed editions
	Archive      string
	Tags         string
	Categories   string
	Feed         string
	Search       string // button
	SearchLabel  string // of the field, for those who do not see it
	SearchHint   string // inside the empty field
	MadeWith     string
	Privacy      string
	Offline      string // link: store the whole site
	OfflineTitle string
	OfflineHelp  string
	LanguageName string

	// Dates, counts and times.
	Date     func(date string) string
	LongDate func(date string) string // with the day of the week
	Month    func(year, month int) string
	Year     func(year int) string
	Articles func(n int) string
	Minutes  func(n int) string
	PageOf   func(page, of int) string

	// Front page.
	Printed         func(page, name string) string // of an edition: 「A05版 江海新闻」
	ThisEdition     string
	EarlierEdition  string
	LaterEdition    string
	Newest          string
	AlsoNew         string
	AllArticles     string
	NoArticles      string
	NoArticlesHelp  string
	FrontDescribed  func(paper, date string, articles int) string
	BlogDescribed   func(title string, articles int) string
	ReadOn          string
	EditionContents string
	PrintOf         func(name string) string // a picture of a page: 「A05版 江海新闻 版面图」
	PrintArticles   string                   // the articles on such a picture
	EnlargePrint    string
	PrintBefore     string // picture of the page before it
	PrintAfter      string
	RestOfEdition   string // its articles of which no page is known

	// Article.
	Outline      string
	ToTop        string
	SourceLabel  string
	UpdatedLabel string // before the day on which the article was last changed
	PrintedIn    string
	OnPrint      string // link to where it stands on the picture of its page
	Citation     string
	Previous     string
	Next         string
	Neighbours   string // name of the navigation to previous and next
	Untitled     string
	CaptionLabel string

	// Archive and tags.
	ArchiveIntro func(editions, articles int) string
	Undated      string
	ArchiveOf    func(period string) string
	TagsIntro    string
	Tagged       func(tag string) string
	Newer        string
	Older        string
	Pages        string // name of the navigation between pages of a list
	Years        string

	// Search page, as it is before or without the engine.
	SearchTitle     string
	SearchIntro     string
	SearchExamples  string
	Operators       Operators
	SearchNoScript  string
	SearchOtherWays string
	SearchDescribed func(title string) string

	// There is no such page.
	MissingTitle string
	MissingText  string
	MissingWays  string

	Footer  Footer
	Edition Edition
}

// Operators says how a query is written that asks for something special.
type Operators struct {
	Title string
	List  []Operator
}

// An Operator is an example with what it finds.
type Operator struct{ Write, Means string }

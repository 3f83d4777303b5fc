package quality

// Kind says what a span is.
type Kind uint8

// The kinds of spans. Code to Disclaimer are cut by default; Caption, Byline and Other are only marked.
const (
	Code       Kind = iota // scripts, styles, markup, data of a page
	Share                  // share buttons and their labels
	Promo                  // the site's own promotion: follow us, read in the app, contact the author
	Related                // headlines of other stories, "read also", "more"
	Nav                    // tags, end marks, time stamps, page furniture
	Disclaimer             // legal and editorial notes
	Caption                // of a picture
	Byline                 // a lone author or agency line
	Other
)

var kindNames = [...]string{"code", "share", "promo", "related", "nav", "disclaimer", "caption", "byline", "other"}

// String returns the kind's name as it stands in files.
func (k Kind) String() string { return kindNames[k] }

// Span is a stretch of a text, in bytes, that does not belong to its prose.
type Span struct {
	Start, End int
	Kind       Kind
	Rule       string // the rule that found it, in few words, stable: "script", "share-phrase"
}

package quality

import (
	"fmt"
	"slices"
	"strings"
)

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

// ParseKind reads a kind's name.
func ParseKind(name string) (Kind, error) {
	if i := slices.Index(kindNames[:], name); i >= 0 {
		return Kind(i), nil
	}
	return 0, fmt.Errorf("no kind %q: the kinds are %s", name, strings.Join(kindNames[:], ", "))
}

// Kinds is a set of kinds.
type Kinds uint16

// KindsOf returns the set of some kinds.
func KindsOf(kinds ...Kind) Kinds {
	var s Kinds
	for _, k := range kinds {
		s |= 1 << k
	}
	return s
}

// DefaultCut are the kinds that are cut unless something else is asked for: all but captions and bylines, which are text that an author
// wrote. Other is what repairs put right.
func DefaultCut() Kinds { return KindsOf(Code, Share, Promo, Related, Nav, Disclaimer, Other) }

// CutNone is a set without kinds that is not taken for a missing one: nothing is cut, all is marked.
const CutNone Kinds = 1 << 15

// Has tells whether a kind is in the set.
func (s Kinds) Has(k Kind) bool { return s>>k&1 == 1 }

// Names lists the kinds of the set.
func (s Kinds) Names() []string {
	var names []string
	for k, name := range kindNames {
		if s.Has(Kind(k)) {
			names = append(names, name)
		}
	}
	return names
}

// Span is a stretch of a text, in bytes, that does not belong to its prose.
type Span struct {
	Start, End int
	Kind       Kind
	Rule       string // the rule that found it, in few words, stable: "script", "share-phrase"
	Mark       bool   // to be marked only, whatever kinds are cut: the rule is not sure enough
	Put        string // what stands in its place once it is cut: the right characters for wrong ones; mostly nothing
}

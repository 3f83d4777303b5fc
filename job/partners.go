package job

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corpusctl/corpusctl/internal/spill"
)

// nameReader looks up the names of many documents at once, in the order in which they stand: one by one each costs a read of a file, where
// millions of them do not fit in memory. One goroutine uses it.
type nameReader struct {
	*index
	window *spill.Window
	order  []uint64 // the documents, each with its place among those asked for
}

// nameList are the names of some documents.
type nameList struct {
	text string
	at   []stretch // of text, by the place of the document
}

// stretch is part of a text; what has no end was not looked up.
type stretch struct{ from, to uint32 }

// mostNames is how many bytes of names are looked up at once, about: an id may be of any length.
const mostNames = 16 << 20

func newNameReader(x *index) *nameReader {
	return &nameReader{index: x, window: spill.NewWindow(x.places.log)}
}

// ask adds a document to those whose names are wanted.
func (r *nameReader) ask(doc uint32) {
	r.order = append(r.order, uint64(doc)<<32|uint64(len(r.order)))
}

// answer returns the names of the documents asked for since the last time.
func (r *nameReader) answer() (n nameList, err error) {
	n.at = make([]stretch, len(r.order))
	slices.Sort(r.order)
	var text strings.Builder
	var last stretch
	for i, asked := range r.order {
		if doc := asked >> 32; i == 0 || doc != r.order[i-1]>>32 {
			if text.Len() > mostNames {
				break
			}
			last.from = uint32(text.Len())
			if err := r.write(&text, int(doc)); err != nil {
				return n, fmt.Errorf("names of documents: %w", err)
			}
			last.to = uint32(text.Len())
		}
		n.at[uint32(asked)] = last
	}
	r.order, n.text = r.order[:0], text.String()
	return n, nil
}

// write writes the name of a document.
func (r *nameReader) write(text *strings.Builder, doc int) error {
	number := doc / groupSize
	raw, err := r.window.Read(r.places.groups[number], r.places.groupLength(number))
	if err != nil {
		return err
	}
	line, id, err := placeIn(raw, doc%groupSize)
	if len(id) > 0 {
		text.Write(id)
	} else {
		text.WriteString(r.standIn(doc, line))
	}
	return err
}

// of returns the name of the document that was asked for as the i-th; false where it was not looked up.
func (n *nameList) of(i int) (string, bool) {
	at := n.at[i]
	return n.text[at.from:at.to], at.to > 0
}

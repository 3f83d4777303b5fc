package generate

import (
	"errors"
	"fmt"
	"io"
)

// Options say which corpus is made. Equal options make equal bytes, on every machine.
type Options struct {
	Seed      uint64
	Documents int
	Bytes     int // mean length of a text: NewsBytes (0 too), ShortBytes, or any other from 500 up
}

// Mean lengths of a text in bytes: as in Saudi newspapers, and as in the growth budget of docs/PERFORMANCE.md.
const (
	NewsBytes  = 2400
	ShortBytes = 1000
)

const minBytes, maxBytes = 500, 1 << 20

// Generator makes the documents of a corpus, in any order. It is for one goroutine; its memory does not depend on the size
// of the corpus.
type Generator struct {
	opt      Options
	lengths  []int // quantiles of the words of an article
	words    *words
	sources  octaves
	formulas octaves
	footers  [sourceCount][]uint32

	root, own article // work space: the original a document comes from, and the document
}

// New makes a generator.
func New(opt Options) (*Generator, error) {
	if opt.Bytes == 0 {
		opt.Bytes = NewsBytes
	}
	if opt.Documents < 0 || opt.Documents > maxNumber {
		return nil, fmt.Errorf("%d documents: give 0 to 2^31-1", opt.Documents)
	}
	if opt.Bytes < minBytes || opt.Bytes > maxBytes {
		return nil, fmt.Errorf("texts of %d bytes: give %d to %d", opt.Bytes, minBytes, maxBytes)
	}
	g := &Generator{opt: opt, words: newWords(opt.Seed), sources: newOctaves(sourceShares), formulas: newOctaves(formulaShares)}
	g.scaleLengths()
	for s := range g.footers {
		g.footers[s] = g.makeFooter(s)
	}
	return g, nil
}

// meanBytes is the mean of an even draw between the quantiles textBytes.
func meanBytes() int {
	sum := 0
	for i := range len(textBytes) - 1 {
		sum += textBytes[i] + textBytes[i+1]
	}
	return sum / 2 / (len(textBytes) - 1)
}

// scaleLengths stretches the lengths of real articles to the mean that is wanted.
func (g *Generator) scaleLengths() {
	mean := meanBytes()
	for _, b := range textBytes {
		g.lengths = append(g.lengths, max(minWords, b*g.opt.Bytes/mean/bytesPerWord))
	}
}

// minWords is the length of the shortest article: long enough to be cut.
const minWords = 30

// Document is one document of the corpus.
type Document struct {
	Number int
	Source int
	Text   []byte // valid until the next document is made
	Label  Label
}

// Make makes the document of a number into d.
func (g *Generator) Make(number int, d *Document) {
	p := g.planOf(number)
	a := &g.own
	a.reset()
	d.Number, d.Source = number, p.source
	d.Label = Label{A: p.root, B: number}
	if p.root == number {
		g.makeRoot(a, p)
	} else {
		g.root.reset()
		g.makeRoot(&g.root, g.planOf(p.root))
		d.Label.Kind, d.Label.Holds = g.derive(a, p, number)
	}
	d.Text = a.text[:max(0, len(a.text)-1)] // without the last line break
}

// makeRoot writes an original, its source's footer included.
func (g *Generator) makeRoot(a *article, p plan) {
	var r random
	r.begin(g.opt.Seed, forText, uint64(p.root))
	if p.kind == notice {
		g.notice(a, &r, p.formula)
	} else {
		g.write(a, &r, r.quantile(g.lengths))
	}
	g.footer(a, &r, p.source)
}

// Write writes the corpus as JSONL to records, and the labels of its pairs to labels, which may be nil.
func (g *Generator) Write(records, labels io.Writer) error {
	var d Document
	var record, label []byte
	for i := range g.opt.Documents {
		g.Make(i, &d)
		record = d.AppendJSON(record)
		if labels != nil && d.Label.A != d.Label.B {
			label = d.Label.AppendJSON(label)
		}
		if last := i == g.opt.Documents-1; last || len(record) >= writeSize {
			if err := flush(records, &record, labels, &label); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeSize is how much is gathered before it is written.
const writeSize = 256 << 10

func flush(records io.Writer, record *[]byte, labels io.Writer, label *[]byte) error {
	_, err := records.Write(*record)
	if labels != nil {
		_, lerr := labels.Write(*label)
		err = errors.Join(err, lerr)
	}
	*record, *label = (*record)[:0], (*label)[:0]
	return err
}

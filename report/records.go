package report

import (
	"errors"
	"io"
	"math"

	"github.com/corpusctl/corpusctl/corpus"
)

// A shelf is a file in which documents of a run stand: of the output, or after a dry run the input.
type shelf struct {
	path   string
	name   string // of the input
	output bool
}

// browser reads the documents of shelves. Its methods are for one goroutine.
type browser struct {
	written *written
	decoder *corpus.Decoder
	chunk   corpus.Chunk // that the line comes from which is looked at
	rec     corpus.Record
	buf     []byte
}

func newBrowser(w *written) (*browser, error) {
	d, err := corpus.NewDecoder(w.reading(""))
	return &browser{written: w, decoder: d}, err
}

// reading says how the run read its input of that name. The format is the one that was found then: what is left of a file may look like another.
func (w *written) reading(name string) corpus.ReadOptions {
	o := corpus.ReadOptions{Format: w.Options.Format, Split: w.Options.Split, Fields: w.Options.Fields}
	o.MaxDocument = 2 * w.Options.Longest // a repair may put more in a text than it takes out
	if o.MaxDocument <= 0 {
		o.MaxDocument = math.MaxInt / 4
	}
	if in := w.byName(name); in != nil && in.Format != "" {
		o.Format = in.Format
	}
	return o
}

// byName finds an input, nil if there is none of that name.
func (w *written) byName(name string) *Input {
	if w.inputs == nil {
		w.inputs = map[string]*Input{}
		for i := range w.Inputs {
			w.inputs[w.Inputs[i].Name] = &w.Inputs[i]
		}
	}
	return w.inputs[name]
}

// each yields the documents of a file, not decoded, with the numbers that decisions give them: in the output the first is 1, in the input
// each has its line or number. It ends when yield returns false.
func (b *browser) each(s *shelf, yield func(number int, line *corpus.Line) bool) error {
	r, err := corpus.OpenShard(corpus.Shard{Path: s.path, Name: s.name}, 0, b.written.reading(s.name))
	if err != nil {
		return err
	}
	defer r.Close()
	counted := s.output && r.Layout().Format() != "jsonl"
	for n := 0; ; {
		b.chunk, err = r.Next(b.buf)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for line := range b.chunk.Lines() {
			if line.Pass {
				continue
			}
			number := line.Number
			if n++; counted {
				number = n
			}
			if !yield(number, &line) {
				return nil
			}
		}
		b.buf = b.chunk.Data
	}
}

// decode finds the values of a document while it is yielded.
func (b *browser) decode(line *corpus.Line) (*corpus.Record, error) {
	return &b.rec, b.decoder.Decode(&b.chunk, line, &b.rec)
}

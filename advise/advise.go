package advise

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/corpus/sample"
)

// Options say what is looked at.
type Options struct {
	Inputs    []string
	Reading   corpus.ReadOptions
	Documents int    // different texts of the sample, at most; 0: sample.DefaultDocuments
	Bytes     int64  // of folded text of the sample, at most; 0: sample.DefaultBytes
	Seed      uint64 // which sample
	Workers   int    // 0: one for each processor
	Memory    int64  // what a run may use; 0: no limit
	TempDir   string // for the trial; "": the system's
}

// Advice is what is known of a corpus, and what follows.
type Advice struct {
	Corpus   Corpus       `json:"corpus"`
	Fields   []Field      `json:"fields,omitempty"`
	Texts    Texts        `json:"texts"`
	Noise    []Noise      `json:"noise"`
	Settings []Setting    `json:"settings"`
	Expected []Point      `json:"expected"` // of the recommended bands, by Jaccard
	Excerpts []Point      `json:"excerpts"` // of the recommended sampling, by containment
	Recall   Recall       `json:"recall"`
	Runs     []Prediction `json:"runs"`
	Sources  []Source     `json:"sources,omitempty"`
	Notes    []string     `json:"notes,omitempty"`
}

// Corpus is what was counted while all of it was read, and the sample.
type Corpus struct {
	Files       int            `json:"files"`
	Documents   int            `json:"documents"`
	Bytes       int64          `json:"bytes"`        // of records
	TextBytes   int64          `json:"text_bytes"`   // of texts
	Distinct    int            `json:"distinct"`     // different texts, estimated
	ExactCopies int            `json:"exact_copies"` // documents whose folded text another has, estimated
	Defects     int            `json:"defects"`
	Reasons     map[string]int `json:"reasons,omitempty"`
	Sample      int            `json:"sample"` // different texts looked at
	Rate        float64        `json:"rate"`   // of the different texts, the share looked at
	Seed        uint64         `json:"seed"`
}

// subject is the sample on its way through the steps.
type subject struct {
	*sample.Sample
	opt     Options
	folded  [][]byte // texts of Documents
	chars   []int    // their lengths, in characters
	sources []string // of Documents
}

// Examine looks at a corpus.
func Examine(ctx context.Context, opt Options) (*Advice, error) {
	shards, err := corpus.Expand(opt.Inputs)
	if err != nil {
		return nil, err
	}
	drawn, err := sample.Draw(ctx, shards, sample.Options{
		Reading: opt.Reading, Documents: opt.Documents, Bytes: opt.Bytes, Seed: opt.Seed, Workers: opt.Workers, Distinct: true,
	})
	if err != nil {
		return nil, err
	}
	s := newSubject(drawn, opt)
	a := &Advice{Corpus: s.corpus(), Fields: findFields(drawn.Records, opt.Reading.Fields)}
	if drawn.Read == 0 {
		return nil, s.nothing(a.Fields)
	}
	a.Texts = s.texts()
	a.Noise = s.noise()
	plan := s.choose(a)
	a.Expected, a.Excerpts = plan.expected(), plan.excerpts(a.Texts)
	if err := s.try(ctx, a, plan); err != nil {
		return nil, err
	}
	a.Settings = plan.settings
	return a, nil
}

func newSubject(drawn *sample.Sample, opt Options) *subject {
	s := &subject{Sample: drawn, opt: opt}
	for i := range drawn.Documents {
		d := &drawn.Documents[i]
		folded := arabic.AppendFold(nil, d.Text())
		s.folded, s.chars = append(s.folded, folded), append(s.chars, utf8.RuneCount(folded))
		s.sources = append(s.sources, d.Source())
	}
	return s
}

func (s *subject) corpus() Corpus {
	c := Corpus{
		Files: len(s.Shards), Documents: s.Read, Bytes: s.Bytes, TextBytes: s.TextBytes, Defects: s.Defects, Reasons: s.Reasons,
		Sample: len(s.Documents), Rate: s.Rate, Seed: s.opt.Seed,
	}
	c.Distinct = min(int(s.Distinct()+.5), s.Read)
	c.ExactCopies = s.Read - c.Distinct
	return c
}

// nothing says why there is nothing to advise on.
func (s *subject) nothing(fields []Field) error {
	message := s.Nothing().Error()
	var names []string
	for _, f := range fields {
		if f.Role == "text" {
			message += fmt.Sprintf("\nthe field %q looks like the text: give --text-field %s", f.Name, f.Name)
		}
		names = append(names, f.Name)
	}
	if len(names) > 0 {
		message += "\nfields of the records: " + strings.Join(names, ", ")
	}
	return errors.New(message)
}

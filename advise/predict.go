package advise

import (
	"math"

	"github.com/corpusctl/corpusctl/corpus/sample"
	"github.com/corpusctl/corpusctl/report"
)

// Prediction is what a run over the whole corpus with the settings recommended will find and take, on this machine.
type Prediction struct {
	Command    string         `json:"command"`
	Candidates int            `json:"candidates"` // pairs that are verified
	Error      float64        `json:"error"`      // standard error of Candidates, as a share of it
	Removed    int            `json:"removed"`    // documents, at least: copies that come in groups are counted low
	Seconds    float64        `json:"seconds"`
	Stages     []report.Stage `json:"stages"`
	Memory     int64          `json:"memory"` // bytes, at the highest point
	Output     int64          `json:"output"` // bytes that it writes
	Temporary  int64          `json:"temporary"`
	Trial      TrialRun       `json:"trial"`
}

// TrialRun is what the trial on the sample did.
type TrialRun struct {
	Documents  int     `json:"documents"`
	Candidates int     `json:"candidates"`
	Pairs      int     `json:"pairs"`
	Seconds    float64 `json:"seconds"`
}

// factors are how much larger the whole corpus is than the trial.
type factors struct {
	texts float64 // different texts
	bytes float64 // records, copies included
	docs  float64 // documents
}

func (s *subject) factors(t *trial) factors {
	n := float64(max(len(s.Documents), 1))
	return factors{texts: 1 / s.Rate, bytes: float64(s.Bytes) / float64(max(t.input, 1)), docs: float64(s.Read) / n}
}

// predict scales a trial to the whole corpus.
func (s *subject) predict(t *trial, p *plan) Prediction {
	f := s.factors(t)
	candidates, err := s.candidates(t)
	out := Prediction{
		Command: t.command, Candidates: int(candidates + .5), Error: err, Removed: s.removed(t),
		Trial: TrialRun{t.stats.Documents, t.stats.Candidates, len(t.pairs), t.report.Run.Seconds},
	}
	perPair := candidates / float64(max(t.stats.Candidates, 1))
	for _, stage := range t.report.Run.Stages {
		now := report.Stage{Name: stage.Name, Seconds: stage.Seconds * f.bytes}
		switch stage.Name {
		case "page":
			now.Seconds = stage.Seconds
		case "compare":
			now.Seconds = stage.Seconds * f.texts
			if len(stage.Parts) == 3 {
				now.Seconds = stage.Parts[0].Seconds*f.texts + stage.Parts[1].Seconds*perPair + stage.Parts[2].Seconds*f.docs
			}
		}
		out.Stages = append(out.Stages, now)
		out.Seconds += now.Seconds
	}
	h := s.holdings(t, f, candidates)
	out.Memory, out.Temporary = h.peak(s.opt.Memory)
	out.Output = s.Bytes + int64(float64(t.written-t.input)*f.docs)
	return out
}

// candidates scales the pairs compared: those of which a bucket proposes all by 1/rate², those that capped ones propose by 1/rate.
func (s *subject) candidates(t *trial) (estimate, err float64) {
	all, capped := t.stats.Candidates, t.stats.CappedOnly
	pairs, _ := sample.Pairs(all-capped, nil, s.Rate)
	_, err = sample.Pairs(len(t.pairs), degrees(t.pairs, len(s.Documents)), s.Rate)
	if s.Rate == 1 {
		err = 0
	}
	return pairs + float64(capped)/s.Rate, err
}

// removed is how many documents a run removes: exact copies, and texts that go for another. A text that has d partners it could go for finds one of
// them in a sample of rate r with 1-(1-r)^d, so that the texts that go in the sample are weighed by what is likely to be missed.
func (s *subject) removed(t *trial) int {
	near := t.report.Documents.Removed
	exact := s.Read - int(s.Distinct()+.5)
	if s.Rate == 1 {
		return near + exact
	}
	share := float64(near) / float64(max(len(s.Documents), 1))
	// With most texts that go having few partners, the share grows nearly with the rate and cannot pass what the pairs say.
	return exact + int(math.Min(share/s.Rate, 1)*s.Distinct())
}

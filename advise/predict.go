package advise

import (
	"fmt"
	"math"

	"github.com/corpusctl/corpusctl/corpus/sample"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/report"
)

// Prediction is what a run over the whole corpus with the settings recommended will find and take, on this machine.
type Prediction struct {
	Command    string         `json:"command"`
	Candidates int            `json:"candidates"` // pairs that are verified
	Error      float64        `json:"error"`      // standard error of Candidates, as a share of it
	Removed    int            `json:"removed"`    // documents
	Seconds    float64        `json:"seconds"`
	CPU        float64        `json:"cpu_seconds,omitempty"`
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
	return factors{
		texts: 1 / s.Rate, bytes: float64(s.Bytes) / float64(max(t.input, 1)), docs: float64(s.Read) / float64(max(t.documents, 1)),
	}
}

// predict scales a trial to the whole corpus.
func (s *subject) predict(t *trial, p *plan) Prediction {
	f := s.factors(t)
	candidates, err := s.candidates(t)
	out := Prediction{
		Command: t.command, Candidates: int(candidates + .5), Error: err, Removed: s.removed(t),
		Trial: TrialRun{t.stats.Documents, t.stats.Candidates, len(t.pairs), t.report.Run.Seconds},
	}
	out.Output = s.output(t, out.Removed)
	grow := s.growth(t, f, candidates, out.Output)
	for _, stage := range t.report.Run.Stages {
		now := report.Stage{Name: stage.Name}
		for _, part := range parts(stage) {
			now.Seconds += part.Seconds * grow[part.Name]
		}
		out.Stages = append(out.Stages, now)
		out.Seconds += now.Seconds
	}
	out.CPU = t.cpu * out.Seconds / max(t.report.Run.Seconds, 1e-9)
	h := s.holdings(t, f, candidates)
	out.Memory, out.Temporary = h.peak(s.opt.Memory)
	return out
}

// parts are those of a stage, or itself.
func parts(s report.Stage) []report.Stage {
	if len(s.Parts) > 0 {
		return s.Parts
	}
	return []report.Stage{s}
}

// growth is how much longer each stage takes than in the trial: by the bytes read, the different texts, the pairs verified, the bytes written. The
// page reads all decisions, and compares a sample of fixed size: a quarter of its time is taken to grow.
func (s *subject) growth(t *trial, f factors, candidates float64, output int64) map[string]float64 {
	written := t.input
	for _, size := range t.files {
		written += size
	}
	said := float64(output-s.Packed) / float64(max(written-t.input, 1))
	return map[string]float64{
		"learn": f.bytes, "read": f.bytes,
		"compare": f.texts, "propose": f.texts, "verify": candidates / float64(max(t.stats.Candidates, 1)),
		"decide": (s.pairLines(t) + float64(s.Read)) / float64(max(t.pairLines+t.documents, 1)),
		"write":  float64(output-s.Packed+s.Bytes) / float64(max(written, 1)), // the trial packs nothing
		"page":   max(1, .75+.25*said),
	}
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

// removed is how many documents a run removes: exact copies, and texts that go for another, which are those with a partner they may go for.
func (s *subject) removed(t *trial) int {
	exact := s.Read - int(s.Distinct()+.5)
	goes := make([]int, len(s.Documents))
	for _, p := range t.pairs {
		if x := s.goer(p); x >= 0 {
			goes[x]++
		}
	}
	rejected := 0.
	if found := t.report.Found; found != nil {
		rejected = float64(found.Rejected) / s.Rate
	}
	return exact + int(withPartners(goes, s.Rate)*s.Distinct()+rejected)
}

// goer is the text of a pair that goes for the other, the shorter where either could; -1 if none.
func (s *subject) goer(p listed) int32 {
	switch {
	case p.drop == "a" || p.drop == "either" && s.chars[p.a] < s.chars[p.b]:
		return p.a
	case p.drop == "b" || p.drop == "either":
		return p.b
	}
	return -1
}

// withPartners is the share of texts that have a partner in the whole corpus, where partners[i] of text i were found in a sample of the rate.
//
// The mean number of partners is the mean found over the rate. How they are spread is taken to be this: a share f of the texts has one and, by
// Poisson, λ more. Then f(1+λ) is the mean, and f(1-(1-rate)·exp(-λ·rate)) the share of texts of which one is found: λ is where both hold.
func withPartners(partners []int, rate float64) float64 {
	sum, some := 0, 0
	for _, n := range partners {
		sum += n
		some += one(n > 0)
	}
	if sum == 0 {
		return 0
	}
	seen, mean := share(some, len(partners)), share(sum, len(partners))/rate
	low, high := 0., 1e4
	for range 100 {
		mid := (low + high) / 2
		if mean/(1+mid)*(1-(1-rate)*math.Exp(-mid*rate)) > seen {
			low = mid
		} else {
			high = mid
		}
	}
	return min(mean/(1+low), 1)
}

// output is how many bytes a run writes: every record, and what is said of them.
func (s *subject) output(t *trial, removed int) int64 {
	id, name := 0, 0
	for i := range s.Documents {
		id += len(s.Documents[i].ID()) - len(fmt.Sprint(i)) - len(".0")
	}
	for _, shard := range s.Shards {
		name += len(shard.Name) - len("sample.jsonl")
	}
	longer := float64(id)/float64(max(len(s.Documents), 1)) + float64(name)/float64(len(s.Shards)) // of a name, than in the trial
	perDecision := float64(t.files["decisions.jsonl"])/float64(max(t.lines, 1)) + 2*longer
	decisions := float64(removed) + float64(t.lines-t.report.Documents.Removed)*s.factors(t).docs
	lines := s.pairLines(t)
	perPair := 150.
	if n := t.pairLines; n > 0 {
		perPair = float64(t.files["pairs.jsonl"])/float64(n) + 2*longer
	}
	rest := int64(0)
	for file, size := range t.files {
		if file != "decisions.jsonl" && file != "pairs.jsonl" {
			rest += size
		}
	}
	return s.Packed + rest + int64(decisions*perDecision+lines*perPair)
}

// pairLines is how many lines pairs.jsonl has: pairs of texts are listed for all their copies, and so are the copies of a text.
func (s *subject) pairLines(t *trial) float64 {
	copies := func(i int32) float64 {
		if n := s.Documents[i].Copies; n <= dedup.MaxExpand {
			return float64(n)
		}
		return 1
	}
	lines := 0.
	for _, p := range t.pairs {
		lines += copies(p.a) * copies(p.b) / (s.Rate * s.Rate)
	}
	for i := range s.Documents {
		n := float64(s.Documents[i].Copies)
		if n > dedup.MaxExpand {
			lines += (n - 1) / s.Rate
		} else {
			lines += n * (n - 1) / 2 / s.Rate
		}
	}
	return lines
}

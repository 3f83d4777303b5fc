package job

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/report"
)

type fileWriter = io.Writer

// summarise makes the report of a finished job, but for what it tells about the run itself.
func (r *run) summarise() (*report.Report, error) {
	x := r.index
	rep := &report.Report{
		Tool: report.Tool, Version: r.opt.Version, Command: r.steps.command, Fold: arabic.FoldVersion,
		Options: r.options(),
		Removed: map[string]int{}, Pairs: r.related, Quarantine: r.quarantined,
		Comparison: r.result.Stats,
	}
	for i := range x.shards {
		rep.Inputs = append(rep.Inputs, x.shards[i].input())
		rep.Documents.Add(rep.Inputs[i].Counts)
	}
	gone := r.gone()
	var beside sync.WaitGroup // each counts on its own
	beside.Go(func() { rep.Sources = r.sources() })
	for i := range r.result.Removed {
		rep.Removed[kindOf(&r.result.Removed[i])]++
	}
	rep.Lengths = x.lengths.counts(gone)
	rep.Furniture = r.furniture()
	var delays *report.Delays
	if rep.Copies, delays = r.flows(); r.steps.compare {
		rep.Measures, rep.Delays = r.measured, delays
	}
	if r.steps.repair {
		rep.Found = &r.found.Found
		if n := int(x.rejected.GetCardinality()); n > 0 {
			rep.Removed["rejected"] = n
		}
	}
	rep.Ids = r.ids
	var err error
	rep.Clusters, err = r.clusters(gone)
	beside.Wait()
	return rep, err
}

// account tells about the run itself.
func (r *run) account() report.Run {
	return report.Run{
		Seconds: time.Since(r.clock.start).Seconds(), Stages: r.clock.stages, Workers: r.opt.Workers,
		Started: r.clock.start.UTC().Format(time.RFC3339), PeakMemory: peakMemory(),
	}
}

func (s *shard) input() report.Input {
	return report.Input{
		File: s.Path, Name: s.Name, Signals: s.signals, Format: s.format, Codec: s.codec.String(), Bytes: s.bytes, Fingerprint: fmt.Sprintf("%016x", s.fingerprint),
		Counts: report.Counts{Read: s.documents + s.quarantined, Kept: s.documents - s.removed, Removed: s.removed, Quarantined: s.quarantined},
	}
}

// packedSize is the size of all shards as they lie on disk, or -1 when one is a pipe.
func (x *index) packedSize() int64 {
	total := int64(0)
	for i := range x.shards {
		info, err := os.Stat(cmp.Or(x.shards[i].Copy, x.shards[i].Path))
		if err != nil || !info.Mode().IsRegular() {
			return -1
		}
		total += info.Size()
	}
	return total
}

// options are all that the result depends on.
type options struct {
	Format  string          `json:"format,omitempty"`
	Split   string          `json:"split,omitempty"`
	Fields  corpus.Fields   `json:"fields"`
	DryRun  bool            `json:"dry_run,omitempty"`
	Longest int             `json:"max_document"` // bytes
	Signals SignalsFormat   `json:"signals,omitempty"`
	Dedup   *dedup.Options  `json:"dedup,omitempty"`
	Quality *qualityOptions `json:"quality,omitempty"`
}

type qualityOptions struct {
	Cut     []string        `json:"cut"`
	Phrases string          `json:"phrases,omitempty"` // XXH64 of the table
	Preset  *quality.Preset `json:"preset,omitempty"`
	Learned bool            `json:"learned"` // from the input or a profile: profile.yaml
}

func (r *run) options() options {
	o := options{Format: r.opt.Format, Split: r.opt.Split, Fields: r.opt.Fields, DryRun: r.opt.DryRun, Longest: r.opt.MaxDocument}
	if r.steps.compare {
		d := r.deduper.Options()
		o.Dedup = &d
	}
	if q := r.opt.Quality; q != nil {
		cut := q.Cut
		if cut == 0 {
			cut = quality.DefaultCut()
		}
		o.Quality = &qualityOptions{Cut: cut.Names(), Learned: q.Learned != nil}
		if q.Phrases != nil {
			o.Quality.Phrases = q.Phrases.ID()
		}
		if r.steps.repair {
			o.Quality.Preset, o.Signals = q.Preset, r.opt.Signals
		}
	}
	return o
}

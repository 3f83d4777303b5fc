package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/report"
)

// Dedup finds the near-duplicates of a corpus and writes the result to a folder. The report is that of report.json. Nothing is
// written under the folder's name unless the error is nil.
func Dedup(ctx context.Context, opt Options) (*report.Report, error) {
	return start(ctx, opt, steps{command: "dedup", compare: true})
}

// Quality repairs texts and removes those that the preset's rules hit.
func Quality(ctx context.Context, opt Options) (*report.Report, error) {
	return start(ctx, opt, steps{command: "quality", repair: true})
}

// Clean does both: it repairs, judges, and compares what is left.
func Clean(ctx context.Context, opt Options) (*report.Report, error) {
	return start(ctx, opt, steps{command: "clean", repair: true, compare: true})
}

// steps are what a job does.
type steps struct {
	command         string
	repair, compare bool
}

func start(ctx context.Context, opt Options, steps steps) (_ *report.Report, err error) {
	opt = opt.withDefaults()
	if steps.repair && opt.Quality == nil {
		opt.Quality = &quality.Options{}
	}
	if steps.repair && opt.Signals != NoSignals {
		q := *opt.Quality
		q.Signals = true
		opt.Quality = &q
	}
	clock := startClock()
	shards, err := corpus.Expand(opt.Inputs)
	if err != nil {
		return nil, err
	}
	if _, err := corpus.NewDecoder(opt.reading()); err != nil {
		return nil, err
	}
	out, err := corpus.CreateOutput(opt.Output, corpus.OutputOptions{Force: opt.Force, Inputs: shards})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, out.Abort()) }() // after Commit it does nothing
	for _, left := range out.Leftovers() {
		opt.Notify("removed what a run that was killed left: " + left)
	}
	room, err := newRoom(opt.Memory, out)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, room.close()) }()
	opt.Dedup.Memory, opt.Dedup.TempDir = room.dedup, room.dir
	deduper, err := dedup.New(opt.Dedup)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, deduper.Close()) }()

	r := run{steps: steps, opt: opt, out: out, index: newIndex(shards, room.space), deduper: deduper, result: &dedup.Result{}, clock: clock}
	if err := r.all(ctx); err != nil {
		return nil, err
	}
	if err := room.close(); err != nil {
		return nil, err
	}
	return r.report, out.Commit()
}

// run is a job under way.
type run struct {
	steps
	opt      Options
	out      *corpus.Output
	index    *index
	deduper  *dedup.Deduper
	result   *dedup.Result
	found    findings       // what the second pass counted
	related  map[string]int // pairs by relation
	measures report.MeasureCounter
	ids      report.Ids
	report   *report.Report
	clock    *clock
}

func (r *run) all(ctx context.Context) error {
	remove, err := spool(ctx, r.index, r.opt.reading(), r.out.Work())
	defer remove()
	if err != nil {
		return err
	}
	for _, stage := range []struct {
		name string
		do   func(context.Context) error
		on   bool
	}{
		{"learn", r.learn, r.opt.Learn && r.opt.Quality != nil},
		{"read", r.read, true},
		{"compare", r.compare, r.steps.compare},
		{"write", r.write, true},
	} {
		if !stage.on {
			continue
		}
		if err := stage.do(ctx); err != nil {
			return err
		}
		r.clock.lap(stage.name)
	}
	return r.tell()
}

// tell writes the report, as data and as a page. The page shows nothing of the run itself, so that it is the same each time.
func (r *run) tell() (err error) {
	if r.report, err = r.summarise(); err != nil {
		return err
	}
	err = r.file("report.html", func(w fileWriter) error { return r.report.WritePage(w, r.out.Work(), report.PageOptions{}) })
	if err != nil {
		return err
	}
	r.clock.lap("page")
	r.report.Run = r.account()
	return r.file("report.json", r.report.WriteJSON)
}

func (r *run) read(ctx context.Context) error {
	r.opt.Progress.Stage("read", r.index.packedSize())
	reader := reader{run: r, index: r.index}
	return reader.read(ctx)
}

func (r *run) compare(ctx context.Context) (err error) {
	r.opt.Progress.Stage("compare", -1)
	r.result, err = r.deduper.Run(ctx)
	return err
}

func (r *run) write(ctx context.Context) error {
	r.opt.Progress.Stage("write", r.index.packedSize())
	if err := r.file("decisions.jsonl", func(to fileWriter) error { return newWriter(r, to).write(ctx) }); err != nil {
		return err
	}
	if err := r.file("pairs.jsonl", func(to fileWriter) error { return r.writePairs(ctx, to) }); err != nil {
		return err
	}
	if err := r.profile(); err != nil {
		return err
	}
	var err error
	if r.ids, err = r.index.ids.counts(); err != nil {
		return err
	}
	return r.file("quarantine.jsonl", r.quarantine)
}

// profile writes what is known about the sources, learned in this run or in an earlier one: the result depends on it.
func (r *run) profile() error {
	if r.opt.Quality == nil {
		return nil
	}
	p, ok := r.opt.Quality.Learned.(interface{ Write(io.Writer) error })
	if !ok {
		return nil
	}
	return r.file("profile.yaml", p.Write)
}

// cleaner returns what looks at texts, for one goroutine; nil if they are taken as they are.
func (r *run) cleaner() *quality.Cleaner {
	if r.opt.Quality == nil {
		return nil
	}
	return quality.NewCleaner(*r.opt.Quality)
}

func (r *run) quarantine(w fileWriter) error {
	q := corpus.NewQuarantine(w)
	for _, d := range r.index.defects {
		if err := q.Add(d); err != nil {
			return err
		}
	}
	return nil
}

// file writes one file at the top of the output.
func (r *run) file(name string, write func(fileWriter) error) error {
	w, err := r.out.Writer("", name, corpus.Plain)
	if err != nil {
		return err
	}
	if err := write(w); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return w.Close()
}

// clock takes the time of the stages.
type clock struct {
	start, last time.Time
	stages      []report.Stage
}

func startClock() *clock {
	now := time.Now()
	return &clock{start: now, last: now}
}

func (c *clock) lap(stage string) {
	now := time.Now()
	c.stages = append(c.stages, report.Stage{Name: stage, Seconds: now.Sub(c.last).Seconds()})
	c.last = now
}

package job

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/internal/spill"
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
	out, err := corpus.CreateOutput(opt.Output, corpus.OutputOptions{Force: opt.Force, Resume: true, Inputs: shards})
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

	r := run{
		steps: steps, opt: opt, out: out, space: room.space, index: newIndex(shards, room.space), deduper: deduper, documents: deduper,
		result: &dedup.Result{}, clock: clock,
	}
	r.keeper = newKeeper(&r)
	defer func() { err = errors.Join(err, r.keeper.close()) }()
	if err := r.all(ctx); err != nil {
		return nil, r.interrupted(ctx, room, err)
	}
	if err := errors.Join(room.close(), r.keeper.close()); err != nil {
		return nil, err
	}
	return r.report, out.Commit()
}

// run is a job under way.
type run struct {
	steps
	opt       Options
	out       *corpus.Output
	space     *spill.Space
	index     *index
	deduper   *dedup.Deduper
	outlines  outlines  // of what learning has read
	documents documents // those of the deduper, or of an earlier run that was stopped
	result    *dedup.Result
	removed   *roaring.Bitmap // see gone
	found     findings        // what the second pass counted
	report    *report.Report
	clock     *clock

	related     map[string]int // pairs by relation
	measures    report.MeasureCounter
	measured    *report.Measures // when all pairs are counted
	signalSums  []corpus.FileSum // of the files below signals/
	ids         report.Ids
	quarantined map[string]int               // bad records by reason
	lines       map[string][]corpus.LineMark // of files written

	keeper  *keeper
	learned *learned            // nil until it is
	made    progressMade        // by an earlier run
	to      *corpus.ShardWriter // decisions.jsonl, while records are written
}

func (r *run) all(ctx context.Context) error {
	if err := r.resume(ctx); err != nil {
		return err
	}
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
		{"learn", r.learn, r.learns() && !r.made.learned},
		{"read", r.read, !r.made.decided},
		{"compare", r.compare, r.steps.compare && !r.made.decided},
		{"write", r.write, true},
	} {
		if !stage.on {
			continue
		}
		if err := stage.do(ctx); err != nil {
			return err
		}
		r.clock.lap(stage.name, r.parts(stage.name)...)
	}
	// The disk has time for what is written, while the report is made; then only that is left for it.
	early := make(chan error, 1)
	go func() { early <- r.out.Sync(ctx) }()
	err = r.tell()
	if err = errors.Join(err, <-early); err != nil {
		return err
	}
	return r.out.Sync(ctx)
}

// learns tells whether the run learns from its input.
func (r *run) learns() bool { return r.opt.Learn && r.opt.Quality != nil }

// tell writes the report, as data and as a page. The page shows nothing of the run itself, so that it is the same each time.
func (r *run) tell() (err error) {
	if r.report, err = r.summarise(); err != nil {
		return err
	}
	page := report.PageOptions{Lines: r.lines}
	_, err = r.file("report.html", func(w fileWriter) error { return r.report.WritePage(w, r.out.Files(), page) })
	if err != nil {
		return err
	}
	r.clock.lap("page")
	r.report.Run = r.account()
	_, err = r.file("report.json", r.report.WriteJSON)
	return err
}

func (r *run) read(ctx context.Context) error {
	r.opt.Progress.Stage("read", r.index.packedSize())
	reader := reader{run: r, index: r.index}
	if err := reader.read(ctx); err != nil {
		return err
	}
	return r.sameAsLearned()
}

func (r *run) compare(ctx context.Context) (err error) {
	r.opt.Progress.Stage("compare", -1)
	r.result, err = r.deduper.Run(ctx)
	return err
}

// parts are those of the comparison.
func (r *run) parts(stage string) []report.Stage {
	if stage != "compare" {
		return nil
	}
	t := r.deduper.Times()
	return []report.Stage{{Name: "propose", Seconds: t.Propose}, {Name: "verify", Seconds: t.Verify}, {Name: "decide", Seconds: t.Decide}}
}

func (r *run) write(ctx context.Context) (err error) {
	r.opt.Progress.Stage("write", r.index.packedSize())
	r.index.divide(r.gone())
	if !r.made.decided {
		if err := r.settle(ctx); err != nil {
			return err
		}
	}
	if r.to, err = r.out.Append(decisionsFile, r.made.decisions); err != nil {
		return err
	}
	if err := newWriter(r).write(ctx); err != nil {
		return err // it names the file
	}
	return errors.Join(r.keeper.flush(r.to), r.to.Close())
}

const decisionsFile = "decisions.jsonl"

// settle writes the files that tell of what is decided, and keeps it.
func (r *run) settle(ctx context.Context) (err error) {
	if r.keeper.due() {
		go r.keeper.name() // it takes a while, and is wanted in the end
	}
	if r.ids, err = r.index.ids.counts(); err != nil {
		return err
	}
	var files []corpus.FileSum
	pairs := func(to fileWriter) error { return r.writePairs(ctx, to) }
	for _, f := range []struct {
		name  string
		write func(fileWriter) error
	}{{"pairs.jsonl", pairs}, {"profile.yaml", r.profile()}, {"quarantine.jsonl", r.quarantine}} {
		if f.write == nil {
			continue
		}
		sum, err := r.file(f.name, f.write)
		if err != nil {
			return err
		}
		files = append(files, sum)
	}
	return r.keepDecided(ctx, append(files, r.signalSums...))
}

// profile returns what writes what is known about the sources, learned in this run or in an earlier one: the result depends on it. It is nil if nothing is.
func (r *run) profile() func(fileWriter) error {
	if r.opt.Quality == nil {
		return nil
	}
	p, ok := r.opt.Quality.Learned.(interface{ Write(io.Writer) error })
	if !ok {
		return nil
	}
	return p.Write
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
	r.quarantined = map[string]int{}
	for _, d := range r.index.defects {
		r.quarantined[corpus.GenericReason(d.Reason)]++
		if err := q.Add(d); err != nil {
			return err
		}
	}
	return nil
}

// file writes one file at the top of the output.
func (r *run) file(name string, write func(fileWriter) error) (sum corpus.FileSum, err error) {
	w, err := r.out.Writer("", name, corpus.Plain)
	if err != nil {
		return sum, err
	}
	if err := write(w); err != nil {
		return sum, err // it names the file, which may be another that is written at the same time
	}
	err = w.Close()
	return w.Sum(), err
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

func (c *clock) lap(stage string, parts ...report.Stage) {
	now := time.Now()
	c.stages = append(c.stages, report.Stage{Name: stage, Seconds: now.Sub(c.last).Seconds(), Parts: parts})
	c.last = now
}

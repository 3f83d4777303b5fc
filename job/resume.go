package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/internal/journal"
)

// Interrupted is the error of a run whose context was cancelled when a part of it was finished. The same run, of the same input with
// the same options into the same folder, goes on from there.
type Interrupted struct {
	Work  string // the hidden folder that holds what is finished; who wants none of it deletes the folder
	cause error
}

// Error says how to go on.
func (e *Interrupted) Error() string {
	return fmt.Sprintf("interrupted; the same command goes on from here; to begin anew, delete %s first", e.Work)
}

// Unwrap returns what stopped the run.
func (e *Interrupted) Unwrap() error { return e.cause }

// progressMade is what an earlier run has finished.
type progressMade struct {
	learned   bool
	decided   bool
	written   int   // the first shard that is to be written
	records   int   // those noted of shards before it
	decisions int64 // bytes of decisions.jsonl about them
}

// resume looks for what an earlier run has finished, and goes on with it. Whatever is wrong with it costs only what it saves.
func (r *run) resume(ctx context.Context) error {
	if !r.out.Unfinished() {
		return nil
	}
	s, why := r.saved()
	if why != "" {
		r.opt.Notify("a run into this folder was stopped, and this one begins anew: " + why)
		return r.out.Restart()
	}
	if s.learned != nil {
		if err := r.takeLearned(s.learned); err != nil {
			return err
		}
	}
	if err := r.takeDecided(ctx, s); err != nil {
		return err
	}
	if !r.made.learned && !r.made.decided {
		return r.out.Restart()
	}
	if err := r.dropUnfinished(s); err != nil {
		return err
	}
	r.opt.Notify("goes on where a run was stopped: " + r.made.phrase(len(r.index.shards)))
	return nil
}

func (p *progressMade) phrase(shards int) string {
	switch {
	case p.written > 0:
		return fmt.Sprintf("all is decided, %d of %d files are written", p.written, shards)
	case p.decided:
		return "all is decided, nothing is written yet"
	}
	return "what recurs is learned"
}

// saved reads what an earlier run noted, and says why it is of no use.
func (r *run) saved() (_ *saved, why string) {
	k := r.keeper
	if k.folder == "" {
		return nil, "of this input or with this profile no run can go on"
	}
	data, err := os.ReadFile(k.path(stateFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil, "it had finished nothing"
	}
	if err != nil {
		return nil, err.Error()
	}
	s, err := parseState(data)
	if s == nil {
		return nil, fmt.Sprintf("its file %s cannot be read: %v", stateFile, err)
	}
	if err := k.identify(); err != nil {
		return nil, err.Error()
	}
	if why := k.begun.differs(&s.begun); why != "" {
		return nil, why
	}
	if errors.Is(err, journal.ErrDamaged) {
		r.opt.Notify(fmt.Sprintf("of the run that was stopped the file %s is damaged; what it said there is done again", stateFile))
	}
	return s, ""
}

// takeLearned goes on with what was learned.
func (r *run) takeLearned(l *learned) error {
	if l.Profile == nil || len(l.Inputs) != len(r.index.shards) || !r.learns() {
		return nil
	}
	r.setProfile(l.Profile)
	r.learned, r.made.learned = l, true
	return nil
}

// takeDecided goes on with what was decided, and with what was written since.
func (r *run) takeDecided(ctx context.Context, s *saved) error {
	d := s.decided
	if d == nil || r.learns() && !r.made.learned {
		return nil
	}
	o, err := r.checkDecided(ctx, d)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		r.opt.Notify(fmt.Sprintf("of the run that was stopped a part is damaged and is done again, with all that follows: %v", err))
		return nil
	}
	r.made.decided = true
	r.index, r.documents = o.index, o.documents
	r.result = &dedup.Result{Removed: o.removed, Stats: o.Comparison}
	r.related, r.measured, r.ids, r.quarantined = o.Pairs, o.Measures, o.Ids, o.Quarantine
	return r.takeWritten(ctx, s.written)
}

func (r *run) checkDecided(ctx context.Context, d *decided) (*outcome, error) {
	for _, file := range d.Files {
		if err := r.out.Check(file); err != nil {
			return nil, err
		}
	}
	shards := make([]corpus.Shard, len(r.index.shards))
	for i := range shards {
		shards[i] = r.index.shards[i].Shard
	}
	return readDecided(ctx, r.keeper.path(decidedFile), d.File, shards, r.space)
}

// takeWritten goes on after the last shard up to which all is as it was noted.
func (r *run) takeWritten(ctx context.Context, all []written) error {
	if len(all) == 0 {
		return nil
	}
	decisions, err := os.Open(filepath.Join(r.out.Files(), decisionsFile))
	if err == nil {
		defer decisions.Close()
	}
	for _, w := range all {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err == nil {
			err = r.checkWritten(&w, decisions)
		}
		if err != nil {
			r.opt.Notify(fmt.Sprintf("of the run that was stopped a part is damaged and is done again, with all that follows: %v", err))
			break
		}
		r.made.written, r.made.decisions = w.Shard+1, w.Decisions
		r.made.records++
	}
	return nil
}

func (r *run) checkWritten(w *written, decisions io.Reader) error {
	if w.Shard < r.made.written || w.Shard >= len(r.index.shards) || w.Decisions < r.made.decisions {
		return errState
	}
	sum := xxhash.New()
	if n, err := io.CopyN(sum, decisions, w.Decisions-r.made.decisions); err != nil || sum.Sum64() != w.Sum {
		return fmt.Errorf("%s is damaged after %d bytes", decisionsFile, r.made.decisions+n)
	}
	for _, file := range w.Files {
		if err := r.out.Check(file); err != nil {
			return err
		}
	}
	return nil
}

// dropUnfinished removes what is not finished, and opens the state file to write on after what is.
func (r *run) dropUnfinished(s *saved) (err error) {
	wanted, records := map[string]bool{}, 1
	if r.made.learned {
		records++
	}
	if r.made.decided {
		records += 1 + r.made.records
		wanted[decisionsFile] = r.made.decisions > 0
		for _, file := range s.decided.Files {
			wanted[file.Name] = true
		}
		for _, w := range s.written[:r.made.records] {
			for _, file := range w.Files {
				wanted[file.Name] = true
			}
		}
	}
	if r.keeper.journal, err = journal.Continue(r.keeper.path(stateFile), s.ends[records-1]); err != nil {
		return fmt.Errorf("go on with the run that was stopped: %w", err)
	}
	return r.out.Keep(func(name string) bool { return wanted[name] })
}

// interrupted leaves what is finished to the next run, if the error is that of the context and anything is finished: noted, or not yet looked
// at in what an earlier run has left.
func (r *run) interrupted(ctx context.Context, room *room, err error) error {
	cancelled := ctx.Err() != nil && (errors.Is(err, context.Cause(ctx)) || errors.Is(err, ctx.Err()))
	if k := r.keeper; !cancelled || k.folder == "" || k.journal == nil && !r.out.Unfinished() {
		return err
	}
	clean := errors.Join(r.keeper.flush(r.to), r.keeper.close(), r.deduper.Close(), room.close())
	if clean != nil {
		return errors.Join(err, clean)
	}
	left, clean := r.out.Leave()
	if clean != nil || !left {
		return errors.Join(err, clean)
	}
	return &Interrupted{Work: r.out.Work(), cause: err}
}

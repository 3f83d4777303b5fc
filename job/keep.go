package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/internal/journal"
)

// keeper notes in the work folder what a run has finished, at the points where it costs least: after learning, when all is decided, and
// after each shard that is written. What the passes between have done so far is not kept: they would have to write as much as they read.
//
// Nothing is synced to the disk here: whoever goes on looks at sizes and checksums, and makes anew what is not right.
type keeper struct {
	folder  string // "" if nothing is kept
	begun   begun
	program *os.File
	name    func() (string, error) // of the program, found out once
	from    time.Time              // what was finished before is not worth keeping
	every   time.Duration          // shards that are written are noted that often
	notify  func(string)

	learned *learned         // not noted yet
	journal *journal.Journal // nil until something is noted
	noted   time.Time        // when shards were noted last
}

// defaultStateAfter is what a run must have lasted before anything is kept: less is done again sooner than it is checked.
const defaultStateAfter = time.Second

// noteEvery is how often shards that are written are noted, so that 100,000 small ones do not cost as many writes.
const noteEvery = 100 * time.Millisecond

// newKeeper makes the keeper of a run that begins.
func newKeeper(r *run) *keeper {
	k := &keeper{from: r.clock.start.Add(r.opt.StateAfter), every: noteEvery, notify: r.opt.Notify}
	if r.opt.StateAfter < 0 {
		k.every = 0
	}
	var err error
	if k.begun, err = r.identity(); err != nil {
		return k
	}
	program, err := openProgram()
	if err == nil {
		k.folder, k.program = r.out.Work(), program
		k.name = sync.OnceValues(func() (string, error) { return programName(r.opt.Version, program) })
	}
	return k
}

func (k *keeper) path(name string) string { return filepath.Join(k.folder, name) }

// due tells whether what is finished now is to be noted.
func (k *keeper) due() bool {
	return k.folder != "" && (k.journal != nil || !time.Now().Before(k.from))
}

// identify completes what the run is known by.
func (k *keeper) identify() (err error) {
	if k.begun.Program == "" {
		k.begun.Program, err = k.name()
	}
	return err
}

// stop keeps nothing from now on: a state is a convenience, and no reason for a run to fail.
func (k *keeper) stop(err error) {
	if k.journal != nil {
		k.journal.Close()
		k.journal = nil
	}
	os.Remove(k.path(stateFile))
	os.Remove(k.path(decidedFile))
	k.folder = ""
	k.notify(fmt.Sprintf("nothing is kept for going on after an interruption: %v", err))
}

// close ends the file.
func (k *keeper) close() error {
	var errs []error
	if k.journal != nil {
		errs = append(errs, k.journal.Close())
		k.journal = nil
	}
	if k.program != nil {
		errs = append(errs, k.program.Close())
		k.program = nil
	}
	return errors.Join(errs...)
}

// note appends a record; the first one is preceded by what the run is.
func (k *keeper) note(kind byte, v any) error {
	if k.journal == nil {
		if err := k.identify(); err != nil {
			return err
		}
		var err error
		if k.journal, err = journal.Create(k.path(stateFile)); err != nil {
			return err
		}
		if err := k.note(kindBegun, &k.begun); err != nil {
			return err
		}
	}
	payload, err := json.Marshal(v)
	if err == nil {
		k.journal.Append(kind, payload)
	}
	return err
}

// keepLearned notes what was learned.
func (r *run) keepLearned() {
	k := r.keeper
	if k.learned = r.learned; k.due() {
		if err := errors.Join(k.noteLearned(), k.journal.Flush()); err != nil {
			k.stop(err)
		}
	}
}

func (k *keeper) noteLearned() (err error) {
	if k.learned != nil {
		err = k.note(kindLearned, k.learned)
		k.learned = nil
	}
	return err
}

// keepDecided notes that all is decided. The files are those of the output that are finished.
func (r *run) keepDecided(ctx context.Context, files []corpus.FileSum) error {
	k := r.keeper
	if !k.due() {
		return nil
	}
	file, err := r.writeDecided(ctx, k.path(decidedFile))
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err == nil {
		err = k.noteLearned()
	}
	if err == nil {
		err = k.note(kindDecided, decided{File: file, Files: files})
	}
	if err == nil {
		err = k.journal.Flush()
	}
	if err != nil {
		k.stop(err)
	}
	return nil
}

// keepWritten notes that the files of a shard are finished. What decisions says of it must be written first.
func (k *keeper) keepWritten(w written, decisions *corpus.ShardWriter) error {
	if k.journal == nil {
		return nil
	}
	if err := k.note(kindWritten, w); err != nil {
		k.stop(err)
		return nil
	}
	if now := time.Now(); now.Sub(k.noted) >= k.every {
		k.noted = now
		return k.flush(decisions)
	}
	return nil
}

// flush writes what was noted.
func (k *keeper) flush(decisions *corpus.ShardWriter) error {
	if k.journal == nil {
		return nil
	}
	if decisions != nil {
		if err := decisions.Flush(); err != nil {
			return err
		}
	}
	if err := k.journal.Flush(); err != nil {
		k.stop(err)
	}
	return nil
}

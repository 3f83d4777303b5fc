package job

import (
	"cmp"
	"encoding/json"
	"errors"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/internal/journal"
	"github.com/corpusctl/corpusctl/quality/recur"
)

// What a run notes in the file "state" of its work folder, so that the same run can go on when it was stopped: records of package journal
// that hold JSON. docs/FORMAT.md describes them.

// The kinds of records, in the order in which they stand.
const (
	kindBegun   = 1 // a begun: which run this is
	kindLearned = 2 // a learned
	kindDecided = 3 // a decided
	kindWritten = 4 // a written, for each shard
)

// The files of the work folder.
const (
	stateFile   = "state"
	decidedFile = "decided"
)

// begun says which run this is: another one cannot go on with what it has finished.
type begun struct {
	Program string       `json:"program"` // version, and XXH64 of the program's file
	Options string       `json:"options"` // XXH64 of all that the result depends on
	Inputs  []inputState `json:"inputs"`
}

// inputState is what tells whether an input file has changed, without reading it.
type inputState struct {
	Path     string `json:"path"`
	Name     string `json:"name"`
	Size     int64  `json:"bytes"`
	Modified int64  `json:"modified"` // nanoseconds since 1970
}

// content is what was read of a shard. See corpus.ShardReader.
type content struct {
	Sum   uint64 `json:"xxh64,string"`
	Bytes int64  `json:"bytes"`
}

// learned is what the first pass of a run that learns came to.
type learned struct {
	Profile *recur.Profile `json:"profile"`
	Inputs  []content      `json:"inputs"` // what was read
}

// decided says that everything is decided: see the file.
type decided struct {
	File  corpus.FileSum   `json:"file"`  // in the work folder
	Files []corpus.FileSum `json:"files"` // of the output, finished
}

// written says that the files of a shard are finished.
type written struct {
	Shard     int              `json:"shard"`
	Files     []corpus.FileSum `json:"files"`
	Decisions int64            `json:"decisions"`    // bytes of decisions.jsonl up to here
	Sum       uint64           `json:"xxh64,string"` // of those of this shard
}

// saved is what a state file says.
type saved struct {
	begun   begun
	learned *learned
	decided *decided
	written []written
	ends    []int64 // of the records: of begun, then, as far as they are there, of learned, decided and written
}

// errState says that the records of a file, each of them good, do not follow one another.
var errState = errors.New("its records are not those of a run")

// parseState reads a state file. Where the error is journal.ErrDamaged, what is returned is good.
func parseState(data []byte) (*saved, error) {
	records, damage := journal.Parse(data)
	if damage != nil && !errors.Is(damage, journal.ErrDamaged) {
		return nil, damage
	}
	s := &saved{}
	last := byte(0)
	for _, rec := range records {
		var to any
		switch {
		case rec.Kind == kindBegun && last == 0:
			to = &s.begun
		case rec.Kind == kindLearned && last == kindBegun:
			s.learned = &learned{}
			to = s.learned
		case rec.Kind == kindDecided && (last == kindBegun || last == kindLearned):
			s.decided = &decided{}
			to = s.decided
		case rec.Kind == kindWritten && (last == kindDecided || last == kindWritten):
			s.written = append(s.written, written{})
			to = &s.written[len(s.written)-1]
		default:
			return nil, errState
		}
		if err := json.Unmarshal(rec.Payload, to); err != nil {
			return nil, errState
		}
		last, s.ends = rec.Kind, append(s.ends, rec.End)
	}
	if last == 0 {
		return nil, cmp.Or(damage, errState)
	}
	return s, damage
}

package job

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/quality"
)

// identity says which run a run is, but for the program: see programName. It fails where nobody could tell: an input that can be read only
// once, a profile that does not say what it holds.
func (r *run) identity() (begun, error) {
	var b begun
	var err error
	if b.Options, err = r.optionsHash(); err != nil {
		return b, err
	}
	for i := range r.index.shards {
		s := &r.index.shards[i]
		if readOnce(s.Path) {
			return b, fmt.Errorf("%s can be read only once", s.Path)
		}
		in := inputState{Path: s.Path, Name: s.Name, Size: -1}
		if info, err := os.Stat(s.Path); err == nil {
			in.Size, in.Modified = info.Size(), info.ModTime().UnixNano()
		}
		b.Inputs = append(b.Inputs, in)
	}
	return b, nil
}

// optionsHash is XXH64 of all that the result depends on, but for the input and the program.
func (r *run) optionsHash() (string, error) {
	h := xxhash.New()
	all := struct {
		Command, Fold               string
		Options                     options
		Learn, Strict, Mask, Signal bool
		Preset                      *quality.Preset
	}{Command: r.steps.command, Fold: arabic.FoldVersion, Options: r.options(), Learn: r.opt.Learn, Strict: r.opt.Strict}
	if q := r.opt.Quality; q != nil {
		all.Preset, all.Mask, all.Signal = q.Preset, q.Mask, q.Signals
		if q.Learned != nil {
			p, ok := q.Learned.(interface{ Write(io.Writer) error })
			if !ok {
				return "", errors.New("the profile does not say what it holds")
			}
			if err := p.Write(h); err != nil {
				return "", err
			}
		}
	}
	err := json.NewEncoder(h).Encode(all)
	return fmt.Sprintf("%016x", h.Sum64()), err
}

// openProgram opens the file of the program, while it is the one that runs: it may be replaced before its name is asked for.
func openProgram() (*os.File, error) {
	name, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return os.Open(name)
}

// programName is the version and XXH64 of the program's file: of builds that are no releases, the version says too little.
func programName(version string, file *os.File) (string, error) {
	h := xxhash.New()
	if _, err := io.Copy(h, io.NewSectionReader(file, 0, 1<<62)); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s %016x", version, h.Sum64()), nil
}

// differs says in what another run differs from this one, "" if in nothing.
func (b *begun) differs(from *begun) string {
	if b.Program != from.Program {
		return "another build of the program wrote it"
	}
	if b.Options != from.Options {
		return "its options were others"
	}
	for i, in := range b.Inputs {
		if i == len(from.Inputs) {
			return in.Path + " is new among the inputs"
		}
		switch was := from.Inputs[i]; {
		case was.Path != in.Path || was.Name != in.Name:
			return "its inputs were others"
		case was != in:
			return in.Path + " has changed since"
		}
	}
	if len(b.Inputs) < len(from.Inputs) {
		return from.Inputs[len(b.Inputs)].Path + " is no longer among the inputs"
	}
	return ""
}

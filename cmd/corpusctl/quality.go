package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/quality/recur"
)

// qualityFlags say how texts are repaired and judged.
type qualityFlags struct {
	defined bool
	preset  string
	set     []string
	cut     []string
	phrases string
	profile string
	learn   bool
	signals string
}

// defineQuality defines the flags of repairs and verdicts.
func (f *jobFlags) defineQuality(flags *pflag.FlagSet) {
	q := &f.quality
	q.defined = true
	flags.StringVar(&q.preset, "preset", "news-ar", "rules that say what is no prose: "+strings.Join(quality.PresetNames(), ", ")+", the path of a file, or none")
	flags.StringArrayVar(&q.set, "set", nil, "threshold of a rule of the preset: rule=value; may be given again")
	flags.StringSliceVar(&q.cut, "cut", quality.DefaultCut().Names(), "kinds of leftovers that are cut; the others are only marked; none for none")
	flags.StringVar(&q.phrases, "phrases", "", "file with phrases of page furniture, in the place of the built-in ones; none for none")
	flags.StringVar(&q.profile, "profile", "", "what an earlier run learned about the sources (profile.yaml), in the place of learning it from the input")
	flags.BoolVar(&q.learn, "learn", true, "learn from the input what recurs in the texts of each source")
	flags.StringVar(&q.signals, "signals", "", "write the signals of each document below signals/: fields or dolma")
	flags.Lookup("signals").NoOptDefVal = string(job.FieldSignals)
	flags.StringVar((*string)(&f.Signals), "signals-format", "", "the same as --signals FORMAT")
}

// apply completes the options of a job that repairs.
func (q *qualityFlags) apply(opt *job.Options) (err error) {
	o := &quality.Options{}
	opt.Quality, opt.Learn = o, q.learn
	if o.Preset, err = loadPreset(q.preset, q.set); err != nil {
		return err
	}
	if o.Phrases, err = loadPhrases(q.phrases); err != nil {
		return err
	}
	if o.Cut, err = parseKinds(q.cut); err != nil {
		return err
	}
	if q.profile != "" {
		opt.Learn = false
		if o.Learned, err = loadProfile(q.profile); err != nil {
			return err
		}
	}
	if opt.Signals == job.NoSignals {
		opt.Signals = job.SignalsFormat(q.signals)
	}
	if !slices.Contains([]job.SignalsFormat{job.NoSignals, job.FieldSignals, job.DolmaSignals}, opt.Signals) {
		return fmt.Errorf("signals format %q: give fields or dolma", opt.Signals)
	}
	return nil
}

// mask completes the options of a job that only masks leftovers while it compares.
func (q *qualityFlags) mask(opt *job.Options) (err error) {
	opt.Quality = &quality.Options{Mask: true}
	opt.Quality.Phrases, err = quality.DefaultPhrases()
	return err
}

// loadPreset reads a preset of the package, or a file, and sets thresholds.
func loadPreset(name string, set []string) (*quality.Preset, error) {
	if name == "none" {
		if len(set) > 0 {
			return nil, errors.New("--set without a preset: name one with --preset")
		}
		return nil, nil
	}
	p, err := quality.LoadPreset(name)
	if err != nil {
		file, fileErr := os.Open(name)
		if errors.Is(fileErr, fs.ErrNotExist) {
			return nil, err
		}
		if fileErr != nil {
			return nil, fmt.Errorf("preset: %w", fileErr)
		}
		defer file.Close()
		if p, err = quality.ParsePreset(file); err != nil {
			return nil, fmt.Errorf("preset %s: %w", name, err)
		}
	}
	for _, s := range set {
		rule, value, ok := strings.Cut(s, "=")
		threshold, err := strconv.ParseFloat(value, 64)
		if !ok || err != nil {
			return nil, fmt.Errorf("--set %q: write it as rule=number", s)
		}
		if err := p.Set(strings.TrimSuffix(rule, ".threshold"), threshold); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func loadPhrases(name string) (*quality.Phrases, error) {
	switch name {
	case "":
		return quality.DefaultPhrases()
	case "none":
		return nil, nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("phrases: %w", err)
	}
	defer file.Close()
	p, err := quality.ParsePhrases(file)
	if err != nil {
		return nil, fmt.Errorf("phrases %s: %w", name, err)
	}
	return p, nil
}

func loadProfile(name string) (quality.Learned, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("profile: %w", err)
	}
	defer file.Close()
	p, err := recur.ReadProfile(file)
	if err != nil {
		return nil, fmt.Errorf("profile %s: %w", name, err)
	}
	return p, nil
}

// parseKinds reads the kinds that are cut.
func parseKinds(names []string) (quality.Kinds, error) {
	if len(names) == 0 || len(names) == 1 && (names[0] == "none" || names[0] == "") {
		return quality.CutNone, nil
	}
	var kinds quality.Kinds
	for _, name := range names {
		k, err := quality.ParseKind(strings.TrimSpace(name))
		if err != nil {
			return 0, err
		}
		kinds |= quality.KindsOf(k)
	}
	return kinds, nil
}

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/corpusctl/corpusctl/bench/internal/page"
	"github.com/corpusctl/corpusctl/internal/evaldata"
)

var (
	errNoCorpus = errors.New("no corpus")
	errExceeded = errors.New("a bound is exceeded")
)

const defaultCorpus = "corpora/saudinewsnet.jsonl.zst"

// bench is one go of measuring: the files that it works on and what it has found.
type bench struct {
	out    io.Writer // progress
	dir    string    // all temporary files
	binary string
	corpus string // plain
	name   string // of the corpus
	packed string // the same, gzip
	bytes  int64

	subject string       // what is measured, for the name of the raw figures
	tables  []page.Table // for docs/PERFORMANCE.md
	raw     []string     // for bench/results, in the form of Go benchmarks
}

// newBench prepares the corpus and the binary. Growth makes its corpora itself.
func newBench(out io.Writer, o options) (b *bench, err error) {
	source := o.corpus
	if source == "" && len(o.growth) == 0 {
		var ok bool
		if source, ok = evaldata.Find(defaultCorpus); !ok {
			return nil, fmt.Errorf("%w: %s is not in the evaluation data (set CORPUSCTL_SHARED to the folder that holds corpora/)", errNoCorpus, defaultCorpus)
		}
	}
	b = &bench{out: out, binary: o.binary}
	if b.dir, err = os.MkdirTemp(o.temp, "corpusctl-run-"); err != nil {
		return nil, err
	}
	if source != "" {
		err = b.prepare(source)
	}
	if err == nil && b.binary == "" {
		b.binary, err = b.build()
	}
	if err != nil {
		return nil, errors.Join(err, b.close())
	}
	return b, nil
}

func (b *bench) close() error { return os.RemoveAll(b.dir) }

// prepare makes a plain and a packed copy of the corpus. Reading and writing them brings them into the page cache.
func (b *bench) prepare(source string) error {
	b.name = strings.TrimSuffix(strings.TrimSuffix(filepath.Base(source), ".zst"), ".gz")
	b.corpus = filepath.Join(b.dir, "corpus.jsonl")
	b.packed = b.corpus + ".gz"
	if err := unpackFile(b.corpus, source); err != nil {
		return err
	}
	if err := packFile(b.packed, b.corpus); err != nil {
		return err
	}
	info, err := os.Stat(b.corpus)
	if err == nil {
		b.bytes = info.Size()
	}
	return err
}

// build builds the command.
func (b *bench) build() (string, error) {
	binary := filepath.Join(b.dir, "corpusctl.exe")
	cmd := exec.Command("go", "build", "-o", binary, "github.com/corpusctl/corpusctl/cmd/corpusctl")
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%s: %w: %s", cmd, err, said)
	}
	return binary, nil
}

// job runs a command of the binary over a corpus into the folder dir, which is replaced.
func (b *bench) job(command, corpus, dir string, flags ...string) (usage, error) {
	if err := os.RemoveAll(dir); err != nil {
		return usage{}, err
	}
	return child(b.binary, append([]string{command, corpus, "-o", dir, "--quiet"}, flags...)...)
}

// record keeps the figures of one run, as a line that benchstat reads.
func (b *bench) record(name string, u usage) {
	b.raw = append(b.raw, fmt.Sprintf("Benchmark%s 1 %d ns/op %d cpu-ns/op %d peak-bytes", name, u.wall.Nanoseconds(), u.cpu.Nanoseconds(), u.peak))
	fmt.Fprintf(b.out, "%-28s %8.2f s  %8.2f CPU-s  %6d MiB\n", name, u.wall.Seconds(), u.cpu.Seconds(), u.peak>>20)
}

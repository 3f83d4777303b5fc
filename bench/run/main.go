// Command run measures the budgets of time and memory: whole runs of the binary beside gzip -dc of the same corpus, in one go on
// one machine, because only ratios can be compared between machines.
//
//	go run ./bench/run                            the table of budgets, the profile, the memory limit, on SaudiNewsNet
//	go run ./bench/run -corpus FILE -rounds 15    another corpus, more rounds
//	go run ./bench/run -growth 100k,1m,10m        how time and memory grow, on generated corpora (package generate)
//	go run ./bench/run -stages                    every stage beside its floor: the benchmarks of package bench
//	go run ./bench/run -write                     the same into docs/PERFORMANCE.md, and the raw figures into bench/results
//	go run ./bench/run -check                     what may never be exceeded, quickly: the step of .ci/run
//
// In every round each command runs once, one after the other; a ratio is taken within a round and the median over the rounds, so that a
// machine that gets slower in between does no harm. Peak memory is what the system says of the process when it has ended.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

type options struct {
	corpus string // JSONL, plain or packed
	binary string // "" builds it
	temp   string
	rounds int
	growth sizes
	stages bool
	check  bool
	write  bool
}

func main() {
	if len(os.Args) == 3 && os.Args[1] == unpackCommand {
		exit(unpackTo(io.Discard, os.Args[2]))
	}
	var o options
	flag.StringVar(&o.corpus, "corpus", "", "JSONL `FILE`, plain or packed (default: SaudiNewsNet of the evaluation data)")
	flag.StringVar(&o.binary, "binary", "", "`FILE` to measure (default: the command of this checkout, built anew)")
	flag.StringVar(&o.temp, "temp", os.TempDir(), "`FOLDER` for corpora and results while they are measured; all is deleted")
	flag.IntVar(&o.rounds, "rounds", 9, "how often each command runs")
	flag.Var(&o.growth, "growth", "measure generated corpora of these numbers of documents instead: `100k,1m,10m`")
	flag.BoolVar(&o.stages, "stages", false, "measure the stages one by one instead")
	flag.BoolVar(&o.check, "check", false, "only check that the hard bounds hold; without a corpus, say so and do nothing")
	flag.BoolVar(&o.write, "write", false, "write the tables into docs/PERFORMANCE.md and the raw figures into bench/results")
	flag.Parse()
	if flag.NArg() > 0 || o.rounds < 1 {
		flag.Usage()
		os.Exit(2)
	}
	exit(run(os.Stdout, o))
}

func exit(err error) {
	if errors.Is(err, errExceeded) {
		fmt.Fprintln(os.Stderr, "run:", err)
		os.Exit(1)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "run:", err)
		os.Exit(2)
	}
	os.Exit(0)
}

// run measures what the options ask for in a folder of its own.
func run(w io.Writer, o options) (err error) {
	bench, err := newBench(w, o)
	if errors.Is(err, errNoCorpus) && o.check {
		fmt.Fprintln(w, "time and memory not checked:", err)
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.close()) }()
	switch {
	case o.check:
		return bench.check()
	case len(o.growth) > 0:
		bench.subject, err = "run-growth", bench.growth(o.growth)
	case o.stages:
		bench.subject, err = "stages", bench.stages()
	default:
		bench.subject, err = "run", errors.Join(bench.budgets(o.rounds), bench.limit(), bench.profiles())
	}
	if err != nil {
		return err
	}
	return bench.publish(o.write)
}

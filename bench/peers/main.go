// Command peers runs one corpus through the tools that people use today, and through corpusctl, one after the other on one machine, and
// sets them side by side: what each takes, what it removes, and how much of that is right (docs/COMPARISON.md).
//
//	go run ./bench/peers                              installs what is missing, runs all of them, prints the tables
//	go run ./bench/peers -only datasketch,rensa       these only; figures of the others stay as they were
//	go run ./bench/peers -only quality                what looks at quality; the other kinds are duplicates and sweep
//	go run ./bench/peers -limit 5m -rounds 1          nothing runs longer than that, each thing once
//	go run ./bench/peers -documents 2000              a try on the first documents
//	go run ./bench/peers -only none -write            only writes the tables, from the raw figures of the last run
//
// Each tool lies in an environment of its own (-envs), installed from its public registry at a pinned version. An adapter (folder
// tools) reads the corpus, calls the tool as its documentation shows, and writes the kept records and what the tool says of pairs or
// groups: what anyone who uses the tool must write. All of that is timed, in a process of its own; installing is not. Filters and cleaners get
// labelled texts and a sample of the corpus, and give back the texts that they keep as they leave them.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

type options struct {
	corpus    string
	envs      string
	results   string
	only      string
	limit     time.Duration
	rounds    int
	documents int
	write     bool
}

func main() {
	var o options
	flag.StringVar(&o.corpus, "corpus", "", "JSONL `FILE`, plain or packed with zstd (default: SaudiNewsNet of the evaluation data)")
	flag.StringVar(&o.envs, "envs", filepath.Join(os.TempDir(), "corpusctl-peers"), "`FOLDER` of the tools' environments and all temporary files")
	flag.StringVar(&o.results, "results", "", "`FILE` of raw figures, JSON lines; what ran is replaced in it (default: bench/results/<date>-<cores>core-peers.jsonl)")
	flag.StringVar(&o.only, "only", "", "names of `TOOLS`, or tool/setting, or kinds (duplicates, quality, sweep) alone or before them, with commas between them (default: all but the sweep)")
	flag.DurationVar(&o.limit, "limit", 10*time.Minute, "the longest that a tool may run")
	flag.IntVar(&o.rounds, "rounds", 3, "how often a tool runs that takes less than half a minute; the median counts")
	flag.IntVar(&o.documents, "documents", 0, "only the first `N` documents of the corpus (0: all)")
	flag.BoolVar(&o.write, "write", false, "write the tables into README.md and docs/COMPARISON.md")
	flag.Parse()
	var err error
	switch {
	case flag.NArg() == 2 && flag.Arg(0) == scoreCommand:
		err = scoreAll(flag.Arg(1), o)
	case flag.NArg() > 0:
		flag.Usage()
		os.Exit(2)
	default:
		err = run(os.Stdout, o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(2)
	}
}

// wants tells whether -only names a setting: by its kind, its tool, or tool/setting, the kind before it or not. The sweep is wanted by its kind only.
func (o *options) wants(kind, tool, setting string) bool {
	if o.only == "" {
		return kind != kindSweep
	}
	for name := range strings.SplitSeq(o.only, ",") {
		if rest, ok := strings.CutPrefix(name, kind); ok && (rest == "" || rest == "/"+tool || rest == "/"+tool+"/"+setting) {
			return true
		}
		if kind != kindSweep && (name == tool || name == tool+"/"+setting) {
			return true
		}
	}
	return false
}

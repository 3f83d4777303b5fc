// Command truth finds all pairs of alike texts in a corpus (package truth), or measures a product's pairs against them.
//
//	truth [flags] corpus.jsonl... > truth.tsv      all pairs, one a line, with a header
//	truth [flags] -pairs DIR corpus.jsonl...       the recall of DIR/pairs.jsonl and DIR/decisions.jsonl
//
// Records are JSON objects with a "text" and an "id"; a record without id is known as file:line. Texts are compared folded
// (package arabic); those of fewer than -min-chars characters after folding are left out.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/corpusctl/corpusctl/dedup/truth"
)

type options struct {
	truth.Options
	minChars int    // folded texts with fewer characters are left out
	expand   int    // members of a group of equal texts that are written out
	dir      string // of the product's pairs; "" writes the truth itself
}

func main() {
	var o options
	flag.IntVar(&o.K, "k", 9, "characters per shingle")
	flag.Float64Var(&o.MinJaccard, "jaccard", .6, "find pairs with a Jaccard of at least this")
	flag.Float64Var(&o.MinContainment, "containment", .8, "find pairs with a containment, either way, of at least this")
	flag.IntVar(&o.minChars, "min-chars", 200, "leave out folded texts with fewer characters")
	flag.IntVar(&o.MinShingles, "min-shingles", 0, "leave out texts with fewer different shingles")
	flag.IntVar(&o.expand, "expand", 32, "write the pairs of at most this many members of a group of equal texts")
	flag.StringVar(&o.dir, "pairs", "", "measure the recall of `DIR`/pairs.jsonl and DIR/decisions.jsonl instead")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "truth: name one or more JSONL files")
		flag.Usage()
		os.Exit(2)
	}
	if err := run(os.Stdout, os.Stderr, o, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "truth:", err)
		os.Exit(2)
	}
}

// run writes the truth or the recall to out and counts to log.
func run(out, log io.Writer, o options, files []string) error {
	var c corpus
	for _, f := range files {
		if err := c.read(f, o.minChars); err != nil {
			return err
		}
	}
	found, err := truth.Pairs(c.texts, o.Options)
	if err != nil {
		return err
	}
	fmt.Fprintf(log, "%d texts, %d shorter than %d characters and left out, %d unreadable lines, %d ids used twice\n",
		len(c.ids), c.short, o.minChars, c.broken, c.twice())
	summarise(log, o, found)
	if o.dir == "" {
		return writePairs(out, &c, found.Expand(o.expand))
	}
	p, err := readProduct(o.dir, &c, found)
	if err != nil {
		return err
	}
	return p.recall(found).write(out, &c)
}

func summarise(log io.Writer, o options, found truth.Result) {
	equal, hidden := 0, 0
	for _, g := range found.Groups {
		equal += len(g.Members)
		hidden += max(0, len(g.Members)-max(o.expand, 1))
	}
	copies := 0
	for _, p := range found.Pairs {
		if p.J >= o.MinJaccard {
			copies++
		}
	}
	fmt.Fprintf(log, "%d equal texts in %d groups, %d of them beyond -expand\n", equal, len(found.Groups), hidden)
	fmt.Fprintf(log, "%d pairs of different texts: %d by Jaccard, %d by containment alone\n",
		len(found.Pairs), copies, len(found.Pairs)-copies)
}

func writePairs(out io.Writer, c *corpus, pairs []truth.Pair) error {
	w := bufio.NewWriter(out)
	fmt.Fprintln(w, "idA\tidB\tJ\tCA\tCB\tNA\tNB")
	for _, p := range pairs {
		fmt.Fprintf(w, "%s\t%s\t%.6f\t%.6f\t%.6f\t%d\t%d\n", c.ids[p.A], c.ids[p.B], p.J, p.CA, p.CB, p.NA, p.NB)
	}
	return w.Flush()
}

package eval

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/corpusctl/corpusctl/report"
)

// pairKey names a pair whatever comes first in it.
func pairKey(a, b string) [2]string { return [2]string{min(a, b), max(a, b)} }

// Pairs compares labels of pairs with pairs.jsonl. The judgement is whether one of the two may go; the relation is a class of its own.
func Pairs(opt Options) (*Result, error) {
	labels, n, err := readLabels(opt.Gold, opt, checkPair)
	if err != nil {
		return nil, err
	}
	ids := map[string]bool{}
	wanted := map[[2]string]bool{}
	for _, l := range labels {
		ids[l.A], ids[l.B], wanted[pairKey(l.A, l.B)] = true, true, true
	}
	run, err := report.LookUp(opt.Run, ids)
	if err != nil {
		return nil, err
	}
	pairs, err := readPairs(opt.Run, wanted)
	if err != nil {
		return nil, err
	}
	r := &Result{What: "pairs", errors: opt.Errors}
	var drops, byLabel, relations Table
	both, same := 0, 0
	for _, l := range labels {
		if !n.present(l, run, l.A, l.B) {
			continue
		}
		p := pairs[pairKey(l.A, l.B)]
		for _, t := range []*Table{&drops, &byLabel, &relations} {
			t.Unit()
		}
		is, called := l.Drop != "none", p.Drop != "none"
		drops.Add("may go", Judged(is, called, l.weight()))
		byLabel.Add(labelClass(l), Judged(true, called == is, l.weight()))
		if l.Relation != "" {
			relations.relation(unlisted(l.Relation), p.Relation, l.weight())
		}
		if is && called {
			both++
			same += btoi(p.Relation == l.Relation)
		}
		if is != called {
			r.mistake(Mistake{mistakeKind(is), l.Relation + ", " + l.Drop, p.Relation + ", " + p.Drop, []string{l.A, l.B},
				[]string{run[l.A].Where, run[l.B].Where}, 0, 0, []string{run[l.A].Text, run[l.B].Text}})
		}
	}
	r.Labels = n
	r.section(&drops, opt.Seed, "drop", "all", "one of the two may go", "may go")
	r.section(&byLabel, opt.Seed, "labels", "recall", "by relation of the label: judged as the label says", byLabel.Classes()...)
	r.section(&relations, opt.Seed, "relations", "all", "the relation itself (none: not listed, same event, unrelated)", relations.Classes()...)
	r.Facts = append(r.Facts, Fact{"the label's relation, where both say that one may go", Number(same), both})
	return r, nil
}

// labelClass is the relation with what the label wants.
func labelClass(l *label) string {
	if l.Drop == "none" {
		return l.Relation + " (stay)"
	}
	return l.Relation + " (may go)"
}

// relation counts a judgement among several: what is said wrongly is missed of one class and wrong of another.
func (t *Table) relation(is, called string, weight float64) {
	t.Add(is, Judged(true, is == called, weight))
	if is != called {
		t.Add(called, Judged(false, true, weight))
	}
}

// unlisted maps relations that a run does not list to none.
func unlisted(relation string) string {
	if relation == "same_event" || relation == "unrelated" {
		return "none"
	}
	return relation
}

func mistakeKind(wanted bool) string {
	if wanted {
		return "missed"
	}
	return "wrong"
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func checkPair(l *label) (string, error) {
	switch {
	case l.A == "" || l.B == "":
		return "", fmt.Errorf("not a label of a pair: it wants a and b")
	case l.A == l.B:
		return "", fmt.Errorf("a and b are the same document %q", l.A)
	case l.Drop == "":
		return "", errUnlabelled
	case !slices.Contains([]string{"a", "b", "either", "none"}, l.Drop):
		return "", fmt.Errorf("drop is %q, not a, b, either or none", l.Drop)
	}
	key, err := json.Marshal(pairKey(l.A, l.B))
	return string(key), err
}

// readPairs reads what the run says of some pairs.
func readPairs(dir string, wanted map[[2]string]bool) (map[[2]string]report.Pair, error) {
	out := make(map[[2]string]report.Pair, len(wanted))
	for key := range wanted {
		out[key] = report.Pair{A: key[0], B: key[1], Relation: "none", Drop: "none"} // what is not listed
	}
	err := report.EachPair(dir, func(p *report.Pair) {
		if key := pairKey(p.A, p.B); wanted[key] {
			out[key] = *p
		}
	})
	return out, err
}

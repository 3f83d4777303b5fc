package eval

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/corpusctl/corpusctl/corpus"
)

// label is one line of a file of labels; which fields it must have depends on what is evaluated.
type label struct {
	A, B, Relation, Drop string
	ID, Source           string
	Text                 *string
	Spans                []labelSpan
	Unseen               [][2]int
	Truncated            string
	Prose                *int
	Cluster              json.RawMessage
	Sure                 *int
	Weight               *float64

	line int
}

// labelSpan is [start, end] or [start, end, kind], in code points.
type labelSpan struct {
	start, end int
	kind       string // "" if it has none: it is wanted whatever is asked for
}

// UnmarshalJSON reads the form of an array.
func (s *labelSpan) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&s.start, &s.end, &s.kind})
}

func (l *label) unsure() bool { return l.Sure != nil && *l.Sure == 0 }

func (l *label) weight() float64 {
	if l.Weight == nil {
		return 1
	}
	return *l.Weight
}

// Labels counts the lines of a file of labels by what became of them: Read is the sum of the others.
type Labels struct {
	Read       int      `json:"read"`
	Compared   int      `json:"compared"`
	Unsure     int      `json:"unsure"`     // borderline ones, left out
	Unlabelled int      `json:"unlabelled"` // lines of a sheet that were not filled in
	Repeated   int      `json:"repeated"`   // of a thing that an earlier line labels: the first counts
	Absent     int      `json:"absent"`     // of documents that the run did not have
	Ambiguous  int      `json:"ambiguous"`  // of an id that several documents of the run have
	OtherText  int      `json:"other_text"` // with a text that is not the run's, or offsets that the text does not have
	Broken     int      `json:"broken"`     // no label at all
	Problems   []string `json:"problems,omitempty"`
}

// mostProblems is the number of problems that are told one by one.
const mostProblems = 10

func (n *Labels) problem(count *int, format string, args ...any) {
	if *count++; len(n.Problems) < mostProblems {
		n.Problems = append(n.Problems, fmt.Sprintf(format, args...))
	}
}

// errUnlabelled says that a line of a sheet was not filled in.
var errUnlabelled = errors.New("not labelled")

// longestLabel is the longest line that is read.
const longestLabel = 1 << 28

// readLabels reads a file of labels, packed or not. check says what a line is a label of, or why it is none.
func readLabels(path string, opt Options, check func(*label) (key string, err error)) (out []*label, n Labels, err error) {
	f, err := corpus.Open(path)
	if err != nil {
		return nil, n, fmt.Errorf("labels: %w", err)
	}
	defer f.Close()
	seen := map[string]int{}
	in := bufio.NewScanner(f)
	in.Buffer(nil, longestLabel)
	for line := 1; in.Scan(); line++ {
		if len(in.Bytes()) == 0 {
			continue
		}
		n.Read++
		l := &label{line: line}
		err := json.Unmarshal(in.Bytes(), l)
		if err == nil && (l.weight() < 0 || l.weight() > 1e12) {
			err = fmt.Errorf("weight %v", l.weight())
		}
		key := ""
		if err == nil {
			key, err = check(l)
		}
		switch {
		case errors.Is(err, errUnlabelled):
			n.Unlabelled++
		case err != nil:
			n.problem(&n.Broken, "line %d: %v", line, err)
		case seen[key] > 0:
			n.problem(&n.Repeated, "line %d: labelled in line %d already", line, seen[key])
		case l.unsure() && !opt.Unsure:
			seen[key] = line
			n.Unsure++
		default:
			seen[key] = line
			out = append(out, l)
		}
	}
	if err := in.Err(); err != nil {
		return nil, n, fmt.Errorf("labels: %s: %w", path, err)
	}
	if n.Read == n.Broken {
		return nil, n, fmt.Errorf("%s holds no labels (%d lines): docs/FORMAT.md says what they look like", path, n.Read)
	}
	return out, n, nil
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

package report

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// The evidence of the page: some decisions of each rule and relation. It is gathered in one walk over decisions.jsonl, and what is
// kept of that does not grow with the file.

// group is a kind of decisions; the page shows them in this order.
type group int

const (
	groupRemoved   group = iota // duplicates, by relation
	groupStaying                // pairs of which neither goes, by relation
	groupRejected               // by rule of the preset
	groupRepaired               // by kind and rule
	groupTruncated              // by place and cause
	groups
)

// stratum is what decisions are sampled by.
type stratum struct {
	group group
	name  string
	seen  int // documents
	last  int // line of the document counted last
	*sampler[[]byte]
}

// evidence gathers decisions.
type evidence struct {
	opt     PageOptions
	only    map[string]*lineSet // lines of the output that count; nil for all
	strata  map[string]*stratum
	line    int
	staying []StayingPair
}

// longestDecision is the longest line of decisions.jsonl that is shown. Longer ones are of documents out of which more was cut than can
// be looked at.
const longestDecision = 64 << 10

func newEvidence(opt PageOptions) *evidence {
	return &evidence{opt: opt, strata: map[string]*stratum{}}
}

// leastPiece is how much of decisions.jsonl is worth a goroutine, in bytes.
const leastPiece = 256 << 10

// readDecisions walks over decisions.jsonl, on all processors.
func (e *evidence) readDecisions(dir string) error {
	f, err := os.Open(filepath.Join(dir, "decisions.jsonl"))
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil {
		pieces := min(runtime.GOMAXPROCS(0), int(info.Size()/leastPiece)+1)
		err = e.readPieces(f, f.Name(), info.Size(), pieces)
	}
	return err
}

// readPieces cuts a file into pieces of whole lines and walks over all at once.
func (e *evidence) readPieces(f io.ReaderAt, name string, size int64, pieces int) error {
	ends := make([]int64, pieces+1) // of the pieces, the first after ends[0]
	for i := range pieces {
		end, err := lineEndAfter(f, size*int64(i+1)/int64(pieces), size)
		if err != nil {
			return fmt.Errorf("report: %w", err)
		}
		ends[i+1] = max(end, ends[i])
	}
	found := make([]*evidence, pieces)
	err := inParallel(pieces, func(i int) error {
		found[i] = newEvidence(e.opt)
		found[i].only = e.only
		return found[i].readPiece(io.NewSectionReader(f, ends[i], ends[i+1]-ends[i]), name)
	})
	if err != nil && pieces > 1 {
		return cmp.Or(e.readPieces(f, name, size, 1), err) // for the number of the line
	}
	for _, o := range found {
		e.merge(o)
	}
	return err
}

// lineEndAfter returns where the line ends in which a place lies, or the end of the file.
func lineEndAfter(f io.ReaderAt, at, size int64) (int64, error) {
	buf := make([]byte, 4<<10)
	for at < size {
		n, err := f.ReadAt(buf, at)
		if end := bytes.IndexByte(buf[:n], '\n'); end >= 0 {
			return at + int64(end) + 1, nil
		}
		if at += int64(n); err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		if n == 0 {
			break
		}
	}
	return size, nil
}

// readPiece walks over some lines.
func (e *evidence) readPiece(lines io.Reader, name string) error {
	in := bufio.NewReaderSize(lines, longestDecision)
	var b brief
	for {
		line, err := in.ReadSlice('\n')
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			err = skipLine(in)
		case len(line) > 0:
			if !b.read(line) {
				return fmt.Errorf("%s:%d: not a line that corpusctl writes", name, e.line+1)
			}
			e.decision(&b, line)
		}
		e.line++
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
}

// merge adds what was found in other lines. What is chosen does not depend on their order.
func (e *evidence) merge(o *evidence) {
	for key, s := range o.strata {
		to := e.strata[key]
		if to == nil {
			e.strata[key] = s
			continue
		}
		to.seen += s.seen
		to.near.merge(&s.near)
		to.random.merge(&s.random)
	}
}

// skipLine reads to the end of a line that is longer than the buffer.
func skipLine(in *bufio.Reader) error {
	for {
		if _, err := in.ReadSlice('\n'); !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// decision offers a decision to each stratum it belongs to.
func (e *evidence) decision(b *brief, line []byte) {
	if !e.counts(b) {
		return
	}
	number := mix(xxhash.Sum64(line))
	for _, r := range b.reasons {
		score := float64(noScore)
		if r.threshold != 0 {
			score = math.Abs(r.value-r.threshold) / math.Abs(r.threshold)
		}
		switch rule := string(r.rule); rule {
		case "exact-copy":
			e.offer(groupRemoved, "exact", noScore, number, line)
		case "duplicate":
			e.offer(groupRemoved, string(r.kind), score, number, line)
		case "truncated":
			e.offer(groupTruncated, string(b.truncated)+": "+string(r.kind), noScore, number, line)
		default:
			e.offer(groupRejected, rule, score, number, line)
		}
	}
	for _, s := range b.spans {
		e.offer(groupRepaired, string(s.kind)+": "+string(s.rule), noScore, number, line)
	}
}

func (e *evidence) offer(g group, name string, score float64, number uint64, line []byte) {
	key := string(rune(g)) + name
	s := e.strata[key]
	if s == nil {
		if !e.opt.wants(name) {
			return
		}
		s = &stratum{group: g, name: name, last: -1, sampler: newSampler[[]byte](e.opt.size(g))}
		e.strata[key] = s
	}
	if s.last == e.line {
		return
	}
	s.last = e.line
	s.seen++
	s.offer(score, number, func() []byte { return bytes.Clone(line) })
}

// addStaying adds the pairs of which neither goes: the run sampled them.
func (e *evidence) addStaying(m *Measures) {
	if m == nil {
		return
	}
	shown := map[string]int{}
	for _, p := range m.Stay {
		if shown[p.Relation] < e.opt.size(groupStaying) && e.opt.wants(p.Relation) && (e.has(p.A) || e.has(p.B)) {
			shown[p.Relation]++
			e.staying = append(e.staying, p)
		}
	}
}

// sorted returns the strata in the order of the page: by group, then those with the most documents.
func (e *evidence) sorted() []*stratum {
	var out []*stratum
	for _, key := range sortedKeys(e.strata) {
		out = append(out, e.strata[key])
	}
	slices.SortStableFunc(out, func(a, b *stratum) int {
		return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(b.seen, a.seen))
	})
	return out
}

// decode reads a sampled line.
func decode(line []byte) (*Decision, error) {
	var d Decision
	if err := json.Unmarshal(line, &d); err != nil {
		return nil, fmt.Errorf("decisions.jsonl: %w", err)
	}
	return &d, nil
}

// wants tells whether a rule, kind or relation is asked for. Names such as "nav: end-mark" are meant by the whole and by each part.
func (o *PageOptions) wants(name string) bool {
	if o.Rule == "" || o.Rule == name {
		return true
	}
	kind, rule, ok := strings.Cut(name, ": ")
	return ok && (o.Rule == kind || o.Rule == rule)
}

// size is the number of decisions that are shown of each stratum of a group: repairs look much alike and have many rules.
func (o *PageOptions) size(g group) int {
	switch g {
	case groupRemoved, groupStaying:
		return o.Sample
	case groupRepaired:
		return (o.Sample + 2) / 3
	}
	return (o.Sample + 1) / 2
}

package job

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/internal/journal"
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/quality/recur"
	"github.com/corpusctl/corpusctl/report"
)

// The files in testdata/state/2 are of version 2 (of decided; of state, 1). A change of what is written needs another version, and a folder for it.
const goldenState = "testdata/state/2"

// sampleRun is a run in which all is decided: five documents in two shards, two of which go.
func sampleRun(t testing.TB) *run {
	t.Helper()
	r := &run{
		index:   newIndex(sampleShards, nil),
		related: map[string]int{"copy": 1}, measured: &report.Measures{DropContainment: .7}, ids: report.Ids{Missing: 1}, quarantined: map[string]int{"not JSON": 2},
		documents: &keptDocuments{names: []string{"صدى", "b"}, source: []uint32{0, 1, 1, 0, 0}, days: []int64{0, noDays, -1, 16000, math.MinInt64/2 + 1}},
		result: &dedup.Result{
			Stats: dedup.Stats{Documents: 5, Pairs: 1},
			Removed: []dedup.Decision{
				{Doc: 1, Kept: 3, Pair: dedup.Pair{A: 1, B: 3, Measure: dedup.Measure{Shared: 90, A: 100, B: 300}, Relation: dedup.Shortened, Drop: dedup.DropA, EndsEarly: true}},
				{Doc: 4, Kept: 0, Pair: dedup.Pair{A: 0, B: 4, Measure: dedup.Measure{Shared: 9, A: 9, B: 9}, Relation: dedup.Copy, Drop: dedup.DropEither}, Exact: true, Cluster: 1},
			},
		},
	}
	x := r.index
	for i, id := range []string{"a-1", "", "ب", "a-3", "a-4"} {
		x.places.add(i+1, []byte(id))
		x.lengths.add(textLength{uint8(i), uint8(2 * i)})
	}
	x.places.flush()
	for _, doc := range []uint32{0, 2, 3} {
		x.found.Add(doc)
		x.notes.add(appendNote(nil, &quality.Findings{Spans: []quality.Span{{Start: int(doc), End: 9, Kind: quality.Code, Rule: "script"}}}))
	}
	x.rejected.Add(2)
	for i, n := range []int{2, 3} {
		s := &x.shards[i]
		s.opened, s.format, s.documents, s.first, s.fingerprint, s.bytes = true, "jsonl", n, 2*i, math.MaxUint64-uint64(i), 100
	}
	return r
}

var sampleShards = []corpus.Shard{{Path: "in/a.jsonl", Name: "a.jsonl"}, {Path: "in/b.jsonl", Name: "b.jsonl"}}

// sampleState is what such a run has noted when the first shard is written.
func sampleState(t testing.TB, dir string, file corpus.FileSum) *saved {
	t.Helper()
	s := &saved{
		begun:   begun{Program: "v1 0123456789abcdef", Options: "fedcba9876543210", Inputs: []inputState{{"in/a.jsonl", "a.jsonl", 100, 17}, {"in/b.jsonl", "b.jsonl", 100, 18}}},
		learned: &learned{Profile: &recur.Profile{Sources: []recur.Source{{Name: "صدى", Articles: 3, Entries: []recur.Entry{{Kind: quality.Nav, Place: recur.Tail, Match: recur.Whole, Words: "w", Articles: 3}}}}}, Inputs: []content{{math.MaxUint64, 100}, {1, 100}}},
		decided: &decided{File: file, Files: []corpus.FileSum{{Name: "pairs.jsonl", Size: 5, Sum: math.MaxUint64}}},
		written: []written{{Shard: 0, Files: []corpus.FileSum{{Name: "kept/a.jsonl", Size: 50, Sum: 3}}, Decisions: 70, Sum: 4}},
	}
	k := &keeper{folder: dir, begun: s.begun}
	for _, n := range []struct {
		kind byte
		v    any
	}{{kindLearned, s.learned}, {kindDecided, s.decided}, {kindWritten, s.written[0]}} {
		if err := k.note(n.kind, n.v); err != nil {
			t.Fatal(err)
		}
	}
	if err := k.close(); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestGoldenState compares what is written with the files of this version, and reads these.
func TestGoldenState(t *testing.T) {
	dir := t.TempDir()
	if os.Getenv("UPDATE") != "" {
		dir = goldenState
	}
	r := sampleRun(t)
	sum, err := r.writeDecided(context.Background(), filepath.Join(dir, decidedFile))
	if err != nil {
		t.Fatal(err)
	}
	want := sampleState(t, dir, sum)
	for _, name := range []string{stateFile, decidedFile} {
		golden, err := os.ReadFile(filepath.Join(goldenState, name))
		got, err2 := os.ReadFile(filepath.Join(dir, name))
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(golden, got) {
			t.Errorf("%s is not what this version wrote:\n%q\n%q", name, got, golden)
		}
	}
	data, err := os.ReadFile(filepath.Join(goldenState, stateFile))
	if err != nil {
		t.Fatal(err)
	}
	got, err := parseState(data)
	if err != nil || len(got.ends) != 4 {
		t.Fatal(got, err)
	}
	for _, c := range [][2]any{{want.begun, got.begun}, {want.learned, got.learned}, {want.decided, got.decided}, {want.written, got.written}} {
		a, _ := json.Marshal(c[0])
		b, _ := json.Marshal(c[1])
		if diff := cmp.Diff(string(a), string(b)); diff != "" {
			t.Error(diff)
		}
	}
	o, err := readDecided(context.Background(), filepath.Join(goldenState, decidedFile), sum, sampleShards, nil)
	if err != nil {
		t.Fatal(err)
	}
	checkOutcome(t, r, o)
}

// checkOutcome compares what was read with what was written.
func checkOutcome(t *testing.T, r *run, o *outcome) {
	t.Helper()
	a, b := r.index.reader(), o.index.reader()
	for doc := range r.documents.Len() {
		if a.id(doc) != b.id(doc) || a.line(doc) != b.line(doc) {
			t.Errorf("document %d stands in line %d, %q", doc, b.line(doc), b.id(doc))
		}
	}
	if !r.index.found.Equals(o.index.found) || !r.index.rejected.Equals(o.index.rejected) {
		t.Error(o.index.found, o.index.rejected)
	}
	if diff := cmp.Diff(r.documents, o.documents, cmp.AllowUnexported(keptDocuments{})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(r.result.Removed, o.removed); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(r.head(), o.decidedHead); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(r.index.lengths, o.index.lengths, cmp.AllowUnexported(lengths{})); diff != "" {
		t.Error(diff)
	}
}

// TestDecidedDamage cuts the file at every byte and flips every bit.
func TestDecidedDamage(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, decidedFile)
	sum, err := sampleRun(t).writeDecided(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	read := func(data []byte) error {
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		_, err := readDecided(context.Background(), path, sum, sampleShards, nil)
		return err
	}
	if err := read(whole); err != nil {
		t.Fatal(err)
	}
	for at := range whole {
		if read(whole[:at]) == nil {
			t.Fatalf("cut off after %d bytes, it is believed", at)
		}
		data := bytes.Clone(whole)
		data[at] ^= 1 << (at % 8)
		if read(data) == nil {
			t.Fatalf("with byte %d changed, it is believed", at)
		}
	}
}

// FuzzDecided reads anything as the file "decided": what is taken can be used.
func FuzzDecided(f *testing.F) {
	golden, _ := os.ReadFile(filepath.Join(goldenState, decidedFile))
	f.Add(golden)
	f.Fuzz(func(t *testing.T, data []byte) {
		o, err := unpackDecided(context.Background(), bytes.NewReader(data), sampleShards, nil)
		if err != nil {
			return
		}
		r := &run{opt: Options{}.withDefaults(), index: o.index, documents: o.documents, result: &dedup.Result{Removed: o.removed}}
		r.index.divide(r.gone())
		at := r.index.reader()
		for doc := range o.documents.Len() {
			at.place(doc, r.gone())
			o.documents.Days(doc)
			_ = o.documents.Sources()[o.documents.Source(doc)]
		}
		r.found = newFindings()
		r.keeper = &keeper{begun: begun{Inputs: make([]inputState, len(sampleShards))}}
		r.made.written = len(sampleShards)
		w := newWriter(r)
		w.cuts = func(quality.Span) bool { return true }
		w.passWritten()
		r.summarise()
	})
}

// FuzzState reads anything as a state file.
func FuzzState(f *testing.F) {
	golden, _ := os.ReadFile(filepath.Join(goldenState, stateFile))
	f.Add(golden)
	if records, err := journal.Parse(golden); err == nil {
		for _, rec := range records { // the checksum hides the JSON from the fuzzer
			f.Add(rec.Payload)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for kind := byte(kindBegun); kind <= kindWritten; kind++ {
			file := []byte("corpusctl state 1\n")
			for before := byte(kindBegun); before < kind; before++ {
				file = journal.AppendRecord(file, before, []byte("{}"))
			}
			file = journal.AppendRecord(file, kind, data)
			for _, file := range [][]byte{data, file} {
				if s, err := parseState(file); err == nil && len(s.ends) != 1+len(s.written)+int(flag(s.learned != nil)+flag(s.decided != nil)) {
					t.Fatal("records are lost")
				}
			}
		}
	})
}

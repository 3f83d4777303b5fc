package job

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/corpusctl/corpusctl/quality"
)

// TestNotes packs findings and unpacks them, in any order, with the slices of others used again.
func TestNotes(t *testing.T) {
	text := rapid.String()
	rapid.Check(t, func(t *rapid.T) {
		n := newNotes(nil)
		var want []quality.Findings
		for range rapid.IntRange(1, 8).Draw(t, "documents") {
			var f quality.Findings
			for range rapid.IntRange(0, 3).Draw(t, "spans") {
				start := rapid.IntRange(0, 1<<30).Draw(t, "start")
				f.Spans = append(f.Spans, quality.Span{
					Start: start, End: start + rapid.IntRange(1, 1<<20).Draw(t, "length"), Kind: quality.Kind(rapid.IntRange(0, 8).Draw(t, "kind")),
					Rule: text.Draw(t, "rule"), Mark: rapid.Bool().Draw(t, "mark"), Put: text.Draw(t, "put"),
				})
			}
			for range rapid.IntRange(0, 3).Draw(t, "verdicts") {
				f.Verdicts = append(f.Verdicts, quality.Verdict{
					Rule: text.Draw(t, "rule"), Signal: text.Draw(t, "signal"), Op: "<",
					Value: rapid.Float64().Draw(t, "value"), Threshold: rapid.Float64().Draw(t, "threshold"),
				})
			}
			f.Cut = quality.Cut{Where: quality.Truncation(rapid.IntRange(0, 3).Draw(t, "where")), Cause: text.Draw(t, "cause"), Evidence: text.Draw(t, "evidence")}
			want = append(want, f)
			if err := n.add(appendNote(nil, &f)); err != nil {
				t.Fatal(err)
			}
		}
		var got quality.Findings
		var buf []byte
		for _, i := range rapid.SliceOfN(rapid.IntRange(0, len(want)-1), 1, 20).Draw(t, "order") {
			var err error
			if buf, err = n.read(i, &got, buf); err != nil {
				t.Fatal(err)
			}
			if len(got.Spans) == 0 {
				got.Spans = nil
			}
			if len(got.Verdicts) == 0 {
				got.Verdicts = nil
			}
			if d := cmp.Diff(want[i], got); d != "" {
				t.Fatal(d)
			}
		}
	})
}

// FuzzReadNote reads any bytes: what is no note is an error.
func FuzzReadNote(f *testing.F) {
	f.Add(appendNote(nil, &quality.Findings{Spans: []quality.Span{{Start: 3, End: 9, Rule: "script", Put: "x"}}, Verdicts: []quality.Verdict{{Rule: "stub", Value: 1}}}))
	f.Add([]byte{0xFF, 0xFF, 0xFF, 0xFF, 0x7F})
	f.Fuzz(func(t *testing.T, raw []byte) {
		var found quality.Findings
		if readNote(&found, raw) == nil && len(found.Spans) > len(raw) {
			t.Errorf("%d spans of %d bytes", len(found.Spans), len(raw))
		}
	})
}

// TestPlaces reads lines and ids back in any order, in memory and from files.
func TestPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPlaces(nil)
		var lines []int
		var ids []string
		line := 0
		for range rapid.IntRange(1, 300).Draw(t, "documents") {
			if line += rapid.IntRange(1, 3).Draw(t, "step"); rapid.IntRange(0, 40).Draw(t, "shard") == 0 {
				line = 1 // the next shard
			}
			id := rapid.StringN(0, 5, -1).Draw(t, "id")
			lines, ids = append(lines, line), append(ids, id)
			if err := p.add(line, []byte(id)); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.flush(); err != nil {
			t.Fatal(err)
		}
		r := placeReader{places: p}
		for _, doc := range rapid.SliceOfN(rapid.IntRange(0, len(lines)-1), 1, 50).Draw(t, "order") {
			if r.line(doc) != lines[doc] || r.id(doc) != ids[doc] || r.err != nil {
				t.Fatalf("document %d: line %d id %q (%v), want %d %q", doc, r.line(doc), r.id(doc), r.err, lines[doc], ids[doc])
			}
		}
	})
}

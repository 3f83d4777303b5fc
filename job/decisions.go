package job

import (
	"bufio"
	"encoding/json"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/dedup"
)

// ranks gives the documents their line numbers in the files of the output: the n-th kept or removed record of a shard stands in line n.
func (x *index) ranks(removed []dedup.Decision) []uint32 {
	rank := make([]uint32, len(x.lines))
	next := 0
	for i := range x.shards {
		s := &x.shards[i]
		kept, gone := uint32(0), uint32(0)
		for doc := s.first; doc < s.first+s.documents; doc++ {
			if next < len(removed) && removed[next].Doc == uint32(doc) {
				next++
				gone++
				rank[doc] = gone
			} else {
				kept++
				rank[doc] = kept
			}
		}
		s.removed = int(gone)
	}
	return rank
}

// writeDecisions writes decisions.jsonl: one line for each removed document, in the order of the input.
func (x *index) writeDecisions(to io.Writer, removed []dedup.Decision, rank []uint32) error {
	w := newLines(to)
	for i := range removed {
		d := &removed[i]
		doc, kept := int(d.Doc), int(d.Kept)
		c, rule, threshold := d.Containment(), "exact-copy", 1.0
		if !d.Exact {
			rule, threshold = "duplicate", dedup.DropContainment
		}
		w.str(`{"id":`, x.id(doc))
		w.str(`,"file":`, x.shardOf(doc).Name)
		w.int(`,"line":`, int64(x.lines[doc]))
		w.str(`,"action":"removed","reasons":[{"rule":`, rule)
		w.str(`,"kind":`, d.Pair.Relation.String())
		w.float(`,"value":`, c)
		w.float(`,"threshold":`, threshold)
		w.str(`}],"duplicate_of":`, x.id(kept))
		w.str(`,"relation":`, d.Pair.Relation.String())
		w.float(`,"jaccard":`, d.Pair.Measure.Jaccard())
		w.float(`,"containment":`, c)
		w.int(`,"cluster":`, int64(d.Cluster))
		w.int(`,"removed_line":`, int64(rank[doc]))
		w.str(`,"duplicate_file":`, x.shardOf(kept).Name)
		w.int(`,"duplicate_line":`, int64(x.lines[kept]))
		w.int(`,"kept_line":`, int64(rank[kept]))
		w.end("}\n")
	}
	return w.flush()
}

// writePairs writes pairs.jsonl: one line for each verified pair with a relation, by the place of a, then of b.
func (x *index) writePairs(to io.Writer, pairs []dedup.Pair) error {
	w := newLines(to)
	for i := range pairs {
		p := &pairs[i]
		w.str(`{"a":`, x.id(int(p.A)))
		w.str(`,"b":`, x.id(int(p.B)))
		w.str(`,"relation":`, p.Relation.String())
		w.str(`,"drop":`, p.Drop.String())
		w.float(`,"jaccard":`, p.Measure.Jaccard())
		w.float(`,"containment_a":`, p.Measure.ContainmentA())
		w.float(`,"containment_b":`, p.Measure.ContainmentB())
		w.end("}\n")
	}
	return w.flush()
}

// lines builds JSON lines without an allocation for each. Keys are given as the bytes before the value.
type lines struct {
	out *bufio.Writer
	buf []byte
	err error
}

func newLines(to io.Writer) *lines { return &lines{out: bufio.NewWriterSize(to, 1<<16)} }

func (w *lines) str(before, s string) { w.buf = appendJSON(append(w.buf, before...), s) }

func (w *lines) int(before string, n int64) {
	w.buf = strconv.AppendInt(append(w.buf, before...), n, 10)
}

// float writes the shortest digits that read back as the same number.
func (w *lines) float(before string, f float64) {
	w.buf = strconv.AppendFloat(append(w.buf, before...), f, 'g', -1, 64)
}

func (w *lines) end(s string) {
	w.buf = append(w.buf, s...)
	if _, err := w.out.Write(w.buf); err != nil && w.err == nil {
		w.err = err
	}
	w.buf = w.buf[:0]
}

func (w *lines) flush() error {
	if err := w.out.Flush(); w.err == nil {
		w.err = err
	}
	return w.err
}

// appendJSON appends a string as JSON. Anything but plain text goes the slow, safe way: control characters, what is not UTF-8,
// and what could end a script in a page.
func appendJSON(dst []byte, s string) []byte {
	if !plain(s) {
		quoted, _ := json.Marshal(s) // a string always marshals
		return append(dst, quoted...)
	}
	dst = append(dst, '"')
	dst = append(dst, s...)
	return append(dst, '"')
}

// plain tells whether s stands for itself between quotes.
func plain(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == 0x7F:
			return false
		case c >= utf8.RuneSelf:
			return utf8.ValidString(s) && !hasSeparator(s)
		}
	}
	return true
}

// hasSeparator finds what a longer look is needed for once a string holds more than ASCII.
func hasSeparator(s string) bool {
	for _, r := range s {
		if r < ' ' || r == '"' || r == '\\' || r == '<' || r == '>' || r == '&' || r == 0x7F || r == '\u2028' || r == '\u2029' {
			return true
		}
	}
	return false
}

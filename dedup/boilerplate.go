package dedup

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/shingle"
)

// Boilerplate is a passage so frequent that its postings were capped: a footer, a formula, a line that a site puts under
// everything.
type Boilerplate struct {
	Text      string `json:"text"`      // folded, at most boilerplateLength bytes
	Documents uint64 `json:"documents"` // that have its most frequent sampled shingle
}

const (
	boilerplateList   = 20
	boilerplateLength = 200
)

// nameBoilerplate finds what the capped postings stand for: the passages that hold them in the first document that has each.
func (d *Deduper) nameBoilerplate(capped []cappedSet) ([]Boilerplate, error) {
	sets := slices.SortedFunc(slices.Values(capped), func(x, y cappedSet) int {
		return cmp.Or(cmp.Compare(y.n, x.n), cmp.Compare(x.doc, y.doc), cmp.Compare(x.key, y.key))
	})
	frequency := map[uint64]uint64{}
	for _, s := range sets {
		frequency[s.key] = uint64(s.n)
	}
	var out []Boilerplate
	seen := map[uint32]bool{}
	for _, s := range sets {
		if seen[s.doc] {
			continue
		}
		if seen[s.doc] = true; len(seen) > boilerplateList {
			break
		}
		text, _, err := d.texts.read(s.doc, nil)
		if err != nil {
			return nil, err
		}
		for _, p := range d.passages(text, frequency) {
			if !slices.ContainsFunc(out, func(b Boilerplate) bool { return overlaps(b.Text, p.Text) }) {
				out = append(out, p)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Boilerplate) int { return cmp.Compare(y.Documents, x.Documents) })
	return out[:min(len(out), boilerplateList)], nil
}

// passages returns the stretches of a text that its capped shingles make up, joined where they overlap or touch.
func (d *Deduper) passages(text []byte, frequency map[uint64]uint64) []Boilerplate {
	var out []Boilerplate
	var spans []span
	starts := make([]int32, shingle.Count(text, d.opt.Shingle))
	hashes := make([]uint64, len(starts))
	s := shingle.NewStream(text, d.opt.Shingle)
	s.Next(hashes, starts)
	var o outline
	o.set(text)
	finder := wordFinder{outline: &o}
	for _, i := range shingle.Below(nil, hashes, d.opt.sampledBelow()) {
		start, end := starts[i], placeOf(text, starts, int(i)+d.opt.SampleShingle)
		if end == 0 {
			continue
		}
		n := frequency[xxhash.Sum64(text[start:end])]
		if n == 0 {
			continue
		}
		w, _ := finder.find(start, int32(end))
		if last := len(spans) - 1; last >= 0 && w.start <= spans[last].end+1 {
			spans[last].end = max(spans[last].end, w.end)
			out[last].Documents = max(out[last].Documents, n)
		} else {
			spans, out = append(spans, w), append(out, Boilerplate{Documents: n})
		}
	}
	for i, sp := range spans {
		out[i].Text = string(shorten(text[sp.start:sp.end]))
	}
	return out
}

// shorten cuts a passage to boilerplateLength bytes, at a word.
func shorten(b []byte) []byte {
	if len(b) <= boilerplateLength {
		return b
	}
	if i := bytes.LastIndexByte(b[:boilerplateLength], ' '); i > 0 {
		return b[:i]
	}
	return bytes.ToValidUTF8(b[:boilerplateLength], nil)
}

// overlaps tells whether two passages are likely the same boilerplate.
func overlaps(a, b string) bool {
	n := min(len(a), len(b), 40)
	return bytes.Contains([]byte(a), []byte(b[:n])) || bytes.Contains([]byte(b), []byte(a[:n]))
}

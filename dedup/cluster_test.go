package dedup

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/cespare/xxhash/v2"
	diff "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// graph is a set of documents and verified pairs, as random as can be: it need not be possible for texts.
type graph struct {
	docs   []docInfo
	pairs  []Pair
	policy Policy
}

// drawGraph draws one. Where upward, one side of a pair goes only if the other has more shingles.
func drawGraph(t *rapid.T, upward bool) graph {
	n := rapid.IntRange(1, 14).Draw(t, "documents")
	g := graph{docs: make([]docInfo, n), policy: Policy{rapid.SampledFrom([]string{"longest", "earliest", "latest", "first"}).Draw(t, "policy")}}
	for i := range g.docs {
		g.docs[i] = docInfo{shingles: rapid.Uint32Range(1, 8).Draw(t, "shingles"), date: rapid.Int64Range(0, 3).Draw(t, "date"), first: uint32(i), copies: 1}
	}
	density := rapid.IntRange(1, 9).Draw(t, "density")
	for a := range n {
		for b := a + 1; b < n; b++ {
			if rapid.IntRange(0, 9).Draw(t, "pair") < density {
				g.pairs = append(g.pairs, drawPair(t, &g, uint32(a), uint32(b), upward))
			}
		}
	}
	return g
}

func drawPair(t *rapid.T, g *graph, a, b uint32, upward bool) Pair {
	drop := Drop(rapid.IntRange(0, 3).Draw(t, "drop"))
	if x, y := g.docs[a].shingles, g.docs[b].shingles; upward && (drop == DropA && x >= y || drop == DropB && y >= x) {
		drop = DropEither
	}
	m := Measure{A: 10, B: 10, Shared: rapid.Int32Range(5, 10).Draw(t, "shared")}
	return Pair{A: a, B: b, Measure: m, Relation: Copy, Drop: drop}
}

func (g *graph) better() func(a, b uint32) int {
	return g.policy.order(pagedOf(g.docs...), []string{""})
}

// decided runs stars and says of each document for whom it goes, itself if it stays.
func (g *graph) decided() []cover {
	c := stars(g.pairs, g.better(), pagedOf(g.docs...))
	out := make([]cover, len(g.docs))
	for i := range out {
		out[i].by = uint32(i)
		if pair, goes := c.of(uint32(i)); goes {
			out[i] = cover{by: g.pairs[pair].other(uint32(i)), pair: pair}
		}
	}
	return out
}

// allows tells whether a pair says that document d may go.
func allows(p Pair, d uint32) bool {
	return p.Drop == DropEither || p.Drop == DropA && p.A == d || p.Drop == DropB && p.B == d
}

// partner returns the other document of a pair.
func partner(p Pair, d uint32) uint32 { return p.A + p.B - d }

// kept tells whether document d stays.
func kept(covers []cover, d uint32) bool { return covers[d].by == d }

// keptCovers lists the kept documents that contain document d.
func (g *graph) keptCovers(covers []cover, d uint32) (out []uint32) {
	for _, p := range g.pairs {
		if (p.A == d || p.B == d) && allows(p, d) && kept(covers, partner(p, d)) {
			out = append(out, partner(p, d))
		}
	}
	return out
}

// TestStars checks the promise: a document that goes names one that stays, and their own pair allows it; and that all documents
// that have nobody to go for stay.
func TestStars(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t, rapid.Bool().Draw(t, "upward"))
		covers := g.decided()
		for i, c := range covers {
			d := uint32(i)
			if kept(covers, d) {
				continue
			}
			p := g.pairs[c.pair]
			if !kept(covers, c.by) || p.A != d && p.B != d || partner(p, d) != c.by || !allows(p, d) {
				t.Fatalf("%d goes for %d by %+v; %d stays: %v", d, c.by, p, c.by, kept(covers, c.by))
			}
		}
	})
}

// TestStarsNameTheClosest checks that, of many kept documents that contain one, it names that which contains most of it, of equal
// ones the most similar, of these the better one.
func TestStarsNameTheClosest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "partners")
		g := graph{docs: make([]docInfo, n+1), policy: DefaultPolicy()}
		for b := 1; b <= n; b++ {
			g.docs[b].shingles = rapid.Uint32Range(1, 3).Draw(t, "shingles")
			m := Measure{A: 10, B: rapid.Int32Range(10, 12).Draw(t, "size"), Shared: rapid.Int32Range(8, 10).Draw(t, "shared")}
			g.pairs = append(g.pairs, Pair{A: 0, B: uint32(b), Measure: m, Relation: Shortened, Drop: DropA})
		}
		want := slices.MinFunc(g.pairs, func(x, y Pair) int {
			return cmp.Or(
				-cmp.Compare(x.Measure.ContainmentA(), y.Measure.ContainmentA()),
				-cmp.Compare(x.Measure.Jaccard(), y.Measure.Jaccard()),
				-cmp.Compare(g.docs[x.B].shingles, g.docs[y.B].shingles),
				cmp.Compare(x.B, y.B))
		})
		if got := g.decided()[0].by; got != want.B {
			t.Fatalf("names %d, want %d of %+v", got, want.B, g.pairs)
		}
	})
}

// TestStarsLeaveNothing checks that no document stays beside one that stays and contains it. It holds where the containing text
// is the longer one; without that no choice need exist, as three texts that each go only for the next show.
func TestStarsLeaveNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t, true)
		covers := g.decided()
		for i := range covers {
			if d := uint32(i); kept(covers, d) && len(g.keptCovers(covers, d)) > 0 {
				t.Fatalf("%d stays, but %v contain it and stay", d, g.keptCovers(covers, d))
			}
		}
	})
}

// TestStarsKeepTheBetter checks that where either of two may go, the policy decides, unless the one it prefers goes itself.
func TestStarsKeepTheBetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t, true)
		only := rapid.Bool().Draw(t, "either only")
		inside := map[uint32]bool{}
		for i, p := range g.pairs {
			switch {
			case only:
				g.pairs[i].Drop = DropEither
			case p.Drop == DropA:
				inside[p.A] = true
			case p.Drop == DropB:
				inside[p.B] = true
			}
		}
		better := g.better()
		covers := g.decided()
		for i, c := range covers {
			if d := uint32(i); !kept(covers, d) && !inside[d] && better(c.by, d) >= 0 {
				t.Fatalf("%d goes for %d, which the policy likes less", d, c.by)
			}
		}
	})
}

// TestStarsOfAnyPairOrder checks that the order of the pairs does not show.
func TestStarsOfAnyPairOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t, rapid.Bool().Draw(t, "upward"))
		other := graph{docs: g.docs, policy: g.policy, pairs: rapid.Permutation(g.pairs).Draw(t, "order")}
		if d := diff.Diff(named(g), named(other)); d != "" {
			t.Fatal(d)
		}
	})
}

// named lists who goes for whom by which pair.
func named(g graph) (out []string) {
	for i, c := range g.decided() {
		if c.by != uint32(i) {
			out = append(out, fmt.Sprintf("%d for %d by %+v", i, c.by, g.pairs[c.pair]))
		}
	}
	return out
}

// TestStarsByHand has the small cases; "go" lists who goes for whom.
func TestStarsByHand(t *testing.T) {
	pair := func(a, b uint32, drop Drop) Pair {
		return Pair{A: a, B: b, Measure: Measure{Shared: 9, A: 10, B: 10}, Relation: Copy, Drop: drop}
	}
	for _, c := range []struct {
		name     string
		shingles []uint32
		pairs    []Pair
		want     map[uint32]uint32
	}{
		{"two copies: the longer stays", []uint32{5, 9}, []Pair{pair(0, 1, DropEither)}, map[uint32]uint32{0: 1}},
		{"two equal ones: the first stays", []uint32{5, 5}, []Pair{pair(0, 1, DropEither)}, map[uint32]uint32{1: 0}},
		{"a chain: c is no copy of a and stays", []uint32{9, 8, 7}, []Pair{pair(0, 1, DropEither), pair(1, 2, DropEither)}, map[uint32]uint32{1: 0}},
		{"a chain: the middle is the best", []uint32{8, 9, 7}, []Pair{pair(0, 1, DropEither), pair(1, 2, DropEither)}, map[uint32]uint32{0: 1, 2: 1}},
		{"the policy cannot keep what is cut", []uint32{9, 5}, []Pair{pair(0, 1, DropA)}, map[uint32]uint32{0: 1}},
		{"a revised pair: both stay", []uint32{9, 5}, []Pair{pair(0, 1, DropNone)}, nil},
		{"a chain of cuts: what the middle had stays", []uint32{9, 7, 5}, []Pair{pair(0, 1, DropB), pair(1, 2, DropB)}, map[uint32]uint32{1: 0}},
		{"a chain of cuts, all compared", []uint32{9, 7, 5}, []Pair{pair(0, 1, DropB), pair(0, 2, DropB), pair(1, 2, DropB)}, map[uint32]uint32{1: 0, 2: 0}},
		{"a cut copy goes for the copy that stays", []uint32{5, 9, 8}, []Pair{pair(0, 1, DropA), pair(0, 2, DropA), pair(1, 2, DropEither)}, map[uint32]uint32{0: 1, 2: 1}},
	} {
		g := graph{docs: make([]docInfo, len(c.shingles)), pairs: c.pairs, policy: DefaultPolicy()}
		for i, n := range c.shingles {
			g.docs[i].shingles = n
		}
		got := map[uint32]uint32(nil)
		for i, cv := range g.decided() {
			if cv.by != uint32(i) {
				if got == nil {
					got = map[uint32]uint32{}
				}
				got[uint32(i)] = cv.by
			}
		}
		if d := diff.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// TestDecideWithCopies groups the documents of a graph into exact copies and checks, of the whole result, that removals name a kept
// document by a pair of just these two that allows it, and that clusters are numbered by kept document.
func TestDecideWithCopies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t, true)
		docs := slices.Clone(g.docs)
		for range rapid.IntRange(0, 12).Draw(t, "copies") {
			first := uint32(rapid.IntRange(0, len(g.docs)-1).Draw(t, "copy of"))
			docs[first].copies++
			docs = append(docs, docInfo{shingles: docs[first].shingles, date: rapid.Int64Range(0, 3).Draw(t, "date"), first: first, copies: 1})
		}
		d := &Deduper{opt: DefaultOptions(), docs: *pagedOf(docs...), names: []string{""}, texts: newTexts(nil)}
		for i := range docs {
			text := fmt.Appendf(nil, "نص رقم %d", docs[i].first)
			d.texts.add(text, xxhash.Sum64(text))
		}
		r, err := d.decide(g.pairs, Stats{Documents: len(docs)})
		if err != nil {
			t.Fatal(err)
		}
		checkResult(t, r, len(docs))
	})
}

// checkResult checks what must hold of every result on n documents.
func checkResult(t rapid.TB, r *Result, n int) {
	removed := map[uint32]bool{}
	for _, x := range r.Removed {
		removed[x.Doc] = true
	}
	if len(removed) != len(r.Removed) || len(removed) > n {
		t.Fatalf("%d of %d documents removed by %d decisions", len(removed), n, len(r.Removed))
	}
	clusters := map[int32]uint32{}
	for i, x := range r.Removed {
		p := x.Pair
		if removed[x.Kept] || p.A >= p.B || min(x.Doc, x.Kept) != p.A || max(x.Doc, x.Kept) != p.B || !allows(p, x.Doc) {
			t.Fatalf("decision %+v; its kept document is removed: %v", x, removed[x.Kept])
		}
		if i > 0 && r.Removed[i-1].Doc >= x.Doc {
			t.Fatalf("document %d is decided after %d", x.Doc, r.Removed[i-1].Doc)
		}
		if k, ok := clusters[x.Cluster]; ok && k != x.Kept {
			t.Fatalf("cluster %d has the kept documents %d and %d", x.Cluster, k, x.Kept)
		}
		clusters[x.Cluster] = x.Kept
	}
	for i := range int32(len(clusters) - 1) {
		if clusters[i] >= clusters[i+1] {
			t.Fatalf("clusters are not numbered in the order of their kept documents: %v", clusters)
		}
	}
	pairs := slices.Collect(r.Pairs())
	if !slices.IsSortedFunc(pairs, comparePairs) {
		t.Fatal("pairs are not sorted")
	}
	if len(pairs) != r.Stats.Pairs {
		t.Fatalf("%d pairs are counted, %d listed", r.Stats.Pairs, len(pairs))
	}
}

package dedup

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/corpusctl/corpusctl/arabic"
)

// compareResults compares whole results, what is not exported of them too.
var compareResults = cmp.Options{
	cmp.Comparer(func(x, y expansion) bool {
		return slices.Equal(slices.Collect((&Result{pairs: x}).Pairs()), slices.Collect((&Result{pairs: y}).Pairs()))
	}),
	cmp.AllowUnexported(Result{}),
}

func mustFind(tb rapid.TB, texts []string, opt Options) *Result {
	tb.Helper()
	r, err := Find(texts, opt)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// removedFor lists who goes for whom.
func removedFor(r *Result) map[uint32]uint32 {
	out := map[uint32]uint32{}
	for _, d := range r.Removed {
		out[d.Doc] = d.Kept
	}
	return out
}

func TestExactCopies(t *testing.T) {
	texts := []string{
		bridge,
		school + recall,
		strings.ReplaceAll(bridge, "الجسر", "الجِسْر"),
		"\ufeff" + strings.NewReplacer("340", "٣٤٠", "1200", "۱۲۰۰", "،", "!", "أ", "ا").Replace(bridge),
		strings.Join(strings.Fields(bridge), "\r\n"),
	}
	r := mustFind(t, texts, Options{})
	if d := cmp.Diff(map[uint32]uint32{2: 0, 3: 0, 4: 0}, removedFor(r)); d != "" {
		t.Error(d)
	}
	if r.Stats.ExactCopies != 3 || r.Stats.Documents != 5 || r.Stats.Pairs != 6 {
		t.Errorf("%d exact copies of %d documents in %d pairs, want 3 of 5 in 6", r.Stats.ExactCopies, r.Stats.Documents, r.Stats.Pairs)
	}
	for _, d := range r.Removed {
		if !d.Exact || d.Pair.Relation != Copy || d.Pair.Measure.Jaccard() != 1 || d.Cluster != 0 || d.Containment() != 1 {
			t.Errorf("%+v", d)
		}
	}
}

// TestCopiesFollowTheirText checks that where a text goes for a longer one, all of its copies do.
func TestCopiesFollowTheirText(t *testing.T) {
	cut := bridgeLead + bridgeCost + bridgeWhy
	r := mustFind(t, []string{cut, cut, bridge, cut + "!", bridge}, Options{})
	if d := cmp.Diff(map[uint32]uint32{0: 2, 1: 2, 3: 2, 4: 2}, removedFor(r)); d != "" {
		t.Error(d)
	}
	for _, d := range r.Removed {
		if want := d.Doc == 4; d.Exact != want {
			t.Errorf("document %d: exact is %v", d.Doc, d.Exact)
		}
	}
	checkResult(t, r, 5)
	if r.Stats.Pairs != 10 {
		t.Errorf("%d pairs listed, want all 10", r.Stats.Pairs)
	}
}

func TestTextsWithoutWords(t *testing.T) {
	r := mustFind(t, []string{"", "", "...", "\u200f\u200f", "؟!", "\xff\xfe", " "}, Options{})
	if len(r.Removed) != 0 || r.Stats.Pairs != 0 || r.Stats.Documents != 7 {
		t.Errorf("of texts without words %+v are removed, pairs %+v", r.Removed, slices.Collect(r.Pairs()))
	}
	if r := mustFind(t, nil, Options{}); len(r.Removed)+r.Stats.Pairs+r.Stats.Documents != 0 {
		t.Errorf("of nothing: %+v", r)
	}
}

// TestShortTexts checks that texts of one shingle, and of a few, go only for an equal one, whatever they share.
func TestShortTexts(t *testing.T) {
	var texts []string
	for i := range 3000 {
		texts = append(texts, fmt.Sprint("ص ", i%1000), fmt.Sprintf("تصوير سعد العتيبي رقم %d", i%1000))
	}
	r := mustFind(t, texts, Options{})
	if len(r.Removed) != 4000 || r.Stats.Candidates != 0 {
		t.Errorf("%d removed by %d comparisons, want 4000 by none", len(r.Removed), r.Stats.Candidates)
	}
	for _, d := range r.Removed {
		if !d.Exact || texts[d.Doc] != texts[d.Kept] {
			t.Fatalf("%q goes for %q", texts[d.Doc], texts[d.Kept])
		}
	}
}

// TestEveryTextIsCompared lowers the number of shingles from which texts are compared to one.
func TestEveryTextIsCompared(t *testing.T) {
	r := mustFind(t, []string{"الوزير", "الوزيره", "في", "في", ""}, Options{MinShingles: 1})
	checkResult(t, r, 5)
	if d := cmp.Diff(map[uint32]uint32{3: 2}, removedFor(r)); d != "" {
		t.Error(d)
	}
}

func TestKeepPolicyDecides(t *testing.T) {
	edited := strings.Replace(bridge, "صباح اليوم", "أمس", 1)
	docs := []Document{
		{Text: []byte(bridge), Source: "جريدة", Date: "2015-07-03"},
		{Text: []byte(edited), Source: "وكالة", Date: "2015-07-02"},
		{Text: []byte(bridge), Source: "موقع", Date: "2015-07-01"},
		{Text: []byte(bridgeLead + bridgeCost + bridgeWhy), Source: "وكالة", Date: "2015-06-30"},
	}
	for policy, stays := range map[string]uint32{"longest": 0, "longest,earliest": 2, "earliest": 2, "latest": 0, "first": 0, "source:وكالة": 1, "source:صحيفة,موقع": 2} {
		p, err := ParsePolicy(policy)
		if err != nil {
			t.Fatal(err)
		}
		r := runBatches(t, docs, Options{Keep: p}, len(docs))
		got := removedFor(r)
		if _, gone := got[stays]; gone || len(got) != 3 {
			t.Errorf("%s: removed %v, want all but %d", policy, got, stays)
		}
	}
}

// runBatches fills batches of a size, in parallel and out of order, appends them in order and runs.
func runBatches(tb rapid.TB, docs []Document, opt Options, size int) *Result {
	tb.Helper()
	d, err := New(opt)
	if err != nil {
		tb.Fatal(err)
	}
	var done []chan *Batch
	for part := range slices.Chunk(docs, size) {
		ch := make(chan *Batch, 1)
		done = append(done, ch)
		go func() {
			b := d.NewBatch()
			for _, doc := range part {
				b.Add(doc)
			}
			ch <- b
		}()
	}
	for _, ch := range done {
		if err := d.Append(<-ch); err != nil {
			tb.Fatal(err)
		}
	}
	if d.Len() != len(docs) {
		tb.Fatalf("%d documents appended, want %d", d.Len(), len(docs))
	}
	r, err := d.Run(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// mixedCorpus makes n documents: fresh texts, and exact, edited, cut, extended and carried forms of earlier ones.
func mixedCorpus(n int) []Document {
	r := newRand(7)
	words := [][]string{}
	docs := make([]Document, n)
	for i := range docs {
		var w []string
		if kind := r.IntN(7); i == 0 || kind < 2 {
			w = randomWords(r, 30+r.IntN(300))
		} else {
			w = variant(r, words[r.IntN(len(words))], kind)
		}
		words = append(words, w)
		docs[i] = Document{
			Text: []byte(strings.Join(w, " ")), Source: string(letterRunes[r.IntN(5)]), Date: fmt.Sprintf("2015-07-%02d", 1+r.IntN(31)),
		}
	}
	return docs
}

func variant(r *rand.Rand, w []string, kind int) []string {
	w = slices.Clone(w)
	switch kind {
	case 3: // a few words exchanged
		for range 1 + len(w)/50 {
			w[r.IntN(len(w))] = randomWords(r, 1)[0]
		}
	case 4: // cut
		w = w[:len(w)/2+r.IntN(len(w)/2)]
	case 5: // a new lead
		w = append(randomWords(r, 20+r.IntN(60)), w...)
	case 6: // a passage of its own in the middle
		w = slices.Insert(w, len(w)/2, randomWords(r, 5+r.IntN(40))...)
	}
	return w
}

// TestWorkersAndBatchesDoNotShow compares whole results.
func TestWorkersAndBatchesDoNotShow(t *testing.T) {
	docs := mixedCorpus(600)
	want := runBatches(t, docs, Options{Workers: 1}, len(docs))
	checkResult(t, want, len(docs))
	if len(want.Removed) < 100 || want.Stats.Pairs < 200 {
		t.Fatalf("only %d removed, %d pairs: the corpus tests nothing", len(want.Removed), want.Stats.Pairs)
	}
	for _, workers := range []int{1, 2, 7} {
		for _, size := range []int{1, 13, 600} {
			got := runBatches(t, docs, Options{Workers: workers}, size)
			if d := cmp.Diff(want, got, compareResults); d != "" {
				t.Fatalf("%d workers, batches of %d: %s", workers, size, d)
			}
		}
	}
}

// TestEveryDecisionIsExact recomputes the measures of all pairs from the texts, and looks for those that are missing.
func TestEveryDecisionIsExact(t *testing.T) {
	docs := mixedCorpus(250)
	r := runBatches(t, docs, Options{}, 50)
	listed := map[[2]uint32]Pair{}
	for p := range r.Pairs() {
		listed[[2]uint32{p.A, p.B}] = p
	}
	sets := make([]map[string]bool, len(docs))
	for i, d := range docs {
		sets[i] = plainSet([]byte(arabic.Fold(string(d.Text))), 7)
	}
	related, missed := 0, 0
	for a := range docs {
		for b := a + 1; b < len(docs); b++ {
			m := measureSets(sets[a], sets[b])
			p, ok := listed[[2]uint32{uint32(a), uint32(b)}]
			if ok && p.Measure != m {
				t.Fatalf("%d and %d: measured %+v, want %+v", a, b, p.Measure, m)
			}
			if m.Jaccard() >= .6 || max(m.ContainmentA(), m.ContainmentB()) >= .8 {
				related++
				if !ok {
					missed++
				}
			}
		}
	}
	if related < 100 || missed*200 > related {
		t.Errorf("%d of %d pairs of J >= .6 or C >= .8 are missing, at most one in 200 may", missed, related)
	}
	for _, d := range r.Removed {
		if p := listed[[2]uint32{d.Pair.A, d.Pair.B}]; p != d.Pair {
			t.Errorf("the decision %+v is not among the pairs: %+v", d, p)
		}
	}
}

func measureSets(a, b map[string]bool) Measure {
	m := Measure{A: int32(len(a)), B: int32(len(b))}
	for s := range a {
		if b[s] {
			m.Shared++
		}
	}
	return m
}

// FuzzFind cuts bytes into texts at line ends and checks whatever comes out.
func FuzzFind(f *testing.F) {
	f.Add([]byte(bridge+"\n"+bridgeLead+bridgeCost+"\n"+school+"\n\n"+bridge), uint8(48))
	f.Add([]byte("\xff\xfe\n\xd8\nab\nab\n\xd8"), uint8(1))
	f.Add([]byte(strings.Repeat("a b ", 60)+"\n"+strings.Repeat("b a ", 61)+"\n"+strings.Repeat("a ", 90)), uint8(3))
	f.Fuzz(func(t *testing.T, data []byte, least uint8) {
		texts := strings.Split(string(data), "\n")
		if len(texts) > 12 || len(data) > 4000 {
			return
		}
		r := mustFind(t, texts, Options{MinShingles: int(least%60) + 1, MaxBucket: 4, MaxPosting: 3})
		checkResult(t, r, len(texts))
		for p := range r.Pairs() {
			a, b := []byte(arabic.Fold(texts[p.A])), []byte(arabic.Fold(texts[p.B]))
			if want := plainCompare(a, b, 7); p.Measure != want {
				t.Fatalf("%+v, want %+v", p, want)
			}
		}
	})
}

func TestRunStopsWhenCancelled(t *testing.T) {
	d, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	b := d.NewBatch()
	for _, doc := range mixedCorpus(50) {
		b.Add(doc)
	}
	if err := d.Append(b); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r, err := d.Run(ctx); !errors.Is(err, context.Canceled) || r != nil {
		t.Errorf("%v, error %v", r, err)
	}
}

// TestBatchesAreIndependent checks by rapid that any split of any documents gives the same result.
func TestBatchesAreIndependent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var docs []Document
		for range rapid.IntRange(1, 4).Draw(t, "pairs") {
			a, b := anyPair(t)
			docs = append(docs, Document{Text: a}, Document{Text: b}, Document{Text: b})
		}
		opt := Options{MinShingles: rapid.IntRange(1, 60).Draw(t, "least"), SampleRate: rapid.IntRange(1, 30).Draw(t, "rate")}
		want := runBatches(t, docs, opt, len(docs))
		if d := cmp.Diff(want, runBatches(t, docs, opt, rapid.IntRange(1, 5).Draw(t, "size")), compareResults); d != "" {
			t.Fatal(d)
		}
		checkResult(t, want, len(docs))
	})
}

// TestRepeatedPassage has a text that is one passage over and over, whole, in a longer one: its samples stand often and are shared
// once.
func TestRepeatedPassage(t *testing.T) {
	for seed := range uint64(20) {
		r := newRand(seed + 900)
		list := strings.Repeat(randomText(r, 40)+" ", 10)
		got := mustFind(t, []string{list, randomText(r, 400) + " " + list}, Options{})
		pairs := slices.Collect(got.Pairs())
		if len(pairs) != 1 || pairs[0].Measure.ContainmentA() != 1 || len(got.Removed) != 1 {
			t.Fatalf("seed %d: pairs %+v, removed %+v, want the first in the second", seed, pairs, got.Removed)
		}
	}
}

func TestRunsOnce(t *testing.T) {
	d, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if r, err := d.Run(context.Background()); err == nil {
		t.Errorf("a second Run gives %+v and no error", r)
	}
}

// TestCollidingTexts gives two texts the same hash by force, as XXH64 can be made to do: they must stay apart.
func TestCollidingTexts(t *testing.T) {
	d, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	b := d.NewBatch()
	for _, text := range []string{bridge, school + recall, bridge} {
		b.Add(Document{Text: []byte(text)})
	}
	b.docs[1].exact = b.docs[0].exact
	if err := d.Append(b); err != nil {
		t.Fatal(err)
	}
	r, err := d.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[uint32]uint32{2: 0}, removedFor(r)); d != "" {
		t.Error(d)
	}
}

// TestMemory checks that a limit on memory changes nothing but where things lie: with so little that every store goes to its file many
// times, and with copies, crowds and capped buckets.
func TestMemory(t *testing.T) {
	docs := mixedCorpus(3000)
	for i := range 300 {
		docs = append(docs, Document{Text: []byte(fmt.Sprint(school, recall, i%40))})
	}
	opt := Options{MaxBucket: 100, MaxPosting: 20}
	want := runBatches(t, docs, opt, 50)
	opt.Memory, opt.TempDir = 1, t.TempDir()
	if d := cmp.Diff(want, runBatches(t, docs, opt, 50), compareResults); d != "" {
		t.Fatal(d)
	}
	if left, err := os.ReadDir(opt.TempDir); err != nil || len(left) > 0 {
		t.Errorf("left in the folder for temporary files: %v (%v)", left, err)
	}
}

// TestRepeats takes repeats out of lists, of any length, and leaves what stands before.
func TestRepeats(t *testing.T) {
	var r repeats
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOf(rapid.Uint64Range(0, 40)).Draw(t, "keys")
		if rapid.IntRange(0, 20).Draw(t, "long") == 0 {
			keys = append(keys, make([]uint64, 1<<15)...)
		}
		from := rapid.IntRange(0, len(keys)).Draw(t, "from")
		before, want := slices.Clone(keys[:from]), slices.Clone(keys[from:])
		slices.Sort(want)
		want = slices.Compact(want)
		got := r.remove(keys, from)
		if !slices.Equal(got[:from], before) {
			t.Fatal("what stood before changed")
		}
		rest := slices.Clone(got[from:])
		slices.Sort(rest)
		if !slices.Equal(rest, want) {
			t.Fatalf("got %v, want %v", rest, want)
		}
	})
}

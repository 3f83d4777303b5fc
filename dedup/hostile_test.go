package dedup

import (
	"context"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The tests of this file have input made to be slow: they hold time and memory to what is proportional to the text.

// cost is what a run took.
type cost struct {
	time      time.Duration
	allocated uint64 // bytes, all that was ever allocated
	text      int    // bytes put in
}

// run adds n texts in batches of a thousand and runs, and tells what that took apart from making the texts.
func run(tb testing.TB, n int, text func(i int) []byte) (*Result, cost) {
	tb.Helper()
	d, err := New(Options{})
	if err != nil {
		tb.Fatal(err)
	}
	var c cost
	for from := 0; from < n; from += 1000 {
		texts := make([][]byte, 0, 1000)
		for i := from; i < min(from+1000, n); i++ {
			texts = append(texts, text(i))
		}
		c.measure(func() {
			b := d.NewBatch()
			for _, t := range texts {
				b.Add(Document{Text: t})
				c.text += len(t)
			}
			if err := d.Append(b); err != nil {
				tb.Fatal(err)
			}
		})
	}
	var r *Result
	c.measure(func() { r, err = d.Run(context.Background()) })
	if err != nil {
		tb.Fatal(err)
	}
	return r, c
}

func (c *cost) measure(f func()) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	f()
	c.time += time.Since(start)
	runtime.ReadMemStats(&after)
	c.allocated += after.TotalAlloc - before.TotalAlloc
}

// check holds a run ten times as large as another to no more than three times as much per document, and to a multiple of the
// text. Time is bounded loosely, since other work may share the machine; what is allocated is not subject to that.
func (c cost) check(t *testing.T, tenth cost, times int) {
	t.Helper()
	t.Logf("%d MB of text: %v (a tenth: %v), %d MB allocated (a tenth: %d)", c.text>>20, c.time, tenth.time, c.allocated>>20, tenth.allocated>>20)
	if c.time > 30*tenth.time+time.Second {
		t.Errorf("%v for ten times what took %v", c.time, tenth.time)
	}
	if most := uint64(times) * uint64(c.text); c.allocated > most {
		t.Errorf("%d MB allocated for %d MB of text, at most %d times as much is expected", c.allocated>>20, c.text>>20, times)
	}
}

// hostile is the number of documents of the tests of proportion.
func hostile() int {
	if testing.Short() {
		return 10_000
	}
	return 100_000
}

func TestOneTextManyTimes(t *testing.T) {
	n, text := hostile(), []byte(bridge)
	same := func(int) []byte { return text }
	_, tenth := run(t, n/10, same)
	r, c := run(t, n, same)
	c.check(t, tenth, 8)
	if len(r.Removed) != n-1 || r.Stats.ExactCopies != n-1 || r.Stats.Candidates != 0 || r.Stats.Pairs != n-1 {
		t.Errorf("%d removed, %d pairs, %d compared, want %d, %d and none", len(r.Removed), r.Stats.Pairs, r.Stats.Candidates, n-1, n-1)
	}
	for _, d := range r.Removed {
		if d.Kept != 0 {
			t.Fatalf("%d goes for %d", d.Doc, d.Kept)
		}
	}
}

// TestSharedFooter has texts of 40 words of their own under a footer of 2,000 characters that all share. With all the words of a
// small vocabulary, and with some 20,000 invented ones, whose shingles make buckets of every size.
func TestSharedFooter(t *testing.T) {
	invented := inventedWords(newRand(4), 20_000)
	for name, c := range map[string]struct {
		texts int
		draw  func(r *rand.Rand, n int) string
	}{
		"few words": {hostile(), randomText},
		"20,000 words": {hostile() / 2, func(r *rand.Rand, n int) string {
			words := make([]string, n)
			for i := range words {
				words[i] = invented[r.IntN(len(invented))]
			}
			return strings.Join(words, " ")
		}},
	} {
		t.Run(name, func(t *testing.T) { sharedFooter(t, c.texts, c.draw) })
	}
}

// inventedWords draws words of three to eight letters.
func inventedWords(r *rand.Rand, n int) []string {
	letters := []rune("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
	words := make([]string, n)
	for i := range words {
		word := make([]rune, 3+r.IntN(6))
		for k := range word {
			word[k] = letters[r.IntN(len(letters))]
		}
		words[i] = string(word)
	}
	return words
}

func sharedFooter(t *testing.T, n int, draw func(r *rand.Rand, n int) string) {
	footer := draw(newRand(3), 340)
	text := func(i int) []byte { return []byte(draw(newRand(uint64(i)+100), 40) + " " + footer) }
	if len([]rune(footer)) < 2000 {
		t.Fatal("the footer is too short")
	}
	tenthResult, tenth := run(t, n/10, text)
	r, c := run(t, n, text)
	c.check(t, tenth, 30)
	t.Logf("%d candidates (a tenth: %d), %d pairs", r.Stats.Candidates, tenthResult.Stats.Candidates, r.Stats.Pairs)
	if r.Stats.Candidates > 15*tenthResult.Stats.Candidates || c.allocated > 15*tenth.allocated {
		t.Error("candidates or memory grow faster than the input")
	}
	if len(r.Removed) != 0 {
		t.Errorf("%d texts are removed, though each has 40 words of its own", len(r.Removed))
	}
	if p := r.Stats.CappedPostings; p.Buckets == 0 || p.Largest != uint64(n) || p.Documents != uint64(n) {
		t.Errorf("%d capped postings of %d documents, want some of all %d", p.Buckets, p.Documents, n)
	}
	if r.Stats.CappedBuckets.Buckets == 0 {
		t.Error("no capped buckets are counted")
	}
	if b := r.Stats.Boilerplate; len(b) == 0 || !strings.Contains(footer, b[0].Text) || b[0].Documents != uint64(n) {
		t.Errorf("the footer is not named: %v", b)
	}
}

// TestHugeText compares a text of 50 MB with itself cut by a tenth.
func TestHugeText(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds and gigabytes")
	}
	whole := []byte(randomText(newRand(5), 4_600_000))
	if len(whole) < 50_000_000 {
		t.Fatalf("only %d bytes", len(whole))
	}
	texts := [][]byte{whole[:len(whole)/10*9], whole, []byte(bridge)}
	small := [][]byte{texts[0][:len(texts[0])/10], whole[:len(whole)/10], texts[2]}
	_, tenth := run(t, 3, func(i int) []byte { return small[i] })
	r, c := run(t, 3, func(i int) []byte { return texts[i] })
	c.check(t, tenth, 80)
	if d := cmp.Diff(map[uint32]uint32{0: 1}, removedFor(r)); d != "" {
		t.Error(d)
	}
}

// TestHostilePairs compares pairs made to be slow: texts that are one word, or that repeat themselves. Ten times as much must not take
// more than in proportion.
func TestHostilePairs(t *testing.T) {
	n := 3 * hostile() // characters
	v := verifier{k: 7}
	for _, c := range []struct {
		name string
		pair func(n int) (a, b string)
	}{
		{"one word, other in many places", func(n int) (a, b string) {
			words := randomWords(newRand(8), n/5)
			other := slices.Clone(words)
			for i := 0; i < len(other); i += 8 {
				other[i] = "قصر"
			}
			return "خبر " + strings.Join(words, "") + " نهايه", "خبر " + strings.Join(other, "") + " نهايه"
		}},
		{"one word, and the same in many", func(n int) (a, b string) {
			words := randomWords(newRand(9), n/5)
			return "خبر " + strings.Join(words, "") + " نهايه", "خبر " + strings.Join(words, " ") + " نهايه"
		}},
		{"one shingle many times", func(n int) (a, b string) {
			return strings.Repeat("ا", n), strings.Repeat("ا", n/2) + " " + strings.Repeat("ا", n/3)
		}},
		{"a few words many times", func(n int) (a, b string) {
			return strings.Repeat("في من علي ", n/9), strings.Repeat("من علي في قال ", n/14)
		}},
		{"thousands of numbers in one word", func(n int) (a, b string) {
			head, tail := "وصل الوفد المشارك في المؤتمر ", " ثم توجه الي مقر اقامته"
			return head + strings.Repeat("1ا2ب", n/4) + tail, head + strings.Repeat("3ا4ب", n/4) + tail
		}},
	} {
		cost := func(n int) time.Duration {
			a, b := c.pair(n)
			start := time.Now()
			for range 2 { // either way round
				v.load([]byte(a))
				m := v.match([]byte(b))
				v.relate(m)
				v.weighAll(v.align(nil))
				a, b = b, a
			}
			return time.Since(start)
		}
		tenth, whole := cost(n/10), cost(n)
		t.Logf("%s: %v, a tenth %v", c.name, whole, tenth)
		if whole > 30*tenth+time.Second {
			t.Errorf("%s: %v for ten times what took %v", c.name, whole, tenth)
		}
	}
}

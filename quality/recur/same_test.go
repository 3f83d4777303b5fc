package recur

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cespare/xxhash/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/corpusctl/corpusctl/quality"
)

// Here the fast ways are held to the plain ones.

// sameUnits checks the borders and the masks of units.
func sameUnits(t *testing.T, text string, taken []quality.Span) {
	t.Helper()
	var s splitter
	units := plainSplit(text, taken)
	if got := s.split(text, taken); !slices.Equal(got, units) {
		t.Fatalf("units of %q, taken %v:\n%v, want\n%v", text, taken, got, units)
	}
	plain := textMarks{stops: make([]uint64, len(s.marks.stops))}
	if plain.plain(text); !slices.Equal(s.marks.stops, plain.stops) {
		t.Fatalf("marks of %q: %x, byte by byte %x", text, s.marks.stops, plain.stops)
	}
	if !plain.mayHoldCode() && len(quality.AppendCode(nil, text)) > 0 {
		t.Fatalf("code in %q, which has no mark of it", text)
	}
	if s.marks.mayHoldCode() != plain.mayHoldCode() {
		t.Fatalf("marks of code in %q: %v, byte by byte %v", text, s.marks.mayHoldCode(), plain.mayHoldCode())
	}
	for _, u := range append(units, unit{end: len(text)}) {
		sameMask(t, text[u.start:u.end])
	}
}

func sameMask(t *testing.T, unit string) {
	t.Helper()
	words, ends, whole := plainMask(unit)
	var m masked
	m.set(unit)
	sameFoldedMarks(t, m.text)
	if string(m.text) != string(words) || m.words != len(ends) || m.whole != whole {
		t.Fatalf("%q masks to %q, %d words, %v, want %q, %d, %v", unit, m.text, m.words, m.whole, words, len(ends), whole)
	}
	for n := 1; n <= min(maxLead, len(ends)); n++ {
		m.set(unit)
		if got, want := string(m.lead(n)), string(words[:ends[n-1]]); got != want {
			t.Fatalf("lead of %d words of %q is %q, want %q", n, unit, got, want)
		}
		m.setStart(unit, n)
		if got, want := string(m.lead(n)), string(words[:ends[n-1]]); got != want {
			t.Fatalf("start of %d words of %q is %q, want %q", n, unit, got, want)
		}
	}
}

// sameFoldedMarks checks the places of spaces and digits.
func sameFoldedMarks(t *testing.T, text []byte) {
	t.Helper()
	var fast, plain foldedMarks
	n, k := fast.read(text), plain.read(text)
	if len(text) > 0 {
		k = plain.plain(text)
	}
	if n != k || n != bytes.Count(text, []byte{' '}) || !slices.Equal(fast.words, plain.words) {
		t.Fatalf("%q: %d spaces, marks %x; plain %d, %x", text, n, fast.words, k, plain.words)
	}
	for i, c := range text {
		if space, digit := fast.spaces.Next(i, i+1) == i, fast.digits.Next(i, i+1) == i; space != (c == ' ') || digit != (c >= '0' && c <= '9') {
			t.Fatalf("%q at %d: space %v, digit %v", text, i, space, digit)
		}
	}
}

// sameCounts counts texts of two sources both ways, in batches.
func sameCounts(t *testing.T, opt Options, texts []string, taken []quality.Span) *Counter {
	t.Helper()
	c, plain := NewCounter(opt), newPlainCounter(opt)
	b := c.NewBatch()
	for i, text := range texts {
		source := []string{"a", "b"}[i%7/6]
		b.Add(source, text, taken)
		plain.add(source, text, taken)
		if i%3 == 0 {
			c.Append(b)
			b.Reset()
		}
	}
	c.Append(b)
	stats := allStats(c)
	if len(stats) != len(plain.stats) || c.floor != plain.floor || c.docs != plain.all {
		t.Fatalf("%d keys of %d texts, floor %d, want %d, %d, %d", len(stats), c.docs, c.floor, len(plain.stats), plain.all, plain.floor)
	}
	for i, want := range plain.stats {
		sameStat(t, c, stats[i], want)
	}
	for _, s := range c.sources {
		if s.docs != plain.docs[s.name] || s.copies != plain.copies[s.name] {
			t.Fatalf("source %s: %d texts, %d copies, want %d, %d", s.name, s.docs, s.copies, plain.docs[s.name], plain.copies[s.name])
		}
	}
	return c
}

// allStats returns what a Counter knows of all keys, in the order in which they were seen first. It leaves the Counter as it is.
func allStats(c *Counter) []stat {
	twin := Counter{opt: c.opt, once: slices.Clone(c.once), behind: c.behind, stats: slices.Clone(c.stats), sources: c.sources, index: c.index, floor: c.floor}
	twin.index.slots = slices.Clone(c.index.slots)
	for i := range twin.once {
		for twin.once[i].origin > 0 { // each of its leads
			twin.promote(spotOf(i, 0))
		}
	}
	twin.arrange()
	return twin.stats
}

func sameStat(t *testing.T, c *Counter, got stat, want *plainStat) {
	t.Helper()
	var show shown
	if got.shown > 0 {
		show = c.shown[got.shown-1]
	}
	got.source, got.shown, got.safe, got.at = 0, 0, false, 0
	if got != want.stat || show != want.seen {
		t.Fatalf("counted %+v %q, want %+v %q", got, show, want.stat, want.seen)
	}
}

// TestSameAsPlain counts and cuts the made sites both ways, with room for all keys and for few.
func TestSameAsPlain(t *testing.T) {
	for _, opt := range []Options{{}, {MaxKeys: 3000}, {MaxKeys: 300}, {maxShown: 20_000}} {
		var texts []string
		for _, name := range []string{"tags", "numbers", "other articles", "buttons", "disclaimer"} {
			r := rand.New(rand.NewPCG(9, 9))
			for i := range 80 {
				texts = append(texts, furniture[name](r, i).text)
			}
		}
		for i := range 40 { // copies, whole and in part
			texts = append(texts, texts[i], texts[i*2]+" "+texts[i*3])
		}
		p := sameCounts(t, opt, texts, nil).Profile()
		for _, text := range texts {
			sameUnits(t, text, nil)
			if diff := cmp.Diff(plainAppend(p, text, "a", nil), p.Append(nil, text, "a", nil)); diff != "" {
				t.Fatalf("%q (-plain +fast):\n%s", text, diff)
			}
		}
	}
}

// TestSameWhereLeadsPart counts texts of few words, so that leads part from each other after any number of words, in any text and in
// the same, with room for all and for few.
func TestSameWhereLeadsPart(t *testing.T) {
	for _, words := range []int{2, 3, 8} {
		for _, keys := range []int{0, 2000, 100} {
			r := rand.New(rand.NewPCG(uint64(words), uint64(keys)))
			texts := make([]string, 600)
			for i := range texts {
				var b strings.Builder
				for range 1 + r.IntN(12) {
					for range 1 + r.IntN(15) {
						b.WriteString([]string{"من ", "قال ", "12 ", "في ", "a ", "b ", "كلمة ", "طويلة "}[r.IntN(words)])
					}
					b.WriteString([]string{"\n", ". "}[r.IntN(2)])
				}
				texts[i] = b.String()
			}
			sameCounts(t, Options{MaxKeys: keys}, texts, nil)
		}
	}
}

// TestSameOfNews counts articles both ways, with room for fewer keys than they have.
func TestSameOfNews(t *testing.T) {
	all, _ := news(t)
	var texts []string
	for _, x := range all[:min(len(all), 2500)] {
		texts = append(texts, x.text)
	}
	c := sameCounts(t, Options{MaxKeys: 20_000}, texts, nil)
	if c.floor < 2 {
		t.Errorf("keys were forgotten %d times: too many fit", c.floor)
	}
}

// edited is a profile with entries of all places and matches.
const edited = `sources:
  - name: x
    articles: 10
    list: 3
    entries:
      - {kind: nav, place: tail, match: rest, words: سمات, articles: 9}
      - {kind: nav, place: tail, match: rest, words: a b c, articles: 1}
      - {kind: promo, place: tail, match: rest, words: رابط الخبر في, articles: 1}
      - {kind: promo, place: anywhere, match: line, words: للمزيد}
      - {kind: share, place: head, match: lead, words: شارك من}
      - {kind: nav, place: head, match: whole, words: 0 0}
      - {kind: related, rule: recurring-sentence, place: tail, match: whole, words: قال x}
      - {kind: related, place: anywhere, match: whole, words: قال 0 و 0 من 0 هنا}
`

// FuzzSame holds all fast ways to the plain ones, whatever the bytes.
func FuzzSame(f *testing.F) {
	p, err := ReadProfile(strings.NewReader(edited))
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{"قال. وكان؟ \"نعم\" 12:30 a.b\nسمات x y\x7f", "12 34\nشارك من هنا\nنص\nقال x.\nرابط الخبر في موقع", "abcس  د\u00a0 \u2028؟", "\xd8\xd8\x9f\xe2\x80",
		"نص للمزيد a b c d e f\nللمزيد: هنا. وهنا\n---\nقال x", strings.Repeat("كلمة طويلة 123 ", 40) + "سمات ذيل", "e\u064b\u0301e\u0301" + strings.Repeat("ا\u0653", 30),
		"شَارك من هنا\nنص\nلِلمزيد: هنا\nللمزىد. سـمات x", "شارك\u0654 من\nللم\u0302زيد\nسما\u0653ت"} {
		f.Add(text, uint16(3), uint16(9))
		f.Add(text, uint16(0), uint16(0))
	}
	f.Fuzz(func(t *testing.T, text string, from, n uint16) {
		var taken []quality.Span
		if i, j := int(from), int(from)+int(n); n > 0 && j <= len(text) {
			taken = []quality.Span{{Start: i, End: j}}
		}
		sameUnits(t, text, taken)
		sameSums(t, text)
		if diff := cmp.Diff(plainAppend(p, text, "x", taken), p.Append(nil, text, "x", taken)); diff != "" {
			t.Fatalf("%q (-plain +fast):\n%s", text, diff)
		}
		texts := strings.SplitAfterN(text, "\n", 20)
		texts = append(append(texts, text), texts...)
		for i := range texts {
			texts[i] = texts[(i*5+2)%len(texts)] + "\n" + texts[i]
		}
		sameCounts(t, Options{MaxKeys: 40, maxShown: 2000}, texts, taken)
	})
}

// sameSums checks the hashes of pieces of a text that begin at each place, as long as there is room behind and at the very end of it.
func sameSums(t *testing.T, text string) {
	t.Helper()
	room := append(make([]byte, 0, len(text)+shortWord+1), text...)
	for from := range min(len(text), 12) {
		for to := from; to <= min(len(text), from+shortWord+9); to++ {
			want := xxhash.Sum64String(text[from:to])
			if got, tight := sumWord(room, from, to), sumWord(room[:len(text):len(text)], from, to); got != want || tight != want {
				t.Fatalf("sum of %q is %x, without room %x, want %x", text[from:to], got, tight, want)
			}
		}
	}
}

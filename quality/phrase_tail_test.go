package quality

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/corpusctl/corpusctl/internal/bitmap"
)

// plainPhrases is the table with a search that reads the first and last word of every line, and every line near the end.
func plainPhrases(tb testing.TB) *Phrases {
	p := defaultPhrases(tb)
	p.sieve, p.closesMost = nil, 0
	for _, f := range p.phrases {
		f.most = 0
	}
	for _, x := range []*phraseIndex{&p.begins, &p.tailBegins, &p.ends, &p.openEnds} {
		for i := range x.starts {
			x.starts[i] = ^uint64(0)
		}
		for i := range x.stops {
			x.stops[i] = true
		}
		for i := range x.finals {
			x.finals[i] = true
		}
	}
	p.closes.open = p.closes.all()
	return p
}

// all returns the phrases of an index.
func (x *phraseIndex) all() (phrases []int32) {
	for _, list := range append(x.words, x.number, x.link, x.mail, x.open) {
		phrases = append(phrases, list...)
	}
	slices.Sort(phrases)
	return slices.Compact(phrases)
}

// FuzzSieve compares the kernel with the plain way, at every end of a text.
func FuzzSieve(f *testing.F) {
	p := defaultPhrases(f)
	addPhraseSeeds(f, p)
	short := newPhraseSieve(p.words, []string{"رد", "شاركها", "ت"})
	f.Fuzz(func(t *testing.T, text string, _, _ int) {
		for _, v := range []*phraseSieve{p.sieve, short} {
			for end := max(0, len(text)-70); end <= len(text); end++ {
				fast, plain := make(bitmap.Bitmap, (end+63)/64), make(bitmap.Bitmap, (end+63)/64)
				v.read(fast, text[:end])
				v.plain(plain, text[:end])
				if !slices.Equal(plain, fast) {
					t.Fatalf("%q: %x, by the kernel %x", text[:end], plain, fast)
				}
			}
		}
	})
}

// FuzzPhraseTail compares what is found with the sieve with what is found without.
func FuzzPhraseTail(f *testing.F) {
	fast, plain := defaultPhrases(f), plainPhrases(f)
	addPhraseSeeds(f, fast)
	f.Fuzz(func(t *testing.T, text string, a, b int) {
		var taken []Span
		if 0 <= a && a < b && b <= len(text) {
			taken = []Span{{Start: a, End: b}}
		}
		if diff := cmp.Diff(plain.Append(nil, text, taken), fast.Append(nil, text, taken)); diff != "" {
			t.Fatalf("%q: -plain +sieve\n%s", text, diff)
		}
	})
}

// TestPhraseTailOnMixtures does so on texts made of the words of the table, and of all that makes a word or a gap hard to tell.
func TestPhraseTailOnMixtures(t *testing.T) {
	fast, plain := defaultPhrases(t), plainPhrases(t)
	words := slices.Sorted(maps.Keys(fast.words.ids))
	inside, ok := fast.insideWords()
	if !ok || len(inside) == 0 {
		t.Fatalf("the sieve of the default table has no words: %v %v", inside, ok)
	}
	odd := strings.Split("ـ|\u064b|\u0654|\u0653|\u200f|\u200c|\u202b|ﻻ|ﺗﺎﺑﻊ|ک|ی|ٱ|٣|7|www.a.com|@b|c@d.com|http://|x.com/|3.5|twitter:@e|foo.www.x|é|\xd8|\xe2\x80|\x9f|\u00ad", "|")
	gaps := strings.Split(" | | | | | | |. |.|... |…|؟ |! |\n|\n|   |\u00a0\u00a0\u00a0| - - |: |:: |/|//|// | (|) |\"|« | ، ، | ٪ ٪ |@|،|ـ |\t|* ", "|")
	r := rand.New(rand.NewPCG(1, 2))
	rounds := 60000
	if testing.Short() {
		rounds = 6000
	}
	found := 0
	for range rounds {
		var b strings.Builder
		for range 1 + r.IntN(30) {
			switch n := r.IntN(20); {
			case n < 11:
				b.WriteString(words[r.IntN(len(words))])
			case n < 15:
				b.WriteString(inside[r.IntN(len(inside))])
			case n < 17:
				w := []rune(inside[r.IntN(len(inside))])
				b.WriteString(string(slices.Insert(w, r.IntN(len(w)+1), []rune(odd[r.IntN(len(odd))])...)))
			default:
				b.WriteString(odd[r.IntN(len(odd))])
			}
			b.WriteString(gaps[r.IntN(len(gaps))])
		}
		text := b.String()
		want := plain.Append(nil, text, nil)
		found += len(want)
		if diff := cmp.Diff(want, fast.Append(nil, text, nil)); diff != "" {
			t.Fatalf("%q: -plain +sieve\n%s", text, diff)
		}
	}
	if found < rounds/100 {
		t.Errorf("only %d spans in %d texts: they test little", found, rounds)
	}
}

// TestSieveOnExamples takes the examples of the table as a line near the end.
func TestSieveOnExamples(t *testing.T) {
	fast, plain := defaultPhrases(t), plainPhrases(t)
	for _, e := range fast.entries {
		for _, text := range append(e.examples, e.not...) {
			text = strings.NewReplacer("⟦", "", "⟧", "").Replace(text)
			for _, x := range []string{text, strings.ReplaceAll(text, "\n", " "), strings.ReplaceAll(text, "\n", ". "), strings.Repeat("كلمة ", 300) + text} {
				if diff := cmp.Diff(plain.Append(nil, x, nil), fast.Append(nil, x, nil)); diff != "" {
					t.Errorf("%q: -plain +sieve\n%s", x, diff)
				}
			}
		}
	}
}

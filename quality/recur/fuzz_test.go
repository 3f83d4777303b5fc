package recur

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/internal/linear"
	"github.com/corpusctl/corpusctl/quality"
)

// checkSpans holds the promises of Append.
func checkSpans(t *testing.T, text string, spans, taken []quality.Span) {
	t.Helper()
	borders := map[int]bool{len(text): true}
	for i := 0; i < len(text); {
		borders[i] = true
		_, n := utf8.DecodeRuneInString(text[i:])
		i += n
	}
	end := 0
	for _, s := range spans {
		if s.Start < end || s.End <= s.Start || s.End > len(text) || !borders[s.Start] || !borders[s.End] || s.Rule == "" {
			t.Fatalf("span %v after %d in %q", s, end, text)
		}
		end = s.End
		for _, x := range taken {
			if s.Start < x.End && s.End > x.Start {
				t.Fatalf("span %v overlaps taken %v in %q", s, x, text)
			}
		}
	}
}

func FuzzAppend(f *testing.F) {
	p, all := learnSites(furniture, 30)
	for _, articles := range all {
		f.Add(articles[0].text, uint16(3), uint16(9))
	}
	f.Add("\xd8\xe2\x80سمات \xff\xc2", uint16(0), uint16(1))
	f.Fuzz(func(t *testing.T, text string, from, n uint16) {
		var taken []quality.Span
		if i, j := int(from), int(from)+int(n); n > 0 && j <= len(text) && border(text, i) && border(text, j) {
			taken = []quality.Span{{Start: i, End: j}}
		}
		for name := range furniture {
			checkSpans(t, text, p.Append(nil, text, name, taken), taken)
		}
		c := NewCounter(Options{MaxKeys: 50}) // any text may also be learned from
		b := c.NewBatch()
		for i := range 6 {
			b.Add("", strings.Repeat("س", i)+text, nil)
			b.Add("", text+strings.Repeat("\nس", i), taken)
		}
		c.Append(b)
		checkSpans(t, text, c.Profile().Append(nil, text, "", taken), taken)
	})
}

// border reports whether i lies between two characters of text.
func border(text string, i int) bool {
	for k := 0; k <= i; {
		if k == i {
			return true
		}
		_, n := utf8.DecodeRuneInString(text[k:])
		if n == 0 {
			return false
		}
		k += n
	}
	return false
}

// TestLinear reads long texts of one sort of byte, which must take time by their length only.
func TestLinear(t *testing.T) {
	p, _ := learnSites(furniture, 30)
	const size = 4 << 20
	for _, s := range []string{"(", "\"", "س", "a", ".", "\n", "a\n", "س. ", " ", "  ", "\u00a0", "اقرأ ", "\xff", "1", "...\n", "aس", "سمات ", "رابط الخبر في "} {
		linear.Check(t, s, size, func(text string) {
			c := NewCounter(Options{})
			b := c.NewBatch()
			b.Add("x", text, nil)
			c.Append(b)
			c.Profile()
			p.Append(nil, text, "tags", nil)
			p.Append(nil, text, "link with the title", nil)
		})
	}
}

// corpusOf makes about size bytes of articles.
func corpusOf(size int) (texts []string) {
	r := rand.New(rand.NewPCG(2, 2))
	for i := 0; size > 0; i++ {
		t := prose(r, 12) + " سمات " + title(r)
		texts = append(texts, t)
		size -= len(t)
	}
	return texts
}

func BenchmarkCount(b *testing.B) {
	texts := corpusOf(8 << 20)
	for b.Loop() {
		c, n := NewCounter(Options{}), 0
		batch := c.NewBatch()
		for i, t := range texts {
			n += len(t)
			if batch.Add("s", t, nil); i%256 == 255 {
				c.Append(batch)
				batch.Reset()
			}
		}
		b.SetBytes(int64(n))
	}
}

func BenchmarkAppend(b *testing.B) {
	texts := corpusOf(8 << 20)
	c := NewCounter(Options{})
	batch := c.NewBatch()
	for _, t := range texts[:2000] {
		batch.Add("s", t, nil)
	}
	c.Append(batch)
	p := c.Profile()
	var spans []quality.Span
	for b.Loop() {
		n := 0
		for _, t := range texts {
			n += len(t)
			spans = p.Append(spans[:0], t, "s", nil)
		}
		b.SetBytes(int64(n))
	}
}

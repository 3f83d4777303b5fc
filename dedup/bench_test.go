package dedup

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/shingle"
)

// article is a text of usual length and a light edit of it, folded.
func article() (a, b []byte) {
	words := randomWords(newRand(7), 220)
	edited := slices.Clone(words)
	for i := 10; i < len(edited); i += 40 {
		edited[i] = "تعديل"
	}
	return []byte(arabic.Fold(strings.Join(words, " "))), []byte(arabic.Fold(strings.Join(edited, " ")))
}

func BenchmarkSketch(b *testing.B) {
	text, _ := article()
	hashes := shingle.Append(nil, text, 7)
	s := make(Sketch, 128)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		s.Reset()
		s.Add(hashes)
		s.Densify()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(hashes)), "ns/shingle")
}

func BenchmarkFingerprint(b *testing.B) {
	text, _ := article()
	opt, _ := Options{}.withDefaults()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	batch := newBatch(opt)
	for b.Loop() {
		batch.Reset()
		batch.Add(Document{Text: text})
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}

func BenchmarkSortEntries(b *testing.B) {
	for _, n := range []int{1 << 10, 1 << 16, 1 << 20} {
		b.Run(fmt.Sprintf("entries=%d", n), func(b *testing.B) {
			in, scratch := make([]entry, n), make([]entry, n)
			work := make([]entry, n)
			for i := range in {
				in[i] = newEntry(remix(uint64(i))>>partitionBits, uint32(i)) // of one partition
			}
			b.SetBytes(int64(12 * n))
			b.ReportAllocs()
			for b.Loop() {
				copy(work, in)
				sortEntries(work, scratch)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/entry")
		})
	}
}

func BenchmarkVerify(b *testing.B) {
	x, y := article()
	v := verifier{k: 7}
	b.SetBytes(int64(len(x) + len(y)))
	b.ReportAllocs()
	for b.Loop() {
		v.load(x)
		v.relate(v.match(y))
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pairs/s")
}

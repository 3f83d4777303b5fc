package bench_test

import (
	"fmt"
	"testing"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/shingle"
)

// BenchmarkFold folds the texts. Floor: utf8.Valid of the texts.
func BenchmarkFold(b *testing.B) {
	in := load(b)
	texts := in.texts()
	var folded []byte
	measureEach(b, "impl=own", texts, func(text []byte) int {
		folded = arabic.AppendFold(folded[:0], text)
		return len(folded)
	})
	measureEach(b, "impl=floor", texts, valid)
}

// BenchmarkShingle hashes all shingles of the folded texts, of the length that dedup compares by. Floor: one XXH64 of each
// folded text. Between them impl=plain, the library's XXH64 shingle by shingle: what the stage has to beat.
func BenchmarkShingle(b *testing.B) {
	in := load(b)
	texts := folded(in.docs)
	k := dedup.DefaultOptions().Shingle
	buf := make([]uint64, 512)
	b.Run(fmt.Sprintf("k=%d", k), func(b *testing.B) {
		measureEach(b, "impl=own", texts, func(text []byte) int { return streamAll(text, k, buf) })
		measureEach(b, "impl=plain", texts, func(text []byte) int { return hashEach(text, k) })
		measureEach(b, "impl=floor", texts, hash)
	})
}

// folded returns the folded texts of documents.
func folded(docs []dedup.Document) [][]byte {
	out := make([][]byte, len(docs))
	for i := range docs {
		out[i] = arabic.AppendFold(nil, docs[i].Text)
	}
	return out
}

// hash is the floor of what has to hash every byte.
func hash(text []byte) int { return int(xxhash.Sum64(text)) }

// streamAll returns the sum of all shingle hashes of a text.
func streamAll(text []byte, k int, buf []uint64) (sum int) {
	s := shingle.NewStream(text, k)
	for n := s.Next(buf, nil); n > 0; n = s.Next(buf, nil) {
		for _, h := range buf[:n] {
			sum += int(h)
		}
	}
	return sum
}

// hashEach is the plain way to the result of streamAll: a window of k characters and the library.
func hashEach(text []byte, k int) (sum int) {
	start, end := 0, 0
	for i := 0; end < len(text); i++ {
		_, n := utf8.DecodeRune(text[end:])
		end += n
		if i+1 < k {
			continue
		}
		sum += hash(text[start:end])
		_, n = utf8.DecodeRune(text[start:])
		start += n
	}
	if start == 0 && end > 0 { // shorter than k
		return hash(text)
	}
	return sum
}

// BenchmarkSketch takes the fingerprints of the texts: fold, shingle, sketch, band keys and sampled shingles, in batches as
// the job makes them. Floor: one XXH64 of each text.
func BenchmarkSketch(b *testing.B) {
	in := load(b)
	texts := in.texts()
	d := deduper(b)
	work{size(texts), len(texts)}.measure(b, "impl=own", func(*testing.B) (n int) {
		fill(d, in.docs, func(batch *dedup.Batch) { n += batch.Len() })
		return n
	})
	measureEach(b, "impl=floor", texts, hash)
}

func deduper(tb testing.TB) *dedup.Deduper {
	d, err := dedup.New(dedup.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// fill adds documents to batches of a chunk of text each and hands over every batch that is full, and the last.
func fill(d *dedup.Deduper, docs []dedup.Document, done func(*dedup.Batch)) {
	batch, held := d.NewBatch(), 0
	for _, doc := range docs {
		if held > corpus.ChunkSize {
			done(batch)
			batch, held = d.NewBatch(), 0
		}
		batch.Add(doc)
		held += len(doc.Text)
	}
	done(batch)
}

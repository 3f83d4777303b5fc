package arabic

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
	"unicode/utf8"
)

func load(b *testing.B) []byte {
	f, _ := os.Open("/tmp/data/saudinewsnet.jsonl")
	defer f.Close()
	var t []byte
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var d struct{ Text string }
		json.Unmarshal(sc.Bytes(), &d)
		t = append(t, d.Text...)
		if len(t) > 16<<20 {
			break
		}
	}
	return t
}
func BenchmarkX(b *testing.B) {
	t := load(b)
	var dst []byte
	b.Run("fold", func(b *testing.B) {
		b.SetBytes(int64(len(t)))
		b.ReportAllocs()
		for b.Loop() {
			dst = AppendFold(dst[:0], t)
		}
	})
	b.Run("copy", func(b *testing.B) {
		b.SetBytes(int64(len(t)))
		for b.Loop() {
			dst = append(dst[:0], t...)
		}
	})
	b.Run("valid", func(b *testing.B) {
		b.SetBytes(int64(len(t)))
		for b.Loop() {
			utf8.Valid(t)
		}
	})
}

package shingle_test

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/cespare/xxhash/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/corpusctl/corpusctl/shingle"
)

// reference cuts a text the plain way: into characters, then into strings.
func reference(text []byte, k int) []uint64 {
	if len(text) == 0 {
		return nil
	}
	var starts []int
	for i, c := range text {
		if i == 0 || c&0xC0 != 0x80 {
			starts = append(starts, i)
		}
	}
	starts = append(starts, len(text))
	var out []uint64
	for i := 0; i == 0 || i+k < len(starts); i++ {
		out = append(out, xxhash.Sum64(text[starts[i]:starts[min(i+k, len(starts)-1)]]))
	}
	return out
}

// TestAgainstOtherImplementation checks every value of a table that python-xxhash computed.
func TestAgainstOtherImplementation(t *testing.T) {
	f, err := os.Open("testdata/xxh64.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows := 0
	for sc := bufio.NewScanner(f); sc.Scan(); {
		col := strings.Split(sc.Text(), "\t")
		if strings.HasPrefix(col[0], "#") {
			continue
		}
		k, _ := strconv.Atoi(col[0])
		pos, _ := strconv.Atoi(col[1])
		got := shingle.Append(nil, []byte(col[2]), k)
		if pos >= len(got) {
			t.Fatalf("k=%d: %q has %d shingles, the table wants one at %d", k, col[2], len(got), pos)
		}
		if h := fmt.Sprintf("%016x", got[pos]); h != col[3] {
			t.Errorf("k=%d position %d of %q: %s, want %s", k, pos, col[2], h, col[3])
		}
		rows++
	}
	if rows < 800 {
		t.Errorf("only %d rows were checked", rows)
	}
}

func TestStreamInBlocks(t *testing.T) {
	text := []byte("قال الوزير ان العمل في الطريق سيكتمل خلال 18 شهرا")
	want := reference(text, 7)
	for size := 1; size < len(want)+2; size++ {
		var got []uint64
		buf, at := make([]uint64, size), make([]int32, size)
		s := shingle.NewStream(text, 7)
		for n := s.Next(buf, at); n > 0; n = s.Next(buf, at) {
			for i := range n {
				if h := shingle.Append(nil, text[at[i]:], 7)[0]; h != buf[i] {
					t.Fatalf("blocks of %d: the shingle said to begin at byte %d does not", size, at[i])
				}
			}
			got = append(got, buf[:n]...)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("blocks of %d: %s", size, d)
		}
	}
}

func TestCount(t *testing.T) {
	for _, c := range []struct {
		text string
		k    int
		want int
	}{{"", 7, 0}, {"كتاب", 7, 1}, {"كتابان", 6, 1}, {"كتابان", 5, 2}, {"abc", 1, 3}, {"abc", 0, 3}} {
		if got := shingle.Count([]byte(c.text), c.k); got != c.want {
			t.Errorf("Count(%q, %d) = %d, want %d", c.text, c.k, got, c.want)
		}
		if got := len(shingle.Append(nil, []byte(c.text), c.k)); got != c.want {
			t.Errorf("len(Append(%q, %d)) = %d, want %d", c.text, c.k, got, c.want)
		}
	}
}

func FuzzAppend(f *testing.F) {
	f.Add([]byte("وزاره الصحه"), 7)
	f.Add([]byte("\xff\xd8\xd8\xa7\x80abc"), 2)
	f.Add([]byte("漢字𐎠𐎡 mixed كلمه"), 3)
	f.Add([]byte("\xe2\x82 \xf0\x9f\x98"), 1)
	f.Fuzz(func(t *testing.T, text []byte, k int) {
		if k < 1 || k > 100 {
			return
		}
		want := reference(text, k)
		got := shingle.Append(nil, text, k)
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("%q k=%d: %s", text, k, d)
		}
		if n := shingle.Count(text, k); n != len(got) {
			t.Fatalf("Count = %d, Append gives %d", n, len(got))
		}
	})
}

func TestStreamDoesNotAllocate(t *testing.T) {
	text := []byte(strings.Repeat("وصل الوفد الي المدينه ", 100))
	buf := make([]uint64, 512)
	if n := testing.AllocsPerRun(10, func() {
		s := shingle.NewStream(text, 7)
		for s.Next(buf, nil) > 0 {
		}
	}); n != 0 {
		t.Errorf("%v allocations per document, want none", n)
	}
}

func Example() {
	folded := []byte("وزاره الصحه")
	for i, h := range shingle.Append(nil, folded, 7) {
		fmt.Printf("%d %016x\n", i, h)
	}
	// Output:
	// 0 414d5601513c25c1
	// 1 6fad73d18b00f92d
	// 2 cc19f6c26fefe5a7
	// 3 74e61ef1ef35b916
	// 4 b16f48e0f8045be7
}

var sink uint64

func BenchmarkStream(b *testing.B) {
	text := []byte(strings.Repeat("وصل الوفد الي المدينه صباح اليوم 2015 ", 40))
	for _, k := range []int{7, 15} {
		b.Run(fmt.Sprintf("k=%d", k), func(b *testing.B) {
			buf := make([]uint64, 512)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				s := shingle.NewStream(text, k)
				for n := s.Next(buf, nil); n > 0; n = s.Next(buf, nil) {
					sink += buf[n-1]
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(shingle.Count(text, k)), "ns/shingle")
		})
	}
}

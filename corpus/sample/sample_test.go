package sample_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/corpus/sample"
)

// records are n texts, the i-th of every ten a copy of one of five, in n/2 files' worth of lines.
func records(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		text := fmt.Sprintf("نص رقم %d في الصحيفة", i)
		if i%10 == 0 {
			text = fmt.Sprintf("خبر متكرر %d", i/10%5)
		}
		fmt.Fprintf(&b, "{\"id\": \"d%d\", \"source\": \"s%d\", \"text\": %q}\n", i, i%3, text)
	}
	return b.Bytes()
}

func write(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func draw(t *testing.T, o sample.Options, paths ...string) *sample.Sample {
	t.Helper()
	shards, err := corpus.Expand(paths)
	if err != nil {
		t.Fatal(err)
	}
	o.Reading.Fields = corpus.Fields{Text: "text", ID: "id", Source: "source"}
	s, err := sample.Draw(context.Background(), shards, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ids(s *sample.Sample) []string {
	var out []string
	for i := range s.Documents {
		out = append(out, s.Documents[i].ID()+"×"+fmt.Sprint(s.Documents[i].Copies))
	}
	return out
}

// TestSameSample wants the same sample from any number of workers, and another from another seed.
func TestSameSample(t *testing.T) {
	path := write(t, "in.jsonl", bytes.Repeat(records(20_000), 2))
	for _, distinct := range []bool{false, true} {
		o := sample.Options{Documents: 500, Seed: 7, Workers: 1, Distinct: distinct}
		want := draw(t, o, path)
		for _, workers := range []int{2, 5} {
			o.Workers = workers
			if d := cmp.Diff(ids(want), ids(draw(t, o, path))); d != "" {
				t.Errorf("%d workers, distinct %v: %s", workers, distinct, d)
			}
		}
		o.Seed = 8
		if cmp.Equal(ids(want), ids(draw(t, o, path))) {
			t.Error("another seed, the same sample")
		}
	}
}

// TestInside wants a smaller sample to lie in a larger one.
func TestInside(t *testing.T) {
	path := write(t, "in.jsonl", records(5000))
	large := strings.Join(ids(draw(t, sample.Options{Documents: 1000, Distinct: true}, path)), " ")
	for _, id := range ids(draw(t, sample.Options{Documents: 100, Distinct: true}, path)) {
		if !strings.Contains(" "+large+" ", " "+id+" ") {
			t.Errorf("%s is not in the larger sample", id)
		}
	}
	small := draw(t, sample.Options{Bytes: 4000, Distinct: true}, path)
	if n := len(small.Documents); n < 80 || n > 200 {
		t.Errorf("%d texts of about 30 bytes in 4,000", n)
	}
}

// TestCopies counts copies and different texts.
func TestCopies(t *testing.T) {
	path := write(t, "in.jsonl", records(10_000)) // 9,000 different texts, and 5 of 200 copies each
	all := draw(t, sample.Options{Distinct: true}, path)
	if all.Rate != 1 || len(all.Documents) != 9005 || all.Read != 10_000 {
		t.Errorf("%d texts at a rate of %v in %d", len(all.Documents), all.Rate, all.Read)
	}
	for i := range all.Documents {
		if d := &all.Documents[i]; d.Copies != 1 && (d.Copies != 200 || d.Line%10 != 1 || d.Line > 50) {
			t.Errorf("%d copies of line %d", d.Copies, d.Line)
		}
	}
	some := draw(t, sample.Options{Distinct: true, Documents: 2000}, path)
	if got := some.Distinct(); math.Abs(got-9005) > 4*9005/math.Sqrt(2000) {
		t.Errorf("%.0f different texts, 9,005 there are", got)
	}
}

// TestFormats draws from packed files, tables and arrays, and counts what cannot be read.
func TestFormats(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(records(100))
	w.Close()
	array := append([]byte("[\n"), bytes.ReplaceAll(bytes.TrimSpace(records(50)), []byte("}\n"), []byte("},\n"))...)
	s := draw(t, sample.Options{},
		write(t, "a.jsonl.gz", packed.Bytes()), write(t, "b.json", append(array, ']')),
		write(t, "c.csv", []byte("id,text,source\nc1,\"مرحبا \"\"بكم\"\"\",x\nc2,نص,y\n")),
		write(t, "d.jsonl", []byte("{\"id\":\"ok\",\"text\":\"نص\"}\n{broken\n{\"body\":1}\n")),
		write(t, "e.csv", []byte("a,b\n1,2\n")))
	if s.Read != 153 || len(s.Documents) != 153 || s.Defects != 3 || s.Rate != 1 {
		t.Errorf("%d read, %d drawn, %d defects", s.Read, len(s.Documents), s.Defects)
	}
	if got := string(s.Documents[150].Text()); got != `مرحبا "بكم"` || s.Documents[150].Source() != "x" {
		t.Errorf("of the table: %q", got)
	}
	if s.Reasons[`no field "text" (fields here: body)`] != 1 {
		t.Errorf("reasons: %v", s.Reasons)
	}
}

// TestPairs holds the scaling of pairs, and its standard error, against samples drawn by chance: of pairs that stand alone, and of
// those in clusters.
func TestPairs(t *testing.T) {
	for _, cluster := range []int{2, 6} {
		const texts, rate, rounds = 6000, .2, 400
		want := float64(texts/cluster) * float64(cluster*(cluster-1)/2)
		sum, squares, errs := 0., 0., 0.
		state := uint64(1)
		for range rounds {
			n, degrees := 0, make([]int, texts)
			for c := 0; c < texts; c += cluster {
				var in []int
				for i := c; i < c+cluster; i++ {
					state = state*6364136223846793005 + 1442695040888963407
					if float64(state>>11)/(1<<53) < rate {
						in = append(in, i)
					}
				}
				for _, i := range in {
					degrees[i] = len(in) - 1
				}
				n += len(in) * (len(in) - 1) / 2
			}
			estimate, err := sample.Pairs(n, degrees, rate)
			sum, squares, errs = sum+estimate, squares+(estimate-want)*(estimate-want), errs+err
		}
		mean, rmse, said := sum/rounds, math.Sqrt(squares/rounds)/want, errs/rounds
		t.Logf("clusters of %d: %.0f pairs, estimated %.0f, error %.3f, said %.3f", cluster, want, mean, rmse, said)
		if math.Abs(mean/want-1) > .03 || said < .8*rmse || said > 1.3*rmse {
			t.Errorf("clusters of %d: %.0f pairs, estimated %.0f on average, error %.3f, said %.3f", cluster, want, mean, rmse, said)
		}
	}
}

package job_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/corpusctl/corpusctl/internal/evaldata"
	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/report"
)

const bundled = "../testdata/news"

// corpora runs a test on the bundled corpus and, where it is there, on SaudiNewsNet.
func corpora(t *testing.T, test func(t *testing.T, inputs []string)) {
	t.Run("corpus=bundled", func(t *testing.T) { test(t, []string{bundled}) })
	t.Run("corpus=saudinewsnet", func(t *testing.T) {
		if testing.Short() {
			t.Skip("takes seconds")
		}
		test(t, []string{evaldata.Plain(t, "corpora/saudinewsnet.jsonl.zst")})
	})
}

// dedup runs a job into a new folder and returns the folder and the report.
func dedup(tb testing.TB, opt job.Options) (string, *report.Report) {
	tb.Helper()
	opt.Output = filepath.Join(tb.TempDir(), "out")
	rep, err := job.Dedup(context.Background(), opt)
	if err != nil {
		tb.Fatal(err)
	}
	return opt.Output, rep
}

// files reads all files below a folder; of report.json the part "run" is left out.
func files(tb testing.TB, dir string) map[string]string {
	tb.Helper()
	out := map[string]string{}
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(name)] = string(content)
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	var rep map[string]any
	if err := json.Unmarshal([]byte(out["report.json"]), &rep); err != nil {
		tb.Fatal(err)
	}
	delete(rep, "run")
	again, _ := json.Marshal(rep)
	out["report.json"] = string(again)
	return out
}

func sameFiles(t *testing.T, what string, want, got map[string]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d files, want %d", what, len(got), len(want))
	}
	for name, content := range want {
		if got[name] != content {
			t.Errorf("%s: %s differs", what, name)
		}
	}
}

func TestWorkersDoNotShow(t *testing.T) {
	corpora(t, func(t *testing.T, inputs []string) {
		dir, _ := dedup(t, job.Options{Inputs: inputs, Workers: 1})
		want := files(t, dir)
		for _, workers := range []int{2, 7} {
			dir, _ := dedup(t, job.Options{Inputs: inputs, Workers: workers})
			sameFiles(t, fmt.Sprintf("%d workers", workers), want, files(t, dir))
		}
		dir, _ = dedup(t, job.Options{Inputs: inputs, Memory: 1}) // as little as can be: all that can goes to files
		sameFiles(t, "little memory", want, files(t, dir))
	})
}

// TestPackingDoesNotShow runs on the same records plain, packed and with Arabic as escapes: the decisions are equal.
func TestPackingDoesNotShow(t *testing.T) {
	corpora(t, func(t *testing.T, inputs []string) {
		dir := t.TempDir()
		plain := filepath.Join(dir, "plain", "all.jsonl")
		all := concatenate(t, inputs)
		write(t, plain, all)
		out, _ := dedup(t, job.Options{Inputs: []string{plain}})
		want := files(t, out)
		for name, content := range map[string][]byte{
			"gzip/all.jsonl.gz": gzipped(all), "zstd/all.jsonl.zst": zstandard(all), "escapes/all.jsonl": escaped(all),
		} {
			write(t, filepath.Join(dir, name), content)
			out, _ := dedup(t, job.Options{Inputs: []string{filepath.Join(dir, name)}})
			got := files(t, out)
			for _, file := range []string{"decisions.jsonl", "pairs.jsonl"} {
				if strings.ReplaceAll(got[file], filepath.Base(name), "all.jsonl") != want[file] {
					t.Errorf("%s: %s differs", name, file)
				}
			}
		}
	})
}

func concatenate(t *testing.T, inputs []string) []byte {
	var all []byte
	for _, in := range inputs {
		names, _ := filepath.Glob(filepath.Join(in, "*.jsonl"))
		if len(names) == 0 {
			names = []string{in}
		}
		for _, name := range names {
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, content...)
		}
	}
	return all
}

func write(tb testing.TB, path string, content []byte) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o666); err != nil {
		tb.Fatal(err)
	}
}

// gzipped packs into two members, as concatenated files are.
func gzipped(b []byte) []byte {
	var out bytes.Buffer
	cut := len(b) / 2
	for _, part := range [][]byte{b[:cut], b[cut:]} {
		w := gzip.NewWriter(&out)
		w.Write(part)
		w.Close()
	}
	return out.Bytes()
}

func zstandard(b []byte) []byte {
	w, _ := zstd.NewWriter(nil)
	return w.EncodeAll(b[len(b)/3:], w.EncodeAll(b[:len(b)/3], nil))
}

// escaped writes everything beyond ASCII as \uXXXX.
func escaped(b []byte) []byte {
	var out bytes.Buffer
	for _, r := range string(b) {
		switch {
		case r < 0x80:
			out.WriteByte(byte(r))
		case r < 0x10000:
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			r -= 0x10000
			fmt.Fprintf(&out, `\u%04X\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
		}
	}
	return out.Bytes()
}

// changer changes a file when the second pass begins.
type changer struct {
	stage string
	do    func()
}

func (c *changer) Stage(name string, _ int64) {
	if name == c.stage {
		c.do()
	}
}
func (c *changer) Advance(int64, int) {}

func TestInputThatChanges(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"a byte": func(path string) error {
			content, err := os.ReadFile(path)
			content[len(content)/2] ^= 1
			return errors.Join(err, os.WriteFile(path, content, 0o666))
		},
		"longer": func(path string) error {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			_, err = io.WriteString(f, `{"id":"new","text":"جديد"}`+"\n")
			return errors.Join(err, f.Close())
		},
		"shorter": func(path string) error { return os.Truncate(path, 100) },
		"gone":    os.Remove,
	} {
		for _, stage := range []string{"read", "write"} {
			t.Run(strings.ReplaceAll(name, " ", "-")+"/"+stage, func(t *testing.T) {
				in := filepath.Join(t.TempDir(), "in.jsonl")
				write(t, in, concatenate(t, []string{bundled}))
				out := filepath.Join(t.TempDir(), "out")
				_, err := job.Clean(context.Background(), job.Options{Inputs: []string{in}, Output: out, Learn: true,
					Progress: &changer{stage: stage, do: func() {
						if err := change(in); err != nil {
							t.Error(err)
						}
					}}})
				if err == nil || !strings.Contains(err.Error(), "in.jsonl") {
					t.Errorf("error %v, want one that names the file", err)
				}
				nothingLeft(t, filepath.Dir(out))
			})
		}
	}
}

// nothingLeft wants an empty folder.
func nothingLeft(t *testing.T, dir string) {
	t.Helper()
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range left {
		t.Errorf("%s is left behind", e.Name())
	}
}

func TestCancel(t *testing.T) {
	for _, stage := range []string{"read", "compare", "write"} {
		out := filepath.Join(t.TempDir(), "out")
		ctx, cancel := context.WithCancel(context.Background())
		var at time.Time
		_, err := job.Dedup(ctx, job.Options{Inputs: []string{bundled}, Output: out, Progress: &changer{stage: stage, do: func() {
			at = time.Now()
			cancel()
		}}})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at %s: error %v", stage, err)
		}
		if d := time.Since(at); d > time.Second {
			t.Errorf("cancelled at %s: it took %v to end", stage, d)
		}
		nothingLeft(t, filepath.Dir(out))
	}
}

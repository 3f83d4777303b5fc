package corpus

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// bomb writes a file that unpacks to before, n times filler, after.
func bomb(t *testing.T, path, before, filler string, n int, after string) {
	t.Helper()
	f, err := os.Create(path)
	must(t, err)
	defer f.Close()
	var w io.WriteCloser = gzip.NewWriter(f)
	if strings.HasSuffix(path, ".zst") {
		w, err = zstd.NewWriter(f)
		must(t, err)
	}
	block := strings.Repeat(filler, 1<<20/len(filler))
	fmt.Fprint(w, before)
	for range n * len(filler) >> 20 {
		_, err := io.WriteString(w, block)
		must(t, err)
	}
	fmt.Fprint(w, after)
	must(t, w.Close())
}

// TestBombs reads records that unpack to 32 MB in every format: each is one record in quarantine, what follows it is read, and memory stays
// at a few times the limit.
func TestBombs(t *testing.T) {
	const size, limit = 32 << 20, 1 << 20
	tooLong := func(n int) doc { return doc{Number: n, Reason: fmt.Sprintf("record is longer than %d bytes", limit)} }
	response := "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: " + fmt.Sprint(size+45) +
		"\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n"
	for _, c := range []struct {
		name, before, filler, after string
		split                       string
		want                        []doc
	}{
		{"zeros.jsonl.gz", `{"text":"`, "0", "\"}\n{\"text\":\"x\"}\n", "", []doc{{Number: 1, Reason: "line is longer than 1048576 bytes"}, {Number: 2, Text: "x"}}},
		{"deep.jsonl.zst", `{"text":`, "[", "\n{\"text\":\"x\"}\n", "", []doc{{Number: 1, Reason: "line is longer than 1048576 bytes"}, {Number: 2, Text: "x"}}},
		{"zeros.txt.gz", "", "\x00", "", "", []doc{tooLong(1)}},
		{"zeros.txt.zst", "x\n", "0", "\ny\n", "lines", []doc{{Number: 1, Text: "x"}, tooLong(2), {Number: 3, Text: "y"}}},
		{"blank.txt.gz", "x\n", "\n", "y\n", "blank", []doc{{Number: 1, Text: "x"}, {Number: 2 + size, Text: "y"}}},
		{"zeros.csv.gz", "text\n", "0", "\ny\n", "", []doc{tooLong(2), {Number: 3, Text: "y"}}},
		{"quoted.csv.zst", "text\n\"", "\n", "\"\ny\n", "", []doc{tooLong(2), {Number: 3 + size, Text: "y"}}},
		{"zeros.json.gz", `[{"text":"`, "0", `"},{"text":"y"}]`, "", []doc{tooLong(1), {Number: 2, Text: "y"}}},
		{"deep.json.gz", `[`, "[", ``, "", []doc{{Number: 1, Reason: "array is not closed"}}},
		{"space.json.gz", "[", " ", `{"text":"y"}]`, "", []doc{tooLong(1)}},
		{"zeros.warc.gz", fmt.Sprintf(response, "text/plain"), "0", "\r\n\r\n" + warcOf("resource", "text/plain", "y"), "", []doc{tooLong(1), {Number: 2, Text: "y"}}},
		{"image.warc.gz", fmt.Sprintf(response, "image/png"), "\n", "\n\r\n\r\n" + warcOf("resource", "text/plain", "y"), "", []doc{{Number: 2, Text: "y"}}},
	} {
		path := filepath.Join(t.TempDir(), c.name)
		bomb(t, path, c.before, c.filler, size, c.after)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got, _ := readDocs(t, path, ReadOptions{Fields: stdFields, MaxDocument: limit, Split: c.split}, 1<<20)
		runtime.ReadMemStats(&after)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 24<<20 {
			t.Errorf("%s: heap grew by %d MiB", c.name, grown>>20)
		}
	}
}

// TestStrangeRecords reads what is legal JSON and still unkind.
func TestStrangeRecords(t *testing.T) {
	var keys strings.Builder
	for i := range 1000000 {
		fmt.Fprintf(&keys, `"k%d":%d,`, i, i)
	}
	deep := strings.Repeat("[", 9990) + strings.Repeat("]", 9990)
	records := []string{"{" + keys.String() + `"text":"x"}`, `{"a":` + deep + `,"text":"x"}`, `{"id":` + strings.Repeat("9", 1<<20) + `e99999,"text":"x"}`,
		`{"a":` + strings.Repeat("[", 10001) + strings.Repeat("]", 10001) + `,"text":"x"}`}
	dir := t.TempDir()
	for name, content := range map[string]string{"a.jsonl": strings.Join(records, "\n"), "a.json": "[" + strings.Join(records, ",") + "]"} {
		docs, _ := readDocs(t, write(t, dir, name, content), ReadOptions{Fields: stdFields}, 0)
		var texts, reasons []string
		for _, d := range docs {
			texts = append(texts, d.Text)
			reasons = append(reasons, d.Reason)
		}
		if diff := cmp.Diff([]string{"x", "x", "x", ""}, texts); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if len(reasons) != 4 || !strings.HasPrefix(reasons[3], "not JSON: nesting is deeper than 10000") {
			t.Errorf("%s: %q", name, reasons)
		}
	}
}

// TestStrangeNames writes shards whose names hold line ends, and refuses those that lead out of the folder; loops of links end.
func TestStrangeNames(t *testing.T) {
	dir := t.TempDir()
	in := filepath.Join(dir, "in")
	must(t, os.Mkdir(in, 0o700))
	write(t, in, "a\nb.txt", "x")
	if os.Symlink(in, filepath.Join(in, "loop")) != nil {
		t.Skip("no symbolic links here")
	}
	shards, err := Expand([]string{in})
	must(t, err)
	if len(shards) != 1 || shards[0].Name != "a\nb.txt" {
		t.Fatalf("shards %q", shards)
	}
	out, err := CreateOutput(filepath.Join(dir, "out"), OutputOptions{Inputs: shards})
	must(t, err)
	defer out.Abort()
	r, err := OpenShard(shards[0], 0, ReadOptions{Fields: stdFields})
	must(t, err)
	defer r.Close()
	w, err := out.Records("kept", shards[0].Name, r.Layout())
	must(t, err)
	must(t, w.Write(&Line{Raw: []byte("x")}))
	must(t, w.Close())
	w, err = out.Records("kept", "../a.txt", r.Layout())
	if err == nil {
		err = w.Write(&Line{Raw: []byte("x")})
	}
	if err == nil || !strings.Contains(err.Error(), "leads out of the output folder") {
		t.Errorf("error %v", err)
	}
}

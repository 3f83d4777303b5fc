package corpus

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLineMarks looks up the marks of a file of JSONL that was written: behind a byte order mark, and behind a record without a line end.
func TestLineMarks(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.jsonl")
	must(t, os.WriteFile(path, []byte(bom+`{"text":"x"}`), 0o666))
	r, err := OpenShard(Shard{Path: path, Name: "a.jsonl"}, 0, ReadOptions{Fields: Fields{Text: "text"}})
	must(t, err)
	defer r.Close()
	out, err := CreateOutput(filepath.Join(dir, "out"), OutputOptions{})
	must(t, err)
	defer out.Abort()
	w, err := out.Records("kept", "a.jsonl", r.Layout())
	must(t, err)
	must(t, w.Head([]byte(bom)))
	for n := range 200 {
		record := strings.Repeat("x", n*n%5000)
		if n%3 > 0 {
			record += "\n"
		}
		must(t, w.Write(&Line{Raw: []byte("y" + record)}))
	}
	must(t, w.Close())
	content, err := os.ReadFile(filepath.Join(out.Files(), "kept", "a.jsonl"))
	must(t, err)
	if n := len(content) / (LineMarkStep + 5000); len(w.Marks()) < n || n < 3 {
		t.Fatalf("%d marks in %d bytes", len(w.Marks()), len(content))
	}
	for _, m := range w.Marks() {
		before := content[:m.Offset]
		if bytes.Count(before, []byte("\n")) != m.Lines || before[len(before)-1] != '\n' || content[m.Offset] != 'y' {
			t.Errorf("no line begins at %+v", m)
		}
	}
}

package report

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/corpusctl/corpusctl/corpus"
)

// TestReadTextOfAnyLength reads a record that only a run with a raised limit can have read.
func TestReadTextOfAnyLength(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 64 MiB")
	}
	long := bytes.Repeat([]byte("x"), corpus.MaxDocument)
	path := filepath.Join(t.TempDir(), "in.jsonl")
	line := append(append([]byte("{\"text\":\"first\"}\n{\"text\":\""), long...), "\"}\n"...)
	if err := os.WriteFile(path, line, 0o666); err != nil {
		t.Fatal(err)
	}
	var w written
	w.Options.Fields.Text = "text"
	got, err := w.readText(shelf{path: path}, 2)
	if err != nil || got != string(long) {
		t.Errorf("%d bytes, error %v; want %d", len(got), err, len(long))
	}
}

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
	got, err := readText(path, 2, corpus.Fields{Text: "text"})
	if err != nil || got != string(long) {
		t.Errorf("%d bytes, error %v; want %d", len(got), err, len(long))
	}
}

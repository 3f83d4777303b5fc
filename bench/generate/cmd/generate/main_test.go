package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/corpusctl/corpusctl/bench/generate"
)

// TestRun writes as many records as were asked for, and labels only where they are wanted.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	out, labels := filepath.Join(dir, "corpus.jsonl"), filepath.Join(dir, "labels.jsonl")
	opt := generate.Options{Documents: 50, Bytes: generate.ShortBytes}
	if err := run(opt, out, labels); err != nil {
		t.Fatal(err)
	}
	records, err := os.ReadFile(out)
	if err != nil || bytes.Count(records, []byte("\n")) != 50 {
		t.Errorf("%v: %d records", err, bytes.Count(records, []byte("\n")))
	}
	pairs, err := os.ReadFile(labels)
	if err != nil || !bytes.HasPrefix(pairs, []byte(`{"a":"n0`)) {
		t.Errorf("%v: %q", err, pairs)
	}
	if err := os.Remove(labels); err != nil {
		t.Fatal(err)
	}
	if err := run(opt, out, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(labels); err == nil {
		t.Error("labels were written without being asked for")
	}
	if err := run(opt, filepath.Join(dir, "no", "folder"), ""); err == nil {
		t.Error("no error where nothing can be written")
	}
}

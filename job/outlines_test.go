package job

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/corpus"
)

// TestOutlinesAreBounded keeps outlines of chunks until there is no room for more, and then no more.
func TestOutlinesAreBounded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, []byte(strings.Repeat("{\"text\":\"a\"}\n", 50_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	o := corpus.ReadOptions{Fields: corpus.Fields{Text: "text"}}
	src, err := corpus.OpenShard(corpus.Shard{Path: path, Name: "a.jsonl"}, 0, o)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	c, err := src.Next(nil)
	if err != nil {
		t.Fatal(err)
	}
	made, d := corpus.NewOutline(&c, nil), decoder(t, o)
	var rec corpus.Record
	for line := range c.Lines() {
		if err := d.Decode(&c, &line, &rec); err != nil {
			t.Fatal(err)
		}
		made.Add(&line, &rec, false)
	}
	var x outlines
	most := maxOutlines / made.Size()
	for shard := range most + 3 {
		x.keep(shard, &made)
	}
	if len(x.of) != most || x.size > maxOutlines {
		t.Errorf("%d outlines of %d bytes are kept, want %d", len(x.of), made.Size(), most)
	}
	if x.recall(&c); len(x.of) == 0 {
		t.Error("none is kept")
	}
}

func decoder(t *testing.T, o corpus.ReadOptions) *corpus.Decoder {
	t.Helper()
	d, err := corpus.NewDecoder(o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

package job

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/internal/spill"
)

// TestPartnerNames looks names up together, some of them twice, as they are looked up one by one; in memory and from files.
func TestPartnerNames(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		var space *spill.Space
		if rapid.Bool().Draw(t, "files") {
			space = spill.NewSpace(dir)
			defer space.Close()
		}
		x := newIndex([]corpus.Shard{{Name: "a.jsonl"}}, space)
		for doc := range rapid.IntRange(1, 300).Draw(t, "documents") {
			id := strings.Repeat("x", rapid.SampledFrom([]int{0, 1, 3, 3 << 10}).Draw(t, "id"))
			if err := x.places.add(doc+1, []byte(id)); err != nil {
				t.Fatal(err)
			}
		}
		if err := x.places.flush(); err != nil {
			t.Fatal(err)
		}
		r, at := newNameReader(x), x.reader()
		for range rapid.IntRange(1, 3).Draw(t, "times") {
			docs := rapid.SliceOfN(rapid.Uint32Range(0, uint32(x.places.len())-1), 0, 50).Draw(t, "order")
			for _, doc := range docs {
				r.ask(doc)
			}
			list, err := r.answer()
			if err != nil {
				t.Fatal(err)
			}
			for i, doc := range docs {
				if got, found := list.of(i); !found || got != at.name(int(doc)) {
					t.Fatalf("document %d is called %q, not %q", doc, got, at.name(int(doc)))
				}
			}
		}
	})
}

// TestLongPartnerNames has more names than are looked up at once: those that are not are told apart.
func TestLongPartnerNames(t *testing.T) {
	x := newIndex([]corpus.Shard{{Name: "a.jsonl"}}, nil)
	long := strings.Repeat("x", mostNames/3)
	for doc := range 6 {
		x.places.add(doc+1, []byte(fmt.Sprint(doc, long)))
	}
	x.places.flush()
	r := newNameReader(x)
	for doc := range uint32(6) {
		r.ask(5 - doc)
	}
	list, err := r.answer()
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for i := range 6 {
		if name, found := list.of(i); found {
			looked++
			if !strings.HasPrefix(name, fmt.Sprint(5-i, "x")) {
				t.Errorf("document %d is called %.10s", 5-i, name)
			}
		}
	}
	if looked != 3 {
		t.Errorf("%d names looked up, want 3", looked)
	}
}

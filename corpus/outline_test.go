package corpus

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// decoded is what a pass makes of a record.
type decoded struct {
	line   Line
	rec    Record
	reason string
}

// outlinePass reads a shard of JSONL, and decodes it: the first time, outlines are made of its chunks, with every other record noted; later
// they are given to the chunks.
func outlinePass(t *testing.T, data []byte, outlines map[int64]Outline, first bool) (all []decoded, recalled int) {
	t.Helper()
	d, err := NewDecoder(ReadOptions{Fields: testFields})
	if err != nil {
		t.Fatal(err)
	}
	src := newLines(bytes.NewReader(data), &Layout{format: &jsonlFormat}, Shard{Path: "a"}, 0, &ReadOptions{MaxDocument: 200})
	for {
		c, err := src.next(make([]byte, 0, 100))
		if err == io.EOF {
			return all, recalled
		}
		o := outlines[c.Offset]
		if !first {
			c.Recall(&o)
		}
		made := NewOutline(&c, nil)
		for line := range c.Lines() {
			x := decoded{line: line}
			var defect *Defect
			if err := d.Decode(&c, &line, &x.rec); errors.As(err, &defect) {
				x.reason = defect.Reason
				made.Add(&line, nil, false)
			} else {
				made.Add(&line, &x.rec, len(all)%2 == 0)
			}
			if len(line.known) > 0 {
				recalled++
				if line.Noted != (len(all)%2 == 0) {
					t.Errorf("record %d: noted %v", len(all), line.Noted)
				}
			}
			x.line.known, x.line.Noted, x.line.Raw = nil, false, bytes.Clone(line.Raw)
			all = append(all, x)
		}
		if first && made.Whole() {
			outlines[c.Offset] = made.Clone()
		}
	}
}

// checkOutlines holds a pass with outlines to one without, and gives outlines to another shard than that of which they were made.
func checkOutlines(t *testing.T, data []byte, change int) (recalled int) {
	t.Helper()
	outlines := map[int64]Outline{}
	want, _ := outlinePass(t, data, outlines, true)
	got, recalled := outlinePass(t, data, outlines, false)
	exact := cmp.AllowUnexported(Line{}, Value{})
	same := func(what string, want, got []decoded) {
		if len(want) != len(got) {
			t.Fatalf("%s: %d records, want %d", what, len(got), len(want))
		}
		for i := range want {
			if diff := cmp.Diff(want[i].line, got[i].line, exact) + cmp.Diff(want[i].rec, got[i].rec, exact) + cmp.Diff(want[i].reason, got[i].reason); diff != "" {
				t.Fatalf("%s, record %d (-scanned +recalled):\n%s", what, i, diff)
			}
		}
	}
	same("the same bytes", want, got)
	if len(data) > 0 {
		other := bytes.Clone(data)
		other[uint(change)%uint(len(other))] ^= 1 + byte(change>>16)%255
		want, _ = outlinePass(t, other, map[int64]Outline{}, true)
		got, _ = outlinePass(t, other, outlines, false)
		same("other bytes", want, got)
	}
	return recalled
}

const outlineLines = "{\"text\":\"نص\",\"id\":7,\"meta\":{\"source\":\"s\",\"a\":{\"b\":null}}}\n{\"text\":\"a\\n\\ud83d\\ude00 “x”\"}\r\n{\"text\":1}\n{\"meta\":[],\"text\":\"\"}"

func TestOutline(t *testing.T) {
	if n := checkOutlines(t, []byte(outlineLines), 11); n != 3 {
		t.Errorf("%d records were not scanned again, want 3", n)
	}
	if n := checkOutlines(t, []byte(bom+outlineLines+"\n\n"+outlineLines), 70); n == 0 || n > 5 {
		t.Errorf("%d records were not scanned again; the chunk with a blank line has no outline", n)
	}
}

func FuzzOutline(f *testing.F) {
	f.Add([]byte(outlineLines), 3)
	f.Add([]byte(bom+" \n"+outlineLines+"\n"), 1<<17+9)
	f.Fuzz(func(t *testing.T, data []byte, change int) { checkOutlines(t, data, change) })
}

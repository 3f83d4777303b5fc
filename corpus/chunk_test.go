package corpus

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// readAll goes through all chunks with buffers of the given size.
func readAll(tb testing.TB, c *Chunks, size int) (lines []Line, head []byte, defects []Defect) {
	tb.Helper()
	var buf []byte
	if size > 0 {
		buf = make([]byte, 0, size)
	}
	for {
		chunk, err := c.Next(buf)
		if err == io.EOF {
			if len(chunk.Data) > 0 || chunk.Defect != nil {
				tb.Fatalf("the end brings %+v", chunk)
			}
			return lines, head, defects
		}
		if err != nil {
			tb.Fatal(err)
		}
		head = append(head, chunk.Head...)
		for line := range chunk.Lines() {
			line.Raw = bytes.Clone(line.Raw)
			lines = append(lines, line)
		}
		if chunk.Defect != nil {
			defects = append(defects, *chunk.Defect)
		}
		buf = chunk.Data
	}
}

// slowLines is what Chunks does, with all of the shard in memory.
func slowLines(data []byte, limit int, broken error) (lines []Line, head []byte, defects []Defect) {
	offset := int64(0)
	if rest, ok := bytes.CutPrefix(data, []byte(bom)); ok {
		head, data, offset = []byte(bom), rest, int64(len(bom))
	}
	all := bytes.SplitAfter(data, []byte{'\n'})
	for i, raw := range all {
		last := i == len(all)-1
		defect := Defect{File: "f", Line: i + 1, Offset: offset, Sample: sample(raw[:min(len(raw), limit+1)])}
		switch {
		case last && broken != nil:
			defect.Reason = broken.Error()
			defects = append(defects, defect)
		case len(bytes.TrimSuffix(raw, []byte{'\n'})) > limit:
			defect.Reason = "too long"
			defects = append(defects, defect)
		case len(bytes.Trim(raw, " \t\r\n")) > 0:
			lines = append(lines, Line{Number: i + 1, Offset: offset, Raw: raw})
		}
		offset += int64(len(raw))
	}
	return lines, head, defects
}

func checkChunks(t *testing.T, data []byte, size, limit int, broken error, wrap func(io.Reader) io.Reader) {
	t.Helper()
	src := io.Reader(bytes.NewReader(data))
	if broken != nil {
		src = io.MultiReader(src, iotest.ErrReader(broken))
	}
	c := NewChunks(wrap(src), "f", 3)
	c.Limit = limit
	lines, head, defects := readAll(t, c, size)
	for i := range defects {
		if strings.HasPrefix(defects[i].Reason, "line is longer than ") {
			defects[i].Reason = "too long"
		}
	}
	wantLines, wantHead, wantDefects := slowLines(data, limit, broken)
	want, got := []any{wantLines, wantHead, wantDefects}, []any{lines, head, defects}
	if !reflect.DeepEqual(want, got) {
		t.Fatalf("%q, buffer %d, limit %d, error %v:\n%s", data, size, limit, broken, cmp.Diff(want, got))
	}
}

func plainReader(r io.Reader) io.Reader { return r }

func TestChunks(t *testing.T) {
	long := strings.Repeat("ب", 300)
	cases := []string{
		"", "\n", "\n\n\r\n \t\n", "a", "a\n", "a\nb", "\r\na\r\n\r\nb\r\n", bom, bom + "a\n", bom + "\na", bom + bom + "a\n",
		"\xef\xbb", "\xef\xbba\n", "a\n" + bom + "b\n", long, long + "\n", "a\n" + long + "\nb\n", "a\n" + long + long + "\n" + long + "\nb",
		"123456789\n1234567890\n12345678901\n\n1", "1\n12345678901", "12345678901", "1234567890", strings.Repeat("1234567890\n", 50), "a\x00b\n\x00\n", "a\rb\n",
	}
	for _, data := range cases {
		for _, size := range []int{0, 1, 2, 3, 7, 16, 64, 4096} {
			for _, limit := range []int{3, 10, 11, 600, 5000} {
				for _, broken := range []error{nil, errors.New("broken")} {
					for _, wrap := range []func(io.Reader) io.Reader{plainReader, iotest.OneByteReader, iotest.DataErrReader, iotest.HalfReader} {
						checkChunks(t, []byte(data), size, limit, broken, wrap)
					}
				}
			}
		}
	}
}

func FuzzChunks(f *testing.F) {
	f.Add([]byte("a\nb\r\n\n"+bom+"c"), 5, 10, false)
	f.Add([]byte(bom+"abc\n\n"), 1, 3, true)
	f.Add([]byte("123456789\n1234567890\n12345678901\nx"), 4, 10, true)
	f.Fuzz(func(t *testing.T, data []byte, size, limit int, breaks bool) {
		var broken error
		if breaks {
			broken = errors.New("broken")
		}
		size, limit = size&0xFF, 3+limit&0x3FF
		checkChunks(t, data, size, limit, broken, plainReader)
		checkChunks(t, data, size, limit, broken, iotest.DataErrReader)
	})
}

// A chunk is whole lines of about the size of the buffer, and carries the number of its shard.
func TestChunkSizes(t *testing.T) {
	data := strings.Repeat("0123456789\n", 1000)
	c := NewChunks(strings.NewReader(data), "f", 7)
	buf := make([]byte, 0, 256)
	var all []byte
	for {
		chunk, err := c.Next(buf)
		if err != nil {
			break
		}
		if n := len(chunk.Data); chunk.Shard != 7 || cap(chunk.Data) > 256 || n%11 != 0 || n < 200 && len(all)+n < len(data) {
			t.Fatalf("shard %d, %d bytes, capacity %d", chunk.Shard, n, cap(chunk.Data))
		}
		if chunk.Offset != int64(len(all)) || chunk.Line != len(all)/11+1 {
			t.Fatalf("line %d at %d after %d bytes", chunk.Line, chunk.Offset, len(all))
		}
		all = append(all, chunk.Data...)
	}
	if string(all) != data {
		t.Error("the chunks are not the shard")
	}
}

// A line over the limit is passed over in bounded memory.
func TestChunksLongLineMemory(t *testing.T) {
	const limit = 1 << 16
	src := io.MultiReader(strings.NewReader("a\n"), io.LimitReader(endless{}, 64<<20), strings.NewReader("\nb\n"))
	c := NewChunks(src, "f", 0)
	c.Limit = limit
	lines := 0
	for buf := []byte(nil); ; {
		chunk, err := c.Next(buf)
		if err != nil {
			break
		}
		if cap(chunk.Data) > 2*limit || cap(c.rest) > 2*limit {
			t.Fatalf("buffers of %d and %d bytes for a limit of %d", cap(chunk.Data), cap(c.rest), limit)
		}
		for range chunk.Lines() {
			lines++
		}
		buf = chunk.Data
	}
	if lines != 2 {
		t.Errorf("%d lines", lines)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestLocate(t *testing.T) {
	line := Line{Number: 4, Offset: 90, Raw: []byte("{\"a\x1b\u202e\n")}
	s := newScanner(t, Fields{Text: "text"})
	var rec Record
	want := Defect{"f", 4, 90, "not JSON: control character in a string at column 4", `{"a\u001b\u202e`}
	if diff := cmp.Diff(want, Locate(s.Scan(line.Raw, &rec), "f", line)); diff != "" {
		t.Error(diff)
	}
	other := Locate(errors.New("odd"), "f", line)
	if other.Error() != "f:4: odd" || other.Sample != want.Sample {
		t.Errorf("%+v", other)
	}
}

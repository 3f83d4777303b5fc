package spill

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// spaces returns one in memory, and one whose stores may hold so little that they go to files again and again.
func spaces(t *rapid.T, dir string) *Space {
	if rapid.Bool().Draw(t, "in memory") {
		return nil
	}
	s := NewSpace(dir)
	s.SetShare(rapid.Int64Range(0, 3*blockBytes/2).Draw(t, "share"))
	return s
}

func check(t rapid.TB, err error) {
	if err != nil {
		t.Helper()
		t.Fatal(err)
	}
}

// empty checks that no file is left.
func empty(t rapid.TB, dir string) {
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Fatalf("left behind: %v (%v)", left, err)
	}
}

// TestLog compares a Log with a list of strings, some of them longer than a block.
func TestLog(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		space := spaces(t, dir)
		l := NewLog(space)
		var want [][]byte
		var places []int64
		for range rapid.IntRange(1, 30).Draw(t, "strings") {
			p := bytes.Repeat([]byte{byte(len(want))}, rapid.SampledFrom([]int{0, 1, 100, nearBytes, windowBytes / 3, blockBytes / 3, blockBytes - sumBytes, blockBytes, 2 * blockBytes}).Draw(t, "length"))
			want, places = append(want, p), append(places, l.Append(p))
			if rapid.Bool().Draw(t, "settle") {
				check(t, l.Settle())
			}
		}
		places = append(places, l.End())
		var buf []byte
		for _, i := range rapid.Permutation(numbers(len(want))).Draw(t, "order") {
			got, b, err := l.Read(places[i], Length(places[i], places[i+1]), buf)
			check(t, err)
			if buf = b; !bytes.Equal(got, want[i]) {
				t.Fatalf("string %d of %d bytes comes back with %d", i, len(want[i]), len(got))
			}
		}
		w := NewWindow(l)
		for range rapid.IntRange(1, 3).Draw(t, "walks") {
			for i := rapid.IntRange(0, len(want)-1).Draw(t, "from"); i < len(want); i += rapid.IntRange(1, 3).Draw(t, "step") {
				got, err := w.Read(places[i], Length(places[i], places[i+1]))
				check(t, err)
				if !bytes.Equal(got, want[i]) {
					t.Fatalf("string %d of %d bytes comes through a window with %d", i, len(want[i]), len(got))
				}
			}
		}
		check(t, l.Close())
		empty(t, dir)
	})
}

func numbers(n int) (out []int) {
	for i := range n {
		out = append(out, i)
	}
	return out
}

type record struct{ a, b uint32 }

// TestRecords compares Records with a list for each partition.
func TestRecords(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		space := spaces(t, dir)
		const parts = 5
		r := NewRecords[record](space, parts, rapid.IntRange(1, 9).Draw(t, "block"))
		var want [parts][]record
		for i := range uint32(rapid.IntRange(0, 300).Draw(t, "records")) {
			part := rapid.IntRange(0, parts-1).Draw(t, "part")
			want[part] = append(want[part], record{i, i * i})
			if rapid.Bool().Draw(t, "alone") {
				r.Append(part, record{i, i * i})
			} else {
				some := make([]record, rapid.IntRange(0, 20).Draw(t, "side by side"))
				for j := range some {
					some[j] = record{i, uint32(j)}
				}
				want[part] = append(want[part][:len(want[part])-1], some...)
				r.AppendAll(part, some)
			}
			if i%7 == 0 {
				if space != nil {
					space.SetShare(int64(i))
				}
				check(t, r.Settle())
			}
		}
		n := 0
		for part := range want {
			n += len(want[part])
		}
		if r.Len() != n {
			t.Fatalf("%d records, want %d", r.Len(), n)
		}
		var buf []record
		for part := range want {
			got, err := r.Take(part, buf)
			check(t, err)
			if buf = got; !slices.Equal(got, want[part]) {
				t.Fatalf("partition %d: got %v, want %v", part, got, want[part])
			}
		}
		check(t, r.Close())
		empty(t, dir)
	})
}

// TestDamage flips one bit of each file: reading must say so.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	space := NewSpace(dir)
	l, r := NewLog(space), NewRecords[record](space, 1, 4)
	at := l.Append([]byte("نص"))
	r.Append(0, record{1, 2})
	if err := errors.Join(l.Settle(), r.Settle()); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(files) != 2 {
		t.Fatalf("%d files, want 2", len(files))
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		data[5] ^= 4
		if err := os.WriteFile(f, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := l.Read(at, 4, nil); !errors.Is(err, errDamaged) {
		t.Errorf("a damaged string is read: %v", err)
	}
	if _, err := NewWindow(l).Read(at, 4); !errors.Is(err, errDamaged) {
		t.Errorf("a damaged string is read through a window: %v", err)
	}
	if _, err := r.Take(0, nil); !errors.Is(err, errDamaged) {
		t.Errorf("a damaged record is read: %v", err)
	}
	if err := space.Close(); err != nil {
		t.Error(err)
	}
	empty(t, dir)
}

// TestNoFolder checks that a folder that is not there is an error of Settle and not a panic.
func TestNoFolder(t *testing.T) {
	space := NewSpace(filepath.Join(t.TempDir(), "missing"))
	l, r := NewLog(space), NewRecords[record](space, 1, 4)
	l.Append([]byte("x"))
	r.Append(0, record{})
	if l.Settle() == nil || r.Settle() == nil {
		t.Error("no error without the folder")
	}
	if err := space.Close(); err != nil {
		t.Error(err)
	}
}

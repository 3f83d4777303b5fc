package journal

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sample makes a file of three records, the last appended by a second process.
func sample(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state")
	j, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	j.Append(1, []byte("هذا"))
	j.Append(2, nil)
	end := int64(len(j.pending))
	j.Append(3, []byte("cut off"))
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if j, err = Continue(path, end); err != nil {
		t.Fatal(err)
	}
	j.Append(200, []byte("more"))
	if err := errors.Join(j.Flush(), j.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func kinds(records []Record) (kinds []byte) {
	for _, r := range records {
		kinds = append(kinds, r.Kind)
	}
	return kinds
}

// TestGolden compares a file with one of this version that lies in testdata: a change of the layout needs another version.
func TestGolden(t *testing.T) {
	got, err := os.ReadFile(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/1.state")
	if os.Getenv("UPDATE") != "" {
		err = os.WriteFile("testdata/1.state", got, 0o666)
		want = got
	}
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	records, err := Parse(want)
	if err != nil || string(kinds(records)) != "\x01\x02\xc8" || string(records[0].Payload) != "هذا" || records[2].End != int64(len(want)) {
		t.Errorf("%v, %v", records, err)
	}
}

// TestDamage cuts a file at every byte and flips every bit: what is still believed is what was written.
func TestDamage(t *testing.T) {
	whole, err := os.ReadFile(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	records, _ := Parse(whole)
	check := func(data []byte, touched int64) {
		t.Helper()
		got, err := Parse(data)
		for i, r := range got {
			if r.End > touched {
				t.Fatalf("byte %d: record %d is believed", touched, i)
			}
		}
		intact := 0
		for _, r := range records {
			if r.End <= touched {
				intact++
			}
		}
		if touched < int64(len(head())) {
			intact = 0
		}
		if len(got) != intact || err == nil && len(data) == len(whole) {
			t.Fatalf("byte %d: %d records, want %d (%v)", touched, len(got), intact, err)
		}
	}
	for at := range whole {
		check(whole[:at], int64(at))
		for bit := range 8 {
			data := []byte(string(whole))
			data[at] ^= 1 << bit
			check(data, int64(at))
		}
	}
}

func TestOtherFiles(t *testing.T) {
	for data, want := range map[string]error{
		"": ErrNoJournal, "{}\n": ErrNoJournal, "corpusctl state 1": ErrNoJournal, "corpusctl state 2\n": ErrVersion, "corpusctl state 10\n": ErrVersion,
		"corpusctl state 1\n\x00\x00\x00\x00\x00": ErrDamaged,
	} {
		if _, err := Parse([]byte(data)); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", data, err, want)
		}
	}
}

// FuzzParse checks that records that are believed are written again as they stand.
func FuzzParse(f *testing.F) {
	golden, _ := os.ReadFile("testdata/1.state")
	f.Add(golden)
	f.Add([]byte("corpusctl state 1\n\x01\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		records, err := Parse(data)
		if errors.Is(err, ErrNoJournal) || errors.Is(err, ErrVersion) {
			return
		}
		again := []byte(head())
		for _, r := range records {
			again = AppendRecord(again, r.Kind, r.Payload)
			if r.End != int64(len(again)) {
				t.Fatalf("a record ends at %d, want %d", r.End, len(again))
			}
		}
		if string(again) != string(data[:len(again)]) || err == nil && len(again) != len(data) {
			t.Fatal("the records are not those of the file")
		}
	})
}

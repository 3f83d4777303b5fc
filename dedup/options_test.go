package dedup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestZeroOptionsAreTheDefaults(t *testing.T) {
	d, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := d.Options()
	if got.Workers < 1 {
		t.Errorf("%d workers", got.Workers)
	}
	got.Workers = 0
	if diff := cmp.Diff(DefaultOptions(), got); diff != "" {
		t.Error(diff)
	}
}

// TestOptionsOutOfRange checks that each is refused with an error that names the option.
func TestOptionsOutOfRange(t *testing.T) {
	for name, o := range map[string]Options{
		"Shingle":       {Shingle: -1},
		"Bands":         {Bands: 1 << 11},
		"Rows":          {Rows: 65},
		"bins":          {Bands: 1024, Rows: 5},
		"SampleShingle": {Shingle: 9, SampleShingle: 8},
		"SampleRate":    {SampleRate: -3},
		"MinShingles":   {MinShingles: -1},
		"MaxBucket":     {MaxBucket: 1},
		"MaxPosting":    {MaxPosting: 1},
		"keep policy":   {Keep: Policy{"shortest"}},
	} {
		if _, err := New(o); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error %v", name, err)
		}
		if _, err := Find(nil, o); err == nil {
			t.Errorf("%s: Find takes what New refuses", name)
		}
	}
}

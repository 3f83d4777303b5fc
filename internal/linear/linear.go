// Package linear is for tests that hostile texts cost time by their length and not by its square.
//
// A bound in seconds fails on a busy machine and under the race detector, and lets a slow search pass on a fast one. Here a text is timed
// against an eighth of itself: what is linear takes eight times as long, what is quadratic 64 times.
package linear

import (
	"strings"
	"testing"
	"time"
)

const (
	part     = 8                      // the shorter text is this part of the longer one
	most     = 3 * part               // how many times as long the longer may take: halfway, in factors, to the 64 of a square
	slack    = 100 * time.Millisecond // what a collection or another process may cost a text that is done at once
	attempts = 4
)

// Check fails the test if work takes more than three times as long for a byte of unit repeated to size bytes as for a byte of an eighth
// of that. Since other work may share the machine, it is asked up to four times and the least of each time counts.
func Check(t testing.TB, unit string, size int, work func(text string)) {
	t.Helper()
	long := strings.Repeat(unit, max(size/len(unit), part))
	short := long[:len(long)/len(unit)/part*len(unit)]
	shortest, longest := timeOf(work, short), timeOf(work, long)
	for i := 1; i < attempts && longest > most*shortest+slack; i++ {
		shortest, longest = min(shortest, timeOf(work, short)), min(longest, timeOf(work, long))
	}
	if longest > most*shortest+slack {
		t.Errorf("%q: %v for %d bytes, %v for %d", unit, longest, len(long), shortest, len(short))
	} else {
		t.Logf("%-24q %8.1f MB/s", unit, float64(len(long))/1e6/longest.Seconds())
	}
}

func timeOf(work func(string), text string) time.Duration {
	start := time.Now()
	work(text)
	return time.Since(start)
}

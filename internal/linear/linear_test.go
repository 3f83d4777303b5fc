package linear

import (
	"testing"
	"time"
)

// recorder notes whether a test that uses Check would fail.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Helper()               {}
func (r *recorder) Logf(string, ...any)   {}
func (r *recorder) Errorf(string, ...any) { r.failed = true }

func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		steps func(n int) int
		fails bool
	}{
		"linear":    {func(n int) int { return n * 500 }, false},
		"quadratic": {func(n int) int { return n * n / 40 }, true},
	} {
		r := recorder{TB: t}
		Check(&r, "ab", 200_000, func(text string) { time.Sleep(time.Duration(c.steps(len(text)))) })
		if r.failed != c.fails {
			t.Errorf("%s: failed %t", name, r.failed)
		}
	}
}

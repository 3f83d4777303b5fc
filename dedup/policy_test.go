package dedup

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParsePolicy(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Policy // nil where an error is wanted
	}{
		{"longest", Policy{"longest"}},
		{"longest,earliest,first", Policy{"longest", "earliest", "first"}},
		{" latest , first ", Policy{"latest", "first"}},
		{"longest,,first", Policy{"longest", "first"}},
		{"source:was", Policy{"source:was"}},
		{"source:was,reuters,qna", Policy{"source:was,reuters,qna"}},
		{"source:was;reuters,longest", Policy{"source:was,reuters", "longest"}},
		{"source:was,reuters,longest", Policy{"source:was,reuters", "longest"}},
		{"longest,source:واس;رويترز,first", Policy{"longest", "source:واس,رويترز", "first"}},
		{"longets", nil},
		{"source: was ; reuters , longest", Policy{"source:was,reuters", "longest"}},
		{"source:", nil},
		{"earliest,shortest", nil},
		{"Longest", nil},
	} {
		got, err := ParsePolicy(c.in)
		if (err != nil) != (c.want == nil) {
			t.Errorf("ParsePolicy(%q): %v, error %v", c.in, got, err)
		}
		if d := cmp.Diff(c.want, got); err == nil && d != "" {
			t.Errorf("ParsePolicy(%q): %s", c.in, d)
		}
		if err != nil && !strings.Contains(err.Error(), "longest, earliest, latest, source:a,b,c and first") {
			t.Errorf("ParsePolicy(%q): the error does not name the rules: %v", c.in, err)
		}
	}
}

// TestPolicyRoundTrip checks that a policy is read back as it was written.
func TestPolicyRoundTrip(t *testing.T) {
	rule := rapid.OneOf(
		rapid.SampledFrom([]string{"longest", "earliest", "latest", "first"}),
		rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]string{"was", "واس", "a b", "first", "x.com"}), 1, 4), func(s []string) string {
			return "source:" + strings.Join(s, ",")
		}))
	rapid.Check(t, func(t *rapid.T) {
		p := Policy(rapid.SliceOfN(rule, 1, 5).Draw(t, "policy"))
		got, err := ParsePolicy(p.String())
		if d := cmp.Diff(p, got); err != nil || d != "" {
			t.Fatalf("%q: %v %s", p, err, d)
		}
	})
}

// TestPolicyOrder sorts the same five documents by different policies.
func TestPolicyOrder(t *testing.T) {
	sources := []string{"", "was", "reuters"}
	docs := []docInfo{
		{date: parseDate("2015-07-03"), source: 0, shingles: 100},
		{date: parseDate("2015-07-01"), source: 1, shingles: 90},
		{date: noDate, source: 2, shingles: 100},
		{date: parseDate("2015-07-02"), source: 2, shingles: 80},
		{date: parseDate("2015-07-01"), source: 0, shingles: 80},
	}
	for policy, want := range map[string][]uint32{
		"":                               {0, 1, 2, 3, 4},
		"first":                          {0, 1, 2, 3, 4},
		"longest":                        {0, 2, 1, 3, 4},
		"longest,earliest,first":         {0, 2, 1, 4, 3},
		"earliest":                       {1, 4, 3, 0, 2},
		"latest":                         {0, 3, 1, 4, 2},
		"latest,longest":                 {0, 3, 1, 4, 2},
		"earliest,source:reuters":        {1, 4, 3, 0, 2},
		"source:reuters,was":             {2, 3, 1, 0, 4},
		"source:was,earliest":            {1, 4, 3, 0, 2},
		"source:nobody,longest,earliest": {0, 2, 1, 4, 3},
	} {
		p, err := ParsePolicy(policy)
		if err != nil {
			t.Fatal(err)
		}
		better := p.order(pagedOf(docs...), sources)
		got := []uint32{4, 3, 2, 1, 0}
		slices.SortFunc(got, func(a, b uint32) int { return better(a, b) })
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: %s", policy, d)
		}
	}
}

func TestDefaultPolicyIsACopy(t *testing.T) {
	DefaultPolicy()[0] = "changed"
	if got := DefaultPolicy().String(); got != "longest,earliest,first" {
		t.Errorf("default policy %q", got)
	}
}

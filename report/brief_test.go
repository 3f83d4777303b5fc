package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// sameBrief compares the fast way with the plain one, where the fast one goes through.
func sameBrief(t *testing.T, line []byte) (fast bool) {
	t.Helper()
	var got, want brief
	c := cursor{rest: line}
	if !c.object(got.field) || !want.readSlowly(line) {
		return false
	}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(brief{}, briefReason{}, briefSpan{}), cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s\n%s", line, d)
	}
	return true
}

var briefLines = []string{
	`{"id":"a","file":"x.jsonl","line":3,"action":"removed","reasons":[{"rule":"duplicate","kind":"copy","value":0.71,"threshold":0.7}],"duplicate_of":"b","relation":"copy","jaccard":0.5,"containment":0.71,"cluster":0,"removed_line":1,"duplicate_file":"y.jsonl","duplicate_line":2,"kept_line":2}`,
	`{"id":"a\"b\\","file":"ش.jsonl","line":3,"action":"repaired","kept_line":1,"spans":[{"start":0,"end":4,"kind":"code","rule":"script","cut":true,"text":"\"rule\":\"x\"}]"}],"truncated":"end"}`,
	`{"id":"","file":"a\u0062","line":1,"action":"flagged","reasons":[{"rule":"truncated","kind":"teaser","evidence":"...\\"}]}`,
	`{"id":1,"ID":"x","Line":7,"reasons":[],"spans":null}`, `{"line":01}`, `{}`, `[`, `{"file":"` + "\xff" + `"}`,
}

func TestBriefIsWhatJSONSays(t *testing.T) {
	fast := 0
	for _, line := range briefLines {
		if sameBrief(t, []byte(line)) {
			fast++
		}
	}
	if fast < 2 {
		t.Errorf("the fast way went through %d times", fast)
	}
}

func FuzzBrief(f *testing.F) {
	for _, line := range briefLines {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		sameBrief(t, line)
		new(brief).read(line)
	})
}

package page

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReplace(t *testing.T) {
	tab := Table{Name: "x", Note: "Note.", Head: []string{"a", "b"}}
	tab.Add("1|2", "3\n4")
	text := "before\n" + beginLine("bench/run", "x") + "\nold\n" + endLine + "\nafter\n"
	want := "before\n" + beginLine("bench/run", "x") + "\nNote. Here.\n\n| a | b |\n|---|---|\n| 1\\|2 | 3 4 |\n" + endLine + "\nafter\n"
	got, err := Replace(text, "bench/run", tab.Name, tab.Markdown("Here."))
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Error(d, err)
	}
	for _, bad := range []string{"", beginLine("bench/run", "x") + "\nno end"} {
		if _, err := Replace(bad, "bench/run", "x", ""); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

package corpus

import (
	"encoding/json"
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestAppendEdited(t *testing.T) {
	for _, c := range []struct {
		line, want string
		edits      []Edit
	}{
		{`{"a":1, "text" : "abcdef"}` + "\r\n", `{"a":1, "text" : "adef"}` + "\r\n", []Edit{{Start: 1, End: 3}}},
		{`{"text":"a\u0627\n\"b"}`, `{"text":"a\n\"b"}`, []Edit{{Start: 1, End: 3}}},
		{`{"text":"a\ud83d\ude00b"}`, `{"text":"ab"}`, []Edit{{Start: 1, End: 5}}},
		{`{"text":"a\ud83d\ude00b"}`, `{"text":"\ud83d\ude00"}`, []Edit{{Start: 0, End: 1}, {Start: 5, End: 6}}},
		{`{"text":"a&amp;b"}`, `{"text":"a\"\u0001b"}`, []Edit{{Start: 1, End: 6, Put: "\"\x01"}}},
		{`{"text":"قال"}`, `{"text":""}`, []Edit{{Start: 0, End: 6}}},
	} {
		scanner, err := NewScanner(Fields{Text: "text"})
		if err != nil {
			t.Fatal(err)
		}
		var rec Record
		if err := scanner.Scan([]byte(c.line), &rec); err != nil {
			t.Fatal(err)
		}
		if got := string(AppendEdited(nil, []byte(c.line), rec.Text, c.edits)); got != c.want {
			t.Errorf("%s: %s, want %s", c.line, got, c.want)
		}
	}
}

// TestAppendEditedAgainstDecoding edits strings, some with all escaped, and compares with the edit of the decoded text.
func TestAppendEditedAgainstDecoding(t *testing.T) {
	scanner, err := NewScanner(Fields{Text: "text"})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		runes := rapid.SliceOfN(rapid.SampledFrom([]rune("ab\"\\\n\x01 \t/قال…😀\u2028")), 0, 30).Draw(t, "text")
		line := `{"id":1,"text":"`
		for _, r := range runes {
			switch {
			case r > 0xFFFF && rapid.Bool().Draw(t, "escaped"):
				line += `\ud83d\ude00`
			case r < 0xFFFF && rapid.Bool().Draw(t, "escaped"):
				line += fmt.Sprintf(`\u%04x`, r)
			default:
				q, _ := json.Marshal(string(r))
				line += string(q[1 : len(q)-1])
			}
		}
		line += `","z":2}`
		var edits []Edit
		want, at := "", 0
		for i := 0; i < len(runes); i++ {
			size := len(string(runes[i]))
			if rapid.IntRange(0, 3).Draw(t, "cut") == 0 {
				put := rapid.SampledFrom([]string{"", "\"", "قال\n"}).Draw(t, "put")
				edits = append(edits, Edit{at, at + size, put})
				want += put
			} else {
				want += string(runes[i])
			}
			at += size
		}
		var rec Record
		if err := scanner.Scan([]byte(line), &rec); err != nil {
			t.Fatal(err)
		}
		got := AppendEdited(nil, []byte(line), rec.Text, edits)
		if err := scanner.Scan(got, &rec); err != nil {
			t.Fatalf("%s: %v", got, err)
		}
		if s := string(AppendString(nil, got, rec.Text)); s != want {
			t.Fatalf("%s -> %s: %q, want %q", line, got, s, want)
		}
		if len(edits) == 0 && string(got) != line {
			t.Fatalf("%s without edits: %s", line, got)
		}
	})
}

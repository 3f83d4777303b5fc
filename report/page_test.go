package report

import (
	"html"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/corpusctl/corpusctl/arabic"
)

var tags = regexp.MustCompile(`<[^>]*>`)

// FuzzMarkupText checks that text can be nothing but text: without the marks around escapes it is what visible says, escaped.
func FuzzMarkupText(f *testing.F) {
	for _, s := range []string{"", "نص", "a<b>&\"'", "\x00\u202e</script>\xff", "خط\u200fعربي\n\tx", "a\r\nb\u202e\r\r\n\x1f\nc\r"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var m markup
		m.text(s)
		got := m.b.String()
		plain := strings.NewReplacer(`<bdi class="esc">`, "", `</bdi>`, "").Replace(got)
		if strings.ContainsAny(plain, `<>"'`) {
			t.Errorf("%q becomes %q", s, got)
		}
		want := visible(s)
		if !utf8.ValidString(s) {
			return // bytes that are no character are shown one by one, with \n in another order
		}
		if html.UnescapeString(plain) != want {
			t.Errorf("%q becomes %q, want %q", s, html.UnescapeString(plain), want)
		}
	})
}

// TestSampler compares the choice with one made of all things at once.
func TestSampler(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOfN(rapid.Float64Range(0, 1), 0, 60).Draw(t, "scores")
		limit := rapid.IntRange(1, 9).Draw(t, "limit")
		s := newSampler[int](limit)
		for i, score := range scores {
			s.offer(score, mix(uint64(i)), func() int { return i })
		}
		all := make([]int, len(scores))
		for i := range all {
			all[i] = i
		}
		byScore, byNumber := slices.Clone(all), slices.Clone(all)
		number := func(a, b int) int { return cmpUint(mix(uint64(a)), mix(uint64(b))) }
		slices.SortFunc(byScore, func(a, b int) int {
			if scores[a] != scores[b] {
				return int(math.Copysign(1, scores[a]-scores[b]))
			}
			return number(a, b)
		})
		slices.SortFunc(byNumber, number)
		want := byScore[:min((limit+1)/2, len(all))]
		for _, i := range byNumber {
			if len(want) < limit && !slices.Contains(want, i) {
				want = append(want[:len(want):len(want)], i)
			}
		}
		if got := s.chosen(); !slices.Equal(got, want) {
			t.Fatalf("chosen %v, want %v", got, want)
		}
	})
}

func cmpUint(a, b uint64) int {
	if a < b {
		return -1
	}
	return 1
}

// TestRows puts the cells of the rows together again: they are the runs, in order, common rows holding nothing else.
func TestRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := someText.Draw(t, "a"), someText.Draw(t, "b")
		runs := DiffWords(a, b)
		var again []WordRun
		for _, r := range rowsOf(runs) {
			if r.common && (len(r.runs) != 1 || r.runs[0].Kind != InBoth) {
				t.Fatalf("a common row of %v", r.runs)
			}
			again = append(again, r.runs...)
		}
		if d := cmp.Diff(runs, again); d != "" {
			t.Fatal(d)
		}
		for _, run := range runs {
			if run.Kind == InBoth && arabic.Fold(strings.Join(run.Words, " ")) != arabic.Fold(strings.Join(run.Other, " ")) {
				t.Fatalf("said to be in both: %q and %q", run.Words, run.Other)
			}
		}
	})
}

// TestLongTextsAreClipped compares a long text with a short piece of its middle: the piece is found, in little time.
func TestLongTextsAreClipped(t *testing.T) {
	var words []string
	for i := range 60_000 {
		words = append(words, "كلمة"+strings.Repeat("ب", i%7)+string(rune('a'+i%26))+string(rune('a'+i/26%26))+string(rune('a'+i/676%26)))
	}
	long, piece := strings.Join(words, " "), strings.Join(words[30_000:30_200], " ")
	runs, before, after := alignShown(piece, long)
	common := 0
	for _, run := range runs {
		if run.Kind == InBoth {
			common += len(run.Words)
		}
	}
	if common < 200 || before == 0 || after == 0 {
		t.Errorf("%d words in common, %d before, %d after", common, before, after)
	}
}

func TestLengthBins(t *testing.T) {
	for n := 1; n < 100_000; n++ {
		bin := int(LengthBin(n))
		if n < lengthStarts[bin] || n >= lengthStarts[bin+1] {
			t.Fatalf("%d stands in bin %d, from %d to %d", n, bin, lengthStarts[bin], lengthStarts[bin+1])
		}
	}
	for _, n := range []int{-1, 0, math.MaxInt32} {
		LengthBin(n) // only must not panic
	}
	var before, after [LengthBins]int
	before[LengthBin(100)], after[LengthBin(900)] = 3, 1
	counts := LengthCounts(&before, &after)
	if first, last := counts[0], counts[len(counts)-1]; first.Before != 3 || last.After != 1 {
		t.Errorf("%v", counts)
	}
	if LengthCounts(new([LengthBins]int), new([LengthBins]int)) != nil {
		t.Error("bins of nothing")
	}
}

// TestMarkedIsSafe draws decisions that lie about the text: spans out of place must neither panic nor become markup.
func TestMarkedIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &Decision{Action: rapid.SampledFrom([]string{"removed", "repaired"}).Draw(t, "action"), Truncated: rapid.SampledFrom([]string{"", "end", "start"}).Draw(t, "truncated")}
		for range rapid.IntRange(0, 4).Draw(t, "spans") {
			d.Spans = append(d.Spans, Span{Start: rapid.IntRange(-3, 300).Draw(t, "start"), End: rapid.IntRange(-3, 300).Draw(t, "end"), Kind: `"><b>`, Cut: rapid.Bool().Draw(t, "cut"), Put: "<i>", Text: someText.Draw(t, "cut text")})
		}
		text := someText.Draw(t, "text") + "<script>"
		it := item{d: d, doc: &document{text: text, found: true}}
		for _, dryRun := range []bool{true, false} {
			body := string(it.body(dryRun))
			for _, tag := range tags.FindAllString(body, -1) {
				if strings.HasPrefix(tag, "<script") || strings.HasPrefix(tag, "<b>") || strings.HasPrefix(tag, "<i>") {
					t.Fatalf("%q in %q", tag, body)
				}
			}
		}
	})
}

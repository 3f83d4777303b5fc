// Package testdata_test checks that the test corpus is what its README says:
// articles with unique ids, labels that point at real articles and real
// characters, relations that the texts bear out, and counts that agree.
package testdata_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// article is one line of news/*.jsonl.
type article struct {
	ID, Source, Date, URL, Title, Author, Text string
}

// pair is one line of labels/pairs.jsonl.
type pair struct {
	A, B, Relation, Drop, Note string
}

// leftover is one line of labels/leftovers.jsonl.
type leftover struct {
	ID        string
	Spans     []span
	Truncated string
	Prose     int
	Note      string
}

// span is [start, end, kind], offsets in code points, end exclusive.
type span struct {
	start, end int
	kind       string
}

// UnmarshalJSON reads the three-element array form.
func (s *span) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&s.start, &s.end, &s.kind})
}

// drops lists what a relation allows to be dropped.
var drops = map[string]string{
	"copy":       "either",
	"shortened":  "a b",
	"contained":  "a b",
	"revised":    "none",
	"template":   "none",
	"same_event": "none",
	"unrelated":  "none",
}

// kinds are the kinds of leftovers.
var kinds = strings.Fields("code share promo related nav caption disclaimer byline other")

// truncations are the ways a text can be incomplete.
var truncations = strings.Fields("no end start stub")

// readLines decodes each line of a JSONL file strictly; an unknown field is an error.
func readLines[T any](t *testing.T, path string) []T {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []T
	sc := bufio.NewScanner(bytes.NewReader(data))
	sc.Buffer(nil, len(data)+1)
	for n := 1; sc.Scan(); n++ {
		var v T
		dec := json.NewDecoder(bytes.NewReader(sc.Bytes()))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&v); err != nil {
			t.Fatalf("%s:%d: %v", path, n, err)
		}
		out = append(out, v)
	}
	return out
}

// shards returns the articles of each paper.
func shards(t *testing.T) map[string][]article {
	t.Helper()
	files, err := filepath.Glob("news/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no shards in news: %v", err)
	}
	out := map[string][]article{}
	for _, f := range files {
		out[strings.TrimSuffix(filepath.Base(f), ".jsonl")] = readLines[article](t, f)
	}
	return out
}

// byID returns all articles; ids that occur twice fail the test.
func byID(t *testing.T) map[string]article {
	t.Helper()
	out := map[string]article{}
	for _, as := range shards(t) {
		for _, a := range as {
			if _, ok := out[a.ID]; ok {
				t.Errorf("%s: id occurs twice", a.ID)
			}
			out[a.ID] = a
		}
	}
	return out
}

func readPairs(t *testing.T) []pair {
	t.Helper()
	return readLines[pair](t, "labels/pairs.jsonl")
}

func readLeftovers(t *testing.T) []leftover {
	t.Helper()
	return readLines[leftover](t, "labels/leftovers.jsonl")
}

func TestArticles(t *testing.T) {
	byID(t)
	for paper, as := range shards(t) {
		last := ""
		for _, a := range as {
			checkArticle(t, paper, a)
			if a.Date < last {
				t.Errorf("%s: date %s after %s, shards are in order of date", a.ID, a.Date, last)
			}
			last = a.Date
		}
	}
}

func checkArticle(t *testing.T, paper string, a article) {
	if a.Source != paper || !regexp.MustCompile(`^`+paper+`-\d{3}$`).MatchString(a.ID) {
		t.Errorf("%s: id or source %q does not belong to shard %s", a.ID, a.Source, paper)
	}
	if _, err := time.Parse(time.DateOnly, a.Date); err != nil {
		t.Errorf("%s: %v", a.ID, err)
	}
	if !strings.HasPrefix(a.URL, "https://"+paper+".example/") {
		t.Errorf("%s: url %q is not of an invented site", a.ID, a.URL)
	}
	if a.Title == "" || a.Author == "" {
		t.Errorf("%s: title or author missing", a.ID)
	}
	if !utf8.ValidString(a.Text) {
		t.Errorf("%s: text is not UTF-8", a.ID)
	}
}

func TestURLsUnique(t *testing.T) {
	seen := map[string]string{}
	for id, a := range byID(t) {
		if other, ok := seen[a.URL]; ok {
			t.Errorf("%s and %s have one url", id, other)
		}
		seen[a.URL] = id
	}
}

func TestLeftovers(t *testing.T) {
	docs := byID(t)
	seen := map[string]bool{}
	for _, l := range readLeftovers(t) {
		a, ok := docs[l.ID]
		if !ok || seen[l.ID] {
			t.Errorf("%s: no such article, or labelled twice", l.ID)
			continue
		}
		seen[l.ID] = true
		checkSpans(t, l, []rune(a.Text))
		checkVerdict(t, l, a.Text)
	}
	if len(seen) != len(docs) {
		t.Errorf("%d of %d articles are labelled", len(seen), len(docs))
	}
}

// checkSpans wants spans in order, apart, in bounds, trimmed and of a known kind.
func checkSpans(t *testing.T, l leftover, text []rune) {
	end := 0
	for _, s := range l.Spans {
		if s.start < end || s.end <= s.start || s.end > len(text) {
			t.Errorf("%s: span %d:%d out of order or bounds (text has %d code points)", l.ID, s.start, s.end, len(text))
			return
		}
		if unicode.IsSpace(text[s.start]) || unicode.IsSpace(text[s.end-1]) {
			t.Errorf("%s: span %d:%d begins or ends with white space", l.ID, s.start, s.end)
		}
		if !slices.Contains(kinds, s.kind) {
			t.Errorf("%s: unknown kind %q", l.ID, s.kind)
		}
		end = s.end
	}
}

// checkVerdict wants prose outside the spans exactly where no stub is claimed.
func checkVerdict(t *testing.T, l leftover, text string) {
	if !slices.Contains(truncations, l.Truncated) || l.Prose != 0 && l.Prose != 1 {
		t.Errorf("%s: truncated %q, prose %d are not values of these fields", l.ID, l.Truncated, l.Prose)
	}
	stub := l.Truncated == "stub"
	if rest := fold(text, l.Spans); stub != (len(rest) < 40) {
		t.Errorf("%s: stub is %v, but %d letters are left", l.ID, stub, len(rest))
	}
	if stub && l.Prose != 0 {
		t.Errorf("%s: a stub has no prose", l.ID)
	}
}

// TestLeftoverShapes wants the text under a span to look like its kind, so
// that an offset moved by one shows.
func TestLeftoverShapes(t *testing.T) {
	docs := byID(t)
	shape := map[string]*regexp.Regexp{
		"code":    regexp.MustCompile(`[A-Za-z]{3}.*[;}>p]$|^[“}]|^\}\)`),
		"related": regexp.MustCompile(`^\.\.\.المزيد$|^اقرأ|^قد يهمك|^طالع|^ليلة|^أوركسترا`),
		"byline":  regexp.MustCompile(`^\*|^\(|^كتب`),
		"caption": regexp.MustCompile(`\)$`),
		"promo":   regexp.MustCompile(`^(رابط|حمل|تابعوا|للاشتراك|للتواصل|لمشاهدة)`),
	}
	for _, l := range readLeftovers(t) {
		text := []rune(docs[l.ID].Text)
		for _, s := range l.Spans {
			if s.start < 0 || s.end < s.start || s.end > len(text) {
				continue // TestLeftovers reports it
			}
			got := string(text[s.start:s.end])
			if re := shape[s.kind]; re != nil && !re.MatchString(got) {
				t.Errorf("%s: %d:%d is no %s: %q", l.ID, s.start, s.end, s.kind, got)
			}
		}
	}
}

func TestPairs(t *testing.T) {
	docs := byID(t)
	seen := map[[2]string]bool{}
	for _, p := range readPairs(t) {
		_, a := docs[p.A]
		_, b := docs[p.B]
		if !a || !b || p.A == p.B {
			t.Errorf("%s, %s: not two articles", p.A, p.B)
		}
		if seen[key(p.A, p.B)] {
			t.Errorf("%s, %s: labelled twice", p.A, p.B)
		}
		seen[key(p.A, p.B)] = true
		if !slices.Contains(strings.Fields(drops[p.Relation]), p.Drop) {
			t.Errorf("%s, %s: relation %q does not allow drop %q", p.A, p.B, p.Relation, p.Drop)
		}
		if p.Note == "" {
			t.Errorf("%s, %s: no note", p.A, p.B)
		}
	}
}

// TestPairsBorneOut compares every two articles by character 9-shingles of
// what stands outside the leftovers. The bounds are wide: they catch a label
// on the wrong pair or side, not a matter of opinion.
func TestPairsBorneOut(t *testing.T) {
	labels := map[[2]string]pair{}
	for _, p := range readPairs(t) {
		labels[key(p.A, p.B)] = p
	}
	docs := byID(t)
	sets := map[string]map[string]bool{}
	for _, l := range readLeftovers(t) {
		if l.Prose == 1 {
			sets[l.ID] = shingles(fold(docs[l.ID].Text, l.Spans))
		}
	}
	for a := range sets {
		for b := range sets {
			if a < b {
				p, ok := labels[key(a, b)]
				checkPair(t, a, b, p, ok, sets)
			}
		}
	}
}

func checkPair(t *testing.T, a, b string, p pair, labelled bool, sets map[string]map[string]bool) {
	ca, cb := containment(sets[a], sets[b]), containment(sets[b], sets[a])
	if labelled && p.A != a {
		a, b, ca, cb = b, a, cb, ca
	}
	if !labelled {
		if max(ca, cb) > .25 {
			t.Errorf("%s, %s: containment %.2f and %.2f, but no label", a, b, ca, cb)
		}
		return
	}
	lo, hi := bounds(p.Relation)
	least := map[string]float64{"a": ca, "b": cb, "either": min(ca, cb), "none": max(ca, cb)}[p.Drop]
	if least < lo || least > hi {
		t.Errorf("%s, %s: %s, drop %s, but containment %.2f and %.2f", a, b, p.Relation, p.Drop, ca, cb)
	}
}

// bounds returns between what the containment of the droppable side must lie
// (of the larger side where none may be dropped).
func bounds(relation string) (lo, hi float64) {
	switch relation {
	case "copy", "shortened", "contained":
		return .75, 1
	case "revised", "template":
		return .3, .9
	}
	return 0, .25
}

// fold returns the letters and digits of a text outside the spans, with the
// spellings that differ between the papers united. It is a plain stand-in for
// the library's folding, so that the corpus is judged independently of it.
func fold(text string, spans []span) []rune {
	var out []rune
	for i, r := range []rune(text) {
		if len(spans) > 0 && i >= spans[0].end {
			spans = spans[1:]
		}
		if len(spans) > 0 && i >= spans[0].start || r == 'ـ' || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		out = append(out, foldRune(r))
	}
	return out
}

func foldRune(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r == 'ى':
		return 'ي'
	case r == 'أ' || r == 'إ' || r == 'آ':
		return 'ا'
	}
	return unicode.ToLower(r)
}

func shingles(text []rune) map[string]bool {
	out := map[string]bool{}
	for i := 0; i+9 <= len(text); i++ {
		out[string(text[i:i+9])] = true
	}
	return out
}

// containment returns the share of a that stands in b.
func containment(a, b map[string]bool) float64 {
	n := 0
	for s := range a {
		if b[s] {
			n++
		}
	}
	return float64(n) / float64(max(1, len(a)))
}

func key(a, b string) [2]string { return [2]string{min(a, b), max(a, b)} }

// TestReadmeCounts compares the tables of the README with the files.
func TestReadmeCounts(t *testing.T) {
	got := map[string]int{}
	total := 0
	for paper, as := range shards(t) {
		got[paper] = len(as)
		total += len(as)
	}
	for _, p := range readPairs(t) {
		got[p.Relation]++
	}
	spanned := 0
	for _, l := range readLeftovers(t) {
		got[l.Truncated]++
		if len(l.Spans) > 0 {
			spanned++
		}
		for _, s := range l.Spans {
			got[s.kind]++
		}
	}
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(tableCounts(t, data), got); diff != "" {
		t.Errorf("README tables and files differ (- README, + files):\n%s", diff)
	}
	for _, want := range []string{strconv.Itoa(total) + " Arabic news articles", strconv.Itoa(spanned) + " articles hold spans"} {
		if !bytes.Contains(data, []byte(want)) {
			t.Errorf("README does not say %q", want)
		}
	}
}

// tableCounts reads the rows "| `name` | number | …" of the README.
func tableCounts(t *testing.T, readme []byte) map[string]int {
	t.Helper()
	out := map[string]int{}
	for _, m := range regexp.MustCompile("(?m)^\\| `(\\w+)` \\| (\\d+) \\|").FindAllSubmatch(readme, -1) {
		n, err := strconv.Atoi(string(m[2]))
		if err != nil {
			t.Fatal(err)
		}
		out[string(m[1])] = n
	}
	return out
}

// TestFormats wants the articles of formats/ to be those of news/, as far as text shows.
func TestFormats(t *testing.T) {
	data, err := os.ReadFile("formats/articles.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []article
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		paper, _, _ := strings.Cut(a.ID, "-")
		all := readLines[article](t, "news/"+paper+".jsonl")
		if !slices.Contains(all, a) {
			t.Errorf("%s is not the one of news/", a.ID)
		}
		text, err := os.ReadFile("formats/texts/2024/" + a.ID + ".txt")
		if err != nil || string(text) != a.Text {
			t.Errorf("%s as a file differs: %v", a.ID, err)
		}
	}
}

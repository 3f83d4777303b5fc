package recur

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/corpusctl/corpusctl/quality"
)

// words of invented prose.
var vocabulary = strings.Fields("مدينة سوق شارع بلدية مشروع طريق حديقة مدرسة طالب معلم تاجر مزارع قمح تمر نخل بئر ماء مطر ريح شتاء صيف سفينة ميناء " +
	"صياد بحر جبل واد قرية قطار محطة سائق مهندس طبيب مستشفى كتاب مكتبة شاعر قصيدة مسرح لوحة رسام لاعب فريق ملعب مباراة حكم هدف جمهور بطولة")

// prose returns n sentences that no other call returns.
func prose(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString([]string{" ", "\n"}[r.IntN(2)])
		}
		b.WriteString([]string{"شهد", "زار", "أعاد", "بنى", "رأى"}[r.IntN(5)])
		for range 8 + r.IntN(8) {
			b.WriteString(" " + vocabulary[r.IntN(len(vocabulary))])
		}
		b.WriteString(".")
	}
	return b.String()
}

// title returns a headline.
func title(r *rand.Rand) string {
	return strings.TrimSuffix(strings.ReplaceAll(prose(r, 1), "\n", " "), ".")
}

// article is a text with the furniture that must be found in it, in order.
type article struct {
	text string
	want []string
}

// site makes articles of one source.
type site func(r *rand.Rand, i int) article

// tailed is a site whose articles end with what f gives.
func tailed(join string, f func(r *rand.Rand, i int) string) site {
	return func(r *rand.Rand, i int) article {
		x := f(r, i)
		if x == "" {
			return article{text: prose(r, 5)}
		}
		return article{prose(r, 5) + join + x, []string{x}}
	}
}

var furniture = map[string]site{
	"link with the title": tailed(" ", func(r *rand.Rand, _ int) string { return "رابط الخبر في موقع النخلة: " + title(r) }),
	"tags":                tailed(" ", func(r *rand.Rand, _ int) string { return "سمات " + title(r) }),
	"end mark":            tailed("\n", func(_ *rand.Rand, _ int) string { return "// انتهى //" }),
	"teaser":              tailed("\n\n ", func(_ *rand.Rand, i int) string { return []string{"", "", "", "...المزيد"}[i%4] }),
	"follow us":           tailed("          ", func(_ *rand.Rand, _ int) string { return "تابع النخلة نت على:" }),
	"disclaimer": tailed("\n", func(_ *rand.Rand, i int) string {
		return []string{"", "** جميع مقالات النخلة تمثل آراء كتابها فقط."}[i%2]
	}),
	"other articles": tailed("\n", func(r *rand.Rand, i int) string {
		return []string{"", "مقالات أخرى للكاتب" + title(r) + "؟!" + title(r)}[i%2]
	}),
	"numbers": func(r *rand.Rand, i int) article {
		a, b := fmt.Sprintf("للتواصل مع الكاتب أرسل sms إلى %d", r.IntN(1e5)), fmt.Sprintf("%d:%d م ت", r.IntN(24), r.IntN(60))
		return article{prose(r, 5) + "\n" + a + "\n" + b + "\n", []string{a, b}}
	},
	"buttons": func(r *rand.Rand, i int) article {
		x := "شارك من خلال تويتر فيسبوك جوجل بلس اكتب رأيك"
		return article{x + " " + prose(r, 5), []string{x}}
	},
	"address glued": func(r *rand.Rand, i int) article {
		x := "للتواصل مع الكاتب أرسل رسالة SMS"
		return article{prose(r, 5) + fmt.Sprintf("\nname%c@mail.example.com", 'a'+i%26) + x, []string{x}}
	},
}

// learnSites counts n articles of each site, some of them copied, and returns the articles.
func learnSites(sites map[string]site, n int) (*Profile, map[string][]article) {
	c, all := NewCounter(Options{}), map[string][]article{}
	b := c.NewBatch()
	for name, s := range sites {
		r := rand.New(rand.NewPCG(1, uint64(len(name))))
		for i := range n {
			a := s(r, i)
			all[name] = append(all[name], a)
			b.Add(name, a.text, nil)
		}
	}
	c.Append(b)
	return c.Profile(), all
}

func cutTexts(text string, spans []quality.Span) (cut []string) {
	end := -1
	for _, s := range spans {
		if s.Kind > quality.Disclaimer {
			continue
		}
		if end >= 0 && strings.TrimSpace(text[end:s.Start]) == "" { // parts of one piece
			cut[len(cut)-1] += text[end:s.End]
		} else {
			cut = append(cut, text[s.Start:s.End])
		}
		end = s.End
	}
	return cut
}

func TestFurnitureIsFound(t *testing.T) {
	for _, n := range []int{12, 200} {
		p, all := learnSites(furniture, n)
		for name, articles := range all {
			for i, a := range articles {
				got, want := strings.Join(cutTexts(a.text, p.Append(nil, a.text, name, nil)), ""), strings.Join(a.want, "")
				strip := func(s string) string { return strings.Join(strings.Fields(s), "") }
				if strip(got) != strip(want) {
					t.Errorf("%d articles, %s %d: cut %q, want %q", n, name, i, got, a.want)
					break
				}
			}
		}
	}
}

// TestOtherStories checks the sentences of other stories that a site prints below its articles, five at a time.
func TestOtherStories(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	var stories []string
	for range 40 {
		stories = append(stories, "كشف "+title(r)+".")
	}
	p, all := learnSites(map[string]site{"news": func(r *rand.Rand, i int) article {
		list := slicesOf(r, stories, 5)
		return article{prose(r, 5) + "\n" + strings.Join(list, "\n"), list}
	}}, 60)
	wrong, missed := 0, 0
	for _, a := range all["news"] {
		got, want := strings.Join(cutTexts(a.text, p.Append(nil, a.text, "news", nil)), "\n"), strings.Join(a.want, "\n")
		if !strings.HasSuffix(want, got) {
			wrong++
		} else if got != want {
			missed++
		}
	}
	if wrong > 0 || missed > 3 {
		t.Errorf("of 60 lists %d too long, %d too short", wrong, missed)
	}
}

func slicesOf(r *rand.Rand, from []string, n int) (out []string) {
	for _, i := range r.Perm(len(from))[:n] {
		out = append(out, from[i])
	}
	return out
}

// TestProseIsLeft checks what recurs and is no furniture.
func TestProseIsLeft(t *testing.T) {
	sites := map[string]site{}
	for i := range 5 { // a closing formula of the language, in many sources
		sites[fmt.Sprint("formula ", i)] = tailed("\n", func(_ *rand.Rand, i int) string {
			return []string{"نسأل الله أن يوفق الجميع.", "", "", "", "", "", ""}[i%7]
		})
	}
	sites["subtitle"] = func(r *rand.Rand, _ int) article {
		return article{text: prose(r, 12) + "\nالسطر قبل الأخير:\n" + prose(r, 12)}
	}
	sites["says"] = func(r *rand.Rand, _ int) article {
		return article{text: prose(r, 2) + " وقال في تصريح صحفي " + prose(r, 2) + " وقال في تصريح صحفي " + title(r) + "."}
	}
	copied := prose(rand.New(rand.NewPCG(8, 8)), 9)
	sites["copies"] = func(r *rand.Rand, i int) article {
		if i%3 == 0 {
			return article{text: copied + "\n" + prose(r, 1)}
		}
		return article{text: prose(r, 9)}
	}
	sites["question"] = tailed("\n", func(_ *rand.Rand, _ int) string { return "فما حقيقة هذا الخبر؟" })
	p, all := learnSites(sites, 140)
	for name, articles := range all {
		for _, a := range articles {
			if got := cutTexts(a.text, p.Append(nil, a.text, name, nil)); len(got) > 0 {
				t.Errorf("%s: cut %q", name, got)
				break
			}
		}
	}
}

func TestProfileIsReadBack(t *testing.T) {
	p, all := learnSites(furniture, 50)
	var b bytes.Buffer
	if err := p.Write(&b); err != nil {
		t.Fatal(err)
	}
	q, err := ReadProfile(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, q, cmpopts.IgnoreUnexported(Profile{})); diff != "" {
		t.Errorf("read back (-wrote +read):\n%s", diff)
	}
	for name, articles := range all {
		for _, a := range articles {
			if diff := cmp.Diff(p.Append(nil, a.text, name, nil), q.Append(nil, a.text, name, nil)); diff != "" {
				t.Fatalf("%s: (-wrote +read)\n%s", name, diff)
			}
		}
	}
}

func TestProfileErrors(t *testing.T) {
	entry := "sources:\n  - name: x\n    articles: 1\n    entries:\n      - "
	for in, want := range map[string]string{
		"":           "empty",
		"sources: 3": "cannot unmarshal",
		"surces: []": "not found",
		entry + "{kind: ad, place: tail, match: whole, words: كلمة}":      "no such kind",
		entry + "{kind: nav, place: top, match: whole, words: كلمة}":      "place is",
		entry + "{kind: nav, place: tail, match: half, words: كلمة}":      "match is",
		entry + "{kind: nav, place: tail, match: whole, words: '...'}":    "needs words",
		entry + "{kind: nav, place: tail, match: whole, words: \"كلمة\"}": "",
	} {
		_, err := ReadProfile(strings.NewReader(in))
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", in, err, want)
		}
	}
}

// TestBatches checks that the result does not depend on how texts are put into batches.
func TestBatches(t *testing.T) {
	var texts [][2]string
	for _, name := range []string{"tags", "end mark", "numbers", "link with the title"} {
		r := rand.New(rand.NewPCG(5, 5))
		for i := range 60 {
			texts = append(texts, [2]string{name, furniture[name](r, i).text})
		}
	}
	profile := func(size int) string {
		c := NewCounter(Options{MaxKeys: 4000})
		b := c.NewBatch()
		for i, x := range texts {
			if b.Add(x[0], x[1], nil); i%size == 0 {
				c.Append(b)
				b.Reset()
			}
		}
		c.Append(b)
		var out bytes.Buffer
		if err := c.Profile().Write(&out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	want := profile(1)
	for _, size := range []int{7, 100, 1000} {
		if diff := cmp.Diff(want, profile(size)); diff != "" {
			t.Errorf("batches of %d (-1 +%d):\n%s", size, size, diff)
		}
	}
}

// TestMemoryIsBounded checks that rare keys are forgotten, and that what recurs outlives them with a stated error.
func TestMemoryIsBounded(t *testing.T) {
	const keys, n = 3000, 2000
	c := NewCounter(Options{MaxKeys: keys})
	b := c.NewBatch()
	r := rand.New(rand.NewPCG(7, 7))
	for i := range n {
		b.Add("s", furniture["end mark"](r, i).text, nil)
		c.Append(b)
		b.Reset()
		if c.known() > keys || c.index.n > keys || len(c.shown) > keys {
			t.Fatalf("%d, %d and %d keys", c.known(), c.index.n, len(c.shown))
		}
	}
	for _, e := range c.Profile().Sources[0].Entries {
		if e.Words == "انتهي" && e.Articles+e.Missed >= n && e.Articles <= n {
			return
		}
	}
	t.Errorf("the end mark is lost: %+v", c.Profile().Sources[0])
}

// TestSourcesAreBounded checks that a source too many is left out, and that this is said.
func TestSourcesAreBounded(t *testing.T) {
	c := NewCounter(Options{maxSources: 2})
	b := c.NewBatch()
	for i, name := range []string{"a", "b", "c", "a", "c"} {
		b.Add(name, fmt.Sprint("text ", i), nil)
	}
	c.Append(b)
	p := c.Profile()
	var out bytes.Buffer
	if err := p.Write(&out); err != nil {
		t.Fatal(err)
	}
	q, err := ReadProfile(&out)
	if err != nil || len(p.Sources) != 2 || p.LeftOut != 2 || q.LeftOut != 2 {
		t.Errorf("%d sources, %d texts left out, %d read back, %v", len(p.Sources), p.LeftOut, q.LeftOut, err)
	}
	c = NewCounter(Options{maxNames: 2})
	c.Append(b)
	if p = c.Profile(); len(p.Sources) != 2 || p.LeftOut != 2 {
		t.Errorf("with 2 bytes of names: %d sources, %d texts left out", len(p.Sources), p.LeftOut)
	}
}

// TestManySources counts as many sources as there may be, and some more: what was seen once and again is known of each.
func TestManySources(t *testing.T) {
	const more = 20
	c := NewCounter(Options{})
	b := c.NewBatch()
	for day := range 2 {
		for i := range maxSources + more {
			b.Add(fmt.Sprint("source ", i), fmt.Sprint("one two three.\n", day), nil)
		}
		c.Append(b)
		b.Reset()
	}
	if len(c.sources) != maxSources || c.leftOut != 2*more {
		t.Fatalf("%d sources, %d texts left out", len(c.sources), c.leftOut)
	}
	seen := make([]map[uint64]uint32, maxSources) // texts, by key
	for i := range seen {
		seen[i] = map[uint64]uint32{}
	}
	for _, s := range c.stats {
		seen[s.source][s.salted^c.sources[s.source].salt] = s.docs
	}
	for i := range seen {
		if !maps.Equal(seen[i], seen[0]) || len(seen[i]) == 0 {
			t.Fatalf("of source %d %v is known, of the first %v", i, seen[i], seen[0])
		}
	}
}

// TestWriteBySource: sources written one by one are those of a profile that is encoded at once.
func TestWriteBySource(t *testing.T) {
	p, _ := learnSites(furniture, 30)
	for _, p := range []*Profile{{}, {LeftOut: 3}, {Sources: []Source{{Name: "a: b"}}, LeftOut: 1}, p, {Sources: p.Sources, LeftOut: 2}} {
		var got bytes.Buffer
		if err := p.Write(&got); err != nil {
			t.Fatal(err)
		}
		want, err := p.encode()
		if err != nil || got.String() != profileHead+string(want) {
			t.Fatalf("written:\n%s\nwant, %v:\n%s", &got, err, want)
		}
	}
}

// TestTableMeetsNoPattern checks that keys that share their lowest or highest bits are found as fast as others.
func TestTableMeetsNoPattern(t *testing.T) {
	for _, shift := range []int{0, 24, 40} {
		c, steps := NewCounter(Options{}), 0
		c.index.seed = 0x9E3779B97F4A7C15 // a test has no luck
		for i := range 20_000 {
			key := uint64(i+1) << shift
			if i%2 == 0 {
				c.stats = append(c.stats, stat{salted: key})
				c.add(key, spotOf(i/2, again))
			} else {
				c.once = append(c.once, once{salted: key, origin: 1})
				c.add(key, spotOf(i/2, 0))
			}
		}
		for i := range 20_000 {
			key, want := uint64(i+1)<<shift, spotOf(i/2, again)
			if i%2 != 0 {
				want = spotOf(i/2, 0)
			}
			if c.find(key) != want {
				t.Fatalf("key %d is lost", i)
			}
			for h := c.index.home(key); spot(c.index.slots[h&(len(c.index.slots)-1)]&spotMask) != want; h++ {
				steps++
			}
		}
		if steps > 10*20_000 {
			t.Errorf("keys shifted by %d: %d steps for %d", shift, steps, 20_000)
		}
	}
}

func TestTakenIsLeftOut(t *testing.T) {
	p, all := learnSites(furniture, 50)
	a := all["link with the title"][0]
	at := strings.Index(a.text, "النخلة")
	taken := []quality.Span{{Start: at, End: at + len("النخلة")}}
	for _, s := range p.Append(nil, a.text, "link with the title", taken) {
		if s.Start < taken[0].End && s.End > taken[0].Start {
			t.Errorf("span %v overlaps %v", s, taken[0])
		}
	}
}

package quality

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

const storyArticle = `افتتح رئيس بلدية الميناء القديم أمس سوق السمك الجديد بعد عامين من أعمال الترميم، بحضور عدد من الصيادين وأسرهم.
وقال رئيس البلدية إن السوق يضم ستين دكانا ومخازن مبردة. وأضاف أن الإيجارات ستبقى على حالها.
وكان السوق القديم قد أغلق إثر حريق أتى على نصف دكاكينه قبل ثلاثة أعوام.
`

const storyLeads = `أعلنت شركة الطيران الساحلية، الاثنين، إلغاء عشر رحلات إلى الجزر الشمالية بسبب عاصفة رملية تضرب المطار منذ يومين.
كشف باحثون في جامعة النخيل عن نقش حجري يعود إلى القرن الثالث عثر عليه رعاة قرب بئر مهجورة في الصحراء الغربية
تعادل فريق الواحة مع ضيفه فريق الجبل بهدف لمثله في افتتاح الدوري وسط حضور جماهيري كبير.
`

func TestAppendStories(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       int
	}{
		{"leads after an article", storyArticle + storyLeads, 3},
		{"an article", storyArticle + storyArticle, 0},
		{"leads after a last sentence", storyArticle + "حتى الآن لم يتلق القرار معارضة سوى من عدد قليل من أصحاب الدكاكين في الشارع الموازي للميناء.\n" + storyLeads, 3},
		{"a digest of leads", storyLeads + storyLeads, 0},
		{"two leads", storyArticle + storyLeads[:strings.Index(storyLeads, "تعادل")], 0},
		{"leads that go on", storyArticle + strings.ReplaceAll(storyLeads, "أعلنت", "وأعلنت"), 0},
		{"a last paragraph after them", storyArticle + storyLeads + "وأضاف أن السوق سيفتح أبوابه يوميا من الفجر حتى المغرب طوال أيام الأسبوع.", 0},
	} {
		spans := AppendStories(nil, c.text, nil)
		if len(spans) != c.want {
			t.Errorf("%s: %d spans, want %d", c.name, len(spans), c.want)
		}
	}
}

// TestStoriesInNews counts texts of whole corpora in which leads are found: none of these papers prints them.
func TestStoriesInNews(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 130 MB")
	}
	for _, file := range []string{"corpora/saudinewsnet.jsonl.zst", "corpora/ant-v1.jsonl.zst", "corpora/factcheck-2024.jsonl.zst"} {
		found := 0
		eachLabelled(t, file, func(g labelled) {
			if spans := AppendStories(nil, g.Text, nil); len(spans) > 0 {
				found++
				t.Logf("%s %s", g.ID, g.Text[spans[0].Start:])
			}
		})
		if found > 0 {
			t.Errorf("%s: %d texts, want none", file, found)
		}
	}
}

// plainManySentences is manySentences rune by rune.
func plainManySentences(line string) bool {
	for i := 0; ; {
		k := strings.IndexAny(line[i:], ".!؟?…")
		if k < 0 {
			return false
		}
		i += k
		_, size := utf8.DecodeRuneInString(line[i:])
		i += size
		if rest := strings.TrimLeft(line[i:], " \u00A0"); len(rest) > 0 && len(rest) < len(line[i:]) {
			return true
		}
	}
}

// FuzzProseLines holds what is told of a text before its lines are listed against the lines.
func FuzzProseLines(f *testing.F) {
	for _, text := range []string{storyArticle + storyLeads, "لقاء سابق بين الوزيرين (رويترز)\u00a0 \n\n \r\nثم) عاد", "هل؟ نعم… \u00a0لا.", ")\u2028\n", "\xd8\x9f \xe2\x80\xa6 x"} {
		f.Add(text, 0, 4)
		f.Add(text, len(text)-2, len(text))
	}
	f.Fuzz(func(t *testing.T, text string, a, b int) {
		var taken []Span
		if 0 <= a && a < b && b <= len(text) {
			taken = []Span{{Start: a, End: b}}
		}
		checkProseLines(t, text, taken)
	})
}

// TestProseLinesOnMixtures does so on texts made of what begins and ends lines.
func TestProseLinesOnMixtures(t *testing.T) {
	pieces := strings.SplitAfter(storyArticle+storyLeads, " ")
	pieces = append(pieces, strings.SplitAfter(storyLeads, "\n")...)
	pieces = append(pieces, strings.Split("\n|\n\n|)\n|) \n|)\u00a0\n|)|. |؟ |… |!|.\u00a0\u00a0x|\r\n|\xd8|\x9f|\xe2\x80|(رويترز)", "|")...)
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		var b strings.Builder
		for range r.IntN(12) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		text := b.String()
		var taken []Span
		if n := len(text); n > 2 {
			i := r.IntN(n - 1)
			taken = []Span{{Start: i, End: min(n, i+1+r.IntN(40))}}
		}
		checkProseLines(t, text, taken)
		checkProseLines(t, text, nil)
	}
}

func checkProseLines(t *testing.T, text string, taken []Span) {
	t.Helper()
	lines := proseLines(text, taken)
	leads, closed := 0, false
	for i := len(lines) - 1; i >= 0 && isLead(lines[i].of(text)); i-- {
		leads++
	}
	for _, l := range lines {
		closed = closed || strings.HasSuffix(l.of(text), ")")
		if line := l.of(text); manySentences(line) != plainManySentences(line) {
			t.Errorf("manySentences(%q) is %v", line, manySentences(line))
		}
	}
	if want := leads >= min(fewestStories, len(lines)); endsWithLeads(text, taken) != want {
		t.Errorf("%q, taken %v: ends with leads: %v, want %v", text, taken, !want, want)
	}
	if closed && !closesLine(text) {
		t.Errorf("%q closes a line with a parenthesis", text)
	}
}

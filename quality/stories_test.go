package quality

import (
	"strings"
	"testing"
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

package recur

import (
	"strings"

	"github.com/corpusctl/corpusctl/quality"
)

// kindWords names the kind of furniture that a folded word speaks of. They choose the kind of what recurs, and let it be believed at
// a lower count; no word alone makes furniture.
var kindWords = map[quality.Kind]string{
	quality.Share:      "شارك شاركها مشاركه تويتر فيسبوك واتساب تلغرام تيليجرام جوجل بلس facebook twitter whatsapp telegram tweet share طباعه",
	quality.Promo:      "sms للتواصل تواصل تطبيق تطبيقات تطبيقنا تابعونا تابعنا تابع اشترك اشتركوا رابط stc mobily zain ارسل ارسلوا اشعارات هاتفكم نشرتنا قناتنا بصحيفه موبايلي زين بالرمز حملوا",
	quality.Related:    "المزيد للمزيد اقرا اقروا مقالات مواضيع متعلقه يهمك طالع ايضا",
	quality.Nav:        "سمات وسوم الوسوم انتهي يتبع دلاليه العلامات tags كلمات التالي السابق",
	quality.Disclaimer: "تعكس يعكس تعبر يعبر بالضروره مسووليه كاتبها كاتبه كتابها توجهات حقوق محفوظه للكاتب الاراء راي",
}

var wordKind = func() map[string]quality.Kind {
	t := map[string]quality.Kind{}
	for k, words := range kindWords {
		for _, w := range strings.Fields(words) {
			t[w] = k
		}
	}
	return t
}()

// guess returns the kind that masked words speak of, and how strongly: the number of words of that kind. Up to six words are
// told by one, longer units by two and a sixth of their words.
func guess(words string) (kind quality.Kind, hits int, told bool) {
	var count [quality.Other + 1]int
	n := 0
	for w := range strings.SplitSeq(words, " ") {
		n++
		if k, ok := kindOf(w); ok {
			count[k]++
		}
	}
	kind = quality.Other
	for k, h := range count {
		if h > count[kind] {
			kind = quality.Kind(k)
		}
	}
	hits = count[kind]
	return kind, hits, hits > 0 && n <= 6 || hits > 1 && hits*6 >= n
}

// openers are words with which a sentence goes on from the one before it.
var openers = wordSet("كما حيث فيما بينما لكن غير اذ ثم يذكر يشار يشير جدير الجدير كذلك بدوره بدورها جانبه جانبها جهته جهتها " +
	"فما فقد فان فانه فانها فهو فهي فلا فلم فلن فهل فهذا فهذه فقال فقالت فكان فكانت")

// rootWaw are words that begin with a waw of their own, which is not "and".
var rootWaw = wordSet("وقع وقعت وقعوا وصل وصلت وصلوا وصف وصفت وافق وافقت وجه وجهت وضع وضعت وعد وعدت وفد وفاه وفق وفقا ولي ولايه وزير وزيره وزاره وزراء " +
	"وزع وزعت وكاله وكيل وكلاء وسط وسيط وسايل وسع وسعت وطن وطني وثق وثقت وثيقه وثايق واشنطن واتساب واصل واصلت واجه واجهت واحد واحده واقع ودع ودعت " +
	"ورد وردت ورشه وحده وحدات وحش وجود وجوه وجبه وباء وقف وقفت وقت وقود ويكيليكس ولد ولدت ولاده وارسو والت")

func wordSet(words string) map[string]bool {
	t := map[string]bool{}
	for _, w := range strings.Fields(words) {
		t[w] = true
	}
	return t
}

// connects reports a unit that goes on from what stands before it: it begins with "and", "so", "as", "it is recalled that".
func connects(words string) bool {
	first, rest, _ := strings.Cut(words, " ")
	if first == "من" {
		first, _, _ = strings.Cut(rest, " ")
	}
	return openers[first] || strings.HasPrefix(first, "و") && !rootWaw[first]
}

// kindOf looks a word up, also without "and" before it.
func kindOf(w string) (quality.Kind, bool) {
	if k, ok := wordKind[w]; ok {
		return k, true
	}
	k, ok := wordKind[strings.TrimPrefix(w, "و")]
	return k, ok
}

package dedup

import "strings"

// The words below are folded (package arabic). They are closed classes, which editors exchange freely without changing what a
// text reports; a difference in one of them is no difference in facts.
var lightWords = wordSet(`
	في من علي الي عن ان مع او هو هي التي الذي كان كانت بين ما بعد قبل عند حيث كما وقد قد اذ ثم لا لم لن هذا هذه ذلك تلك كل جميع كافه
	اي غير حتي منذ خلال ضمن عبر نحو لدي ايضا وهو وهي انه انها وان بان فيما وفيما اما كذلك وذلك بن و ه
	قال وقال قالت واضاف اضاف واكد اكد اوضح واوضح اشار واشار ذكر وذكر ذكرت وبين مبينا موضحا مشيرا موكدا لافتا ولفت مضيفا افاد وافاد كشف
	وكشف اعلن اعلنت وتابع صرح نوه ونوه مفيدا
	اليوم امس اول غد يوم الماضي المقبل القادم الجاري الحالي مساء صباح ظهر
	صاحب السمو الملكي الامير الملك معالي سعاده الدكتور المهندس الاستاذ الشيخ اللواء العميد سمو سموه معاليه فخامه الرييس جلاله خادم
	الحرمين الشريفين ال سعود بن عبدالعزيز حفظه الله رحمه د م السيد
	المملكه السعوديه العربيه جمهوريه دوله مدينه محافظه منطقه تم يتم جري قام قامت
	the a an of in on at to and or for by with from as is was were has have had said says that this its it his her`)

// ordinals are number words that editors do not exchange for each other: the fourth plane is not the fifth.
var ordinals = numbered(
	"الاول الاولي", "الثاني الثانيه", "الثالث الثالثه", "الرابع الرابعه", "الخامس الخامسه", "السادس السادسه", "السابع السابعه",
	"الثامن الثامنه", "التاسع التاسعه", "العاشر العاشره", "الحادي الحاديه")

// weekdays likewise.
var weekdays = numbered("الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "السبت")

// months likewise, in the names of the Gulf and Egypt, of the Levant and of the Maghreb. Those of two words, which share one with
// another month, are left out.
var months = numbered(
	"يناير جانفي", "فبراير فيفري شباط", "مارس اذار", "ابريل افريل نيسان", "مايو ماي ايار", "يونيو جوان حزيران", "يوليو جويليه تموز",
	"اغسطس اوت", "سبتمبر ايلول", "اكتوبر", "نوفمبر", "ديسمبر")

// scales turn a number into another way to write it: 5 and 5 ملايين, 100000 and 100 الف.
var scales = wordSet("مليون ملايين مليونا مليار مليارات مليارا الف الاف الفا ترليون تريليون million millions billion billions thousand")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// numbered gives each group of words the number of its place, from 1.
func numbered(groups ...string) map[string]int {
	m := map[string]int{}
	for i, g := range groups {
		for w := range strings.FieldsSeq(g) {
			m[w] = i + 1
		}
	}
	return m
}

// prefixes are the particles that Arabic writes together with the next word, longest first.
var prefixes = []string{"وال", "بال", "كال", "فال", "لل", "ال", "و", "ف", "ب", "ل", "ك"}

// bare strips one particle from a word that is long enough to have one.
func bare(word string) string {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(word, p); ok && letters(rest) >= 3 {
			return rest
		}
	}
	return word
}

// letters counts the letters of a folded word.
func letters(word string) int {
	n := 0
	for i := range len(word) {
		if word[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

package dedup

import (
	"strings"
)

// The words below are folded (package arabic). They are closed classes, which editors exchange freely without changing what a
// text reports; a difference in one of them is no difference in facts.
const lightList = `
	في من علي الي عن ان مع او هو هي التي الذي كان كانت بين ما بعد قبل عند حيث كما وقد قد اذ ثم لا لم لن هذا هذه ذلك تلك كل جميع كافه
	اي غير حتي منذ خلال ضمن عبر نحو لدي ايضا وهو وهي انه انها وان بان فيما وفيما اما كذلك وذلك بن و ه
	قال وقال قالت واضاف اضاف واكد اكد اوضح واوضح اشار واشار ذكر وذكر ذكرت وبين مبينا موضحا مشيرا موكدا لافتا ولفت مضيفا افاد وافاد كشف
	وكشف اعلن اعلنت وتابع صرح نوه ونوه مفيدا
	اليوم امس اول غد يوم الماضي المقبل القادم الجاري الحالي مساء صباح ظهر
	صاحب السمو الملكي الامير الملك معالي سعاده الدكتور المهندس الاستاذ الشيخ اللواء العميد سمو سموه معاليه فخامه الرييس جلاله خادم
	الحرمين الشريفين ال سعود بن عبدالعزيز حفظه الله رحمه د م السيد
	المملكه السعوديه العربيه جمهوريه دوله مدينه محافظه منطقه تم يتم جري قام قامت
	the a an of in on at to and or for by with from as is was were has have had said says that this its it his her`

// ordinalList holds number words that editors do not exchange for each other: the fourth plane is not the fifth. Of this and the next
// two lists, the words of one place mean the same.
var ordinalList = []string{
	"الاول الاولي", "الثاني الثانيه", "الثالث الثالثه", "الرابع الرابعه", "الخامس الخامسه", "السادس السادسه", "السابع السابعه",
	"الثامن الثامنه", "التاسع التاسعه", "العاشر العاشره", "الحادي الحاديه",
}

// weekdayList likewise.
var weekdayList = []string{"الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "السبت"}

// monthList likewise, in the names of the Gulf and Egypt, of the Levant and of the Maghreb. Those of two words, which share one with
// another month, are left out.
var monthList = []string{
	"يناير جانفي", "فبراير فيفري شباط", "مارس اذار", "ابريل افريل نيسان", "مايو ماي ايار", "يونيو جوان حزيران", "يوليو جويليه تموز",
	"اغسطس اوت", "سبتمبر ايلول", "اكتوبر", "نوفمبر", "ديسمبر",
}

// scaleList holds words that turn a number into another way to write it: 5 and 5 ملايين, 100000 and 100 الف.
const scaleList = "مليون ملايين مليونا مليار مليارات مليارا الف الاف الفا ترليون تريليون million millions billion billions thousand"

// yesterday is the day that papers write for any ordinal or weekday.
const yesterday = "امس"

// lexeme is what the lists say of a word. Of ordinals, weekdays and months it has the bit of the place.
type lexeme struct {
	ordinal, weekday, month uint16
	light, scale, yesterday bool
}

// counts tells whether a word is one of a series.
func (l lexeme) counts() bool { return l.ordinal|l.weekday|l.month != 0 }

// join adds what the lists say of another word.
func (l *lexeme) join(o lexeme) {
	l.ordinal, l.weekday, l.month = l.ordinal|o.ordinal, l.weekday|o.weekday, l.month|o.month
	l.light, l.scale, l.yesterday = l.light || o.light, l.scale || o.scale, l.yesterday || o.yesterday
}

// lexicon finds words by the key of their bytes. Half of all words looked up stand in no list, which a bit for each key mostly tells.
type lexicon struct {
	words   [lexiconSize]string
	lexemes [lexiconSize]lexeme
	filter  [1 << (lexiconBits - 6)]uint64 // by the upper bits of the key
}

// lexiconSize is four times the number of words and more.
const lexiconSize = 1 << 10

// lexiconBits makes the filter large enough to pass one word in thirty that stands in no list, and a kilobyte.
const lexiconBits = 13

// listed is the lexicon of all lists, made once and never changed.
var listed = newLexicon()

func newLexicon() *lexicon {
	l := &lexicon{}
	each := func(words string, note func(*lexeme)) {
		for w := range strings.FieldsSeq(words) {
			h := key([]byte(w))
			at := l.place(h, []byte(w))
			l.filter[h>>(64-lexiconBits)>>6] |= 1 << (h >> (64 - lexiconBits) & 63)
			l.words[at] = w
			note(&l.lexemes[at])
		}
	}
	each(lightList, func(e *lexeme) { e.light = true })
	each(scaleList, func(e *lexeme) { e.scale = true })
	each(yesterday, func(e *lexeme) { e.yesterday = true })
	for i, words := range ordinalList {
		each(words, func(e *lexeme) { e.ordinal = 1 << i })
	}
	for i, words := range weekdayList {
		each(words, func(e *lexeme) { e.weekday = 1 << i })
	}
	for i, words := range monthList {
		each(words, func(e *lexeme) { e.month = 1 << i })
	}
	return l
}

// find returns what the lists say of a word that has the key.
func (l *lexicon) find(key uint64, word []byte) lexeme {
	if h := key >> (64 - lexiconBits); l.filter[h>>6]>>(h&63)&1 == 0 {
		return lexeme{}
	}
	return l.lexemes[l.place(key, word)]
}

// place returns the place of a word, or the free one where it would go.
func (l *lexicon) place(key uint64, word []byte) uint64 {
	at := key % lexiconSize
	for l.words[at] != "" && l.words[at] != string(word) {
		at = (at + 1) % lexiconSize
	}
	return at
}

// prefixes are the particles that Arabic writes together with the next word, longest first.
var prefixes = []string{"وال", "بال", "كال", "فال", "لل", "ال", "و", "ف", "ب", "ل", "ك"}

// prefixesOf finds them by the second byte of their first letter.
var prefixesOf = func() (out [256][]string) {
	for _, p := range prefixes {
		out[p[1]] = append(out[p[1]], p)
	}
	return out
}()

// bare strips one particle from a word that is long enough to have one.
func bare(word []byte) []byte {
	if len(word) < 2 {
		return word
	}
	for _, p := range prefixesOf[word[1]] {
		if len(word) > len(p) && string(word[:len(p)]) == p && lettersAtLeast(word[len(p):], 3) {
			return word[len(p):]
		}
	}
	return word
}

// lettersAtLeast tells whether a folded word has n letters or more.
func lettersAtLeast(word []byte, n int) bool {
	for _, c := range word {
		if c&0xC0 != 0x80 {
			if n--; n <= 0 {
				return true
			}
		}
	}
	return n <= 0
}

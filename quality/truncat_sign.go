package quality

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// signed says whether the last line, or what follows the last end mark in it, is a name, a title, an address or a caption, none of
// which has an end mark.
func (t *Truncations) signed(rest, unit string, words []string) bool {
	if tag := unit[strings.LastIndexFunc(unit, unicode.IsSpace)+1:]; strings.ContainsAny(tag, "#@_") {
		return true
	}
	if signedAfterDash(unit) || t.loneDash(rest) {
		return true
	}
	runes := utf8.RuneCountInString(unit)
	if len(words) < 2 || opensMore(lastWord(words)) && !strings.HasSuffix(unit, "علي") {
		return false
	}
	first := firstFolded(unit)
	switch {
	case runes < 2*proseRunes && professions[first], runes < proseRunes*3/2 && captions[first]:
		return true
	case first == "من" && len(words) <= 4 && runes < proseRunes/2 && len(unit) == len(t.lastLine(rest)) && !turns[words[1]]:
		return true // a caption: from the team's training
	}
	return runes < proseRunes && looksSigned(unit, words)
}

// turns are the words, folded, after which من begins a sentence: for his part, it is expected.
var turns = foldedSet(`جهته جهتها جهتهم جهه جانبه جانبها جانبهم جانب ناحيته ناحيتها ناحيه المتوقع المقرر المنتظر بين ثم هنا هذا المهم الواضح`)

func (t *Truncations) lastLine(rest string) string {
	return t.lines[len(t.lines)-1].of(rest)
}

// signedAfterDash says whether line ends in a dash and a name or a place: " - the poet / X".
func signedAfterDash(line string) bool {
	k := max(strings.LastIndex(line, " - "), strings.LastIndex(line, " – "))
	if k < 0 || utf8.RuneCountInString(line[k:]) > proseRunes/2 || strings.Contains(line[:k], line[k:k+len(" - ")]) { // a pair is a parenthesis
		return false
	}
	words := lastFolded(line[k:])
	for _, w := range words {
		if opensSentence(w) || opensMore(w) {
			return false
		}
	}
	return len(words) > 0
}

// loneDash says whether the last line begins with a dash, a star or a bullet, as no other line does: the author's title.
func (t *Truncations) loneDash(rest string) bool {
	n := len(t.lines) - 1
	if holds(t.lastLine(rest), 2*proseRunes+1) || !dashed(rest[t.lines[n].start:]) {
		return false
	}
	for _, l := range t.lines[:n] {
		if dashed(rest[l.start:]) {
			return false
		}
	}
	return true
}

func dashed(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("-–—*•", r)
}

// firstFolded returns the first folded word of s.
func firstFolded(s string) string {
	first, _, _ := strings.Cut(foldedWord(firstBytes(s, 40)), " ")
	return first
}

// looksSigned says whether a short line without an end mark is a name, a title, an address or a caption rather than the
// beginning of a sentence.
func looksSigned(line string, words []string) bool {
	if strings.ContainsAny(line, "@#/_|") {
		return true
	}
	if first, _ := utf8.DecodeRuneInString(line); strings.ContainsRune("«“\"([", first) || unicode.IsDigit(first) || len(words) == 0 || opensSentence(words[0]) || len(words) == 1 && utf8.RuneCountInString(words[0]) < 4 {
		return false
	}
	for _, w := range words {
		if nameWords[w] || w == "علي" && !strings.Contains(line, "على") {
			continue
		}
		if opensMore(w) || opensSentence(w) {
			return false
		}
	}
	return true
}

// nameWords are words of openers, folded, that stand in names.
var nameWords = foldedSet(`بن ابن بنت ابو ابي ال عبد`)

// professions begin the line under an article that says who wrote it.
var professions = foldedSet(`
	كاتب كاتبه باحث باحثه خبير خبيره محلل محلله متخصص متخصصه مستشار المستشار مستشاره استشاري استشاريه استاذ استاذه مدير مديره رئيس
	عضو محامي محام محاميه ماجستير دكتوراه دكتور طبيب طبيبه مهندس اعلامي اعلاميه صحافي صحافيه صحفي صحفيه اكاديمي اكاديميه اخصائي
	اخصائيه مدرب مدربه شاعر الشاعر معلم معلمه ناقد اديب روائي وزير سفير امين نائب وكيل خاص خدمه ترجمه تصوير عدسه شعر بقلم`)

// captions begin the captions of pictures.
var captions = foldedSet(`جانب صوره صور لقطه لقطات سموه مشهد ارشيفيه فيديو شاهد غلاف رسم خريطه`)

// invites begin, folded, the line of a page that ends in a colon before its links.
var invites = foldedSet(`تابع تابعوا تابعونا تابعنا للمزيد المزيد شارك شاركنا اقرا اقراي المصدر المصادر الوسوم للتواصل`)

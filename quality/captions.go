package quality

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/arabic"
)

// Captions by their shape.
const (
	fewestCaptionWords = 3
	longestCaption     = 260 // characters
)

// AppendCaptions appends captions of pictures that stand among the paragraphs: a line that is no finished sentence and closes with the
// credit of the picture in parentheses, as in "لقاء سابق بين الوزيرين (رويترز)". Lines that are taken are passed over.
func AppendCaptions(dst []Span, text string, taken []Span) []Span {
	if !strings.Contains(text, ")\n") && !strings.HasSuffix(text, ")") && !strings.Contains(text, ") ") {
		return dst
	}
	if !closesLine(text) {
		return dst
	}
	lines := proseLines(text, taken)
	if len(lines) < 2 {
		return dst
	}
	for _, l := range lines {
		if isCaption(l.of(text)) {
			dst = append(dst, Span{Start: l.start, End: l.end, Kind: Caption, Rule: "caption-credit"})
		}
	}
	return dst
}

// closesLine tells whether a line of the text closes with a parenthesis.
func closesLine(text string) bool {
	for {
		k := strings.IndexByte(text, ')')
		if k < 0 {
			return false
		}
		text = text[k+1:]
		rest := strings.TrimLeftFunc(text, unicode.IsSpace)
		if space := text[:len(text)-len(rest)]; rest == "" || strings.IndexByte(space, '\n') >= 0 {
			return true
		}
		text = rest
	}
}

func isCaption(line string) bool {
	body, ok := strings.CutSuffix(line, ")")
	open := strings.LastIndexByte(body, '(')
	if !ok || open < 0 || utf8.RuneCountInString(line) > longestCaption {
		return false
	}
	about, credit := strings.TrimSpace(body[:open]), body[open+1:]
	last, _ := utf8.DecodeLastRuneInString(about)
	if strings.ContainsRune(".!؟?…:", last) || manySentences(about) || len(strings.Fields(about)) < fewestCaptionWords {
		return false
	}
	folded := strings.TrimSpace(arabic.Fold(credit))
	first, _, _ := strings.Cut(folded, " ")
	return credits[folded] || creditWords[first]
}

// credits are what stands in the parentheses under a picture.
var credits = wordSetOf(`رويترز أ+ف+ب ا+ف+ب إ+ب+أ أ+ب د+ب+أ أ+ش+أ واس وام وفا كونا قنا بترا سانا سبأ شينخوا سبوتنيك تاس الأناضول الأناضول+للأنباء أسوشييتد+برس أسوشيتد+برس
	الفرنسية فرانس+برس وكالة+الصحافة+الفرنسية الألمانية الأوروبية الأميركية غيتي غيتي+إيميجز غيتي+ايماجز جيتي أرشيفية أرشيف أرشيفيه من+الأرشيف متداولة متداول مواقع+التواصل
	مواقع+التواصل+الاجتماعي وسائل+التواصل التواصل+الاجتماعي تويتر فيسبوك إنستغرام إكس منصة+إكس يوتيوب الشرق+الأوسط الجزيرة العربية وكالات الوكالات خاص مواقع إنترنت
	رسمية المكتب+الإعلامي الإعلام+الحربي الإعلام+العسكري afp reuters ap epa getty getty+images dpa x upi wam spa shutterstock`)

// creditWords begin a credit that goes on with a name.
var creditWords = wordSetOf(`تصوير عدسة بعدسة المصور صورة الصورة صور photo حساب صفحة أرشيفية أرشيف موقع وكالة`)

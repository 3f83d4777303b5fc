package quality

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/arabic"
)

const (
	paragraphA = "افتتحت البلدية أمس حديقة جديدة في الحي الشرقي بحضور عدد كبير من السكان والزوار من خارج المدينة."
	paragraphB = "وتضم الحديقة ملاعب للأطفال وممرا للمشاة يبلغ طوله كيلومترين، إضافة إلى مقاعد مظللة ونوافير."
	paragraphC = "وقال مدير الحدائق إن العمل استغرق عاما كاملا، وإن التكلفة لم تتجاوز ما كان مقررا لها في البداية."
)

// whole is an article of three paragraphs with end marks.
const whole = paragraphA + "\n" + paragraphB + "\n" + paragraphC

func TestJudge(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"whole", whole, ""},
		{"inside a word", whole + "\nوأوضح أن الحديقة سوف تستقبل الزوا", "end inside-sentence"},
		{"inside a word that the text has", whole + "\nوأوضح أن هذا العمل سوف يستمر في كل الحدا", "end inside-word"},
		{"after a preposition", whole + "\nوأوضح أن الحديقة سوف تفتح أبوابها في", "end inside-sentence"},
		{"after two words", whole + "\nوقال المتحدث", "end inside-sentence"},
		{"on one line", strings.ReplaceAll(whole, "\n", " ") + " وأوضح أن الحديقة التي", "end inside-sentence"},
		{"comma", whole + "\nوأوضح مدير الحدائق في حديثه إلى الصحافة أن المرحلة الثانية ستبدأ،", "end inside-sentence"},
		{"ellipsis", "وصلت إلى البيت ولم أجد أحدا فذهبت…", "end ellipsis"},
		{"teaser", whole + "\n...المزيد", "end teaser"},
		{"teaser after it", whole + " المزيد...\n", "end teaser"},
		{"more in prose", whole + "\nوطالب السكان بتقديم المزيد.", ""},
		{"continued", whole + "\n// يتبع //\n12:09 ت م", "end continued"},
		{"announced", whole + "\nوفيما يلي أسماء الفائزين بالجوائز الأولى في المسابقة السنوية:", "end announced"},
		{"announced, no more", "نشرت الصفحة يوم أمس صورة للمبنى وأرفقتها بالتعليق التالي:", "stub announced"},
		{"question", "تداول مستخدمون صورة يقولون إنها لسمكة ضخمة في النهر،\nفما حقيقة هذه الصورة؟", "stub question"},
		{"a question that ends a column", whole + "\n" + whole + "\n" + whole + "\nفما حقيقة هذه الأرقام؟", ""},
		{"empty", " \n\u200f", "stub no-body"},
		{"a name", "سالم المرزوقي", "stub no-body"},
		{"begins inside", "، فيما أكد المدير أن العمل في المشروع سوف يستمر حتى نهاية العام المقبل.\n" + whole + "\n" + whole, "start starts-inside"},
		{"a report that goes on", "وأضاف المدير أن العمل في المشروع سوف يستمر حتى نهاية العام المقبل.", "start starts-inside"},
		{"a part of a dispatch", "ثالثا:\n" + whole, "start starts-inside"},
		{"a saying", "وقال تعالى في محكم كتابه ما معناه أن العسر يتبعه اليسر ولو بعد حين.", ""},

		{"author", whole + "\nسالم بن علي المرزوقي", ""},
		{"author and place", whole + "\n- سالم المرزوقي - جدة", ""},
		{"profession", whole + "\n* استشاري في أمراض القلب والأوعية الدموية بالمستشفى الجامعي", ""},
		{"mail", whole + "\nsalem@example.com", ""},
		{"handle", whole + "\nتويتر: @salem", ""},
		{"credit", whole + " (رويترز)", ""},
		{"address", whole + "\nhttps://example.com/page", ""},
		{"hashtag", whole + "\nشارك برأيك #حديقة_الحي", ""},
		{"caption", whole + "\nجانب من الحضور في حفل الافتتاح", ""},
		{"farewell", whole + "\nوللحديث بقية", ""},
		{"farewell with commas", whole + "\nوالله من وراء القصد،،،", ""},
		{"house style", whole + "\nوهكذا عاد كل واحد إلى بيته سعيدا..", ""},
		{"verse of the Quran", whole + "\nقال تعالى: ﴿وقل رب زدني علما﴾", ""},
		{"poem", "يا ليل طل أو لا تطل\nلا بد لي أن أسهرك\nلو بات عندي قمري\nما بت أرعى قمرك", ""},
		{"list", whole + "\nالفائزون هم:\nسعاد من جدة\nمنى من أبها\nهدى من مكة", ""},
		{"no end marks at all", strings.NewReplacer(".", "", "،", "").Replace(whole), ""},
		{"message", "صباح الخير للجميع وكل عام وأنتم بخير يا أصدقاء", ""},
		{"verse at the end", whole + "\nوما نيل المطالب بالتمني    ولكن تؤخذ الدنيا غلابا", ""},
	} {
		cut := new(Truncations).Judge(c.text, nil)
		if got := strings.TrimSpace(cut.Where.String() + " " + cut.Cause); got != c.want {
			t.Errorf("%s: got %q (%s), want %q; odds %.2f", c.name, got, cut.Evidence, c.want, endingOdds(clauseOf(c.text)))
		}
	}
}

func TestJudgeWithoutSpans(t *testing.T) {
	tail := "\nاقرأ أيضا: حديقة أخرى في الحي"
	text := whole + tail
	for _, c := range []struct {
		name string
		span Span
		want Truncation
	}{
		{"related", Span{Start: len(whole) + 1, End: len(text), Kind: Related, Rule: "read-also"}, NotTruncated},
		{"a teaser's rule decides", Span{Start: len(whole) + 1, End: len(text), Kind: Related, Rule: "teaser"}, TruncatedEnd},
		{"nothing is left", Span{Start: 0, End: len(text), Kind: Related, Rule: "read-also"}, TruncatedStub},
	} {
		if cut := new(Truncations).Judge(text, []Span{c.span}); cut.Where != c.want {
			t.Errorf("%s: got %+v, want %q", c.name, cut, c.want)
		}
	}
}

func FuzzJudge(f *testing.F) {
	f.Add(whole, uint16(3), uint16(40))
	f.Add(whole+"\n...المزيد", uint16(0), uint16(9))
	f.Add("من جانبه قال ذلك.\nما حقيقة ذلك؟ وما صحته؟\nواضاف ــ \u064e الشيخ\nفهل القصة \ufef9\ufc61 صحيحة.\nمن  ناحيتها \xd8 و", uint16(2), uint16(4))
	f.Add("،\xff\xd8 «(\n\u200f 12:09 ت م\n- \u00a0", uint16(1), uint16(2))
	f.Fuzz(func(t *testing.T, text string, start, length uint16) {
		var spans []Span
		if s, e := int(start), int(start)+int(length); e <= len(text) && s < e {
			spans = append(spans, Span{Start: s, End: e, Kind: Nav, Rule: "x"})
		}
		for _, spans := range [][]Span{nil, spans} {
			cut := new(Truncations).Judge(text, spans)
			if (cut.Where == NotTruncated) != (cut.Cause == "") || utf8.RuneCountInString(cut.Evidence) > evidenceRunes {
				t.Fatalf("%+v of %q", cut, text)
			}
			if cut.Where != TruncatedStub && cut.Where != NotTruncated && cut.Evidence == "" {
				t.Fatalf("%+v of %q has no evidence", cut, text)
			}
			if again := new(Truncations).Judge(text, spans); again != cut {
				t.Fatalf("%+v, then %+v", cut, again)
			}
		}
		for line := range strings.Lines(text) {
			checkQuickLooks(t, line)
		}
	})
}

// checkQuickLooks holds what is told of a line from a part of it against what the whole says.
func checkQuickLooks(t *testing.T, line string) {
	t.Helper()
	var judge Truncations
	if asksForTruth(lastFolded(lastSentence(line))) && !judge.mayAsk(line) {
		t.Errorf("%q may ask for the truth", line)
	}
	for n := range 8 {
		if folded := arabic.Fold(line); moreLetters(line, n) && utf8.RuneCountInString(folded) <= n {
			t.Errorf("%q has no more than %d letters: %q", line, n, folded)
		}
	}
	if got, want := judge.goesOnWith(line), plainGoesOnWith(line); got != want {
		t.Errorf("%q goes on with its first words: %v, want %v", line, got, want)
	}
	first, second := openingWords(line)
	words := append(foldedWords(strings.ToValidUTF8(line[:min(len(line), 120)], "")), "", "")
	if first != words[0] || second != words[1] {
		t.Errorf("%q opens with %q and %q, want %q", line, first, second, words[:2])
	}
}

// plainGoesOnWith is goesOnWith by the whole beginning of a line.
func plainGoesOnWith(line string) bool {
	end := len(line)
	for i := range line {
		if i > 60 {
			end = i
			break
		}
	}
	words := append(foldedWords(line[:end]), "", "")
	return continuers[words[0]] && !quotedOften[words[1]] || words[0] == "من" && sidesOf[words[1]]
}

func BenchmarkTruncations(b *testing.B) {
	text := strings.Repeat(whole+"\n", 10) + "وأوضح أن الحديقة سوف تفتح أبوابها في"
	b.SetBytes(int64(len(text)))
	var t Truncations
	for b.Loop() {
		t.Judge(text, nil)
	}
}

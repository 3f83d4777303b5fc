package quality

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/internal/linear"
	"golang.org/x/text/encoding/charmap"
)

// repaired returns text with its spans replaced.
func repaired(text string, spans []Span) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.Start])
		b.WriteString(s.Put)
		at = s.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// readAs returns text as it looks when its bytes are read by a page; what the page leaves undefined becomes a C1 control.
func readAs(m *charmap.Charmap, text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		r := m.DecodeByte(c)
		if r == utf8.RuneError {
			r = rune(c)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// arabicAsLatin returns text as it looks when it was written in Windows Arabic and is read as Windows Latin.
func arabicAsLatin(tb testing.TB, text string) string {
	tb.Helper()
	raw, err := charmap.Windows1256.NewEncoder().String(text)
	if err != nil {
		tb.Fatal(err)
	}
	return readAs(charmap.Windows1252, raw)
}

// story is invented.
const story = "قال الناطق باسم البلدية إن «الجسر الجديد» سيُفتح في ٣ مارس، وأضاف: هل يكفي ذلك؟ لا أظن؛ فالطريق ضيق.\n" +
	"وأكد الأهالي أن حفظ الممر وظهور الطلاب فيه أمرٌ مطلوب… وتبلغ الكلفة 40 مليون ريال."

// TestEncoding holds each rule against cases; those of ftfy are from its test file synthetic.json.
func TestEncoding(t *testing.T) {
	for _, c := range []struct{ name, in, want, rule string }{
		{"ftfy 1252", "Ø±Ø³Ø§Ù„Ø©", "رسالة", "utf8-as-cp1252"},
		{"ftfy 1250", "Ř±ŘłŘ§Ů„Ř©", "رسالة", "utf8-as-cp1250"},
		{"ftfy MacRoman", "ÿ±ÿ≥ÿßŸÑÿ©", "رسالة", "utf8-as-macroman"},
		{"ftfy fails on this", "أكثر Ù…Ù† ١٠٠ Ø¨Ù„Ø¯", "أكثر من ١٠٠ بلد", "utf8-as-cp1252"},
		{"1256", "ط§ظ„ط¹ط±ط¨ظٹط©", "العربية", "utf8-as-cp1256"},
		{"Arabic as Latin", "ÇáÚÑÈíÉ", "العربية", "cp1256-as-cp1252"},
		{"within clean text", "نشرت Ø§Ù„Ø±Ø³Ø§Ù„Ø© أمس", "نشرت الرسالة أمس", "utf8-as-cp1252"},
		{"1256 within clean text", "نشرت ط§ظ„ط±ط³ط§ظ„ط© أمس", "نشرت الرسالة أمس", "utf8-as-cp1256"},
		{"Latin within clean text", "نشرت صحيفة ÇáÑÓÇáÉ أمس", "نشرت صحيفة الرسالة أمس", "cp1256-as-cp1252"},
		{"a short run counts beside a long one", "Ø§Ù„Ø±Ø³Ø§Ù„Ø© أمس Ù…Ù† خبر", "الرسالة أمس من خبر", "utf8-as-cp1252"},
		{"clean text beside 1256", "ط§ظ„ط¹ط±ط¨ظٹط© ثم الحفاظ… و«حفظ»، ط، ظ؛ آ» قرآن", "العربية ثم الحفاظ… و«حفظ»، ط، ظ؛ » قرآن", "utf8-as-cp1256"},
		{"clean text beside 1252", "Ø§Ù„Ø±Ø³Ø§Ù„Ø© PIÙ… Øre «نص» ثمÂ\u00a0لا", "الرسالة PIÙ… Øre «نص» ثم\u00a0لا", "utf8-as-cp1252"},
		{"clean text beside Arabic as Latin", "ÇáÚÑÈíÉ¡ été à Orléans, BBC¡ æÞÇá", "العربية، été à Orléans, BBC، وقال", "cp1256-as-cp1252"},
		{"a short run does not count alone", "أمس Ù…Ù† خبر", "أمس Ù…Ù† خبر", ""},
		{"quotes", "قال â€œنعمâ€\u009d ثمâ€¦ لا", "قال “نعم” ثم… لا", "utf8-as-cp1252"},
		{"quote without its last byte", "قال â€œنعمâ€ ثم", "قال “نعم” ثم", "utf8-as-cp1252"},
		{"guillemets", "قال Â«نعمÂ» ثم", "قال «نعم» ثم", "utf8-as-cp1252"},
		{"degrees", "بلغت 25Â°C", "بلغت 25°C", "utf8-as-cp1252"},
		{"mark of order", "ï»¿نص", "نص", "utf8-as-cp1252"},
		{"read wrongly twice", readAs(charmap.Windows1252, "Ø±Ø³Ø§Ù„Ø©"), "رسالة", "utf8-as-cp1252"},

		{"named", "قال &quot;نعم&quot; &amp; لا", `قال "نعم" & لا`, "html-entity"},
		{"decimal", "قال &#39;نعم&#039; &#1593;", "قال 'نعم' ع", "html-entity"},
		{"hexadecimal", "&#x27;&#X627;", "'ا", "html-entity"},
		{"escaped twice", "&amp;quot;نعم&amp;amp;#39;", `"نعم'`, "html-entity"},
		{"blank", "نعم&nbsp;ثم&#160;لا", "نعم ثم لا", "html-entity"},
		{"tags are text", "&lt;b&gt;نعم&lt;/b&gt;", "<b>نعم</b>", "html-entity"},
		{"Windows numbers", "&#8220;أ&#148; &#133;", "“أ” …", "html-entity"},
		{"line end", "أ&#10;ب", "أ\nب", "html-entity"},
		{"semicolon", "أ&semi;", "أ;", "html-entity"},
		{"an ampersand that escapes nothing", "R&amp;D; ب", "R&D; ب", "html-entity"},
		{"after a URL", "&quot;https://a.b/?x=1&amp;y=2&quot; &amp; لا", `"https://a.b/?x=1&amp;y=2" & لا`, "html-entity"},

		{"SUB", "سطر\n\x1a\x1a عنوان", "سطر\n عنوان", "control"},
		{"C1", "الرحلة 216\u008f أمس", "الرحلة 216 أمس", "control"},
		{"DEL and NUL", "أ\x7fب\x00", "أب", "control"},
		{"joined lines", "أول\vثان\fثالث\u0085رابع", "أول\nثان\nثالث\nرابع", "control"},
		{"line ends are not doubled", "أول\r\n\fثان\v\nثالث\v", "أول\r\nثان\nثالث", "control"},
		{"U+FEFF", "\ufeffأول.\ufeff ثان", "أول. ثان", "control"},
	} {
		t.Run(c.name, func(t *testing.T) {
			spans := AppendEncoding(nil, c.in)
			if got := repaired(c.in, spans); got != c.want {
				t.Errorf("%q\n got %q\nwant %q", c.in, got, c.want)
			}
			for _, s := range spans {
				if s.Rule != c.rule || s.Kind != Other || s.Mark {
					t.Errorf("%+v, want rule %s", s, c.rule)
				}
			}
			if again := AppendEncoding(nil, c.want); len(again) > 0 {
				t.Errorf("found again: %+v", again)
			}
		})
	}
}

// TestEncodingOfStory spoils a whole text in each way and wants it back, but for the characters that a way cannot keep.
func TestEncodingOfStory(t *testing.T) {
	digits := strings.NewReplacer("٣", "3")
	for _, c := range []struct{ name, in, want, rule string }{
		{"1252", readAs(charmap.Windows1252, story), story, "utf8-as-cp1252"},
		{"Latin-1", readAs(charmap.ISO8859_1, story), story, "utf8-as-cp1252"},
		{"1250", readAs(charmap.Windows1250, story), story, "utf8-as-cp1250"},
		{"MacRoman", readAs(charmap.Macintosh, story), story, "utf8-as-macroman"},
		{"1256", readAs(charmap.Windows1256, story), story, "utf8-as-cp1256"},
		{"Arabic as Latin", arabicAsLatin(t, digits.Replace(story)), digits.Replace(story), "cp1256-as-cp1252"},
	} {
		t.Run(c.name, func(t *testing.T) {
			spans := AppendEncoding(nil, c.in)
			if got := repaired(c.in, spans); got != c.want {
				t.Errorf("got %q", got)
			}
			for _, s := range spans {
				if s.Rule != c.rule {
					t.Errorf("%+v", s)
				}
			}
		})
	}
}

// TestEncodingLeaves lists what is no error, or too uncertain.
func TestEncodingLeaves(t *testing.T) {
	for _, text := range []string{
		story,
		"حظ، حفظ؛ ملحوظ؟ «حفظ» «نشاط» ط، ظ، ط، ظ، ع، غ… نقاط… نقاط… نقاط…",
		"ط” ظ” ط“ ظ“ ط• ظ• ط– ظ— ضغط— وسط– ط،ظ،ط،ظ، ط»ظ»ط»ظ»",
		"عکس\u200cهای تازه را در وب\u200cگاه ببینید؛ گفت\u200cوگو با چند پژوهشگر، ظ\u200c ط\u200c عک غگ عچ غپ",
		"یہ ایک خبر ہے، لڑکا گھر گیا۔ ظہر کا وقت، غڑغڑ ٹھیک طں ظں ڈاکٹر",
		"L'été à Orléans, où l'élève préféra l'âme naïve; «À É È Ç Ô», ÉTÉ, NOËL, ŒUVRE, FAÇADE, PÂQUES, Âge, çà et là… 25 °C",
		"Übermäßig große Äpfel, ÖSTERREICH, Füße: «ÄÖÜ äöüß» – Ärger, ÜÜÜ, Öl; ÄÖÜÄÖÜÄÖÜ",
		"Türkçe: İstanbul'da ağır kış, ÇĞIİÖŞÜ, çığ, öğüt, üç, ŞÜKRÜ, Ç Ö Ü Â Î Û",
		"Tiếng Việt: Ấn Độ, ở đây có ô, ơ, ư, Â, ÂU, ĂN, à á â ã, ÀÁÂÃ èéê ìí òóôõ ùú ý, ĐÂU ÔI",
		"São Paulo, NÃO, IRMÃ, «Ã», è più: PIÙ… VIRTÙ» PIÙ” È… CITTÀ» ¿Qué? ¡Olé! AÑO ÑÑÑ",
		"Ærø, Ø 25 mm, Ø25, æøå ÆØÅ æ ø å, blåbær, ÅÅÅ, ØÆØÆØÆØÆ, þæð",
		"Românește: litera «Â», «Î», Â, âînă; ČESKÝ ŘÍZEK, ŮŮŮ, Ř, ů: žluťoučký kůň",
		readAs(charmap.Windows1252, "\xcf\xf0\xe8\xe2\xe5\xf2 \xec\xe8\xf0 \xcf\xd0\xc8\xc2\xc5\xd2 \xcc\xc8\xd0"), // Russian of cp1251
		readAs(charmap.Windows1252, "\xf0\xd2\xc9\xd7\xc5\xd4 \xcd\xc9\xd2 \xce\xcf\xd7\xcf\xd3\xd4\xc9"),          // of KOI8-R
		readAs(charmap.Windows1252, "\xca\xe1\xeb\xe7\xec\xdd\xf1\xe1 \xca\xc1\xcb\xc7\xcc\xc5\xd1\xc1"),           // Greek
		readAs(charmap.Windows1252, "\xf9\xec\xe5\xed \xf2\xe5\xec\xed"),                                           // Hebrew
		readAs(charmap.Windows1252, "\xca\xc7\xd1\xca\xb4\xd5 \xe1\xb9\xe8\xb9\xcd\xb9 \xc3\xd1\xba"),              // Thai
		readAs(charmap.Windows1252, "\xc4\xe3\xba\xc3 \xd6\xd0\xb9\xfa \xca\xc0\xbd\xe7"),                          // Chinese
		"ÇÇÇÇÇÇÇÇ ØØØØØØØØ ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
		"·´¸·´¨ °•°•° ¸¸.•*¨*•.¸¸ ¤°¨ ¨°¤ Çąřįş «»»»»» ¯¯¯¯ ÿÿÿ Ÿ",
		"https://a.b/?x=1&copy=2&amp;y=3&lt=4 www.a.b/?q&amp;r a://b&copy;c",
		"&; & amp; &amp &copy &#; &#x; &#x110000; &#xD800; &#0; &#1; &#xFFFF; &#99999999999; &notit; &foo; R&D; AT&T &ampamp;",
		"نص\u200cنص \u200fنص\u200e \u202aنص\u202c ـــ ﻻ ﷺ نص\u200bنص\u00ad",
		"أ\tب\r\nج\n",
		"\xd8 \xc3 \xc2 \x80\xb7 \xd8\xb7\xc2 \xd8\xb7\xd8 \xc3\x98\xc2 \xef\xbb",
		"", "&", "Ø", "ط", "\xb7", "Ç", "â€"[:len("â")],
	} {
		for _, s := range AppendEncoding(nil, text) {
			t.Errorf("%q\n%+v: %q", text, s, text[s.Start:s.End])
		}
	}
}

// TestEncodingKeepsDst checks that spans of others stay before those found.
func TestEncodingKeepsDst(t *testing.T) {
	before := Span{Start: 1, End: 2, Kind: Code, Rule: "utf8-as-cp1252", Mark: true}
	got := AppendEncoding([]Span{before}, "&lt;Ù… a")
	if len(got) != 2 || got[0] != before || got[1].Put != "<" {
		t.Errorf("%+v", got)
	}
}

// TestEncodingIsLinear reads the worst texts that could be thought of; one that looked back would not end.
func TestEncodingIsLinear(t *testing.T) {
	for k, piece := range []string{
		"&", "Ø", "Ç", // in full length
		"&amp;", "&amp;a;", "&amp; ", "://&amp;", "&quot", "&#", ";", "Çá ", "Ù…", "Ù… a ", "â€", "Ã", "ط", "ط§", "ط§ ا", "ظ،", "آ",
		"ÿ", "ÿ±", "Ř±", "\x01", "\x01a", "\u0080", "\xef", "\xc2", "\xd8\xb7\xc2", "Ù......", "Ù…......", "Çá......", "éa", "ÇáaÙ…",
	} {
		size := 4 << 20
		if k < 3 && !testing.Short() {
			size = 50 << 20
		}
		linear.Check(t, piece, size, func(text string) { AppendEncoding(nil, text) })
	}
}

func BenchmarkEncoding(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"clean", story},
		{"entities", strings.ReplaceAll(story, "،", "&nbsp;")},
		{"1252", readAs(charmap.Windows1252, story)},
		{"1256", readAs(charmap.Windows1256, story)},
		{"ArabicAsLatin", arabicAsLatin(b, strings.ReplaceAll(story, "٣", "3"))},
	} {
		b.Run(c.name, func(b *testing.B) {
			text := strings.Repeat(c.text+"\n", 100)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			var spans []Span
			for b.Loop() {
				spans = AppendEncoding(spans[:0], text)
			}
		})
	}
}

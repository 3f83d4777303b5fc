package quality

import (
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// repaired returns text with each span replaced by what it puts.
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

// misread returns the UTF-8 of text as another encoding shows it; bytes without a character are the control of that number.
func misread(table *charmap.Charmap, text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		if r := table.DecodeByte(c); c >= 0x80 && r == utf8.RuneError {
			b.WriteRune(rune(c))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

var encodingCases = []struct{ name, text, want string }{
	{"entity", "قال &quot;نعم&quot; &amp; ذهب&nbsp;مسرعا", "قال \"نعم\" & ذهب مسرعا"},
	{"decimal and hexadecimal", "&#39;حي&#x27; &#1575;&#1604;", "'حي' ال"},
	{"escaped twice", "أ&amp;nbsp;ب&amp;amp;#39;ج", "أ ب'ج"},
	{"an ampersand alone escaped", "شركة &amp; أبناؤه", "شركة & أبناؤه"},
	{"no semicolon", "AT&T &nbsp &copy", "AT&T &nbsp &copy"},
	{"no name of HTML", "&foo; &notx; &; &#; &#x;", "&foo; &notx; &; &#; &#x;"},
	{"in an address", "https://example.com/?a=1&copy;=2 و&copy;", "https://example.com/?a=1&copy;=2 و©"},
	{"a tag stays", "&lt;b&gt; و 3 &lt; 5 و 5 &gt; 3", "&lt;b&gt; و 3 < 5 و 5 > 3"},
	{"no character", "&#0; &#xD800; &#x1F;", "&#0; &#xD800; &#x1F;"},
	{"controls", "أهلا\x00 وسهلا\x7f\u0081", "أهلا وسهلا"},
	{"controls that separate", "سطر\x1aسطر\u0085سطر \x0bسطر", "سطر سطر سطر سطر"},
	{"tab and line ends", "أ\tب\r\nج", "أ\tب\r\nج"},
	{"of ftfy: cp1252", "Ø±Ø³Ø§Ù„Ø©", "رسالة"},
	{"of ftfy: cp1250", "Ř±ŘłŘ§Ů„Ř©", "رسالة"},
	{"of ftfy: MacRoman", "ÿ±ÿ≥ÿßŸÑÿ©", "رسالة"},
	{"cp1256", "ط§ظ„ط¹ط±ط¨ظٹط©", "العربية"},
	{"of ftfy: a sentence half lost", "أكثر Ù…Ù† Ù Ù Ù¡ Ø¨Ù„Ø¯", "أكثر من Ù Ù ١ بلد"},
	{"cp1256 as cp1252", "ÇáÚÑÈíÉ", "العربية"},
	{"a sentence of it", "ÞÇá ÇáæÒíÑ Ýí ÈíÇä", "قال الوزير في بيان"},
	{"quotation marks", "قال â€œنعمâ€\u009d", "قال “نعم”"},
	{"French", "Le élève a été à la fête où ÇA çà Noël. ÉTÉ", "Le élève a été à la fête où ÇA çà Noël. ÉTÉ"},
	{"letters in a row", "ÀÁÂÃÄÅ áéíóú ÆØÅ äöü ÄÖÜ", "ÀÁÂÃÄÅ áéíóú ÆØÅ äöü ÄÖÜ"},
	{"Icelandic and Danish", "Það er ágætt. Ærø på ø Øl.", "Það er ágætt. Ærø på ø Øl."},
	{"Arabic with tah and zah", "حفظ، «ضغط» ط؟ ظ؛ ط. ظ… ط:", "حفظ، «ضغط» ط؟ ظ؛ ط. ظ… ط:"},
	{"Persian and Urdu", "گفتگو، ظرف\u200cها و خطّ پیچیده ہے ۔", "گفتگو، ظرف\u200cها و خطّ پیچیده ہے ۔"},
	{"presentation forms", "ﻻ ﷺ ﺍﻟﻠﻪ", "ﻻ ﷺ ﺍﻟﻠﻪ"},
	{"a pair of signs of Latin", "Â© Ø 5 Ú Ù", "Â© Ø 5 Ú Ù"},
	{"cut in a character", "Ø±Ø³Ø", "رسØ"},
	{"not UTF-8", "\xff\xd8\xb7\xc3 &\xff; \xc2", "\xff\xd8\xb7\xc3 &\xff; \xc2"},
}

func TestAppendEncoding(t *testing.T) {
	for _, c := range encodingCases {
		if got := repaired(c.text, AppendEncoding(nil, c.text)); got != c.want {
			t.Errorf("%s: %q gives %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

// TestMisreadRoundTrip reads sentences wrongly in each way; what has no byte lost must come back.
func TestMisreadRoundTrip(t *testing.T) {
	for _, text := range []string{"وصل الوفد إلى المدينة صباح اليوم", "سُئِل المعلّم عن الدرس فأجاب ضاحكا", "خرج الأطفال في نزهة طويلة"} {
		for _, table := range []*charmap.Charmap{charmap.Windows1252, charmap.Windows1250, charmap.Windows1256, charmap.Macintosh, charmap.ISO8859_1} {
			wrong := misread(table, text)
			if got := repaired(wrong, AppendEncoding(nil, wrong)); got != text {
				t.Errorf("%v: %q gives %q, want %q", table, wrong, got, text)
			}
		}
		raw, err := charmap.Windows1256.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		wrong := misread(charmap.Windows1252, raw)
		if got := repaired(wrong, AppendEncoding(nil, wrong)); got != text {
			t.Errorf("cp1256: %q gives %q, want %q", wrong, got, text)
		}
	}
}

func TestLostDigits(t *testing.T) {
	for text, want := range map[string]bool{
		"بلغ السعر ???? ريال": true, "مباريات خليجي ????": true, "لماذا????": false, "متى ؟ ????": false, "سؤال ?? نعم": false, "????": false, "": false,
	} {
		if LostDigits(text) != want {
			t.Errorf("%q: want %v", text, want)
		}
	}
}

// FuzzAppendEncoding checks the promises about spans.
func FuzzAppendEncoding(f *testing.F) {
	for _, c := range encodingCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, s := range AppendEncoding(nil, text) {
			if s.Start < at || s.End <= s.Start || s.End > len(text) || s.Kind != Other || s.Rule == "" || !utf8.ValidString(s.Put) {
				t.Fatalf("%+v after %d in %q", s, at, text)
			}
			at = s.End
			if utf8.ValidString(text) && (!utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End])) {
				t.Fatalf("%+v splits a rune of %q", s, text)
			}
			if s.Rule == "html-entity" && !strings.Contains(text[s.Start:s.End], "amp;") && html.UnescapeString(text[s.Start:s.End]) == text[s.Start:s.End] {
				t.Fatalf("%+v is no reference in %q", s, text)
			}
		}
		LostDigits(text)
	})
}

func BenchmarkAppendEncoding(b *testing.B) {
	text := strings.Repeat("وصل الوفد إلى «المدينة» صباح اليوم، ثم حضر حفظ الطلاب في 12 مايو.\n", 2000)
	b.SetBytes(int64(len(text)))
	var spans []Span
	for b.Loop() {
		spans = AppendEncoding(spans[:0], text)
	}
}

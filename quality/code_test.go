package quality

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// codeCases holds texts in which ⟦ and ⟧ stand around the code.
var codeCases = []struct{ name, text string }{
	// shapes
	{"own line", "انتهى اللقاء بالتعادل.\n⟦adbox.queue.push(function() { adbox.show('slot-7-a'); });⟧\nوعاد الفريقان إلى الملعب."},
	{"amid a paragraph", "انتهى اللقاء بالتعادل. ⟦adbox.queue.push(function() { adbox.show('slot-7-a'); });⟧ وعاد الفريقان إلى الملعب."},
	{"amid a sentence, no space", "وعاد الفريقان⟦adbox.queue.push(function() { adbox.show('slot-7-a'); });⟧إلى الملعب بعد دقائق."},
	{"head", "⟦var box = box || []; box.push(['track', 'page']);⟧\nقال الوزير إن المشروع انتهى."},
	{"tail", "قال الوزير إن المشروع انتهى.\n⟦box.push(['track', 'page', 17]);⟧"},
	{"quotes turned typographic", "قال الوزير. ⟦adbox.push(function() { adbox.show(‘slot-7’, “wide”); });⟧ ثم انصرف."},
	{"closing quotes only", "قال الوزير. ⟦adbox.push(function() { adbox.show(’slot-7’, ”wide”); });⟧ ثم انصرف."},
	{"guillemets for quotes", "قال الوزير. ⟦adbox.push(function() { adbox.show(«slot-7»); });⟧ ثم انصرف."},
	{"quotes lost", "قال الوزير. ⟦adbox.push(function() { adbox.show(slot-7-a); });⟧ ثم انصرف."},
	{"quotes as entities", "قال الوزير. ⟦adbox.push(function() { adbox.show(&#8217;slot-7&#8217;); });⟧ ثم انصرف."},
	{"cut in half, the head is left", "قال الوزير كلمته.\n⟦adbox.queue.push(function() { adbox.show('slot-7-⟧\nثم انصرف إلى مكتبه."},
	{"cut in half, the tail is left", "قال الوزير كلمته.\n⟦ot-7-a'); adbox.refresh(true); }); })();⟧\nثم انصرف إلى مكتبه."},
	{"cut before a quotation", "قال الوزير ⟦adbox.queue.push(function() { adbox.show('slo⟧ إن البلاد «بخير» وإن 'الأمن' مستتب."},
	{"many lines", "قال الوزير كلمته.\n⟦(function(d, id) {\n  // once only\n  if (d.getElementById(id)) return;\n  var s = d.createElement('script');\n  s.async = true;\n})(document, 'x-9');⟧\nثم انصرف."},
	{"minified", "قال. ⟦!function(e,t){e.q=e.q||[],e.q.push(t),t.a=1}(window,document);⟧ ثم انصرف."},
	{"strings in Arabic", "قال.\n⟦menu.init({ title: 'أخبار اليوم', more: 'المزيد من الأخبار', size: 4 });⟧\nثم انصرف."},
	{"operators", "قال. ⟦if (a.x === 1 && b !== null) { c += 2; }⟧ ثم انصرف."},
	{"comment of CDATA", "قال.\n⟦//<![CDATA[\nload(\"top\");\n//]]>⟧\nثم انصرف."},
	{"emptied comment", "راسلونا على العنوان ⟦/* */⟧ قبل نهاية الشهر."},
	{"rules of style", "قال.\n⟦#poll ul li, .box a:hover { margin: 0 auto; color: #fff !important; }⟧\nثم انصرف."},
	{"media rule", "قال.\n⟦@media only screen and (max-width: 600px) { .side { display: none; } }⟧\nثم انصرف."},
	{"data", "قال.\n⟦{\"id\": 17, \"name\": \"home\", \"tags\": [\"a\", \"b\"], \"open\": true}⟧\nثم انصرف."},
	{"data in entities", "قال.\n⟦{&quot;id&quot;:&quot;a17&quot;,&quot;kind&quot;:&quot;home&quot;}⟧\nثم انصرف."},
	{"encoded blob", "قال نعم;\n⟦" + strings.Repeat("QmFzZTY0", 20) + "==⟧\nثم انصرف."},
	{"tags, the text between them stays", "⟦<p class=\"lead\">⟧قال الوزير⟦</p>⟧⟦<br/>⟧ثم انصرف."},
	{"anchor", "زار ⟦<a href=\"/x?y=1\" target=\"_blank\">⟧مدينة جدة⟦</a>⟧ أمس."},
	{"whole script", "قال.\n⟦<script type=\"text/plain\">hello there dear reader</script>⟧\nثم انصرف."},
	{"comment of HTML", "قال. ⟦<!-- end of ad -->⟧ ثم انصرف."},
	{"placeholder", "مرحبا ⟦{{ user.name }}⟧ في الموقع."},
	{"placeholder of a server page", "مرحبا ⟦<%= user %>⟧ في الموقع."},
	{"short code", "⟦[gallery ids=\"1,2\"]⟧ صور ⟦[/gallery]⟧ من الحفل."},
	{"orphan of a call", "قال الوزير كلمته.\n⟦“);⟧\nثم انصرف."},
	{"orphan brace", "قال الوزير كلمته.\n⟦}⟧\nثم انصرف."},
	{"orphan of a block, amid text", "قال الوزير كلمته. ⟦});⟧ ثم انصرف."},
	{"orphan of CDATA", "قال الوزير كلمته.\n⟦]]>⟧\nثم انصرف."},
	{"in German", "Der Minister sagte, das sei gut.\n⟦adbox.push(['slot', 4]);⟧\nDann ging er nach Hause."},

	// what must stay
	{"verse in braces", "قال تعالى: {إِنَّ مَعَ الْعُسْرِ يُسْرًا} صدق الله العظيم."},
	{"verse over two lines", "قال تعالى: {إِنَّ مَعَ الْعُسْرِ\nيُسْرًا\n}\nصدق الله العظيم."},
	{"verse in ornate brackets", "قال تعالى: ﴿إِنَّ مَعَ الْعُسْرِ يُسْرًا﴾ (الشرح: 6)."},
	{"braces for quotes", "في حديث مع {الشرق الأوسط} أكد أن {{الحوار}} مستمر؛ و{2015} عام صعب."},
	{"double parentheses", "وقال: ((هذا حق))؛ ثم أضاف ((لا شك))."},
	{"hashtag and handle", "غرد على #وسم_اليوم و#GoTeam_2020 عبر @the_user_1 أمس;"},
	{"names in Latin", "أعلنت شركة Apple Inc. (AAPL) عن iPhone(R) وAirPods Pro; السعر = 999 دولارا."},
	{"formula", "المعادلة y = a(x) + b و E = mc2 و f(x) = 2x + 1 مشهورة."},
	{"formula set in type", "إذا كان {\\displaystyle x_{i}=\\frac{1}{2}} فإن الناتج صفر."},
	{"prices", "السعر: 3.75$ - 5.50$؛ الخصم = 20%; الإجمالي <100 ريال."},
	{"mail", "للتواصل: first.last@example.com أو (info@example.org); شكرا."},
	{"address", "الرابط: https://example.com/a?b=1&c=2;d=3#e=(4) وفيه التفاصيل."},
	{"list of sites", "example.com, example.org, example.net; www.example.edu=x"},
	{"poem", "يا ليل الصب متى غده *** أقيام الساعة موعده\nرقد السمار فأرقه === أسف للبين يردده"},
	{"about code", "تعلم لغة JavaScript واستدعاء الدالة print() ثم كتابة if (x) في البرنامج;"},
	{"about a tag", "الوسم <b> يجعل الخط عريضا والوسم <br> ينهي السطر."},
	{"comparison", "إذا كان العمر <18 أو >60 فالدخول مجاني; الباقي <= 5 ريالات."},
	{"table of numbers", "2015 | 12 | 3.5\n2016 | 14 | 4.1\n2017 = 15; 4.9\n(12) {3} [4]"},
	{"English sentence", "He said: \"We won (again); it was great.\" Then (see note 3) he left; nobody knew if (or why) he would return."},
	{"German sentence", "Schüler(innen) und Redakteur*innen fragten: „Was nun?“; z.B. den Bürgermeister/die Bürgermeisterin (SPD); 5<6."},
	{"breadcrumbs", "الرئيسية > أخبار > محليات >> المزيد"},
	{"smileys", "شكرا ;) :-) ^_^ <3 {} =)"},
	{"end mark", "// انتهى //\n12:09 ت م <<"},
	{"quoted in parentheses", "الكتاب (\"ألف ليلة\"); والرواية ('موسم');"},
	{"headings between rules", "== Early life ==\nHe was born.\n== Career ==\nHe worked; then left."},
	{"exclamations", "مبروك!! ++ تهانينا!!; وألف شكر==لكم"},
}

// unmark returns a case's text without its marks, and the code in it.
func unmark(s string) (text string, code []string) {
	for {
		before, rest, ok := strings.Cut(s, "⟦")
		text += before
		if !ok {
			return text, code
		}
		in, after, _ := strings.Cut(rest, "⟧")
		text += in
		code = append(code, in)
		s = after
	}
}

// found returns the code of a text, spans that touch joined.
func found(text string) []string {
	var out []string
	end := -1
	for _, s := range AppendCode(nil, text) {
		if end >= 0 && strings.TrimSpace(text[end:s.Start]) == "" {
			out[len(out)-1] += text[end:s.End]
		} else {
			out = append(out, text[s.Start:s.End])
		}
		end = s.End
	}
	return out
}

// TestAppendCode compares the code found with the marked code of each case.
func TestAppendCode(t *testing.T) {
	for _, c := range codeCases {
		t.Run(c.name, func(t *testing.T) {
			text, want := unmark(strings.ReplaceAll(c.text, "⟧⟦", ""))
			if diff := cmp.Diff(want, found(text)); diff != "" {
				t.Errorf("%q (-want +got):\n%s", text, diff)
			}
		})
	}
}

// TestAppendCodeRules checks what each sort of evidence is called.
func TestAppendCodeRules(t *testing.T) {
	for text, rule := range map[string]string{
		"show('a'); hide('b', 2);":           "script",
		".a .b { color: #fff; margin: 0 }":   "style",
		"<div class=\"a\">":                  "markup",
		"{\"a\": 1, \"b\": \"c\", \"d\": 2}": "data",
		"{{ name }}":                         "placeholder",
		"نص.\n});\nنص":                       "orphan",
	} {
		spans := AppendCode(nil, text)
		if len(spans) != 1 || spans[0].Rule != rule || spans[0].Kind != Code {
			t.Errorf("%q: %+v, want one of rule %s", text, spans, rule)
		}
	}
}

// TestAppendCodeAppends checks that the caller's spans stay, also one that touches.
func TestAppendCodeAppends(t *testing.T) {
	mine := Span{End: 3, Kind: Share, Rule: "mine"}
	got := AppendCode([]Span{mine}, "<br/>")
	want := []Span{mine, {Start: 0, End: 5, Kind: Code, Rule: "markup"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

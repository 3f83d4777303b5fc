package quality

import (
	"strings"
	"testing"
)

func TestAppendDoubled(t *testing.T) {
	a := "افتتح رئيس بلدية الميناء القديم أمس سوق السمك الجديد بعد عامين من أعمال الترميم المتواصلة، بحضور عدد من الصيادين وأسرهم."
	b := "وقال رئيس البلدية في كلمته إن السوق يضم ستين دكانا ومخازن مبردة، وإن الإيجارات ستبقى على حالها ثلاثة أعوام على الأقل."
	c := "وكان السوق القديم قد أغلق إثر حريق أتى على نصف دكاكينه قبل ثلاثة أعوام، وتضررت فيه عشرات القوارب الراسية قرب الرصيف."
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"nothing", a + "\n" + b + "\n" + c, nil},
		{"a body twice", a + "\n" + b + "\n" + c + "\n" + a + "\n" + b + "\n" + c, []string{a + "\n" + b + "\n" + c}},
		{"with a heading", "سوق جديد\n" + a + "\n" + b + "\nسوق جديد\n" + a + "\n" + b, []string{"سوق جديد\n" + a + "\n" + b}},
		{"a paragraph, marked", a + "\n" + b + "\n" + c + "\n" + b, []string{b}},
		{"other marks, marked", a + "\n" + b + "\n" + c + "\n" + strings.ReplaceAll(b, "،", ","), []string{strings.ReplaceAll(b, "،", ",")}},
		{"in one line", a + " " + b + " " + c + " " + a + " " + b, []string{a + " " + b}},
		{"three times", a + "\n" + a + "\n" + a + "\n" + b + "\n" + c, []string{a, a}},
		{"a refrain", "يا ليل الصب متى غده\nأقيام الساعة موعده\nرقد السمار وأرقه\nيا ليل الصب متى غده", nil},
		{"nothing at all", "", nil},
	} {
		var got []string
		for _, s := range AppendDoubled(nil, test.text) {
			got = append(got, test.text[s.Start:s.End])
		}
		if strings.HasSuffix(test.name, ", marked") != (len(got) == 1 && AppendDoubled(nil, test.text)[0].Mark) {
			t.Errorf("%s: marked or not", test.name)
		}
		if strings.Join(got, "|") != strings.Join(test.want, "|") {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

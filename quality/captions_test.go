package quality

import "testing"

func TestAppendCaptions(t *testing.T) {
	for line, want := range map[string]bool{
		"لقاء سابق بين الوزيرين في الميناء القديم (رويترز)":             true,
		"عمال يرممون سوق السمك في 12 أكتوبر 2024 (أ.ف.ب)":               true,
		"جانب من حفل الافتتاح (تصوير: سالم الناصر)":                     true,
		"Workers at the old market (AFP)":                               true,
		"وقال الوزير إن السوق سيفتح غدا. (رويترز)":                      false,
		"وأضاف الوزير أن السوق القديم كان مغلقا منذ ثلاثة أعوام (2021)": false,
		"(رويترز)": false,
		"افتتح السوق. وحضر الحفل عدد من الصيادين (رويترز)": false,
		"حضر الحفل مدير الميناء سالم الناصر (الهلال)":      false,
	} {
		text := "افتتح رئيس البلدية السوق الجديد أمس.\n" + line + "\nوحضر الحفل عدد من الصيادين."
		spans := AppendCaptions(nil, text, nil)
		if got := len(spans) == 1 && text[spans[0].Start:spans[0].End] == line; got != want || len(spans) > 1 {
			t.Errorf("%s: %v, want %v", line, spans, want)
		}
	}
}

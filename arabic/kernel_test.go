package arabic_test

import (
	"bytes"
	"testing"

	"github.com/corpusctl/corpusctl/arabic"
)

// FuzzFoldLong compares folding with its definition on texts long enough for the kernel: src several times, so that its
// characters stand at other places of a block each time, behind something that is there before.
func FuzzFoldLong(f *testing.F) {
	f.Add([]byte("قَالَ «الوزير»: إنَّ ٢٢٫٤٪ من الميزانية…  “نعم” – لا"), "", uint8(5))
	f.Add([]byte("گزارش پایانی چاپ شد ۱۲۳ ABC, x\u00a0y\u00adz\u200f."), "x ", uint8(9))
	f.Add([]byte("\xd8\xd8\xa7\x80\xe2\x80abc\xef\xbb\xe2\x80\x80\x80\xc2\xc2\xab\xdb"), " ", uint8(70))
	f.Add([]byte("e\u0301té Привет, мир 漢字 ﷺ"), "", uint8(20))
	f.Fuzz(func(t *testing.T, src []byte, before string, times uint8) {
		long := bytes.Repeat(src, int(times)+1)
		want, _ := arabic.AppendFoldOffsets([]byte(before), nil, long)
		// Exactly the room that is promised to be enough, and a mark behind it.
		room := make([]byte, len(before)+len(long)+64)
		copy(room, before)
		got := arabic.AppendFold(room[:len(before):len(before)+len(long)+16], long)
		if !bytes.Equal(got, want) {
			t.Fatalf("%q (%d times) behind %q:\n%q, want\n%q", src, int(times)+1, before, got, want)
		}
		if !bytes.Equal(room[len(before)+len(long)+16:], make([]byte, 48)) {
			t.Fatal("wrote beyond the capacity")
		}
	})
}

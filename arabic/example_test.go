package arabic_test

import (
	"fmt"

	"github.com/corpusctl/corpusctl/arabic"
)

func ExampleFold() {
	fmt.Println(arabic.Fold("قَالَ «الوزيرُ»: إنّ الميزانيّـــة ٢٢٫٤ مليار ﷼"))
	fmt.Println(arabic.Fold("قال الوزير إن الميزانية 22.4 مليار ريال"))
	// Output:
	// قال الوزير ان الميزانيه 22 4 مليار ريال
	// قال الوزير ان الميزانيه 22 4 مليار ريال
}

func ExampleAppendFold() {
	var buf []byte
	for _, s := range []string{"إلى الأمام!", "الى الامام"} {
		buf = arabic.AppendFold(buf[:0], []byte(s))
		fmt.Println(string(buf))
	}
	// Output:
	// الي الامام
	// الي الامام
}

func ExampleAppendFoldOffsets() {
	src := []byte("«مُؤتمر», No. ٣")
	folded, offsets := arabic.AppendFoldOffsets(nil, nil, src)
	i := len(folded) - len("no 3")
	fmt.Println(string(folded))
	fmt.Printf("%q stands at %d: %q\n", folded[i:], offsets[i], src[offsets[i]:])
	// Output:
	// موتمر no 3
	// "no 3" stands at 18: "No. ٣"
}

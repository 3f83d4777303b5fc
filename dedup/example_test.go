package dedup_test

import (
	"fmt"

	"github.com/corpusctl/corpusctl/dedup"
)

func Example() {
	texts := []string{
		"أعلنت بلدية المرسى اليوم افتتاح مكتبة عامة جديدة في حي الصيادين تضم أربعين ألف كتاب وقاعة للأطفال",
		"تأجلت مباراة الجولة الخامسة بين النجم والشراع إلى مساء الأحد بسبب الأمطار التي غمرت أرض الملعب",
		"أعلنت بلديّة المرسى اليومَ افتتاح مكتبة عامة جديدة في حيّ الصيادين، تضم أربعين ألف كتاب، وقاعة للأطفال.",
	}
	result, err := dedup.Find(texts, dedup.Options{})
	if err != nil {
		panic(err)
	}
	for _, r := range result.Removed {
		fmt.Println(r.Doc, "goes for", r.Kept, r.Pair.Relation, r.Containment())
	}
	// Output:
	// 2 goes for 0 copy 1
}

func ExampleBands_Probability() {
	bands := dedup.Bands{N: 32, Rows: 4}
	for _, j := range []float64{.1, .3, .6, .8} {
		fmt.Printf("%.1f %.3f\n", j, bands.Probability(j))
	}
	// Output:
	// 0.1 0.003
	// 0.3 0.229
	// 0.6 0.988
	// 0.8 1.000
}

func ExampleChooseBands() {
	bands, err := dedup.ChooseBands(.6, .98, 128)
	fmt.Println(bands, err)
	// Output:
	// 32x4 <nil>
}

package advise

import (
	"slices"

	"github.com/corpusctl/corpusctl/quality"
)

// Texts says what the texts are like. Shares are means over the texts looked at.
type Texts struct {
	Characters Quantiles `json:"characters"` // of the folded texts, each as often as it stands in the corpus
	Words      float64   `json:"prose_words"`
	Arabic     float64   `json:"letters_arabic"`          // share of the letters
	Extended   float64   `json:"letters_arabic_extended"` // Persian, Urdu, Kurdish and others
	Latin      float64   `json:"letters_latin"`
	Other      float64   `json:"letters_other"`
	Function   float64   `json:"words_arabic"` // share of the words that are function words of Arabic
	Persian    float64   `json:"words_persian"`
	Looked     int       `json:"looked_at"`
}

// Quantiles of a number.
type Quantiles struct {
	Least  int `json:"least"`
	P10    int `json:"p10"`
	Median int `json:"median"`
	P90    int `json:"p90"`
	Most   int `json:"most"`
}

// quantiles of values, each as often as its weight says.
func quantiles(values, weights []int) Quantiles {
	order := make([]int, len(values))
	total := 0
	for i := range order {
		order[i] = i
		total += weights[i]
	}
	slices.SortFunc(order, func(a, b int) int { return values[a] - values[b] })
	at := func(p float64) int {
		left := int(p * float64(total-1))
		for _, i := range order {
			if left -= weights[i]; left < 0 {
				return values[i]
			}
		}
		return 0
	}
	return Quantiles{at(0), at(.1), at(.5), at(.9), at(1)}
}

// The texts whose signals are taken: so many, of so many characters in all.
const (
	signalTexts = 2000
	signalChars = 8 << 20
)

func (s *subject) texts() Texts {
	weights := make([]int, len(s.Documents))
	for i := range s.Documents {
		weights[i] = s.Documents[i].Copies
	}
	t := Texts{Characters: quantiles(s.chars, weights)}
	var words []float64
	var a quality.Analyzer
	chars := 0
	for _, i := range s.some(signalTexts) {
		if chars += s.chars[i]; chars > signalChars && t.Looked > 0 {
			break
		}
		v := a.Analyze(string(s.Documents[i].Text()))
		words = append(words, v.ProseWords)
		arabic, _ := v.Value("words_arabic")
		persian, _ := v.Value("words_persian")
		for _, add := range []struct {
			to *float64
			v  float64
		}{{&t.Arabic, v.LettersArabic}, {&t.Extended, v.LettersExtended}, {&t.Latin, v.LettersLatin}, {&t.Other, v.LettersOther}, {&t.Function, arabic}, {&t.Persian, persian}} {
			*add.to += add.v
		}
		t.Looked++
	}
	for _, mean := range []*float64{&t.Arabic, &t.Extended, &t.Latin, &t.Other, &t.Function, &t.Persian} {
		*mean /= float64(max(t.Looked, 1))
	}
	slices.Sort(words)
	if len(words) > 0 {
		t.Words = words[len(words)/2]
	}
	return t
}

// some returns the places of at most n documents, evenly from the whole sample.
func (s *subject) some(n int) []int {
	n = min(n, len(s.Documents))
	out := make([]int, n)
	for i := range out {
		out[i] = i * len(s.Documents) / n
	}
	return out
}

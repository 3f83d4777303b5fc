package quality_test

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/quality"
)

// This file computes the signals a second time: plainly, slowly, with maps and copies, from their definitions and not from the
// code beside it.

func refSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1C && r <= 0x1F }
func refSign(r rune) bool  { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// refTokens follows the doc of signal_tokens.go.
func refTokens(text string) []string {
	var tokens []string
	for _, chunk := range strings.FieldsFunc(text, refSpace) {
		r := []rune(chunk)
		for i := 0; i < len(r); {
			j := i + 1
			if refSign(r[i]) {
				for r[i] == '.' && j < len(r) && r[j] == '.' {
					j++
				}
			} else {
				for j < len(r) && (!refSign(r[j]) || j+1 < len(r) && !refSign(r[j+1]) && !refCut(r[j-1], r[j], r[j+1])) {
					j++
				}
			}
			tokens = append(tokens, string(r[i:j]))
			i = j
		}
	}
	return tokens
}

func refCut(before, sign, after rune) bool {
	letters := unicode.IsLetter(before) && unicode.IsLetter(after)
	switch {
	case strings.ContainsRune("-–—~…", sign):
		return true
	case sign == ',':
		return letters
	case sign == '.':
		return letters && !(after >= 'a' && after <= 'z')
	case strings.ContainsRune(":<>=/", sign):
		return unicode.IsLetter(after)
	}
	return false
}

var refBreaks = regexp.MustCompile("\r\n|[\n\r\v\f\x1c\x1d\x1e\u0085\u2028\u2029]")

// refRows is str.splitlines.
func refRows(text string) []string {
	rows := refBreaks.Split(text, -1)
	if rows[len(rows)-1] == "" {
		rows = rows[:len(rows)-1]
	}
	return rows
}

func refSentences(row string) int {
	tokens := refTokens(row)
	if len(tokens) == 0 {
		return 0
	}
	n, ended := 1, false
	for i, t := range tokens {
		r, _ := utf8.DecodeRuneInString(t)
		single := utf8.RuneCountInString(t) == 1
		if i > 0 && ended && !(single && unicode.IsPunct(r)) && !strings.HasPrefix(t, "..") {
			n++
			ended = false
		}
		if single && unicode.Is(unicode.STerm, r) {
			ended = true
		}
	}
	return n
}

func chars(s string) int { return utf8.RuneCountInString(s) }

func div(a, b int) float64 {
	if b <= 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// refDuplicates is find_duplicates of datatrove.
func refDuplicates(x []string) (elements, length int) {
	seen := map[string]bool{}
	for _, e := range x {
		if seen[e] {
			elements++
			length += chars(e)
		}
		seen[e] = true
	}
	return elements, length
}

// refTop is find_top_duplicate.
func refTop(tokens []string, n int) int {
	count := map[string]int{}
	var order []string
	for i := 0; i+n <= len(tokens); i++ {
		g := strings.Join(tokens[i:i+n], " ")
		if count[g]++; count[g] == 1 {
			order = append(order, g)
		}
	}
	best := ""
	for _, g := range order {
		if best == "" || count[g] > count[best] {
			best = g
		}
	}
	return chars(best) * count[best]
}

// refRepeated is find_all_duplicate, but that tokens keep their borders: "ab c" is not "a bc".
func refRepeated(tokens []string, n int) int {
	seen := map[string]bool{}
	sum := 0
	for i := 0; i+n <= len(tokens); {
		g := strings.Join(tokens[i:i+n], " ")
		if seen[g] {
			sum += chars(g) - (n - 1)
			i += n
			continue
		}
		seen[g] = true
		i++
	}
	return sum
}

var refCitation = regexp.MustCompile(`\[[0-9٠-٩۰-۹]*\]|\[edit\]|\[citation needed\]`)

// refC4 is C4QualityFilter.filter, with sentences counted before citations go.
func refC4(text string, endMark bool) quality.C4Signals {
	var s quality.C4Signals
	for _, row := range refRows(text) {
		line := strings.TrimFunc(row, refSpace)
		words := strings.FieldsFunc(line, refSpace)
		cleaned := refCitation.ReplaceAllString(line, "")
		lower := strings.Map(func(r rune) rune {
			if r < 128 {
				return unicode.ToLower(r)
			}
			return r
		}, line)
		policy := false
		for _, p := range []string{"terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies"} {
			policy = policy || strings.Contains(lower, p)
		}
		switch last := cleaned[max(0, len(cleaned)-1):]; {
		case slices.ContainsFunc(words, func(w string) bool { return chars(w) > 1000 }):
		case endMark && (last == "" || !strings.Contains(`.?!"'`, last) || strings.HasSuffix(cleaned, "...")):
		case len(words) < 3:
		case strings.Contains(lower, "lorem ipsum"):
			s.Lorem = 1
		case strings.Contains(lower, "javascript"):
		case strings.Contains(line, "{"):
			s.Curly = 1
		case policy:
		default:
			s.Sentences += float64(refSentences(row))
		}
	}
	return s
}

const refSigns = "!/—”:％１〈&(、━\\【#%「」，】；+^]~“《„';’{|∶´[=-`*．（–？！：$～«〉,><》)?）。…@_.\"}►»"

func refSymbol(r rune) bool {
	return strings.ContainsRune(refSigns, r) || unicode.Is(unicode.STerm, r) || r < 9 || r == 11 || r == 12 || r >= 13 && r < 32 || r >= 127 && r < 160
}

func anyRune(s string, is func(rune) bool) bool { return strings.IndexFunc(s, is) >= 0 }
func allRunes(s string, is func(rune) bool) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !is(r) }) < 0
}

func refBlank(s string) bool { return allRunes(s, refSpace) }

// refSignals fills in what refCompare compares.
func refSignals(text string) quality.Signals {
	var s quality.Signals
	tokens := refTokens(text)
	n := chars(text)
	s.Chars, s.Tokens = float64(n), float64(len(tokens))
	refGopher(&s, text, tokens)
	refLines(&s, text, tokens)
	s.C4, s.C4NoEndMark = refC4(text, true), refC4(text, false)
	for k := range s.GopherTopNGram {
		s.GopherTopNGram[k] = div(refTop(tokens, k+2), n)
	}
	for k := range s.GopherDupNGramChars {
		s.GopherDupNGramChars[k] = div(refRepeated(tokens, k+5), n)
	}
	refWords(&s, tokens)
	s.BigScienceCharRep = refCharRep(text)
	return s
}

func refGopher(s *quality.Signals, text string, tokens []string) {
	length, alpha := 0, 0
	for _, t := range tokens {
		if anyRune(t, func(r rune) bool { return !refSymbol(r) }) {
			s.GopherWords++
			length += chars(t)
		}
		if anyRune(t, unicode.IsLetter) {
			alpha++
		}
	}
	rows := refRows(text)
	bullets, ellipses := 0, 0
	for _, r := range rows {
		s.Sentences += float64(refSentences(r))
		r = strings.TrimFunc(r, refSpace)
		if strings.HasPrefix(r, "•") || strings.HasPrefix(r, "-") {
			bullets++
		}
		if strings.HasSuffix(r, "...") || strings.HasSuffix(r, "…") {
			ellipses++
		}
	}
	s.GopherMeanWord = div(length, int(s.GopherWords))
	s.GopherAlphaWords = div(alpha, len(tokens))
	s.GopherHashes = div(strings.Count(text, "#"), len(tokens))
	s.GopherEllipses = div(strings.Count(text, "...")+strings.Count(text, "…"), len(tokens))
	s.GopherBulletRows, s.GopherEllipsisRows = div(bullets, len(rows)), div(ellipses, len(rows))
}

func refLines(s *quality.Signals, text string, tokens []string) {
	n := chars(text)
	all := strings.Split(text, "\n")
	var lines []string
	var lengths []int
	ended, short := 0, 0
	for _, l := range all {
		lengths = append(lengths, chars(l))
		if refBlank(l) {
			continue
		}
		lines = append(lines, l)
		last, _ := utf8.DecodeLastRuneInString(l)
		if unicode.Is(unicode.STerm, last) {
			ended++
		}
		if chars(l) <= 30 {
			short++
		}
	}
	_, dup := refDuplicates(lines)
	s.Lines = float64(len(lines))
	s.FineWebEndMarks, s.FineWebShort = div(ended, len(lines)), div(short, len(lines))
	s.FineWebDupChars = div(dup, n-strings.Count(text, "\n"))
	s.FineWebNewlines = div(strings.Count(text, "\n"), len(tokens))
	slices.Sort(lengths)
	if len(lengths) >= 3 {
		s.MC4ThirdLine = float64(lengths[len(lengths)-3])
	}
	gopher := regexp.MustCompile("\n+").Split(text, -1)
	elements, length := refDuplicates(gopher)
	s.GopherDupLines, s.GopherDupLineChars = div(elements, len(gopher)), div(length, n)
	paras := regexp.MustCompile("\n{2,}").Split(strings.TrimFunc(text, refSpace), -1)
	elements, length = refDuplicates(paras)
	s.GopherDupParas, s.GopherDupParaChars = div(elements, len(paras)), div(length, n)
}

func refWords(s *quality.Signals, tokens []string) {
	count := map[string]int{}
	grams := map[string]int{}
	for i, t := range tokens {
		count[t]++
		if i+5 <= len(tokens) {
			grams[strings.Join(tokens[i:i+5], " ")]++
		}
	}
	repeated := 0
	for _, c := range grams {
		if c > 1 {
			repeated += c
		}
	}
	s.BigScienceWordRep = div(repeated, len(tokens)-4)
	s.RPUnique = div(len(count), len(tokens))
	for _, c := range count {
		p := float64(c) / float64(len(tokens))
		s.RPEntropy -= p * math.Log(p)
	}
	for name, list := range refStopWords {
		for _, w := range list {
			if count[w] > 0 {
				s.StopWords[name]++
			}
		}
	}
}

// refStopWords are two of the exact lists, by their place in Signals.StopWords.
var refStopWords = map[int][]string{
	0: strings.Fields("the be to of and that have with"),
	1: strings.Fields("، في من على إلى عام أن مع أو هو عن التي كان بين ما كانت هي المتحدة بعد"),
}

func refCharRep(text string) float64 {
	r := []rune(text)
	count := map[string]int{}
	total := 0
	for i := 0; i+10 <= len(r); i++ {
		count[string(r[i:i+10])]++
		total++
	}
	var freq []int
	once := 0
	for _, c := range count {
		freq = append(freq, c)
		if c == 1 {
			once++
		}
	}
	slices.Sort(freq)
	slices.Reverse(freq)
	sum := 0
	for _, c := range freq[:min(int(math.Sqrt(float64(len(freq)))), len(freq)-once)] {
		sum += c
	}
	return div(sum, total)
}

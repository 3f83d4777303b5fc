package quality

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// endingsFile holds the weights of endingFeatures, in hundredths of a natural logarithm of odds: a feature and its weight a line.
// TestTrainEndings writes it: a logistic regression over the ends of sentences against places inside sentences and words, learnt
// from half of one news corpus and one of fact checks. In the unseen half of the news, and in another corpus of several
// sites, 89% of the pairs of an end and a cut are put in the right order (TestEndingOdds).
//
//go:embed truncat_endings.txt
var endingsFile string

var endingWeights = sync.OnceValue(func() map[string]float32 {
	weights := make(map[string]float32, 1<<13)
	for line := range strings.Lines(endingsFile) {
		name, weight, _ := strings.Cut(strings.TrimSpace(line), " ")
		if n, err := strconv.Atoi(weight); err == nil {
			weights[name] = float32(n) / 100
		}
	}
	return weights
})

// clause is the end of a line: its last folded words, and how many words there are since the last mark and since the last end mark.
type clause struct {
	words           []string
	since, sentence int
}

// clauseOf looks at the end of line, some hundred words.
func clauseOf(line string) clause {
	from := max(0, len(line)-clauseBytes)
	line = line[from:]
	sentence := lastSentence(line)
	since := sentence
	if k := strings.LastIndexAny(sentence, "،,؛;:()«»\"“”-–"); k >= 0 {
		_, size := utf8.DecodeRuneInString(sentence[k:])
		since = sentence[k+size:]
	}
	return clause{lastFolded(line), countFields(since), countFields(sentence)}
}

const clauseBytes = 1200

func countFields(s string) int {
	n := 0
	for range strings.FieldsSeq(s) {
		n++
	}
	return n
}

// lastBytes is how much of a line lastFolded looks at.
const lastBytes = 160

// lastFolded returns the folded words at the end of line, about ten.
func lastFolded(line string) []string {
	from := max(0, len(line)-lastBytes)
	if from > 0 {
		if space := strings.IndexByte(line[from:], ' '); space >= 0 {
			from += space
		}
	}
	return foldedWords(line[from:])
}

// endingOdds returns the logarithm of the odds that a sentence ends after the clause: above zero where ends are more frequent
// than cuts. It looks at the last three words, so its cost is that of a dozen look-ups.
func endingOdds(c clause) float32 {
	weights, words := endingWeights(), c.words
	odds := weights["bias"]
	var room [16]string
	for _, f := range endingFeatures(room[:0], c) {
		odds += weights[f]
	}
	if w := lastWord(words); weights["w:"+w] == 0 {
		odds += weights["new"] + weights["new:"+lastRunesOf(w, 1)]
	}
	return odds
}

// endingFeatures appends what is looked at: the last word and the two before it; the endings of the last two, with whether they have
// an article (a noun and its adjective agree); the beginning and the length of the last.
func endingFeatures(dst []string, c clause) []string {
	w, p, q := backWord(c.words, 1), backWord(c.words, 2), backWord(c.words, 3)
	length := strconv.Itoa(min(utf8.RuneCountInString(w), 8))
	return append(dst,
		"w:"+w, "p:"+p, "q:"+q,
		"s:"+article(w)+lastRunesOf(w, 2), "t:"+lastRunesOf(w, 3),
		"a:"+article(p)+lastRunesOf(p, 2)+article(w)+lastRunesOf(w, 1),
		"b:"+firstRunesOf(w, 1)+length, "c:"+firstRunesOf(w, 2), "l:"+length,
		"r:"+backWord(c.words, 4), "d:"+article(p)+lastRunesOf(p, 2)+article(w)+lastRunesOf(w, 2),
		"pw:"+p+"_"+w, "n:"+strconv.Itoa(min(c.since, 16)), "m:"+strconv.Itoa(min(c.sentence/3, 20)))
}

// articles are the forms of the article, with what is written together with it.
var articles = [...]string{"ال", "وال", "بال", "لل", "فال", "كال"}

func article(w string) string {
	for _, a := range articles {
		if strings.HasPrefix(w, a) {
			return "+"
		}
	}
	return "-"
}

// lastRunesOf returns the last n characters of s.
func lastRunesOf(s string, n int) string {
	at := len(s)
	for ; at > 0 && n > 0; n-- {
		_, size := lastRune(s[:at])
		at -= size
	}
	return s[at:]
}

// firstRunesOf returns the first n characters of s.
func firstRunesOf(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// backWord returns the nth word from the end, or nothing.
func backWord(words []string, n int) string {
	if len(words) < n {
		return ""
	}
	return words[len(words)-n]
}

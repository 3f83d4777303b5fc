package dedup

import "bytes"

// span is a stretch of a folded text, in bytes.
type span struct{ start, end int32 }

// side is one text of a pair and which of its shingles the other has.
type side struct {
	text   []byte
	starts []int32 // place of each shingle
	k      int
	shared []bool // for each position, whether the other text has its shingle
}

// end returns the place where the shingle at position i ends.
func (s *side) end(i int) int32 {
	if i+s.k < len(s.starts) {
		return s.starts[i+s.k]
	}
	if end := skip(s.text, int(s.starts[i]), s.k); end > 0 {
		return int32(end)
	}
	return int32(len(s.text))
}

// unmatched appends the stretches of whole words that the other text does not have, merged where they are neighbours. Shared shingles
// that stand in a row of fewer than sharedRow do not count: every long text has some of any text's words somewhere.
func (s *side) unmatched(dst []span) []span {
	covered, n := int32(0), len(s.starts)
	for i := 0; i < n; {
		if !s.shared[i] {
			i++
			continue
		}
		from := i
		for i < n && s.shared[i] {
			i++
		}
		if i-from < sharedRow {
			continue
		}
		if s.starts[from] > covered {
			dst = addWords(dst, s.text, covered, s.starts[from])
		}
		covered = s.end(i - 1)
	}
	return addWords(dst, s.text, covered, int32(len(s.text)))
}

// addWords appends the words that text[start:end] touches, joined to the last span when no matched word is between.
func addWords(dst []span, text []byte, start, end int32) []span {
	w, ok := words(text, start, end)
	if !ok {
		return dst
	}
	if n := len(dst); n > 0 && w.start <= dst[n-1].end+1 {
		dst[n-1].end = max(dst[n-1].end, w.end)
		return dst
	}
	return append(dst, w)
}

// words widens text[start:end] to whole words; false when it holds nothing but spaces.
func words(text []byte, start, end int32) (span, bool) {
	for start < end && text[start] == ' ' {
		start++
	}
	for end > start && text[end-1] == ' ' {
		end--
	}
	if start >= end {
		return span{}, false
	}
	for start > 0 && text[start-1] != ' ' {
		start--
	}
	for end < int32(len(text)) && text[end] != ' ' {
		end++
	}
	return span{start, end}, true
}

// wordCount counts the words of a span that begins and ends with a word.
func wordCount(text []byte, s span) int {
	return bytes.Count(text[s.start:s.end], []byte(" ")) + 1
}

// unmatchedWords sums up what of one side the other does not have.
type unmatchedWords struct {
	words   int // words of the text
	missing int // words in unmatched stretches
	longest int // words of the longest stretch
	head    int // words of a stretch that the text begins with
	tail    int // words of a stretch that the text ends with
}

func (s *side) summary(spans []span) unmatchedWords {
	u := unmatchedWords{words: wordCount(s.text, span{0, int32(len(s.text))})}
	for _, sp := range spans {
		n := wordCount(s.text, sp)
		u.missing += n
		u.longest = max(u.longest, n)
		if sp.start == 0 {
			u.head = n
		}
		if int(sp.end) == len(s.text) {
			u.tail = n
		}
	}
	return u
}

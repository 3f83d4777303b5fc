package dedup

// span is a stretch of a folded text, in bytes.
type span struct{ start, end int32 }

// rowsA lists the passages of a that b has: the stretches of sharedRow or more shingles in a row. Fewer do not count: every long text
// has some of any text's words somewhere.
func (v *verifier) rowsA(dst []span) []span {
	v.markRepeats()
	t := &v.table
	n := int32(t.n)
	for from, end := v.seen.nextRun(0, n); from < n; from, end = v.seen.nextRun(end, n) {
		if end-from >= sharedRow {
			dst = append(dst, span{t.chars[from], t.end(end-1, v.k)})
		}
	}
	return dst
}

// rowsB lists the passages of b that a has. Blocks that stand side by side are one row, wherever they stand in a.
func (v *verifier) rowsB(dst []span) []span {
	for i := 0; i < len(v.blocks); {
		first, length, last := v.blocks[i], int32(0), blockPair{next: v.blocks[i].start}
		for ; i < len(v.blocks) && v.blocks[i].start == last.next; i++ {
			last = v.blocks[i]
			length += last.length
		}
		if length >= sharedRow {
			dst = append(dst, span{first.start, last.end})
		}
	}
	return dst
}

// unmatched appends the stretches of whole words of a text between the passages that the other has, merged where they are neighbours.
func unmatched(dst []span, o *outline, rows []span) []span {
	w, covered := wordFinder{outline: o}, int32(0)
	for _, row := range rows {
		if row.start > covered {
			dst = addWords(dst, &w, covered, row.start)
		}
		covered = row.end
	}
	return addWords(dst, &w, covered, int32(len(o.text)))
}

// addWords appends the words that a stretch touches, joined to the last span when no matched word is between.
func addWords(dst []span, w *wordFinder, start, end int32) []span {
	found, ok := w.find(start, end)
	if !ok {
		return dst
	}
	if n := len(dst); n > 0 && found.start <= dst[n-1].end+1 {
		dst[n-1].end = max(dst[n-1].end, found.end)
		return dst
	}
	return append(dst, found)
}

// wordFinder widens stretches of a text to whole words. It remembers the last word: a text may be one word of millions of letters, and
// differ from another in thousands of places.
type wordFinder struct {
	*outline
	last span
}

// find widens text[start:end]; false when it holds nothing but spaces.
func (w *wordFinder) find(start, end int32) (span, bool) {
	for start < end && w.text[start] == ' ' {
		start++
	}
	for end > start && w.text[end-1] == ' ' {
		end--
	}
	if start >= end {
		return span{}, false
	}
	return span{w.wordAt(start).start, w.wordAt(end - 1).end}, true
}

// wordAt returns the word in which a place lies that is no space.
func (w *wordFinder) wordAt(at int32) span {
	if w.last.start <= at && at < w.last.end {
		return w.last
	}
	w.last = span{w.wordStart(at), w.wordEnd(at)}
	return w.last
}

// unmatchedWords sums up what of one side the other does not have.
type unmatchedWords struct {
	words   int // words of the text
	missing int // words in unmatched stretches
	longest int // words of the longest stretch
	head    int // words of a stretch that the text begins with
	tail    int // words of a stretch that the text ends with
}

// summary sums up the unmatched stretches of a text.
func summary(o *outline, spans []span) unmatchedWords {
	u := unmatchedWords{words: o.allWords()}
	for _, sp := range spans {
		n := o.words(sp)
		u.missing += n
		u.longest = max(u.longest, n)
		if sp.start == 0 {
			u.head = n
		}
		if int(sp.end) == len(o.text) {
			u.tail = n
		}
	}
	return u
}

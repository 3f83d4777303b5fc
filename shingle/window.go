package shingle

// A window holds the places in bytes where consecutive characters of a text begin, found once for all shingles that they
// begin or end: shingle i of k characters is text[marks[i]:marks[i+k]]. Behind the last character stands the end of the text.
type window struct {
	marks [maxWindow + part + slack]int32
	n     int // marks found
	next  int // where to look for more; -1 when the end of the text is among the marks
}

const (
	part      = 256 // shingles hashed at a time; the window and their hashes stay in the first-level cache
	maxWindow = 128 // characters of the longest shingle that the window serves
	slack     = 64  // marks that findMarks may write beyond those it was asked for
)

// open begins a window at place i of a text, where a character begins.
func (w *window) open(i int) {
	w.marks[0], w.n, w.next = int32(i), 1, i+1
}

// fill looks for marks until there are those of `want` shingles, or of part, and returns how many shingles there are. It is at
// least one: a text shorter than k is one shingle.
func (w *window) fill(text []byte, k, want int) int {
	want = min(want, part)
	if need := want + k - w.n; w.next >= 0 && need > 0 {
		var found int
		found, w.next = findMarks(w.marks[w.n:], need, text, w.next)
		w.n += found
		if w.next >= len(text) && found < need {
			w.marks[w.n] = int32(len(text))
			w.n++
			w.next = -1
		}
	}
	return max(1, min(want, w.n-k))
}

// slide drops the marks of the first size shingles, which are done, and returns where the next one begins, or -1 when there
// is none.
func (w *window) slide(k, size int) int {
	if w.next < 0 && size >= w.n-k || w.n <= size {
		return -1
	}
	w.n = copy(w.marks[:], w.marks[size:w.n])
	return int(w.marks[0])
}

// findMarksPlain appends to marks the places, from i on, at which a character begins, until there are at least need, which must
// be at most len(marks)-slack. It returns how many it found and where it stopped. No branch depends on the bytes.
func findMarksPlain(marks []int32, need int, text []byte, i int) (int, int) {
	n := 0
	for ; i < len(text) && n < need; i++ {
		c := text[i]
		marks[n] = int32(i)
		n += int((^c>>7 | c>>6) & 1) // 0xxxxxxx and 11xxxxxx begin one
	}
	return n, i
}

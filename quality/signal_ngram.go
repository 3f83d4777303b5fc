package quality

// Repetition of n-grams, for all n at once, in linear time.
//
// An n-gram can only repeat where both (n-1)-grams in it repeat. So the pass for n looks at the places that the pass for n-1 left,
// which in prose are few from n = 4 on, and an n-gram is named by the number of its first n-1 tokens and the number of its last
// token: no text is hashed again, and two different n-grams never get the same name.

// A gram is a place, in tokens, and the number of the n-gram there.
type gram struct{ at, id int32 }

// repetition is the work space.
type repetition struct {
	ids   []int32 // the word at each token
	chars []int32 // characters before each token, and before the end
	grams []gram  // places whose n-gram may repeat, for the n at hand
	count []int32 // of each n-gram
	next  []int32 // of each (n+1)-gram, while they are being counted
	seen  table
}

func (r *repetition) reset() {
	r.ids, r.chars = r.ids[:0], append(r.chars[:0], 0)
}

// add appends a token.
func (r *repetition) add(id, chars int32) {
	r.ids = append(r.ids, id)
	r.chars = append(r.chars, r.chars[len(r.chars)-1]+chars)
}

// begin makes unigrams of the tokens; count has how often each word occurs.
func (r *repetition) begin(count []int32) {
	r.grams, r.count = r.grams[:0], append(r.count[:0], count...)
	for i, id := range r.ids {
		if count[id] > 1 {
			r.grams = append(r.grams, gram{int32(i), id})
		}
	}
}

// longer goes from n-grams to n+1-grams.
func (r *repetition) longer(n int32) {
	r.seen.reset(len(r.grams))
	r.next = r.next[:0]
	kept := r.grams[:0]
	for k := 1; k < len(r.grams); k++ {
		a, b := r.grams[k-1], r.grams[k]
		if b.at != a.at+1 || r.count[a.id] < 2 || r.count[b.id] < 2 {
			continue
		}
		id, fresh := r.seen.add(uint64(a.id)<<32 | uint64(r.ids[a.at+n]))
		if fresh {
			r.next = append(r.next, 0)
		}
		r.next[id]++
		kept = append(kept, gram{a.at, id})
	}
	r.grams = kept
	r.count, r.next = r.next, r.count
}

// length returns the characters of the n tokens at a place.
func (r *repetition) length(at, n int32) int { return int(r.chars[at+n] - r.chars[at]) }

// top returns the characters of the most frequent n-gram, the first of equals, its words joined by spaces, times its count.
func (r *repetition) top(n int32) int {
	if len(r.ids) < int(n) {
		return 0
	}
	best := gram{}
	most := int32(1)
	for _, g := range r.grams {
		if r.count[g.id] > most {
			best, most = g, r.count[g.id]
		}
	}
	return (r.length(best.at, n) + int(n) - 1) * int(most)
}

// duplicated returns the characters of the n-grams that stood before, reading left to right and going on behind each.
func (r *repetition) duplicated(n int32) int {
	sum, free := 0, int32(0)
	for _, g := range r.grams {
		switch {
		case g.at < free:
		case r.count[g.id] < 0:
			sum += r.length(g.at, n)
			free = g.at + n
		default:
			r.count[g.id] = -r.count[g.id] // seen; restored below
		}
	}
	for i, c := range r.count {
		r.count[i] = max(c, -c)
	}
	return sum
}

// repeated returns the share of n-grams that occur more than once.
func (r *repetition) repeated(n int32) float64 {
	sum := 0
	for _, g := range r.grams {
		if r.count[g.id] > 1 {
			sum++
		}
	}
	return ratio(sum, len(r.ids)-int(n)+1)
}

// measure fills in the signals; count has how often each word occurs, chars is the length of the text measured.
func (r *repetition) measure(s *Signals, count []int32, chars int) {
	r.begin(count)
	for n := int32(2); n <= 10; n++ {
		r.longer(n - 1)
		switch {
		case n <= 4:
			s.GopherTopNGram[n-2] = ratio(r.top(n), chars)
		default:
			s.GopherDupNGramChars[n-5] = ratio(r.duplicated(n), chars)
		}
		if n == 5 {
			s.BigScienceWordRep = r.repeated(n)
		}
	}
}

// ratio is a/b, and 0 where b is.
func ratio(a, b int) float64 {
	if b <= 0 {
		return 0
	}
	return float64(a) / float64(b)
}

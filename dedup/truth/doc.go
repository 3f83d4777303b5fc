// Package truth finds every pair of alike texts in a corpus by exhaustive search, to measure what a proposer of candidates
// (package dedup) misses. It shares no candidate generation with what it judges: no sketches, no bands, no sampling.
//
// The model. A text is the set of its k-shingles: runs of k consecutive characters (code points) of the folded text; a text
// shorter than k is one shingle, the empty text has none. For two sets with I shared shingles, Jaccard J = I/|A∪B| and the
// containment of a in b is C(a,b) = I/|A|. [Pairs] returns all pairs with J >= MinJaccard or max(C(a,b), C(b,a)) >=
// MinContainment, with their exact measures. Equal texts form one [Group], and only its first member takes part in pairs.
//
// Why nothing is missed. Write j and m for the two thresholds and let a be the smaller set of a pair, |A| <= |B|.
//
//  1. max(C(a,b), C(b,a)) = I/|A| = C(a,b), since the smaller set has the smaller denominator.
//  2. J >= j means I >= j(|A|+|B|-I), so I(1+j) >= j(|A|+|B|) >= 2j|A|, so C(a,b) >= 2j/(1+j).
//  3. So with c = min(m, 2j/(1+j)) every wanted pair has I >= c|A|; I is whole, so I >= need = ceil(c|A|).
//  4. Put all shingles of the corpus in one order, rarest (in fewest texts) first. At most |A|-need shingles of a are not in
//     b, so of the |A|-need+1 first shingles of a (its prefix) at least one is in b.
//
// So it suffices to look up the prefix of every text in an inverted index of all shingles of all texts, among the texts of
// larger sets (ties by number, so every pair is looked up from one side only), and to count I for each text met there. Any
// order would do for the proof; rarest first makes the postings of a prefix short. Shingles of one text only need no posting:
// they fill places of the prefix, and most texts of no near copy are done there.
//
// The prefix filter is of Chaudhuri, Ganti and Kaushik, "A primitive operator for similarity joins in data cleaning", ICDE
// 2006, and Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", WWW 2007.
//
// A shingle is known by XXH64 of its UTF-8 bytes; two different ones among n agree with a probability of about n²/2⁶⁵ (10⁸
// shingles: 0.0003). Memory is about 40 bytes per character of the corpus at the highest point.
package truth

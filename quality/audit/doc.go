// Package audit says what filters would do to a corpus: how much each preset and each of its rules drops of each source, which rule alone is to blame,
// which rules say the same, and what stands just on each side of a threshold.
//
// The model. Documents are numbered; what a rule hits is a set of numbers, a roaring bitmap, and all counts are sizes of sets made of
// these by union, intersection and difference: exact, whatever overlaps.
//
// Two causes are looked for that have nothing to do with what a text says. Every text is judged once more with white space trimmed off its
// lines: recipes that ask for the last character of a line find a blank there. And of what a rule hits it is counted how many texts have one line only, in
// which a share of lines is nothing or all.
//
// # Bias
//
// A rule hits a source unfairly when it hits it far more than others. Two things must hold, of sources of [LeastDocuments] documents and more:
//
//   - It is no chance: Fisher's exact test of source against all other sources, hit against not hit, one-sided, has p <= [Level]/m, where m is the
//     number of tests, rules times sources (Bonferroni). With no difference at all, the probability of any warning is at most Level.
//   - It matters: the source's rate is [Times] that of the median source or more, and [Points] above it.
package audit

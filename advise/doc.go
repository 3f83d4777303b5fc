// Package advise looks at a sample of a corpus and says how to clean it: what its records hold, how long its texts are, how alike texts are that have
// nothing to do with each other, which options of a run follow from that and why, what the run will find of what is there, and what it will cost.
//
// # Choice
//
// The shingle length is the shortest, from 7 on, at which unrelated texts seldom meet. The Jaccard of random pairs is measured at several lengths;
// the bands make of it a number of unrelated candidates for each document, N·E[P(J)] for a corpus of N texts, which may not pass
// [maxUnrelated]. It grows with the corpus and with the length of the texts: books need longer shingles than news, and a hundred million
// articles longer ones than a thousand. Shorter than 7 are chosen only where texts are so short that a word exchanged would cost a fifth of the
// shingles. The sampling rate follows from the lengths: a text wants a dozen sampled shingles, so that an excerpt has some of them.
//
// # Trial
//
// The real job runs over the sample with the options recommended, and everything else is scaled from what it reports:
//
//   - What is counted by document grows by 1/rate: reading, sketching, laying out keys, writing.
//   - What is counted by pair grows by 1/rate²: candidates, and their verification. Pairs that only capped buckets propose grow by 1/rate, for of
//     such a bucket each document has a fixed number of partners. The job knows the rate (dedup.Options.Sampled), so that what is capped in
//     the whole is capped in the sample.
//   - Equal texts are drawn together (package sample), so that they are counted by document.
//
// Recall is measured on the trial by an exhaustive comparison (package truth). Memory is a model of what a run holds (memory.go).
package advise

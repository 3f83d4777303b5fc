// Package sample draws documents from a corpus in one pass, whatever its size and format, pipes too.
//
// The model. Every document has a priority, a hash of the seed and of what stands for the document; the sample is the documents of the
// smallest priorities, as many as the limits on their number and on their bytes allow. So it depends on the seed and the corpus alone, not
// on the number of workers, and a smaller sample of the same seed lies inside a larger one. What is met with a priority above the
// largest that can still be in it is let go at once: memory is bounded by the limits.
//
// What stands for a document is its place, or, of a distinct sample, its folded text: then equal texts are drawn together, as one
// document with a number of copies. A share of equal texts is known from such a sample to a hair, where a sample by place of one in a hundred
// would find one in a hundred of them.
//
// Scaling. [Sample.Rate] is the probability with which a text is in the sample. What is counted by text grows by 1/Rate to the whole corpus;
// what is counted by pairs of different texts by 1/Rate², for both must be drawn: [Pairs] says how sure that is.
package sample

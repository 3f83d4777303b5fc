// Package generate makes news corpora of any size whose duplicates are known, to measure how a run grows and whether it finds the
// same at every size. No text of a real corpus is in it: words are invented by a letter model, and only statistics are real.
//
// The model. Document number i is a function of the seed and i alone: any document can be made again at any time, so a
// copy may be as far from its original as the corpus is long, and memory does not depend on the size. A corpus is the beginning of
// every larger one of the same seed.
//
// Seven documents in ten are originals: articles, or notices that fill a formula with facts. Each of the others is derived from the
// original behind a document drawn evenly from all that stand before it. So families grow as the rich do (Simon, "On a class of
// skew distribution functions", 1955): most have two members, a few have hundreds.
//
//	kind        what is made of the original             relation   who may go
//	exact       the same text, or spelled otherwise      copy       either
//	edited      words exchanged, put in, left out        copy       either
//	truncated   its beginning                            shortened  the derived one
//	dropped     a passage of its middle left out         shortened  the derived one
//	excerpt     a passage of its middle alone            contained  the derived one
//	enlarged    all of it, inside a larger text          contained  the original
//	quote       one passage of it, in another text       revised    none
//	background  its end, behind other news               revised    none
//	facts       the formula of a notice, other facts     template   none
//
// Labels are true by construction: edits have a budget of the shingles that they may cost, what is cut off is long enough to be
// missed, what a text has of its own is long enough to stay. What is too short to be cut becomes a copy. The tests compare pairs with
// dedup.Compare. A Scorer measures a run's decisions by the labels.
//
// Figures of SaudiNewsNet without its duplicates (23,059 articles) and of the originals among 31,030 generated documents of the same mean length:
//
//	                                                        real    generated
//	k=7: different shingles among all of a text             .867    .867
//	k=7: share of a text that another drawn at random has   .0146   .0165
//	k=15: different shingles among all of a text            .934    .932
//	k=15: shingles by the number of texts they are in: 1    .697    .737
//	      2                                                 .105    .068
//	      3 to 64                                           .179    .179
//	      more                                              .017    .016
//	words that are among the most frequent 127              .252    .249
//	      16,383                                            .820    .836
//	documents that dedup removes                             .257    .262
package generate

// Package eval holds what a run did against labels: which of its judgements are right, and how sure the figures are.
//
// A label is compared with a judgement unit by unit. A unit is what was labelled as one thing and what chance drew as one thing: a pair of
// documents, or a document with all its characters. Each unit adds to the Counts of its classes; precision, recall and F1 follow from
// Counts, and their intervals from drawing the units again (Table.Figures). Clusterings have measures of their own (BCubed, AdjustedRand).
//
// A figure that asks about nothing is no number: the precision of a run that called nothing, the recall of labels that want nothing. Such
// figures are NaN, null in JSON and "-" in tables, never 0 or 1.
//
// Pairs, Spans, Documents and Clusters read a file of labels and the folder of a run (docs/FORMAT.md describes both) and return a Result.
// What could not be compared is counted in it: lines that are no label, labels given twice, documents that the run did not have.
package eval

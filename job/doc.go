// Package job runs whole jobs over corpora on disk: it reads shards, hands the documents to packages quality and dedup, and writes what
// is kept, what is removed and why.
//
// The model. A job passes twice over its input, three times if it learns from it first what recurs in the texts of each source. The
// first pass reads, in parallel but delivered in order, and remembers of each document only where it stands, its id, whether anything
// was found in its text, and what package dedup needs; records that cannot be read go to the quarantine. Then duplicates are
// decided. The second pass reads again, looks again where something was found, and writes each line to kept/ or removed/, untouched but
// for the text of a repaired one. That the input is the same in both passes is checked; standard input is copied beside the output
// first, because it can be read only once.
//
// All files are written into a folder inside a hidden work folder, and it gets its name at the end, so a result is there whole or not at all. What
// is finished is noted in the work folder; the same run goes on from there when this one was killed or its context cancelled: see Interrupted. The
// files are described in docs/FORMAT.md. They depend on the input and the options alone, but for the part "run" of
// report.json, which tells how long it took.
package job

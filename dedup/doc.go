// Package dedup finds near-duplicates among documents: copies, cut-down copies, excerpts.
//
// The model. Texts are folded (package arabic) and compared as sets of hashed character shingles (package shingle), A and B:
//
//	Jaccard      J(a,b) = |A∩B| / |A∪B|     how alike two texts are
//	containment  C(a,b) = |A∩B| / |A|       how much of a stands in b
//
// Comparing all pairs is out of the question, so two proposers name the pairs worth comparing. Bands of a MinHash [Sketch]
// bring copies together: documents that agree in all bins of a band share a [Bucket], a roaring bitmap. Sampled shingles
// bring together a cut-down copy or an excerpt and the text it stands in, whose Jaccard may be anything: places whose hash is
// among the lowest are sampled in every text alike, so a shared passage gives both the same postings.
//
// Proposals decide nothing. Every proposed pair is compared exactly, on full sets, and gets a [Relation] and a [Drop]: which of
// the two could go without losing text. Of these pairs, stars are made: a document goes only when a document that is kept
// contains it, by one direct comparison; the keep [Policy] chooses where either could go. Exact copies, equal after folding, are
// put together before anything else and stand for one another.
//
// [Find] does all of it for a slice of strings. A [Deduper] takes documents in batches, fingerprinted by as many goroutines as
// one likes. The result depends on the documents, their order and the [Options] alone.
//
// Cost, for texts of 1,300 characters: about 15 microseconds for a fingerprint, and 50 for each pair compared, of which there
// are about 1.4 for each document of a newspaper corpus. Memory: the folded texts, and about 1 KB for each document while
// candidates are found; with [Options].Memory all but 64 bytes a document goes to temporary files where it does not fit.
//
// Sources: Broder, "On the resemblance and containment of documents", 1997; docs/DESIGN.md and docs/ACCURACY.md for what was
// chosen and measured.
package dedup

// Package shingle cuts a folded text into character shingles and hashes them.
//
// A k-shingle is a run of k consecutive characters (Unicode code points) of a text. A text of n >= k characters has n-k+1 of
// them, one for each starting position; a text shorter than k is one shingle, itself; the empty text has none. The texts are
// expected to be folded (package arabic): words of letters and digits with one space between them.
//
// The hash of a shingle is XXH64 with seed 0 of its UTF-8 bytes, the published function, so that anyone can recompute it with
// any xxhash library. Equal hashes are taken for equal shingles throughout this module; with 64 bits, a corpus of 10^9
// different shingles has about one accidental pair in forty.
//
// Hashes come in the order of their positions and with repeats: neither a set nor an allocation is made for a document. What
// wants a set (package dedup, verification) builds it for the few texts that need one.
//
// XXH64: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
// Shingling: Broder, "On the resemblance and containment of documents", 1997.
package shingle

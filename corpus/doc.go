// Package corpus reads and writes text corpora, one document at a time, without losing or changing a byte.
//
// The model. A corpus is an ordered list of shards ([Expand]); a shard is one input file of one record a line (JSONL), plain,
// gzip or zstd. [Open] unpacks a shard, [Chunks] cuts the unpacked bytes into blocks of whole lines, and a [Scanner] looks at
// one line: it validates all of it as JSON and finds the values of the wanted [Fields] as byte spans, so that nothing is
// copied or decoded before somebody asks ([AppendString]). A document's place is its shard's name, its line number and the
// byte offset of the line in the unpacked shard.
//
// Lines. A line ends after '\n' or at the end of the shard; its raw bytes include that end, so a kept line goes out as it came
// in. Lines of nothing but JSON white space (space, tab, carriage return) are counted but are no documents and are not written
// out. A byte order mark at the start of a shard belongs to no line ([Chunk.Head]).
//
// Defects. What cannot be read is a [Defect]: a place, a short stable reason, a sample. A bad line costs that line; a broken
// stream costs the rest of its shard, and the lines before the break are delivered.
//
// Output. [CreateOutput] gives a hidden work folder beside the final one; [Output.Commit] renames it, so a result appears whole
// or not at all.
//
// The package knows nothing of duplicates or quality.
package corpus

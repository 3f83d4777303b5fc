// Package corpus reads and writes text corpora, one document at a time, without losing or changing a byte.
//
// The model. A corpus is an ordered list of shards ([Expand]); a shard is one input file. [OpenShard] unpacks it (gzip, zstd, bzip2),
// chooses its format and gives it in blocks of whole records ([Chunk]), made by one goroutine at memory speed. A [Decoder], one for each
// goroutine, looks at one record: it validates all of it and finds the values of the wanted [Fields] as byte spans, so that nothing is
// copied or decoded before somebody asks ([AppendString]). A document's place is its shard's name, its number and the byte offset of the
// record in the unpacked shard. [Output.Records] writes records as they lay in their file: unchanged ones byte for byte, those with a
// repaired text ([Decoder.AppendEdited]) with no other change.
//
// Formats. The content decides first, the name second, [ReadOptions] before both:
//
//	jsonl    one JSON object a line; fields are dotted paths. The number is the line.
//	json     an array of objects, the same fields. The number is the place in the array.
//	csv tsv  a table with a header; a field is a column. The number is the first line of the record.
//	warc     WARC and WET; url, date, id, source (the host) or any header field. The number counts all records.
//	text     a file, each line, or each stretch between blank lines; no fields. The number is the first line.
//	parquet  a field is the dotted path of a column that is not below a list or map. The number is the row.
//
// A new format is one file and one line of the table formats: how to recognise it, where its records end (a cutter, which sees each
// byte once), how to find the values in one, and how to write one.
//
// Lines. A line ends after '\n' or at the end of the shard; its raw bytes include that end, so a kept line goes out as it came
// in. Lines of JSONL that are nothing but JSON white space (space, tab, carriage return) are counted but are no documents and are not
// written out. In other formats what is no document but belongs to the file goes to kept/ ([Line.Pass]): blank lines, WARC records without
// a text. A byte order mark at the start of a shard belongs to no record ([Chunk.Head]).
//
// Defects. What cannot be read is a [Defect]: a place, a short stable reason, a sample. A bad record costs that record; a broken
// stream costs the rest of its shard, and the records before the break are delivered. Lengths and sizes that a file claims are not
// believed: memory is bounded by [ReadOptions] MaxDocument and the size of a Parquet page.
//
// Output. [CreateOutput] gives a hidden work folder beside the final one; [Output.Commit] renames it, so a result appears whole
// or not at all.
//
// [Open], [Chunks] and [Scanner] are the parts that JSONL is read with; they can be used alone.
//
// The package knows nothing of duplicates or quality.
package corpus
